//! What is counted.

use super::{Text, text};
use crate::billing::Quota;

/// What a plan allows, for one, for many, and without a limit.
pub(crate) const fn allows(quota: Quota) -> (Text, Text, Text) {
    match quota {
        Quota::LiveStrategies => (
            text("{} strategy live at a time", "{} strategi live sekaligus"),
            text("{} strategies live at a time", "{} strategi live sekaligus"),
            text("Any number of strategies live", "Strategi live tanpa batas"),
        ),
        Quota::Accounts => (
            text("{} trading account", "{} akun trading"),
            text("{} trading accounts", "{} akun trading"),
            text("Any number of trading accounts", "Akun trading tanpa batas"),
        ),
        Quota::SavedStrategies => (
            text("{} saved strategy", "{} strategi tersimpan"),
            text("{} saved strategies", "{} strategi tersimpan"),
            text(
                "Any number of saved strategies",
                "Strategi tersimpan tanpa batas",
            ),
        ),
        Quota::BacktestsPerDay => (
            text(
                "{} backtest a day over the API",
                "{} backtest per hari lewat API",
            ),
            text(
                "{} backtests a day over the API",
                "{} backtest per hari lewat API",
            ),
            text(
                "Any number of backtests over the API",
                "Backtest lewat API tanpa batas",
            ),
        ),
        Quota::SweepsPerDay => (
            text(
                "{} sweep a day on our servers (soon)",
                "{} sweep per hari di server kami (segera)",
            ),
            text(
                "{} sweeps a day on our servers (soon)",
                "{} sweep per hari di server kami (segera)",
            ),
            text(
                "Any number of sweeps on our servers (soon)",
                "Sweep di server kami tanpa batas (segera)",
            ),
        ),
        Quota::AiCallsPerDay => (
            text(
                "{} AI request a day (soon)",
                "{} permintaan AI per hari (segera)",
            ),
            text(
                "{} AI requests a day (soon)",
                "{} permintaan AI per hari (segera)",
            ),
            text(
                "Any number of AI requests (soon)",
                "Permintaan AI tanpa batas (segera)",
            ),
        ),
    }
}

/// What is used.
pub(crate) const fn name(quota: Quota) -> Text {
    match quota {
        Quota::LiveStrategies => text("Strategies live now", "Strategi yang sedang live"),
        Quota::Accounts => text("Trading accounts", "Akun trading"),
        Quota::SavedStrategies => text("Saved strategies", "Strategi tersimpan"),
        Quota::BacktestsPerDay => text(
            "Backtests over the API today",
            "Backtest lewat API hari ini",
        ),
        Quota::SweepsPerDay => text(
            "Sweeps on our servers today (soon)",
            "Sweep di server kami hari ini (segera)",
        ),
        Quota::AiCallsPerDay => text(
            "AI requests today (soon)",
            "Permintaan AI hari ini (segera)",
        ),
    }
}

/// The same by its name in the file of plans.
pub(crate) fn by_name(word: &str) -> Option<Text> {
    Some(name(match word {
        "live_strategies" => Quota::LiveStrategies,
        "accounts" => Quota::Accounts,
        "saved_strategies" => Quota::SavedStrategies,
        "backtests_per_day" => Quota::BacktestsPerDay,
        "sweeps_per_day" => Quota::SweepsPerDay,
        "ai_calls_per_day" => Quota::AiCallsPerDay,
        _ => return None,
    }))
}
