//! Many parameter sets over one history.
//!
//! A thousand sets rarely mean a thousand of anything: an average over 20 periods and one over 50
//! make 1,000 pairs, but only 70 averages. So every indicator is computed once for each *variant*,
//! each distinct combination of the values that it depends on, and every comparison once for each
//! variant of its own; a set then only joins the bits of its variants. What does not vary at all is
//! computed once and shared.
//!
//! Variants of one indicator run [`LANES`] to a pack, one a vector lane where the kind has a step
//! for lanes. History is walked in blocks, so that columns are read while they are in the cache and
//! then forgotten: what stays is a bit a bar for each variant of a comparison.

mod compare_lanes;
mod far;
mod ground;
mod pack;
mod tables;
mod variants;

pub use ground::Sets;
pub use tables::SetTables;

use ground::Ground;

/// Bars in a block: a multiple of 64; a hundred columns of a block fit the second cache.
const BLOCK: usize = 1_024;

/// Does pieces of work that know nothing of each other: one by one, or several at once. Pure rooms
/// have no threads of their own; who has some, brings them.
pub trait Hands: Sync {
    /// Does the work on every piece, in any order.
    fn each<T: Send>(&self, pieces: &mut [T], work: impl Fn(&mut T) + Sync + Send);
}

/// One piece after another.
#[derive(Debug, Clone, Copy, Default)]
pub struct OneByOne;

impl Hands for OneByOne {
    fn each<T: Send>(&self, pieces: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
        pieces.iter_mut().for_each(work);
    }
}
