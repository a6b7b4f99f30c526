use std::time::Instant;
fn main(){ for a in std::env::args().skip(1){ for _ in 0..3 { let t=Instant::now(); let (b,r)=history::read_bars(&a,&history::ImportOptions::default()).unwrap(); eprintln!("{a}: {} in {:?} peak {}", b.len(), t.elapsed(), r.peak_buffered_rows);} } }
