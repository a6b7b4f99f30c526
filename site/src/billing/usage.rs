//! How much is used of what the plan allows.

use super::{BillingPage, Quota, Used};
use crate::{
    Look,
    part::setting,
    words::{Text, billing as words, number, quota},
};
use leptos::prelude::*;

/// Of a limit, so much of it is little: a fifth.
const LITTLE: u64 = 5;

pub(super) fn section(look: &Look, page: &BillingPage) -> AnyView {
    let lines: Vec<AnyView> = page
        .used
        .iter()
        .enumerate()
        .map(|(place, used)| line(look, place, used))
        .collect();
    let content = view! { <ul class="usage">{lines}</ul> };
    setting::section(look, "usage", words::USAGE, words::USAGE_LEAD, content)
}

fn line(look: &Look, place: usize, used: &Used) -> AnyView {
    let id = format!("used-{place}");
    let count = number::whole(used.used, look.language);
    let said = match used.limit {
        Some(limit) => {
            let limit = number::whole(limit, look.language);
            look.with(words::OF, &[&count, &limit])
        }
        None => look.with(words::NO_LIMIT, &[&count]),
    };
    let warning = warning(used).map(|text| {
        view! { <p class="usage-warning">{look.say(text)}</p> }
    });
    view! {
        <li>
            <p class="usage-line">
                <span id=id.clone()>{look.say(quota::name(used.quota))}</span>
                <span>{said}</span>
            </p>
            {used.limit.map(|limit| meter(id, used, limit))}
            {warning}
        </li>
    }
    .into_any()
}

fn meter(id: String, used: &Used, limit: u64) -> AnyView {
    // A scale has a length, even where nothing is allowed.
    let (value, max) = if limit == 0 {
        (1, 1)
    } else {
        (used.used.min(limit), limit)
    };
    let class = match warning(used) {
        Some(_) => "meter meter-near",
        None => "meter",
    };
    view! { <meter class=class aria-labelledby=id min="0" max=max.to_string() value=value.to_string()></meter> }
        .into_any()
}

/// What is to be known of what is left, if it is little.
fn warning(used: &Used) -> Option<Text> {
    let limit = used.limit?;
    let is_daily = matches!(
        used.quota,
        Quota::BacktestsPerDay | Quota::SweepsPerDay | Quota::AiCallsPerDay
    );
    match limit.checked_sub(used.used) {
        None if !is_daily => Some(words::OVER),
        None | Some(0) if is_daily => Some(words::FULL_TODAY),
        None | Some(0) => Some(words::FULL),
        Some(left) => (left <= limit / LITTLE).then_some(words::NEAR),
    }
}

#[cfg(test)]
mod tests {
    use super::{Quota, Used, warning, words};

    #[test]
    fn little_is_said_in_time() {
        let said = |quota, used, limit| warning(&Used { quota, used, limit }).map(|text| text.en);
        let (kept, daily) = (Quota::SavedStrategies, Quota::BacktestsPerDay);
        for (quota, used, limit, text) in [
            (kept, 0, Some(10), None),
            (kept, 7, Some(10), None),
            (kept, 8, Some(10), Some(words::NEAR)),
            (kept, 10, Some(10), Some(words::FULL)),
            (kept, 12, Some(10), Some(words::OVER)),
            (kept, u64::MAX, None, None),
            (daily, 0, Some(1), None),
            (daily, 1, Some(1), Some(words::FULL_TODAY)),
            (daily, 2, Some(1), Some(words::FULL_TODAY)),
            (daily, 0, Some(0), Some(words::FULL_TODAY)),
        ] {
            let text = text.map(|text| text.en);
            assert_eq!(said(quota, used, limit), text, "{used} of {limit:?}");
        }
    }
}
