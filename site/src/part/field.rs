//! A line of text with its label, a hint and what is wrong with it.

use identity::email::MAX_ADDRESS;
use leptos::prelude::*;

/// What a field asks for: it decides the keyboard of a phone and what the browser fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The address that one signs in with.
    Username,
    /// Another address.
    Email,
    /// An address that must be typed, lest it confirm nothing.
    TypedEmail,
    /// The password that holds.
    Password,
    /// The password that is to hold.
    NewPassword,
    /// The digits of an authenticator app.
    AppCode,
    /// The same, or a recovery code.
    AnyCode,
    /// The code that a device shows.
    DeviceCode,
    /// What somebody calls something.
    Label,
}

impl Kind {
    const fn input(self) -> &'static str {
        match self {
            Self::Username | Self::Email | Self::TypedEmail => "email",
            Self::Password | Self::NewPassword => "password",
            Self::AppCode | Self::AnyCode | Self::DeviceCode | Self::Label => "text",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::TypedEmail | Self::DeviceCode | Self::Label => "off",
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
            Self::AppCode | Self::AnyCode => "one-time-code",
        }
    }

    /// How much is taken. Browsers cut what is longer without a word: passwords have room for more
    /// than the server keeps, so that it can say that one is too long.
    const fn longest(self) -> usize {
        match self {
            Self::Username | Self::Email | Self::TypedEmail => MAX_ADDRESS,
            Self::Password | Self::NewPassword => 1024,
            Self::AppCode | Self::AnyCode | Self::DeviceCode => 32,
            Self::Label => 80,
        }
    }

    /// Recovery codes have letters.
    const fn keyboard(self) -> Option<&'static str> {
        match self {
            Self::AppCode => Some("numeric"),
            _ => None,
        }
    }

    /// What the keyboard of a phone capitalises.
    const fn capitals(self) -> &'static str {
        match self {
            Self::DeviceCode => "characters",
            Self::Label => "sentences",
            _ => "none",
        }
    }
}

/// A line of text.
pub(crate) struct Field {
    /// Names it in the document; once on a page.
    pub(crate) id: &'static str,
    /// Names it in the form.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) label: &'static str,
    /// What it asks for.
    pub(crate) kind: Kind,
    /// What is in it. Never a password or code.
    pub(crate) value: String,
    /// How to fill it in.
    pub(crate) hint: Option<String>,
    /// What is wrong with it.
    pub(crate) error: Option<String>,
    /// The id of a sentence elsewhere that says what is wrong with it.
    pub(crate) error_at: Option<&'static str>,
    /// Whether it has the focus when nothing is wrong with anything.
    pub(crate) is_first: bool,
}

impl Field {
    /// An empty one without a hint.
    pub(crate) const fn new(
        id: &'static str,
        name: &'static str,
        label: &'static str,
        kind: Kind,
    ) -> Self {
        Self {
            id,
            name,
            label,
            kind,
            value: String::new(),
            hint: None,
            error: None,
            error_at: None,
            is_first: false,
        }
    }

    /// With a text in it.
    pub(crate) fn value(self, value: &str) -> Self {
        let value = value.to_owned();
        Self { value, ..self }
    }

    /// With a hint.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into());
        Self { hint, ..self }
    }

    /// With what is wrong with it.
    pub(crate) fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// With what is wrong with it said elsewhere.
    pub(crate) fn error_at(self, id: Option<&'static str>) -> Self {
        Self {
            error_at: id,
            ..self
        }
    }

    /// With the focus.
    pub(crate) fn first(self, is_first: bool) -> Self {
        Self { is_first, ..self }
    }

    /// What is shown.
    pub(crate) fn view(self) -> AnyView {
        let (hint_id, error_id) = (format!("{}-hint", self.id), format!("{}-error", self.id));
        let described: Vec<&str> = [
            self.error_at,
            self.error.is_some().then_some(error_id.as_str()),
            self.hint.is_some().then_some(hint_id.as_str()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let is_wrong = self.error.is_some() || self.error_at.is_some();
        let kind = self.kind;
        let value = (!self.value.is_empty()).then_some(self.value);
        view! {
            <div class="field">
                <label for=self.id>{self.label}</label>
                <input
                    id=self.id
                    name=self.name
                    type=kind.input()
                    value=value
                    autocomplete=kind.autocomplete()
                    inputmode=kind.keyboard()
                    maxlength=kind.longest().to_string()
                    autocapitalize=kind.capitals()
                    spellcheck="false"
                    required=true
                    autofocus=self.is_first || self.error.is_some()
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=described
                />
                {self.error.map(|error| view! {
                    <p id=error_id class="field-error">
                        {error}
                    </p>
                })}
                {self.hint.map(|hint| view! {
                    <p id=hint_id class="hint">
                        {hint}
                    </p>
                })}
            </div>
        }
        .into_any()
    }
}
