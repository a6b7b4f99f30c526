//! A text as a picture for a phone's camera.

use crate::secret::Secret;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// The light frame that ISO/IEC 18004 asks for, in modules.
const QUIET: usize = 4;

/// The text is longer than a QR code holds (2331 bytes at this level of correction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct TooLong;

/// The text as an SVG element: one path in `currentColor` on nothing, a module to the unit. It has
/// no style, script, id or size, so that a strict content security policy permits it and its page
/// decides. Role and label are the page's too.
///
/// Dark on light is for the page to see to, in a dark theme as well: many cameras cannot read the
/// opposite.
///
/// Secret, because what it shows is one.
pub fn svg(text: &str) -> Result<Secret<String>, TooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLong)?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="currentColor" d=""#
    );
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        // One rectangle for each run: a third of the size of one for each module.
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string does not fail.
                let _ = write!(
                    svg,
                    "M{} {}h{n}v1h-{n}z",
                    x + QUIET,
                    y + QUIET,
                    n = run.len()
                );
            }
            x += run.len();
        }
    }
    svg.push_str(r#""/></svg>"#);
    Ok(Secret::new(svg))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::totp::TotpSecret;
    use proptest::prelude::*;

    /// Reads the picture as a camera would: paints it, eight pixels to the module, and decodes.
    fn scan(svg: &str) -> String {
        const SCALE: usize = 8;
        let between = |from: &str, to: &str| {
            let (_, rest) = svg.split_once(from).expect(from);
            rest.split_once(to).expect(to).0
        };
        let side: usize = between("viewBox=\"0 0 ", " ").parse().expect("side");
        let mut dark = vec![false; side * side];
        for run in between(" d=\"", "\"").split_terminator('z') {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|n| n.parse().ok())
                .collect();
            let [x, y, n, 1, m] = numbers[..] else {
                panic!("{run}")
            };
            assert_eq!(n, m);
            dark[y * side + x..][..n].fill(true);
        }
        let mut picture =
            rqrr::PreparedImage::prepare_from_bitmap(side * SCALE, side * SCALE, |x, y| {
                dark[y / SCALE * side + x / SCALE]
            });
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().expect("decoded").1
    }

    #[test]
    fn a_camera_reads_the_authenticators_address() {
        let uri = TotpSecret::generate()
            .expect("secret")
            .uri("budi@example.com");
        let svg = svg(uri.reveal()).expect("svg");
        assert_eq!(&scan(svg.reveal()), uri.reveal());
        assert_eq!(format!("{svg:?}"), "Secret(..)");
    }

    #[test]
    fn a_strict_policy_permits_it() {
        let svg = svg("</svg><script>alert(1)</script>").expect("svg");
        let svg = svg.reveal();
        for word in ["style", "script", "class", "id=", "href", "#", "on"] {
            assert!(!svg.contains(word), "{word} in {svg}");
        }
        assert_eq!(svg.matches('<').count(), 3);
        assert!(svg.starts_with("<svg ") && svg.ends_with("/></svg>"));
    }

    #[test]
    fn too_long_is_said() {
        assert!(svg(&"x".repeat(2331)).is_ok());
        assert_eq!(svg(&"x".repeat(2332)).err(), Some(TooLong));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_is_painted_is_what_was_said(text in "[ -~]{1,200}") {
            prop_assert_eq!(scan(svg(&text).expect("svg").reveal()), text);
        }
    }
}
