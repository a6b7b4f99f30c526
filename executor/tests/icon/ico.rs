//! Windows' file of icons: a list of what is in it, then the pictures, without compression.

/// Bytes before the list, of a line of the list, and before the pixels of a picture.
const HEAD: u32 = 6;
const LINE: u32 = 16;
const PICTURE: u32 = 40;

/// A file with these pictures: how wide and high, and the pixels from the top left.
pub(crate) fn file(pictures: &[(u32, Vec<[u8; 4]>)]) -> Vec<u8> {
    let count = u16::try_from(pictures.len()).expect("a few");
    let mut list = [0, 1, count].map(u16::to_le_bytes).concat();
    let mut content = Vec::new();
    for (size, pixels) in pictures {
        let picture = picture(*size, pixels);
        let place = HEAD + LINE * u32::from(count) + length(&content);
        // 256 is written as 0.
        let side = size.to_le_bytes()[0];
        list.extend([side, side, 0, 0, 1, 0, 32, 0]);
        list.extend(length(&picture).to_le_bytes());
        list.extend(place.to_le_bytes());
        content.extend(picture);
    }
    [list, content].concat()
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("a small file")
}

/// A bitmap, from the lowest line up, of blue, green, red and opacity. After it come bits that say
/// what is clear, for which the height counts twice; who reads opacity does not look at them.
fn picture(size: u32, pixels: &[[u8; 4]]) -> Vec<u8> {
    let mut all = Vec::new();
    for number in [PICTURE, size, 2 * size, 1 | 32 << 16, 0, 0, 0, 0, 0, 0] {
        all.extend(number.to_le_bytes());
    }
    for line in pixels.chunks(size as usize).rev() {
        for [red, green, blue, opaque] in line {
            all.extend([blue, green, red, opaque]);
        }
    }
    for line in pixels.chunks(size as usize).rev() {
        // Lines are of whole words of 32 bits.
        let mut bits = vec![0; line.len().div_ceil(32) * 4];
        for (at, _) in line.iter().enumerate().filter(|(_, pixel)| pixel[3] == 0) {
            bits[at / 8] |= 0x80 >> (at % 8);
        }
        all.extend(bits);
    }
    all
}
