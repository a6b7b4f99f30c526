//! What somebody is to the platform, and what they may therefore do beyond their own rows.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Somebody's role. Exactly one; each may do all that the one before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Trades, and sees what is theirs.
    Trader,
    /// Helps traders: sees, and changes nothing.
    Support,
    /// Runs the platform.
    Admin,
}

/// There is no such role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such role")]
pub struct NoRole;

impl Role {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Trader, Self::Support, Self::Admin];

    /// Its name in the database and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trader => "trader",
            Self::Support => "support",
            Self::Admin => "admin",
        }
    }

    /// Support and above.
    const fn sees_others(self) -> bool {
        match self {
            Self::Trader => false,
            Self::Support | Self::Admin => true,
        }
    }

    /// Admin alone.
    const fn changes_others(self) -> bool {
        match self {
            Self::Trader | Self::Support => false,
            Self::Admin => true,
        }
    }

    /// Whether they may see everybody's accounts.
    pub const fn may_see_users(self) -> bool {
        self.sees_others()
    }

    /// Whether they may see everybody's subscriptions.
    pub const fn may_see_subscriptions(self) -> bool {
        self.sees_others()
    }

    /// Whether they may see everybody's executors.
    pub const fn may_see_executors(self) -> bool {
        self.sees_others()
    }

    /// Whether they may see everybody's commands.
    pub const fn may_see_commands(self) -> bool {
        self.sees_others()
    }

    /// Whether they may see the jobs.
    pub const fn may_see_jobs(self) -> bool {
        self.sees_others()
    }

    /// Whether they may see the letters on their way out.
    pub const fn may_see_outbox(self) -> bool {
        self.sees_others()
    }

    /// Whether they may see who did what.
    pub const fn may_see_audit(self) -> bool {
        self.sees_others()
    }

    /// Whether they may change plans and what they cost.
    pub const fn may_change_plans(self) -> bool {
        self.changes_others()
    }

    /// Whether they may change roles.
    pub const fn may_change_roles(self) -> bool {
        self.changes_others()
    }

    /// Whether they may switch features on and off.
    pub const fn may_change_flags(self) -> bool {
        self.changes_others()
    }

    /// Whether they may announce something to everybody.
    pub const fn may_change_announcements(self) -> bool {
        self.changes_others()
    }

    /// Whether they may give money back.
    pub const fn may_refund(self) -> bool {
        self.changes_others()
    }

    /// Whether they may shut somebody out, and let them in again.
    pub const fn may_disable_users(self) -> bool {
        self.changes_others()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = NoRole;
    /// Reads exactly its name: a role comes from the database or a form, never from somebody's
    /// typing.
    fn from_str(text: &str) -> Result<Self, NoRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or(NoRole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_nothing_else_does() {
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(role));
            assert_eq!(role.to_string(), role.name());
            let json = format!("\"{role}\"");
            assert_eq!(serde_json::to_string(&role).expect("json"), json);
            assert_eq!(serde_json::from_str::<Role>(&json).expect("role"), role);
        }
        for text in ["", "Admin", "ADMIN", " admin", "root", "admin\0"] {
            assert_eq!(text.parse::<Role>(), Err(NoRole));
            assert!(serde_json::from_str::<Role>(&format!("{text:?}")).is_err());
        }
    }

    #[test]
    fn who_may_what() {
        let sees: [fn(Role) -> bool; 7] = [
            Role::may_see_users,
            Role::may_see_subscriptions,
            Role::may_see_executors,
            Role::may_see_commands,
            Role::may_see_jobs,
            Role::may_see_outbox,
            Role::may_see_audit,
        ];
        let changes: [fn(Role) -> bool; 6] = [
            Role::may_change_plans,
            Role::may_change_roles,
            Role::may_change_flags,
            Role::may_change_announcements,
            Role::may_refund,
            Role::may_disable_users,
        ];
        for may in sees {
            assert_eq!(Role::ALL.map(may), [false, true, true]);
        }
        for may in changes {
            assert_eq!(Role::ALL.map(may), [false, false, true]);
        }
    }
}
