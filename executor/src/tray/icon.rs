//! The icon, drawn: a disc whose colour and mark say how everything stands. The mark is for those who
//! do not tell the colours apart.

use crate::status::Glance;

/// Width and height in pixels.
pub const SIZE: u32 = 32;
/// Points that are looked at in each direction of a pixel, for smooth edges.
const FINE: u32 = 4;

type Colour = [f32; 3];
const WHITE: Colour = [255.0, 255.0, 255.0];
const GREEN: Colour = [22.0, 138.0, 72.0];
const GREY: Colour = [92.0, 101.0, 112.0];
const RED: Colour = [196.0, 43.0, 28.0];

/// The pixels, from the top left: red, green, blue and how opaque each is.
pub fn pixels(glance: Glance) -> Vec<u8> {
    let (colour, mark): (Colour, fn(f32, f32) -> bool) = match glance {
        Glance::Trading => (GREEN, is_arrow),
        Glance::Idle => (GREY, is_pause),
        Glance::Trouble => (RED, is_exclamation),
    };
    let mut all = Vec::with_capacity((SIZE * SIZE * 4) as usize);
    for y in 0..SIZE {
        for x in 0..SIZE {
            all.extend(pixel(x, y, colour, mark));
        }
    }
    all
}

fn pixel(x: u32, y: u32, colour: Colour, mark: fn(f32, f32) -> bool) -> [u8; 4] {
    let (mut sum, mut inside) = ([0.0; 3], 0.0);
    for point in 0..FINE * FINE {
        let place = |pixel: u32, part: u32| {
            let part = (part as f32 + 0.5) / FINE as f32;
            (pixel as f32 + part) / SIZE as f32 * 2.0 - 1.0
        };
        let (x, y) = (place(x, point % FINE), place(y, point / FINE));
        if x * x + y * y > 1.0 {
            continue;
        }
        inside += 1.0;
        let at = if mark(x, y) { WHITE } else { colour };
        for (sum, at) in sum.iter_mut().zip(at) {
            *sum += at;
        }
    }
    if inside == 0.0 {
        return [0; 4];
    }
    let [red, green, blue] = sum.map(|sum| (sum / inside) as u8);
    let opaque = 255.0 * inside / (FINE * FINE) as f32;
    [red, green, blue, opaque as u8]
}

/// The disc is from -1 to 1 in both directions, y downwards.
fn is_arrow(x: f32, y: f32) -> bool {
    // A triangle that points upwards.
    (-0.55..=0.4).contains(&y) && x.abs() <= (y + 0.55) * 0.6
}

fn is_pause(x: f32, y: f32) -> bool {
    (0.14..=0.4).contains(&x.abs()) && y.abs() <= 0.5
}

fn is_exclamation(x: f32, y: f32) -> bool {
    x.abs() <= 0.14 && ((-0.6..=0.2).contains(&y) || (0.36..=0.62).contains(&y))
}

#[cfg(test)]
mod tests {
    use super::{Glance, SIZE, pixels};

    #[test]
    fn icons_are_discs_that_differ() {
        let all = [Glance::Trading, Glance::Idle, Glance::Trouble].map(pixels);
        for one in &all {
            assert_eq!(one.len(), (SIZE * SIZE * 4) as usize);
            let at = |x: u32, y: u32| {
                let at = ((y * SIZE + x) * 4) as usize;
                &one[at..at + 4]
            };
            assert_eq!(at(0, 0)[3], 0, "corners are clear");
            assert_eq!(at(SIZE / 2, 2)[3], 255, "the disc is not");
            assert!(one.chunks(4).any(|pixel| pixel == [255; 4]), "it is marked");
        }
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    }
}
