//! Messages as bytes: each field behind the other, in the order of its type. Page and worker are
//! always of one build, so nothing says what is what, which JSON would: its readers were an eighth
//! of the module.

use super::message::{
    Answer, Headline, HistoryKey, ImportJob, Imported, Job, Outcome, Place, Plot, Request,
    RunFault, TradeRow,
};
use backtest::{
    levels::Levels,
    report::figure::{Figure, FigureGroup, FigureTone},
    statistics::MonthReturn,
};
use protocol::run::Terms;
use trading::{
    language::Language,
    symbol::{ExitReason, Side, Trade},
    time::Time,
    timeframe::Timeframe,
};

/// What can be said in bytes.
pub(super) trait Wire: Sized {
    /// Writes it behind what is there.
    fn put(&self, out: &mut Vec<u8>);
    /// Takes it from the front; `None` where it does not stand there.
    fn take(from: &mut &[u8]) -> Option<Self>;
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Wire for $number {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                let (bytes, rest) = from.split_first_chunk()?;
                *from = rest;
                Some(Self::from_le_bytes(*bytes))
            }
        })*
    };
}
numbers!(u8, u32, i64, u64, f64);

/// The fields of a struct, in this order.
macro_rules! record {
    ($name:ident { $($field:ident),* $(,)? } $(else { $($rest:ident),* })?) => {
        impl Wire for $name {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)*
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                Some(Self {
                    $($field: Wire::take(from)?,)*
                    $($($rest: Default::default(),)*)?
                })
            }
        }
    };
}

/// The variants of an enum, each with its number and the fields behind it.
macro_rules! choice {
    ($name:ident { $($number:literal $variant:ident { $($field:ident),* })* }) => {
        impl Wire for $name {
            fn put(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        out.push($number);
                        $($field.put(out);)*
                    })*
                }
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                match u8::take(from)? {
                    $($number => Some(Self::$variant { $($field: Wire::take(from)?),* }),)*
                    _ => None,
                }
            }
        }
    };
}

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        u8::take(from).map(|byte| byte != 0)
    }
}

impl Wire for usize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u64).put(out);
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Self::try_from(u64::take(from)?).ok()
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = usize::take(from)?;
        let (bytes, rest) = from.split_at_checked(length)?;
        *from = rest;
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        for item in self {
            item.put(out);
        }
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = usize::take(from)?;
        (0..length).map(|_| T::take(from)).collect()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        match bool::take(from)? {
            true => T::take(from).map(Some),
            false => Some(None),
        }
    }
}

impl<T: Wire, E: Wire> Wire for Result<T, E> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_ok().put(out);
        match self {
            Ok(value) => value.put(out),
            Err(fault) => fault.put(out),
        }
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        match bool::take(from)? {
            true => T::take(from).map(Ok),
            false => E::take(from).map(Err),
        }
    }
}

impl<T: Wire> Wire for Box<T> {
    fn put(&self, out: &mut Vec<u8>) {
        T::put(self, out);
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        T::take(from).map(Self::new)
    }
}

impl Wire for Time {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        i64::take(from).map(Self)
    }
}

impl Wire for Timeframe {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Self::ALL.get(usize::from(u8::take(from)?)).copied()
    }
}

choice!(Language { 0 En {} 1 Id {} });
choice!(Terms { 0 Ideal {} 1 Typical {} });
choice!(Side { 0 Buy {} 1 Sell {} });
choice!(FigureTone { 0 Plain {} 1 Gain {} 2 Loss {} });
choice!(ExitReason {
    0 OppositeSignal {} 1 ExitRule {} 2 StopLoss {} 3 TakeProfit {}
    4 TimeExit {} 5 StopOut {} 6 Command {} 7 EndOfData {}
});
record!(HistoryKey { symbol, timeframe });
record!(Job { history, terms, document, language } else { needs });
record!(ImportJob {
    symbol,
    timeframe,
    time_zone,
    language
});
record!(Imported {
    history,
    bars,
    flaws
});
record!(Place {
    pointer,
    code,
    message,
    hint
});
record!(FigureGroup { name, figures });
record!(Figure {
    name,
    hint,
    value,
    detail,
    tone
});
record!(MonthReturn {
    year,
    month,
    money,
    percent
});
record!(Levels { stop, target });
record!(TradeRow { trade, levels });
record!(Plot { indicator, output, is_overlay } else { values });
record!(Trade {
    side,
    volume,
    entry_time,
    exit_time,
    entry_bar,
    exit_bar,
    entry_price,
    exit_price,
    gross,
    commission,
    swap,
    profit,
    exit,
});
record!(Headline {
    trades,
    net_profit,
    return_percent,
    max_drawdown_percent,
    profit_factor,
    win_rate_percent,
    sharpe,
});
record!(Outcome {
    bars, warm, currency, digits, is_own_broker, initial_balance, refused, headline, figures, trades, monthly,
    plots, elapsed_ms,
} else { equity });
choice!(RunFault {
    0 Document { faults }
    1 Plan { why }
    2 History { history, why }
    3 Terms { symbol }
    4 TooShort { bars }
    5 Stopped {}
    6 Part {}
});
choice!(Request {
    0 Load { history }
    1 Run { id, job }
    2 Import { file }
    3 Report { job }
});
choice!(Answer {
    0 Loaded { history, bars }
    1 NotLoaded { history, why }
    2 Done { id, outcome }
    3 Imported { outcome }
    4 Reported { html }
});

/// The bytes of a message.
pub(super) fn bytes(message: &impl Wire) -> Vec<u8> {
    let mut out = Vec::new();
    message.put(&mut out);
    out
}

/// The message of these bytes; `None` where they are no whole one.
pub(super) fn message<T: Wire>(mut bytes: &[u8]) -> Option<T> {
    let message = T::take(&mut bytes)?;
    bytes.is_empty().then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same<T: Wire + PartialEq + std::fmt::Debug>(one: &T) {
        let sent = bytes(one);
        assert_eq!(message::<T>(&sent).as_ref(), Some(one));
        for end in 0..sent.len() {
            assert_eq!(message::<T>(&sent[..end]), None, "cut at {end}");
        }
        let longer: Vec<u8> = sent.iter().copied().chain([0]).collect();
        assert_eq!(message::<T>(&longer), None);
    }

    fn key() -> HistoryKey {
        HistoryKey {
            symbol: "EMAS €".to_owned(),
            timeframe: Timeframe::MN1,
        }
    }

    fn job() -> Job {
        Job {
            history: key(),
            terms: Terms::Typical,
            document: "{}".to_owned(),
            language: Language::Id,
            needs: Vec::new(),
        }
    }

    #[test]
    fn every_timeframe_arrives() {
        Timeframe::ALL.iter().for_each(same);
    }

    #[test]
    fn every_request_arrives() {
        let file = ImportJob {
            symbol: String::new(),
            timeframe: None,
            time_zone: "UTC".to_owned(),
            language: Language::En,
        };
        same(&Request::Load { history: key() });
        same(&Request::Run { id: 7, job: job() });
        same(&Request::Import { file });
        same(&Request::Report { job: job() });
    }

    #[test]
    fn every_answer_arrives() {
        let faults = vec![Place {
            pointer: "/a".to_owned(),
            code: "b".to_owned(),
            message: "c".to_owned(),
            hint: String::new(),
        }];
        let why = || "why".to_owned();
        for fault in [
            RunFault::Document { faults },
            RunFault::Plan { why: why() },
            RunFault::History {
                history: key(),
                why: why(),
            },
            RunFault::Terms { symbol: why() },
            RunFault::TooShort { bars: usize::MAX },
            RunFault::Stopped,
            RunFault::Part,
        ] {
            same(&Answer::Done {
                id: 1,
                outcome: Err(fault.clone()),
            });
            same(&Answer::Reported { html: Err(fault) });
        }
        same(&Answer::Loaded {
            history: key(),
            bars: 3,
        });
        same(&Answer::NotLoaded {
            history: key(),
            why: why(),
        });
        let flaws = vec![why(), why()];
        same(&Answer::Imported {
            outcome: Ok(Imported {
                history: key(),
                bars: 1,
                flaws,
            }),
        });
        same(&Answer::Imported {
            outcome: Err(why()),
        });
        same(&Answer::Reported { html: Ok(why()) });
    }

    #[test]
    fn a_length_beyond_the_end_takes_no_memory() {
        let mut sent = Vec::new();
        u64::MAX.put(&mut sent);
        assert_eq!(message::<Vec<u8>>(&sent), None);
        assert_eq!(message::<String>(&sent), None);
    }
}
