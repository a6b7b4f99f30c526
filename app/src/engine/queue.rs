//! Which question is asked next. One is under way at a time; of those that wait, a lane keeps its
//! newest, and an answer that a newer question of its lane has overtaken is dropped.

use super::message::Job;
use std::collections::VecDeque;

/// One series of questions of which only the newest matters, such as a panel of the page.
pub(super) type LaneId = u32;

#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<(LaneId, Job)>,
    under_way: Option<(u32, LaneId)>,
    last: u32,
}

impl Queue {
    /// Takes a question, in the place of an older one of its lane.
    pub(super) fn push(&mut self, lane: LaneId, job: Job) {
        match self.waiting.iter_mut().find(|(other, _)| *other == lane) {
            Some(older) => older.1 = job,
            None => self.waiting.push_back((lane, job)),
        }
    }

    /// The next question to ask, with the name of its answer, if none is under way and its history
    /// is there.
    pub(super) fn next(&mut self, ready: impl Fn(&Job) -> bool) -> Option<(u32, Job)> {
        if self.under_way.is_some() {
            return None;
        }
        let place = self.waiting.iter().position(|(_, job)| ready(job))?;
        let (lane, job) = self.waiting.remove(place)?;
        self.last = self.last.wrapping_add(1);
        self.under_way = Some((self.last, lane));
        Some((self.last, job))
    }

    /// An answer has come. Whose it is, if anybody still waits for this one.
    pub(super) fn answered(&mut self, id: u32) -> Option<LaneId> {
        let (_, lane) = self.under_way.take_if(|(under_way, _)| *under_way == id)?;
        let overtaken = self.waiting.iter().any(|(other, _)| *other == lane);
        (!overtaken).then_some(lane)
    }

    /// Takes out all that wait for something that will not come.
    pub(super) fn give_up(&mut self, waits: impl Fn(&Job) -> bool) -> Vec<LaneId> {
        let mut lanes = Vec::new();
        self.waiting.retain(|(lane, job)| {
            let stays = !waits(job);
            if !stays {
                lanes.push(*lane);
            }
            stays
        });
        lanes
    }

    /// Takes out everything: the worker is gone.
    pub(super) fn clear(&mut self) -> Vec<LaneId> {
        let under_way = self.under_way.take().map(|(_, lane)| lane);
        let waiting = self.waiting.drain(..).map(|(lane, _)| lane);
        under_way.into_iter().chain(waiting).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Job, Queue};
    use crate::engine::HistoryKey;
    use protocol::run::Terms;
    use trading::{language::Language, timeframe::Timeframe};

    fn job(document: &str) -> Job {
        Job {
            history: HistoryKey {
                symbol: "XAUUSD".to_owned(),
                timeframe: Timeframe::H1,
            },
            terms: Terms::Ideal,
            document: document.to_owned(),
            language: Language::En,
            needs: Vec::new(),
        }
    }

    #[test]
    fn the_newest_of_a_lane_wins() {
        let mut queue = Queue::default();
        queue.push(1, job("a"));
        let (first, asked) = queue.next(|_| true).unwrap();
        assert_eq!(asked.document, "a");
        queue.push(1, job("b"));
        queue.push(2, job("other lane"));
        queue.push(1, job("c"));
        assert!(queue.next(|_| true).is_none(), "one at a time");
        assert_eq!(queue.answered(first), None, "overtaken by c");
        let (second, asked) = queue.next(|_| true).unwrap();
        assert_eq!(asked.document, "c");
        assert_eq!(queue.answered(first), None, "a late answer is nobody's");
        assert_eq!(queue.answered(second), Some(1));
        let (third, asked) = queue.next(|_| true).unwrap();
        assert_eq!(asked.document, "other lane");
        assert_eq!(queue.answered(third), Some(2));
        assert!(queue.next(|_| true).is_none());
    }

    #[test]
    fn a_question_waits_for_its_history() {
        let mut queue = Queue::default();
        queue.push(1, job("a"));
        assert!(queue.next(|_| false).is_none());
        assert_eq!(
            queue.give_up(|waiting| waiting.history == job("").history),
            [1]
        );
        assert!(queue.next(|_| true).is_none());
        queue.push(1, job("a"));
        queue.push(2, job("b"));
        queue.next(|_| true).unwrap();
        assert_eq!(queue.clear(), [1, 2]);
    }
}
