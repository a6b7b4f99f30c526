//! Conditions as blocks: groups with their conditions inside, and sentences.

use super::{
    choose::{choose, words as entries},
    number::number_field,
    operand::{self, has_details, operand_details, operand_field},
    parts::{Deed, act, fault, focus_soon, menu},
    pen::Pen,
    place::At,
    tree::{Root, Spot, first_condition},
    typed::Kind,
};
use crate::words::{Say, Text, designer as words};
use leptos::prelude::*;
use trading::strategy::{Document, condition::Condition, describe};

/// What kind of block a condition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Group,
    Not,
    Leaf,
    /// Removed; its block is about to go too.
    Gone,
}

/// What the sentence of a leaf needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Two,
    Three,
    Run,
    One,
}

const OPERATORS: &[(&str, Text)] = &[
    ("above", words::ABOVE),
    ("below", words::BELOW),
    ("crosses_above", words::CROSSES_ABOVE),
    ("crosses_below", words::CROSSES_BELOW),
    ("at_or_above", words::AT_OR_ABOVE),
    ("at_or_below", words::AT_OR_BELOW),
    ("between", words::BETWEEN),
    ("rising", words::RISING),
    ("falling", words::FALLING),
    ("occurs", words::OCCURS),
];

const JOINTS: &[(&str, Text)] = &[("all", words::ALL_OF), ("any", words::ANY_OF)];

/// The block of the condition at a spot.
pub fn condition_block(spot: Spot) -> AnyView {
    let pen = Pen::here();
    let at = spot.clone();
    let shape = Memo::new(move |_| {
        pen.lab.read(|document| match at.find(document) {
            Some(Condition::All(_) | Condition::Any(_)) => Shape::Group,
            Some(Condition::Not(_)) => Shape::Not,
            Some(_) => Shape::Leaf,
            None => Shape::Gone,
        })
    });
    (move || match shape.get() {
        Shape::Group => group(spot.clone()),
        Shape::Not => denial(spot.clone()),
        Shape::Leaf => leaf(spot.clone()),
        Shape::Gone => ().into_any(),
    })
    .into_any()
}

/// The frame of a block: can be focused, is called by its sentence, knows its place.
fn frame(spot: &Spot, class: &'static str, content: AnyView) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let (named, placed) = (spot.clone(), spot.clone());
    let sentence = move || {
        let language = say.language();
        pen.lab.read(|document| {
            named.find(document).map_or_else(String::new, |condition| {
                describe::condition(document, condition, language)
            })
        })
    };
    view! {
        <div
            class=class
            role="group"
            tabindex="0"
            aria-label=sentence
            aria-roledescription=say.say(words::BLOCK)
            data-block=""
            data-spot=spot.to_string()
            data-at=move || pen.lab.read(|document| placed.pointer(document))
        >
            {content}
        </div>
    }
    .into_any()
}

fn pointer_of(pen: Pen, spot: &Spot) -> Signal<String> {
    let spot = spot.clone();
    Signal::derive(move || pen.lab.read(|document| spot.pointer(document)))
}

fn group(spot: Spot) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let (at, counted, each) = (spot.clone(), spot.clone(), spot.clone());
    let joint = Signal::derive(move || {
        pen.lab
            .read(|document| at.find(document).map_or("all", Condition::name).to_owned())
    });
    let writer = spot.clone();
    let list = choose(
        say.say(words::HOW_JOINED),
        joint,
        entries(JOINTS),
        move |chosen| {
            pen.lab
                .edit(|document| writer.set_any(document, chosen == "any"));
        },
    );
    let count = Memo::new(move |_| {
        pen.lab.read(|document| match counted.find(document) {
            Some(Condition::All(list) | Condition::Any(list)) => list.len(),
            _ => 0,
        })
    });
    let own = pointer_of(pen, &spot);
    let own = Signal::derive(move || format!("{}/{}", own.get(), joint.get()));
    let content = view! {
        <div class="brick-head">
            {list}
            <span class="grow"></span>
            {block_menu(&spot)}
        </div>
        <div class="children">
            <For
                each=move || 0..count.get()
                key=|index| *index
                children=move |index| condition_block(each.child(index))
            />
        </div>
        {fault(own, true)}
        {adders(spot.clone())}
    };
    frame(&spot, "brick group", content.into_any())
}

fn denial(spot: Spot) -> AnyView {
    let say = Say::here();
    let content = view! {
        <div class="brick-head">
            <span class="word">{say.say(words::NOT)}</span>
            <span class="grow"></span>
            {block_menu(&spot)}
        </div>
        <div class="children">{condition_block(spot.child(0))}</div>
    };
    frame(&spot, "brick group denial", content.into_any())
}

/// The buttons that add a condition or a group to the group, or rule, at a spot.
pub fn adders(spot: Spot) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let other = spot.clone();
    let add = move |spot: &Spot, is_group: bool| {
        let before = untrack(|| pen.lab.document());
        let index = match spot.find(&before) {
            Some(Condition::All(list) | Condition::Any(list)) => list.len(),
            Some(_) => 1,
            None => 0,
        };
        let new = first_condition(&before);
        let new = if is_group {
            Condition::Any(vec![new])
        } else {
            new
        };
        pen.reshape(&|document| spot.add(document, new.clone()));
        focus_soon(format!("[data-spot=\"{}\"] select", spot.child(index)));
    };
    view! {
        <div class="adders">
            {act(
                say.say(words::ADD_CONDITION),
                "add-button",
                move || add(&spot, false),
            )}
            {act(say.say(words::ADD_GROUP), "add-button", move || add(&other, true))}
        </div>
    }
    .into_any()
}

fn leaf(spot: Spot) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let (named, formed) = (spot.clone(), spot.clone());
    let operator = Signal::derive(move || {
        pen.lab
            .read(|document| named.find(document).map_or("", Condition::name).to_owned())
    });
    let form = Memo::new(move |_| {
        pen.lab.read(|document| match formed.find(document) {
            Some(Condition::Between(_)) => Form::Three,
            Some(Condition::Rising(_) | Condition::Falling(_)) => Form::Run,
            Some(Condition::Occurs(_)) => Form::One,
            _ => Form::Two,
        })
    });
    let writer = spot.clone();
    let list = choose(
        say.say(words::COMPARISON),
        operator,
        entries(OPERATORS),
        move |chosen| {
            pen.lab
                .edit(|document| writer.set_operator(document, &chosen));
        },
    );
    let first = operand_field(&operand::place(pen, &spot, 0), say.say(words::LEFT));
    let rest_at = spot.clone();
    let rest = move || {
        let side = |index: usize, label: Text| {
            operand_field(&operand::place(pen, &rest_at, index), say.say(label))
        };
        match form.get() {
            Form::Two => side(1, words::RIGHT),
            Form::Three => view! {
                {side(1, words::LOW)}
                <span class="word">{say.say(words::AND)}</span>
                {side(2, words::HIGH)}
            }
            .into_any(),
            Form::Run => view! {
                {number_field(&run_bars(pen, &rest_at).plain(), say.say(words::STEPS), Kind::Count)}
                <span class="word">{say.say(words::BARS)}</span>
            }
            .into_any(),
            Form::One => ().into_any(),
        }
    };
    let starts_open = untrack(|| pen.lab.read(|document| has_details(document, &spot)));
    let is_open = RwSignal::new(starts_open);
    let details_at = spot.clone();
    let details = move || {
        is_open.get().then(|| {
            let count = match form.get() {
                Form::Three => 3,
                Form::Two => 2,
                Form::Run | Form::One => 1,
            };
            let labels = match form.get() {
                Form::Three => [words::LEFT, words::LOW, words::HIGH],
                _ => [words::LEFT, words::RIGHT, words::RIGHT],
            };
            labels
                .into_iter()
                .take(count)
                .enumerate()
                .map(|(index, label)| {
                    operand_details(&operand::place(pen, &details_at, index), say.say(label))
                })
                .collect_view()
        })
    };
    let content = view! {
        <div class="sentence-row">
            <div class="sentence-parts">{first} {list} {rest}</div>
            {leaf_menu(&spot, is_open)}
        </div>
        {details}
        {fault(pointer_of(pen, &spot), false)}
    };
    frame(&spot, "brick leaf", content.into_any())
}

fn run_bars(pen: Pen, spot: &Spot) -> At<u32> {
    let (read, write, named) = (spot.clone(), spot.clone(), spot.clone());
    let pointer = Signal::derive(move || {
        pen.lab.read(|document| {
            let name = named.find(document).map_or("", Condition::name);
            format!("{}/{name}/bars", named.pointer(document))
        })
    });
    At::moving(
        pointer,
        move |document| match read.find(document)? {
            Condition::Rising(run) | Condition::Falling(run) => Some(run.bars),
            _ => None,
        },
        move |document, bars| {
            if let Some(Condition::Rising(run) | Condition::Falling(run)) = write.find_mut(document)
            {
                run.bars = bars;
            }
        },
    )
}

fn leaf_menu(spot: &Spot, details: RwSignal<bool>) -> AnyView {
    with_menu(spot, move || {
        Some(Deed::new(words::DETAILS, move || {
            details.update(|open| *open = !*open);
        }))
    })
}

fn block_menu(spot: &Spot) -> AnyView {
    with_menu(spot, || None)
}

/// What can be done with any condition.
fn with_menu(spot: &Spot, first: impl Fn() -> Option<Deed> + Send + 'static) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let spot = spot.clone();
    let deeds = move || {
        let place = |document: &Document| {
            let index = spot.path.last().copied().unwrap_or(0);
            (index, spot.siblings(document))
        };
        let (index, count) = untrack(|| pen.lab.read(place));
        let all = [0, 1, 2, 3, 4, 5].map(|_| spot.clone());
        let [copy, up, down, negated, wrapped, removed] = all;
        let mut deeds: Vec<Deed> = first().into_iter().collect();
        deeds.extend([
            Deed::new(words::DUPLICATE, move || duplicate(pen, &copy)),
            Deed::new(words::MOVE_UP, move || shift(pen, &up, true))
                .unless(Signal::stored(index == 0)),
            Deed::new(words::MOVE_DOWN, move || shift(pen, &down, false))
                .unless(Signal::stored(index + 1 >= count)),
            Deed::new(words::NEGATE, move || {
                pen.reshape(&|document| negated.negate(document));
                focus_soon(format!("[data-spot=\"{negated}\"]"));
            }),
            Deed::new(words::WRAP, move || {
                pen.reshape(&|document| wrapped.wrap(document));
                focus_soon(format!("[data-spot=\"{wrapped}\"]"));
            }),
            Deed::new(words::REMOVE, move || remove(pen, &removed)),
        ]);
        deeds
    };
    menu(say.say(words::THIS_CONDITION), deeds)
}

/// Copies a condition and goes to the copy.
pub fn duplicate(pen: Pen, spot: &Spot) {
    pen.reshape(&|document| spot.duplicate(document));
    let copy = spot.sibling(false).unwrap_or_else(|| spot.child(1));
    focus_soon(format!("[data-spot=\"{copy}\"]"));
}

/// Moves a condition among its siblings and goes with it.
pub fn shift(pen: Pen, spot: &Spot, up: bool) {
    pen.reshape(&|document| spot.shift(document, up));
    if let Some(next) = spot.sibling(up) {
        focus_soon(format!("[data-spot=\"{next}\"]"));
    }
}

/// Removes a condition and goes to what is now in its place, or to the group it was in.
pub fn remove(pen: Pen, spot: &Spot) {
    pen.reshape(&|document| spot.remove(document));
    let document = untrack(|| pen.lab.document());
    let before = spot.sibling(true);
    let near = [Some(spot.clone()), before, spot.parent().map(|(up, _)| up)]
        .into_iter()
        .flatten()
        .find(|near| near.find(&document).is_some());
    focus_soon(match near {
        Some(near) => format!("[data-spot=\"{near}\"]"),
        None => format!("[data-rule=\"{}\"] button", spot.root.name()),
    });
}

/// A whole rule: its lead, its blocks, or what to do where there is none.
pub fn rule(root: Root, lead: Text, name: Text, none: Text) -> AnyView {
    let pen = Pen::here();
    let say = Say::here();
    let top = Spot::top(root);
    let is_there = Memo::new(move |_| pen.lab.read(|document| root.rule(document).is_some()));
    let is_group = Memo::new(move |_| {
        pen.lab.read(|document| {
            matches!(
                root.rule(document),
                Some(Condition::All(_) | Condition::Any(_))
            )
        })
    });
    let body = move || {
        if is_there.get() {
            let top = top.clone();
            let single = top.clone();
            view! {
                <p class="lead">{say.say(lead)}</p>
                {condition_block(top)}
                {move || (!is_group.get()).then(|| adders(single.clone()))}
            }
            .into_any()
        } else {
            view! {
                <p class="hint">{say.say(none)}</p>
                {adders(top.clone())}
            }
            .into_any()
        }
    };
    view! {
        <div
            class="rule"
            role="group"
            aria-label=say.say(name)
            data-rule=root.name()
            data-at=root.pointer()
        >
            <h4>{say.say(name)}</h4>
            {body}
        </div>
    }
    .into_any()
}
