//! Registering, signing in and the second step in the states that differ.

use super::Setting;
use identity::WeakPassword;
use site::{
    Fault, Notice,
    account::{self, Gone},
};

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><path fill="currentColor" d="M4 4h7v1h-7zM13 4h2v1h-2zM18 4h7v1h-7zM4 5h1v5h-1zM10 5h1v5h-1zM6 6h3v3h-3zM18 5h1v5h-1zM24 5h1v5h-1zM20 6h3v3h-3zM4 10h7v1h-7zM18 10h7v1h-7zM12 7h3v2h-3zM5 12h4v1h-4zM11 12h6v1h-6zM19 13h5v1h-5zM6 14h9v1h-9zM17 15h6v1h-6zM4 18h7v1h-7zM4 19h1v5h-1zM10 19h1v5h-1zM6 20h3v3h-3zM4 24h7v1h-7zM13 18h3v3h-3zM18 19h5v2h-5zM14 22h4v2h-4zM20 22h5v3h-5z"/></svg>"#;

impl Setting<'_> {
    pub(super) fn entries(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let email = self.text("budi.santoso@example.com");
        let next = self.text("/?open=gold");
        let token = self.text("phxt_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefgh");
        let away = Fault::Away {
            reference: self.text("7f3a-19c2"),
        };
        let register = self.stranger("/register");
        let sign_in = self.stranger("/sign-in");
        let forgot = self.stranger("/forgot");
        add("register", account::register(&register, "", None));
        let weak = Fault::Weak(WeakPassword::TooShort);
        add(
            "register-weak",
            account::register(&register, &email, Some(&weak)),
        );
        add(
            "register-bad-email",
            account::register(&register, &email, Some(&Fault::BadEmail)),
        );
        add(
            "register-away",
            account::register(&register, &email, Some(&away)),
        );
        add(
            "register-sent",
            account::register_sent(&register, &email, false),
        );
        add(
            "register-sent-outbox",
            account::register_sent(&register, &email, true),
        );
        add(
            "confirm",
            account::confirm(&self.stranger("/register/confirm"), &token, &email, None),
        );
        add(
            "gone-registration",
            account::link_gone(&register, Gone::Registration),
        );
        add("gone-reset", account::link_gone(&forgot, Gone::Reset));
        add(
            "gone-email",
            account::link_gone(&self.trader("/account"), Gone::EmailChange),
        );
        add("sign-in", account::sign_in(&sign_in, "", &next, None, None));
        add(
            "sign-in-notice",
            account::sign_in(&sign_in, "", &next, Some(Notice::PasswordReset), None),
        );
        add(
            "sign-in-wrong",
            account::sign_in(&sign_in, &email, &next, None, Some(&Fault::Wrong)),
        );
        add(
            "sign-in-wait",
            account::sign_in(
                &sign_in,
                &email,
                &next,
                None,
                Some(&Fault::Wait { seconds: 480 }),
            ),
        );
        add("forgot", account::forgot(&forgot, "", None));
        add(
            "forgot-bad-email",
            account::forgot(&forgot, &email, Some(&Fault::BadEmail)),
        );
        add("forgot-sent", account::forgot_sent(&forgot, &email, false));
        let reset = self.stranger("/reset");
        add("reset", account::reset(&reset, &token, None));
        let common = Fault::Weak(WeakPassword::Common);
        add("reset-weak", account::reset(&reset, &token, Some(&common)));
        let change = self.trader("/account/email/confirm");
        add("email-change", account::email_change(&change, &token));
        add(
            "email-change-sent",
            account::email_change_sent(&change, &email, true),
        );
    }

    pub(super) fn second_steps(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let next = self.text("/");
        let sign_in = self.stranger("/sign-in");
        add("code", account::code(&sign_in, &next, None));
        add(
            "code-wrong",
            account::code(&sign_in, &next, Some(&Fault::WrongCode)),
        );
        let setup = self.trader("/account/two-factor");
        let secret = self.text("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        add(
            "two-factor-setup",
            account::two_factor_setup(&setup, &secret, SVG, None),
        );
        add(
            "two-factor-setup-wrong",
            account::two_factor_setup(&setup, &secret, SVG, Some(&Fault::WrongCode)),
        );
        let codes: Vec<String> = [
            "4k7qz-9mxtr",
            "p2hwe-c8nvd",
            "7ytgb-3fjsa",
            "q6rmx-z0kdp",
            "h9vce-5wtyn",
            "b3sjf-8gqra",
            "n1xkt-6mzpe",
            "d4yhw-0cvfj",
            "t8gqb-2rsna",
            "m5zde-7pkxw",
        ]
        .map(|code| self.text(code))
        .into();
        add("recovery-codes", account::recovery_codes(&setup, &codes));
    }
}
