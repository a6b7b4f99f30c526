//! The EA's table of retcodes is complete, and says each in both languages.

use phoenix_test_mt5::{action_of, say_retcode, say_sentence};

const DONE: i32 = 0;
const RETRY: i32 = 1;
const REFILL: i32 = 2;
const GIVE_UP: i32 = 3;
const ASK: i32 = 4;

/// <https://www.mql5.com/en/docs/constants/errorswarnings/enum_trade_return_codes>
fn documented() -> impl Iterator<Item = u32> {
    [10_004]
        .into_iter()
        .chain(10_006..=10_036)
        .chain(10_038..=10_046)
}

#[test]
fn every_documented_retcode_has_words_of_its_own() {
    for language in [0, 1] {
        let mut said = Vec::new();
        for retcode in documented() {
            let words = say_retcode(language, retcode);
            // A number in the words is what an unknown one gets.
            assert!(!words.contains(char::is_numeric), "{retcode}: {words}");
            assert!(words.ends_with('.'), "{retcode}: {words}");
            assert!(!said.contains(&words), "{retcode}: {words} twice");
            said.push(words);
        }
    }
    for retcode in documented() {
        assert_ne!(say_retcode(0, retcode), say_retcode(1, retcode));
    }
}

#[test]
fn every_documented_retcode_has_its_action() {
    let of = |action: i32| {
        documented()
            .filter(|retcode| action_of(*retcode) == action)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(DONE), [10_009, 10_010, 10_025]);
    assert_eq!(
        of(RETRY),
        [10_004, 10_015, 10_020, 10_021, 10_023, 10_024, 10_028]
    );
    assert_eq!(of(REFILL), [10_030]);
    assert_eq!(of(ASK), [10_008, 10_011, 10_012, 10_031]);
    assert_eq!(of(GIVE_UP).len(), documented().count() - 15);
}

#[test]
fn of_an_unknown_retcode_nothing_is_believed() {
    for retcode in [0, 1, 10_005, 10_037, 10_047, 20_000] {
        assert_eq!(action_of(retcode), ASK, "{retcode}");
        assert!(say_retcode(0, retcode).contains(&retcode.to_string()) || retcode == 0);
    }
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    let mut count = 0;
    while !say_sentence(0, count).is_empty() {
        let (english, indonesian) = (say_sentence(0, count), say_sentence(1, count));
        assert!(!indonesian.is_empty() && english != indonesian, "{english}");
        assert!(
            english.is_ascii() && indonesian.is_ascii(),
            "MetaEditor reads ANSI"
        );
        count += 1;
    }
    assert!(count >= 38, "{count}");
}
