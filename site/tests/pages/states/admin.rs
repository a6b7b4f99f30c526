//! The administration in the states that differ.

use super::{NOW, Setting};
use site::{
    Fault, Notice,
    admin::{self, AuditLine, JobLine, JobsPage, MailLine, Retried, UserLine},
};
use trading::time::Time;

impl Setting<'_> {
    pub(super) fn administration(&self, pages: &mut Vec<(String, String)>) {
        let mut add = |name: &str, html| pages.push((name.to_owned(), html));
        let look = self.staff("/admin/users");
        let users = self.users();
        let query = self.text("example.com");
        add(
            "admin-users",
            admin::users(&look, "", &users, true, Some(Notice::RoleChanged), None),
        );
        add(
            "admin-users-support",
            admin::users(&look, &query, &users, false, None, None),
        );
        let internal = Fault::Internal {
            reference: self.text("7f3a-19c2"),
        };
        add(
            "admin-users-fault",
            admin::users(&look, "", &users, true, None, Some(&internal)),
        );
        add(
            "admin-users-nobody",
            admin::users(&look, &query, &[], true, None, None),
        );
        add(
            "admin-users-none",
            admin::users(&look, "", &[], true, None, None),
        );
        let look = self.staff("/admin/mails");
        let mails = self.mails();
        add("admin-mails", admin::mails(&look, &mails, true));
        add("admin-mails-outbox", admin::mails(&look, &mails, false));
        add("admin-mails-none", admin::mails(&look, &[], false));
        let look = self.staff("/admin/jobs");
        let jobs = self.jobs();
        add("admin-jobs", admin::jobs(&look, &jobs));
        let support = JobsPage {
            may_retry: false,
            retried: Some(Retried::Gone),
            ..jobs
        };
        add("admin-jobs-support", admin::jobs(&look, &support));
        add("admin-jobs-none", admin::jobs(&look, &JobsPage::default()));
        let look = self.staff("/admin/audit");
        let older = self.text("/admin/audit?before=0193");
        add(
            "admin-audit",
            admin::audit(&look, &self.lines(), Some(older)),
        );
        add("admin-audit-none", admin::audit(&look, &[], None));
    }

    fn users(&self) -> Vec<UserLine> {
        let user = |place: i64, email: &str, role: &str, is_disabled, has_two_factor| UserLine {
            id: self.text(&format!("0193-{place}")),
            email: self.text(email),
            role: if self.before.is_empty() {
                role.to_owned()
            } else {
                self.text(role)
            },
            created_at: Time(NOW.millis() - place * 90_061_000),
            is_disabled,
            has_two_factor,
            is_self: place == 9,
        };
        vec![
            user(1, "siti.rahmawati@example.co.id", "trader", false, true),
            user(2, "budi.santoso@example.com", "trader", false, false),
            user(3, "spam-sender@example.net", "trader", true, false),
            user(
                4,
                "a.very.long.address.of.somebody.who.likes.long.addresses@subdomain.example.org",
                "trader",
                false,
                false,
            ),
            user(5, "support@phoenix.example", "support", false, true),
            user(6, "dewi@example.com", "trader", false, true),
            user(9, "admin@phoenix.example", "admin", false, true),
        ]
    }

    fn mails(&self) -> Vec<MailLine> {
        let mail = |id: &str, subject: &str, state: &str, attempts, failure: &str| {
            MailLine {
            id: self.text(id),
            recipient: self.text("budi.santoso@example.com"),
            subject: self.text(subject),
            body: self.text("Hello,\n\nopen this link to confirm your address:\n\nhttps://phoenix.example/register/confirm?token=phxt_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefgh\n\nIf you did not ask for this, do nothing."),
            state: self.text(state),
            attempts,
            failure: self.text(failure),
            created_at: Time(NOW.millis() - i64::from(attempts) * 3_700_000),
        }
        };
        vec![
            mail("m1", "Confirm your address for Phoenix", "queued", 0, ""),
            mail("m4", "Your plan for Phoenix", "kept", 0, ""),
            mail("m2", "Your new password for Phoenix", "sent", 1, ""),
            mail(
                "m3",
                "Konfirmasi alamat email Anda untuk Phoenix",
                "failed",
                5,
                "550 5.1.1 The email account that you tried to reach does not exist",
            ),
        ]
    }

    fn jobs(&self) -> JobsPage {
        let job = |place: i64, kind: &str, attempts, failure: &str| JobLine {
            id: self.text(&format!("01KAKX6V9{place}ZJ5V8W0R4D1QH2MB")),
            kind: if self.before.is_empty() {
                kind.to_owned()
            } else {
                self.text(kind)
            },
            about: self.text("019aa6f0-6d2f-7c41-9d2b-53a2b0f8c1d4"),
            attempts,
            created_at: Time(NOW.millis() - place * 1_234_000),
            run_at: Time(NOW.millis() + place * 90_000),
            failure: self.text(failure),
            worker: self.text("4711-019aa6f06d2f7c419d2b53a2b0f8c1d4"),
        };
        let count = |state: &str, count| (state.to_owned(), count);
        JobsPage {
            counts: vec![
                count("waiting", 12),
                count("taken", 2),
                count("failed", 1),
                count("given-up", 2),
                count("done", 18_204),
            ],
            given_up: vec![
                job(
                    3,
                    "send_mail",
                    7,
                    "permanent error (550): 5.1.1 The email account that you tried to reach does not exist",
                ),
                job(
                    9,
                    "refresh_payments",
                    8,
                    "the payment provider did not answer",
                ),
            ],
            failed: vec![job(
                2,
                "refresh_payments",
                3,
                "the payment provider did not answer",
            )],
            taken: vec![job(1, "send_mail", 1, ""), job(0, "a_later_job", 1, "")],
            done: vec![job(4, "sweep", 1, ""), job(5, "find_mails", 1, "")],
            may_retry: true,
            retried: Some(Retried::Waits),
        }
    }

    fn lines(&self) -> Vec<AuditLine> {
        let line = |action: &str, account: &str, actor: &str, detail: &str, place: i64| AuditLine {
            action: self.text(action),
            account: self.text(account),
            actor: self.text(actor),
            detail: self.text(detail),
            address: self.text("203.0.113.24"),
            at: Time(NOW.millis() - place * 1_234_000),
        };
        let (budi, admin) = ("budi.santoso@example.com", "admin@phoenix.example");
        vec![
            line("signed-in", budi, budi, "", 1),
            line("sign-in-failed", "", "", "budi@example.com", 2),
            line(
                "role-changed",
                "support@phoenix.example",
                admin,
                "trader → support",
                3,
            ),
            line("account-shut", "spam-sender@example.net", admin, "", 4),
            line("locked-out", budi, "", "", 5),
            line("admin-created", admin, "", "phoenix admin create", 6),
            line(
                "something-new",
                admin,
                admin,
                "a word that the page does not know",
                7,
            ),
        ]
    }
}
