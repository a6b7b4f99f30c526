//! The program's icon, `installer/phoenix.ico`, is the one of the web drawn small and large. Windows
//! reads no SVG; the file is kept, so that a build needs nothing that draws. Written anew by
//! `PHOENIX_GOLDEN=write cargo test -p executor --test icon`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod ico;
mod picture;

use picture::Picture;
use std::{fs, path::Path};

/// What Windows shows at scales from 100 % to 200 %, and the large one of folders.
const SIZES: [u32; 8] = [16, 20, 24, 32, 40, 48, 64, 256];

#[test]
fn the_icon_is_the_one_of_the_web() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let picture = Picture::read(&fs::read_to_string(here.join("../style/icon.svg")).unwrap());
    let drawn = ico::file(&SIZES.map(|size| (size, picture.pixels(size))));
    let path = here.join("installer/phoenix.ico");
    if std::env::var("PHOENIX_GOLDEN").is_ok_and(|value| value == "write") {
        fs::write(&path, &drawn).unwrap();
    }
    let kept = fs::read(&path).unwrap();
    assert!(
        kept == drawn,
        "installer/phoenix.ico is not style/icon.svg: see the first lines of this test"
    );
}
