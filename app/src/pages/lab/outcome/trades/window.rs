//! Which rows of a long list are drawn: those in sight and some around them. Pure.

use std::ops::Range;

/// Rows beyond each edge, so that a quick scroll shows no gap.
const MARGIN: usize = 12;

/// What is in sight of a list whose rows are all of one height, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    pub(super) top: f64,
    pub(super) height: f64,
    pub(super) row: f64,
}

impl Sight {
    /// The rows to draw of so many.
    pub(super) fn rows(self, count: usize) -> Range<usize> {
        let row = self.row.max(1.0);
        let first = (self.top.max(0.0) / row) as usize;
        let fits = (self.height.max(0.0) / row).ceil() as usize;
        let start = first.saturating_sub(MARGIN).min(count);
        start..first.saturating_add(fits + MARGIN).min(count)
    }

    /// Where to scroll so that a row is in sight; `None` where it is already.
    pub(super) fn scroll_to(self, place: usize) -> Option<f64> {
        let top = place as f64 * self.row;
        let bottom = top + self.row;
        if top >= self.top && bottom <= self.top + self.height {
            return None;
        }
        // From afar into the middle, from beside to the edge.
        let is_near = bottom > self.top - self.row && top < self.top + self.height + self.row;
        let to = match (is_near, top < self.top) {
            (true, true) => top,
            (true, false) => bottom - self.height,
            (false, _) => top - (self.height - self.row) / 2.0,
        };
        Some(to.max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Sight;

    const SIGHT: Sight = Sight {
        top: 0.0,
        height: 320.0,
        row: 32.0,
    };

    #[test]
    fn only_what_is_near_is_drawn() {
        assert_eq!(SIGHT.rows(20_000), 0..22);
        let middle = Sight {
            top: 320_000.0,
            ..SIGHT
        };
        assert_eq!(middle.rows(20_000), 9_988..10_022);
        assert_eq!(middle.rows(5), 5..5, "the list became short meanwhile");
        assert_eq!(SIGHT.rows(3), 0..3);
        let nothing = Sight {
            top: 0.0,
            height: 0.0,
            row: 0.0,
        };
        assert!(nothing.rows(20_000).len() <= 24);
    }

    #[test]
    fn it_scrolls_only_when_it_must() {
        assert_eq!(SIGHT.scroll_to(0), None);
        assert_eq!(SIGHT.scroll_to(9), None);
        assert_eq!(SIGHT.scroll_to(10), Some(32.0), "one further");
        assert_eq!(SIGHT.scroll_to(1_000), Some(31_856.0), "into the middle");
        let below = Sight {
            top: 3_200.0,
            ..SIGHT
        };
        assert_eq!(below.scroll_to(99), Some(3_168.0));
        assert_eq!(below.scroll_to(0), Some(0.0));
    }
}
