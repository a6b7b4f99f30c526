//! Too much, and impossible numbers.

use super::*;

#[test]
fn too_much_of_anything() {
    let condition = json!({ "above": ["macd.line", "average"] });
    let many = json!({ "all": vec![condition.clone(); 499] });
    assert_eq!(faults(&with("/entry/long", many)), []);
    let many = json!({ "all": vec![condition.clone(); 600] });
    one(
        &with("/entry/long", many),
        "/entry/long/all/499",
        "too-many",
    );
    // Built without `json!`, which would walk the whole depth at each level.
    let nested = |depth: usize| {
        (0..depth).fold(condition.clone(), |inner, _| {
            Value::Object([("not".to_owned(), inner)].into_iter().collect())
        })
    };
    let set_long = |value: Value| {
        let mut document = good();
        document["entry"]["long"] = value;
        document
    };
    assert_eq!(faults(&set_long(nested(16))), []);
    let place = format!("/entry/long{}", "/not".repeat(17));
    one(&set_long(nested(17)), &place, "too-deep");
    // A value that was built, not read, may be deeper than any text.
    one(&set_long(nested(2_000)), &place, "too-deep");
    let mut document = good();
    for i in 0..100 {
        set(
            &mut document,
            &format!("/indicators/i{i}"),
            json!({ "kind": "rsi" }),
        );
        set(
            &mut document,
            &format!("/parameters/p{i}"),
            json!({ "value": 1 }),
        );
    }
    let found = faults(&document);
    assert!(found.contains(&("/indicators".to_owned(), "too-many")));
    assert!(found.contains(&("/parameters".to_owned(), "too-many")));
}

#[test]
fn documents_built_with_impossible_numbers_are_faults() {
    let mut document = validate_value(&good()).unwrap();
    document.parameters.get_mut("fast").unwrap().value = f64::NAN;
    document.sizing = crate::strategy::sizing::Sizing::FixedLots(f64::INFINITY.into());
    let codes: Vec<&str> = check(&document).iter().map(Fault::code).collect();
    assert_eq!(codes, ["out-of-range"; 3]);
}
