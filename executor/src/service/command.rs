//! Commands of people: stop, pause, close.

use super::{Out, Seat, Service};
use crate::{
    journal::{Given, JournalFault},
    trade::Effects,
};
use protocol::{
    api::command::{Action, Command, Target},
    id::CommandId,
    link::{
        part::{CommandNumber, Outcome, Ticket},
        terminal::Receipt,
    },
};
use std::collections::BTreeSet;
use trading::time::{MINUTE, Time};

/// For how long it is remembered that somebody at this computer wants everything closed, where no
/// terminal is here, in milliseconds.
const SOON: i64 = MINUTE;
/// Why nothing was done.
const NOT_WRITTEN: &str = "the journal cannot be written";

/// A command whose end terminals tell.
#[derive(Debug, Default)]
pub(super) struct Pending {
    numbers: BTreeSet<(Seat, CommandNumber)>,
    faults: Vec<String>,
}

impl Service {
    /// A person gives a command. One that was carried out already is not carried out again. Whether
    /// it comes too late is judged by who brings it, by the server's clock.
    pub fn command(&mut self, command: &Command, now: Time) -> Vec<Out> {
        let mut out = Vec::new();
        if let Err(fault) = self.obey(command, now, &mut out) {
            // Nothing of it can be written down. What makes an account safer is done all the same.
            let mut why = fault.to_string();
            let is_everything = command.action == Action::CloseEverything;
            if is_everything || matches!(command.action, Action::CloseMine | Action::StopAndClose) {
                for seat in self.seats_of(command).unwrap_or_else(|_| self.all_seats()) {
                    self.close_seat(seat, is_everything, now, &mut out);
                }
                why.push_str("; the terminals were told to close: look at what is open");
            }
            self.pending.remove(&command.id);
            out.push(Out::Unwritten(command.id, why));
            out.push(Out::Journal(fault));
        }
        out
    }

    fn obey(
        &mut self,
        command: &Command,
        now: Time,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        let id = command.id;
        if self.pending.contains_key(&id) {
            return Ok(());
        }
        let known = self.journal.take(id)?;
        if known.as_ref().is_some_and(|known| known.ended.is_some()) {
            out.push(Out::Ended(id));
            return Ok(());
        }
        let closes = matches!(command.action, Action::CloseMine | Action::CloseEverything);
        if closes && known.is_some_and(|known| known.was_told) {
            // What was opened since must not be closed for it.
            let why = "the program ended before the terminal answered: look at what is open";
            return self.end(id, Err(why.to_owned()), out);
        }
        let seats = self.seats_of(command)?;
        let stops = matches!(command.action, Action::StopBot | Action::StopAndClose);
        if stops && let Target::Executor(_) = command.target {
            // Also what is not connected now, and what comes later.
            self.journal.stop(true)?;
        }
        if seats.is_empty() {
            return match (command.action, command.target) {
                (Action::StopBot, Target::Executor(_)) => self.end(id, Ok(()), out),
                (Action::StopAndClose, Target::Executor(_)) => {
                    let why = "nothing is opened any more, but no terminal is connected that could \
                               close: look at what is open";
                    self.end(id, Err(why.to_owned()), out)
                }
                _ => {
                    let why = "no terminal of this account is connected";
                    self.end(id, Err(why.to_owned()), out)
                }
            };
        }
        match command.action {
            Action::StopBot => match self.stop(&seats, true, out) {
                true => self.end(id, Ok(()), out),
                false => self.end(id, Err(NOT_WRITTEN.to_owned()), out),
            },
            Action::PauseStrategy { strategy } => {
                self.pause(id, &seats, &strategy.to_string(), true, out)
            }
            Action::ResumeStrategy { strategy } => {
                self.pause(id, &seats, &strategy.to_string(), false, out)
            }
            Action::ClosePosition { ticket } => {
                self.close_one(id, &seats, Ticket(ticket), now, out)
            }
            Action::StopAndClose => {
                // First what makes it safer, then what keeps it so.
                self.close_all(id, &seats, false, now, out)?;
                self.stop(&seats, true, out);
                Ok(())
            }
            Action::CloseMine => self.close_all(id, &seats, false, now, out),
            Action::CloseEverything => self.close_all(id, &seats, true, now, out),
            Action::Unknown => {
                let why = "this version does not know such a command: update the executor";
                self.end(id, Err(why.to_owned()), out)
            }
        }
    }

    fn all_seats(&self) -> Vec<Seat> {
        self.seats.keys().copied().collect()
    }

    fn seats_of(&self, command: &Command) -> Result<Vec<Seat>, JournalFault> {
        Ok(match command.target {
            // The server gives this executor its own alone.
            Target::Executor(_) => self.all_seats(),
            Target::BrokerAccount(name) => {
                let row = self.journal.account_of(name)?;
                let seats = self.seats.iter();
                let of = seats.filter(|(_, seated)| Some(seated.row) == row);
                of.map(|(seat, _)| *seat).collect()
            }
        })
    }

    fn pause(
        &mut self,
        id: CommandId,
        seats: &[Seat],
        strategy: &str,
        is_paused: bool,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        let here = seats.iter().filter_map(|seat| self.seats.get(seat));
        let mut runs = here.flat_map(|seated| seated.account.runs());
        let is_here = runs.any(|(terms, run)| terms.strategy == strategy && run.is_some());
        drop(runs);
        if !is_here {
            let why = "this strategy does not trade here, or not yet";
            return self.end(id, Err(why.to_owned()), out);
        }
        for seat in seats {
            let mut effects = Effects::default();
            if let Some(seated) = self.seats.get_mut(seat) {
                seated.account.pause(strategy, is_paused, &mut effects);
            }
            self.carry_out(*seat, effects, out);
            if !self.seats.contains_key(seat) {
                return self.end(id, Err(NOT_WRITTEN.to_owned()), out);
            }
        }
        self.end(id, Ok(()), out)
    }

    /// Lets no strategy of these terminals open anything, or all again. Whether that is written down
    /// for each of them.
    fn stop(&mut self, seats: &[Seat], is_stopped: bool, out: &mut Vec<Out>) -> bool {
        for seat in seats {
            let mut effects = Effects::default();
            if let Some(seated) = self.seats.get_mut(seat) {
                seated.account.stop(is_stopped, &mut effects);
            }
            self.carry_out(*seat, effects, out);
        }
        seats.iter().all(|seat| self.seats.contains_key(seat))
    }

    fn close_one(
        &mut self,
        id: CommandId,
        seats: &[Seat],
        ticket: Ticket,
        now: Time,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        let has = |seat: &&Seat| {
            let standing = self.seats.get(seat).and_then(|s| s.account.standing());
            standing.is_some_and(|all| all.positions.iter().any(|open| open.ticket == ticket))
        };
        let holders: Vec<Seat> = seats.iter().filter(has).copied().collect();
        match holders[..] {
            [] => self.end(id, Err("this position is not open".to_owned()), out),
            [seat] => {
                let mut effects = Effects::default();
                let Some(seated) = self.seats.get_mut(&seat) else {
                    return Ok(());
                };
                let number = seated.account.close_any(ticket, now, &mut effects);
                self.await_end(id, seat, number)?;
                self.carry_out(seat, effects, out);
                Ok(())
            }
            _ => {
                let why = "two accounts have a position of this number: name the account";
                self.end(id, Err(why.to_owned()), out)
            }
        }
    }

    fn close_all(
        &mut self,
        id: CommandId,
        seats: &[Seat],
        everything: bool,
        now: Time,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        let mut told = Ok(());
        for seat in seats {
            let row = self.seats.get(seat).map(|seated| seated.row);
            let Some((number, row)) = self.close_seat(*seat, everything, now, out).zip(row) else {
                continue;
            };
            let pending = self.pending.entry(id).or_default();
            pending.numbers.insert((*seat, number));
            // All are told, whatever can be written down of it.
            told = told.and(self.journal.numbered(id, row, number));
        }
        told
    }

    /// Tells a terminal to close, whether that can be written down or not: done twice it does no harm.
    fn close_seat(
        &mut self,
        seat: Seat,
        everything: bool,
        now: Time,
        out: &mut Vec<Out>,
    ) -> Option<CommandNumber> {
        let mut effects = Effects::default();
        let seated = self.seats.get_mut(&seat)?;
        let number = seated.account.close_all(everything, now, &mut effects);
        let sends = std::mem::take(&mut effects.sends).into_iter();
        out.extend(sends.map(|send| Out::Send(seat, send)));
        self.carry_out(seat, effects, out);
        Some(number)
    }

    /// A terminal has come: it closes what somebody at this computer wanted closed while it was away.
    pub(super) fn close_late(&mut self, seat: Seat, now: Time, out: &mut Vec<Out>) {
        let begins = |until: &Time| (until.0 - SOON..=until.0).contains(&now.0);
        if self.close_until.as_ref().is_some_and(begins) {
            let number = self.close_seat(seat, false, now, out);
            self.local.extend(number.map(|number| (seat, number)));
        }
    }

    /// Closes everything of ours, for a person at this computer. Says how many terminals were told.
    pub fn close_here(&mut self, now: Time) -> (usize, Vec<Out>) {
        let mut out = Vec::new();
        let seats = self.all_seats();
        for seat in &seats {
            let number = self.close_seat(*seat, false, now, &mut out);
            self.local.extend(number.map(|number| (*seat, number)));
        }
        (seats.len(), out)
    }

    /// Closes everything of ours and lets no strategy open anything, for a person at this computer. Says
    /// how many terminals were told. Closing comes first: a journal that cannot be written ends what is
    /// done with it, and must not keep anything open.
    /// Where nobody is here to be told, what comes within [`SOON`] is told first of all: a journal that
    /// fails ends terminals again and again.
    pub fn stop_and_close_here(&mut self, now: Time) -> (usize, Vec<Out>) {
        let (told, mut outs) = self.close_here(now);
        if told == 0 {
            self.close_until = Some(Time(now.0.saturating_add(SOON)));
        }
        outs.extend(self.stop_here(true));
        (told, outs)
    }

    /// Lets no strategy open anything, or all again, for a person at this computer: on accounts that
    /// are not connected, too.
    pub fn stop_here(&mut self, is_stopped: bool) -> Vec<Out> {
        let mut out = Vec::new();
        self.is_stopped_here = is_stopped;
        if !is_stopped {
            self.close_until = None;
        }
        if let Err(fault) = self.journal.stop(is_stopped) {
            out.push(Out::Journal(fault));
        }
        let seats = self.all_seats();
        self.stop(&seats, is_stopped, &mut out);
        out
    }

    /// A terminal has gone that was told to do something for a person.
    pub(super) fn nobody_answers(
        &mut self,
        gone: Seat,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        let why = "the terminal went before it answered: look at what is open";
        let local = self.local.iter().filter(|(seat, _)| *seat == gone);
        out.extend(local.map(|_| Out::Given(gone, Err(why.to_owned()))));
        self.local.retain(|(seat, _)| *seat != gone);
        let waits = |pending: &Pending| pending.numbers.iter().any(|(seat, _)| *seat == gone);
        let waiting = self.pending.iter().filter(|(_, pending)| waits(pending));
        let ids: Vec<CommandId> = waiting.map(|(id, _)| *id).collect();
        for id in ids {
            self.end(id, Err(why.to_owned()), out)?;
        }
        Ok(())
    }

    fn await_end(
        &mut self,
        id: CommandId,
        seat: Seat,
        number: CommandNumber,
    ) -> Result<(), JournalFault> {
        if let Some(seated) = self.seats.get(&seat) {
            self.journal.numbered(id, seated.row, number)?;
        }
        let pending = self.pending.entry(id).or_default();
        pending.numbers.insert((seat, number));
        Ok(())
    }

    /// A terminal tells how something ended that a person wanted.
    pub(super) fn command_ended(
        &mut self,
        seat: Seat,
        receipt: &Receipt,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        let number = receipt.command;
        if self.local.remove(&(seat, number)) {
            out.push(Out::Given(seat, told(receipt)));
            return Ok(());
        }
        let found = self
            .pending
            .iter_mut()
            .find(|(_, pending)| pending.numbers.contains(&(seat, number)));
        let Some((id, pending)) = found else {
            // From before this program was started: the journal knows it.
            let Some(row) = self.seats.get(&seat).map(|seated| seated.row) else {
                return Ok(());
            };
            return match self.journal.command_of(row, number)? {
                Some(id) => self.end(id, told(receipt), out),
                None => Ok(()),
            };
        };
        pending.numbers.remove(&(seat, number));
        pending.faults.extend(told(receipt).err());
        if !pending.numbers.is_empty() {
            return Ok(());
        }
        let id = *id;
        let faults = std::mem::take(&mut pending.faults);
        let end = if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.join("; "))
        };
        self.end(id, end, out)
    }

    fn end(
        &mut self,
        id: CommandId,
        end: Result<(), String>,
        out: &mut Vec<Out>,
    ) -> Result<(), JournalFault> {
        self.pending.remove(&id);
        let given = Given {
            is_done: end.is_ok(),
            text: end.err().unwrap_or_default(),
        };
        self.journal.ended(id, &given)?;
        out.push(Out::Ended(id));
        Ok(())
    }
}

fn told(receipt: &Receipt) -> Result<(), String> {
    match receipt.outcome {
        Outcome::Done => Ok(()),
        Outcome::Expired => Err("the terminal began too late".to_owned()),
        Outcome::Refused | Outcome::Unknown => {
            Err(format!("{} ({})", receipt.text, receipt.retcode))
        }
    }
}
