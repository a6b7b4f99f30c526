//! Each command once, and none that is too late. The server sends what has no receipt with every
//! heartbeat and every connection.

use protocol::{
    api::command::{Command, LONGEST},
    id::CommandId,
};
use std::collections::BTreeMap;
use trading::time::Time;

/// The commands that were told, and when each was too late.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeMap<CommandId, Time>);

impl Told {
    /// Whether to tell a command; `now` is the server's time.
    pub(super) fn admits(&mut self, command: &Command, now: Time) -> bool {
        // What is too late is not told again anyway: it need not be remembered. A day more, for
        // clocks that were set.
        self.0
            .retain(|_, late| late.0.saturating_add(LONGEST) > now.0);
        if command.expires_at <= now || !command.state.is_open() {
            return false;
        }
        self.0.insert(command.id, command.expires_at).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::Told;
    use protocol::api::command::{Command, CommandState, LONGEST};
    use serde_json::json;
    use trading::time::Time;

    fn command(number: u128, expires_at: i64) -> Command {
        let id = format!("{number:032x}");
        let command = json!({
            "id": id, "action": { "kind": "stop_bot" }, "target": { "executor": id },
            "state": "queued", "remark": "", "created_at": 0, "expires_at": expires_at,
        });
        serde_json::from_value(command).unwrap()
    }

    #[test]
    fn a_command_is_told_once_and_in_time() {
        let mut told = Told::default();
        let one = command(1, 1_000);
        assert!(told.admits(&one, Time(999)));
        assert!(!told.admits(&one, Time(999)), "it was told");
        assert!(told.admits(&command(2, 1_000), Time(999)));
        assert!(!told.admits(&command(3, 1_000), Time(1_000)), "it is late");
        let mut done = command(4, 2_000);
        done.state = CommandState::Executed;
        assert!(!told.admits(&done, Time(1_000)));
    }

    #[test]
    fn what_is_long_over_is_forgotten() {
        let mut told = Told::default();
        assert!(told.admits(&command(1, 1_000), Time(0)));
        assert!(!told.admits(&command(1, 1_000), Time(LONGEST)));
        assert_eq!(told.0.len(), 1);
        assert!(told.admits(&command(2, 3 * LONGEST), Time(1_000 + LONGEST)));
        assert_eq!(told.0.len(), 1);
    }
}
