//! What was edited, in order: undo and redo.

/// The most steps that are remembered.
const MOST: usize = 200;

/// A value and what it was before.
#[derive(Debug, Clone)]
pub struct Undoable<T> {
    past: Vec<T>,
    now: T,
    future: Vec<T>,
}

impl<T: PartialEq + Clone> Undoable<T> {
    /// A value without a past.
    pub const fn new(now: T) -> Self {
        Self {
            past: Vec::new(),
            now,
            future: Vec::new(),
        }
    }

    /// The value.
    pub const fn now(&self) -> &T {
        &self.now
    }

    /// A new value; what could be redone is forgotten. False when it is the same.
    pub fn set(&mut self, next: T) -> bool {
        if next == self.now {
            return false;
        }
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(std::mem::replace(&mut self.now, next));
        self.future.clear();
        true
    }

    /// One step back. False when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.past.pop() else {
            return false;
        };
        self.future.push(std::mem::replace(&mut self.now, before));
        true
    }

    /// One step forth. False when there is none.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.future.pop() else {
            return false;
        };
        self.past.push(std::mem::replace(&mut self.now, after));
        true
    }

    /// Whether there is a step back.
    pub const fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step forth.
    pub const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Undoable};

    #[test]
    fn back_and_forth() {
        let mut value = Undoable::new(1);
        assert!(!value.undo() && !value.redo());
        assert!(value.set(2) && value.set(3) && !value.set(3));
        assert!(value.undo() && value.undo() && !value.undo());
        assert_eq!(*value.now(), 1);
        assert!(value.redo() && value.can_redo());
        assert_eq!(*value.now(), 2);
        assert!(value.set(9) && !value.can_redo());
        assert!(value.undo());
        assert_eq!(*value.now(), 2);
    }

    #[test]
    fn it_forgets_the_oldest() {
        let mut value = Undoable::new(0);
        for next in 1..=MOST + 5 {
            value.set(next);
        }
        while value.undo() {}
        assert_eq!(*value.now(), 5);
    }
}
