//! About what traders are told, by which way, and what is usual.

/// About what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotificationKind {
    /// An executor that was trading has not been heard of for some time.
    ExecutorSilent,
    /// It is heard of again.
    ExecutorBack,
    /// An executor could not do a command.
    CommandFailed,
    /// Nobody did a command in time.
    CommandExpired,
    /// Signed in from an address from which nobody had before.
    SignIn,
    /// The last payment failed.
    PaymentFailed,
    /// The plan ends soon and is not renewed.
    PlanEnding,
    /// Most of what the plan allows is used.
    QuotaNear,
    /// A webhook failed too often and gets nothing more.
    WebhookOff,
    /// What the operator tells everybody.
    Announcement,
    /// A trader tries a channel.
    Test,
}

impl NotificationKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::ExecutorSilent,
        Self::ExecutorBack,
        Self::CommandFailed,
        Self::CommandExpired,
        Self::SignIn,
        Self::PaymentFailed,
        Self::PlanEnding,
        Self::QuotaNear,
        Self::WebhookOff,
        Self::Announcement,
        Self::Test,
    ];

    /// The word in the rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExecutorSilent => "executor-silent",
            Self::ExecutorBack => "executor-back",
            Self::CommandFailed => "command-failed",
            Self::CommandExpired => "command-expired",
            Self::SignIn => "sign-in",
            Self::PaymentFailed => "payment-failed",
            Self::PlanEnding => "plan-ending",
            Self::QuotaNear => "quota-near",
            Self::WebhookOff => "webhook-off",
            Self::Announcement => "announcement",
            Self::Test => "test",
        }
    }

    /// The one of a word.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it goes that way unless somebody says otherwise.
    pub const fn is_usual(self, channel: Channel) -> bool {
        match channel {
            // By mail what cannot wait, and what nobody else writes a mail about: of failed
            // payments there is one already.
            Channel::Mail => matches!(
                self,
                Self::ExecutorSilent
                    | Self::CommandFailed
                    | Self::CommandExpired
                    | Self::SignIn
                    | Self::PlanEnding
                    | Self::WebhookOff
            ),
            Channel::Telegram => !matches!(self, Self::QuotaNear),
            Channel::Webhook => true,
        }
    }
}

/// By which way, beside the page, where all of them stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// By mail.
    Mail,
    /// As a message of our bot.
    Telegram,
    /// As a call of the trader's own server.
    Webhook,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Telegram, Self::Webhook];

    /// The word in the rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Telegram => "telegram",
            Self::Webhook => "webhook",
        }
    }

    /// The one of a word.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}
