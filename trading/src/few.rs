//! Sorting of few things. The library's sorts and what fills its maps at once are made for many, and
//! are some kilobytes of code anew for each type; the web app's visitors download them.

use std::collections::BTreeMap;

/// Sorts a short list; what is equal keeps its order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at]) < key(&list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// A map of few; of one key the last value holds.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

#[cfg(test)]
mod tests {
    use super::{map, sort_by_key};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn sorts_as_the_library_does(pairs in prop::collection::vec((0..5_u8, 0..9_u8), 0..20)) {
            let mut sorted = pairs.clone();
            sorted.sort_by_key(|pair| pair.0);
            let mut few = pairs.clone();
            sort_by_key(&mut few, |pair| pair.0);
            prop_assert_eq!(few, sorted);
            prop_assert_eq!(map(pairs.clone()), pairs.into_iter().collect::<BTreeMap<_, _>>());
        }
    }
}
