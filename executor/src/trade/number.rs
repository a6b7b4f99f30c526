//! Numbers of commands: unique for an account for ever, so that nothing is done twice.

use protocol::link::part::CommandNumber;
use std::num::NonZeroU64;
use trading::time::Time;

/// Bits of the number that are a time.
const BITS: u32 = 40;
/// 2020-01-01: forty bits of milliseconds from here last until 2054.
const START: Time = Time::from_civil(2020, 1, 1, 0, 0, 0);

/// Gives numbers: the run in the high bits, then a time in milliseconds that only ever rises. Should
/// the journal be lost, numbers that are given afterwards are others all the same.
#[derive(Debug, Clone)]
pub struct Numbers {
    last: u64,
    /// The newest that nobody was told to write down.
    unwritten: Option<CommandNumber>,
}

impl Numbers {
    /// Goes on after the newest number that was given.
    pub fn after(newest: Option<CommandNumber>) -> Self {
        Self {
            last: newest.map_or(0, |number| number.0.get() & mask()),
            unwritten: None,
        }
    }

    /// The next number of a run; `now` by this computer's clock.
    pub fn next(&mut self, run: u32, now: Time) -> CommandNumber {
        let since = now.0.saturating_sub(START.0);
        let since = u64::try_from(since).unwrap_or(0) & mask();
        self.last = since.max(self.last + 1);
        // Above 0, because the time is.
        let number = (u64::from(run) << BITS) | self.last;
        let number = CommandNumber(NonZeroU64::new(number).unwrap_or(NonZeroU64::MIN));
        self.unwritten = Some(number);
        number
    }

    /// The newest number, if it has to be written down: a clock that is set back must not give it
    /// once more.
    pub fn unwritten(&mut self) -> Option<CommandNumber> {
        self.unwritten.take()
    }
}

/// The run that a number is of.
pub fn run_of(number: CommandNumber) -> u32 {
    // What is left fits by construction; a number of somebody else's may not, and is of no run.
    u32::try_from(number.0.get() >> BITS).unwrap_or(u32::MAX)
}

const fn mask() -> u64 {
    (1 << BITS) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_only_rise_and_name_their_run() {
        let now = Time::from_civil(2026, 11, 22, 5, 0, 0);
        let mut numbers = Numbers::after(None);
        let first = numbers.next(7, now);
        let second = numbers.next(7, now);
        let earlier = numbers.next(7, Time(now.0 - 1_000_000));
        assert!(first < second && second < earlier);
        assert_eq!(run_of(first), 7);
        let mut again = Numbers::after(Some(earlier));
        assert!(again.next(7, Time(0)) > earlier);
        assert_eq!(run_of(again.next(9, now)), 9);
    }
}
