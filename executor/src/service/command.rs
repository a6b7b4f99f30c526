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
use trading::time::Time;

/// Why nothing was done.
const NOT_WRITTEN: &str = "the journal cannot be written";

/// A command whose end terminals tell.
#[derive(Debug, Default)]
pub(super) struct Pending {
    numbers: BTreeSet<(Seat, CommandNumber)>,
    faults: Vec<String>,
}

impl Service {
    /// A person gives a command. One that was carried out already is not carried out again.
    pub fn command(&mut self, command: &Command, now: Time) -> Vec<Out> {
        let mut out = Vec::new();
        if let Err(fault) = self.obey(command, now, &mut out) {
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
        if let Some(known) = self.journal.take(id)?
            && known.ended.is_some()
        {
            out.push(Out::Ended(id));
            return Ok(());
        }
        if command.expires_at <= now {
            return self.end(id, Err("it came too late".to_owned()), out);
        }
        let seats = self.seats_of(command);
        if seats.is_empty() {
            let why = "no terminal of this account is connected";
            return self.end(id, Err(why.to_owned()), out);
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
                // What cannot be written down is closed all the same.
                self.stop(&seats, true, out);
                self.close_all(id, &seats, false, now, out)
            }
            Action::CloseMine => self.close_all(id, &seats, false, now, out),
            Action::CloseEverything => self.close_all(id, &seats, true, now, out),
            Action::Unknown => {
                let why = "this version does not know such a command: update the executor";
                self.end(id, Err(why.to_owned()), out)
            }
        }
    }

    fn seats_of(&self, command: &Command) -> Vec<Seat> {
        let seats = self
            .seats
            .iter()
            .filter(|(_, seated)| match command.target {
                // The server gives this executor its own alone.
                Target::Executor(_) => true,
                Target::BrokerAccount(wanted) => match self.named.get(&seated.row) {
                    Some(name) => *name == wanted,
                    // Nothing was reported yet: where there is one account, it is that one.
                    None => self.seats.len() == 1,
                },
            });
        seats.map(|(seat, _)| *seat).collect()
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
        let is_here = runs.any(|(terms, _)| terms.strategy == strategy);
        drop(runs);
        if !is_here {
            let why = "this strategy does not trade here";
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
        for seat in seats {
            let mut effects = Effects::default();
            if let Some(seated) = self.seats.get_mut(seat) {
                let number = seated.account.close_all(everything, now, &mut effects);
                self.await_end(id, *seat, number)?;
            }
            self.carry_out(*seat, effects, out);
        }
        Ok(())
    }

    /// Closes everything of ours, for a person at this computer. Says how many terminals were told.
    pub fn close_here(&mut self, now: Time) -> (usize, Vec<Out>) {
        let mut out = Vec::new();
        let seats: Vec<Seat> = self.seats.keys().copied().collect();
        for seat in &seats {
            let mut effects = Effects::default();
            if let Some(seated) = self.seats.get_mut(seat) {
                let number = seated.account.close_all(false, now, &mut effects);
                self.local.insert((*seat, number));
            }
            self.carry_out(*seat, effects, &mut out);
        }
        (seats.len(), out)
    }

    /// Lets no strategy open anything, or all again, for a person at this computer.
    pub fn stop_here(&mut self, is_stopped: bool) -> Vec<Out> {
        let mut out = Vec::new();
        let seats: Vec<Seat> = self.seats.keys().copied().collect();
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
