//! What programs do with the typed client: signing in, buying, testing strategies.

use crate::{
    browser::{Browser, PASSWORD},
    machine::{Machine, heartbeat, started, trader},
    support::{gold, golden},
    web::Web,
};
use protocol::{
    api::{
        auth::SignIn,
        backtest::NewBacktest,
        command::{Action, CommandState, NewCommand, Outcome, Receipt, Target},
        credential::Scope,
        event::Event,
        pairing::{Claim, NewPairing},
        payment::{Currency, Interval, NewCheckout},
        problem::ProblemCode,
        strategy::StrategyState,
    },
    client::{Client, ClientError},
    id::StrategyId,
    run::Terms,
};
use serde_json::json;
use std::{fs, future::Future};
use tokio::runtime::Runtime;
use trading::time::Time;

fn client(web: &Web, key: Option<&str>) -> Client {
    Client::new(&format!("http://{}", web.host()), key).unwrap()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    Runtime::new().unwrap().block_on(work)
}

#[track_caller]
fn refused<T: std::fmt::Debug>(done: Result<T, ClientError>, code: ProblemCode) {
    match done {
        Err(ClientError::Problem { problem, .. }) => assert_eq!(problem.code, code, "{problem:?}"),
        done => panic!("{done:?}"),
    }
}

fn who(email: &str, password: &str, code: Option<&str>) -> SignIn {
    SignIn {
        email: email.to_owned(),
        password: password.to_owned(),
        code: code.map(str::to_owned),
        device: "Ada's phone".parse().unwrap(),
    }
}

#[test]
fn client_a_phone_signs_in_and_out() {
    let (_place, web, outbox) = started();
    trader(&web, &outbox, "ada");
    run(async {
        let nobody = client(&web, None);
        let wrong = who("ada@example.com", "not the password", None);
        refused(nobody.sign_in(&wrong).await, ProblemCode::WrongSignIn);
        let unknown = who("eve@example.com", PASSWORD, None);
        refused(nobody.sign_in(&unknown).await, ProblemCode::WrongSignIn);
        let none = who("no address", PASSWORD, None);
        refused(nobody.sign_in(&none).await, ProblemCode::WrongSignIn);
        let right = who("Ada@example.com", PASSWORD, None);
        let issued = nobody.sign_in(&right).await.unwrap();
        assert_eq!(issued.credential.scope, Scope::Phone);
        let phone = client(&web, Some(&issued.key));
        let me = phone.me().await.unwrap();
        assert_eq!(
            (me.email.as_str(), me.role.as_str()),
            ("ada@example.com", "trader")
        );
        assert_eq!(me.key.unwrap().id, issued.credential.id);
        refused(nobody.me().await, ProblemCode::Unauthorized);
        phone.sign_out().await.unwrap();
        refused(phone.me().await, ProblemCode::Unauthorized);
    });
    let trail = outbox.trail();
    assert_eq!(trail[..2], ["signed-out", "key-revoked"]);
    assert!(trail.contains(&"sign-in-failed".to_owned()), "{trail:?}");
    // Who guesses waits, as on the pages.
    let guessed = run(async {
        let nobody = client(&web, None);
        for _ in 0..12 {
            let wrong = who("ada@example.com", "not the password", None);
            if let Err(ClientError::Problem { problem, .. }) = nobody.sign_in(&wrong).await
                && problem.code == ProblemCode::TooManyAttempts
            {
                return true;
            }
        }
        false
    });
    assert!(guessed);
}

#[test]
fn client_a_phone_pairs_an_executor_but_no_phone() {
    let (_place, web, outbox) = started();
    trader(&web, &outbox, "ada");
    run(async {
        let nobody = client(&web, None);
        let issued = nobody
            .sign_in(&who("ada@example.com", PASSWORD, None))
            .await;
        let phone = client(&web, Some(&issued.unwrap().key));
        let begin = async |scope| {
            let device = "A device".parse().unwrap();
            nobody.begin_pairing(&NewPairing { device, scope }).await
        };
        let another = begin(Scope::Phone).await.unwrap();
        let approved = phone.approve_device(&another.code, "phone").await;
        refused(approved, ProblemCode::Forbidden);
        let pairing = begin(Scope::Executor).await.unwrap();
        let claim = Claim {
            secret: pairing.secret,
        };
        assert_eq!(nobody.claim(&claim).await.unwrap(), None);
        let shown = phone.waiting_device(&pairing.code).await.unwrap();
        assert_eq!(shown.scope, Scope::Executor);
        phone
            .approve_device(&pairing.code, "executor")
            .await
            .unwrap();
        let issued = nobody.claim(&claim).await.unwrap().unwrap();
        let pc = client(&web, Some(&issued.key));
        let beat = serde_json::from_value(heartbeat()).unwrap();
        let answer = pc.beat(&beat).await.unwrap();
        let new = NewCommand {
            action: Action::StopBot,
            target: Target::Executor(answer.executor),
            expires_at: Time(answer.now.0 + 60_000),
        };
        let given = phone.give(&new, "stop").await.unwrap();
        assert_eq!(phone.give(&new, "stop").await.unwrap(), given);
        assert_eq!(pc.beat(&beat).await.unwrap().commands[0].id, given.id);
        let receipt = Receipt {
            outcome: Outcome::Executed,
            remark: "done".parse().unwrap(),
        };
        pc.finish(given.id, &receipt, "done").await.unwrap();
        let state = phone.command(given.id).await.unwrap().state;
        assert_eq!(state, CommandState::Executed);
        assert_eq!(phone.executors(None).await.unwrap().items.len(), 1);
    });
}

#[test]
fn client_an_executor_follows_what_trades_and_hears_what_happens() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let [phone, pc] = ["phone", "executor"].map(|scope| client(&web, Some(&ada.key(scope).1)));
    let document = fs::read_to_string(gold()).unwrap();
    let made = ada.post("/strategies", &json!({ "document": document }));
    let id: StrategyId = made.value()["id"].as_str().unwrap().parse().unwrap();
    let live = json!({ "version": 1, "on": "every_account" });
    run(async {
        refused(pc.events().await, ProblemCode::Conflict);
        let beat = serde_json::from_value(heartbeat()).unwrap();
        let answer = pc.beat(&beat).await.unwrap();
        let mut heard = pc.events().await.unwrap();
        assert_eq!(heard.next().await.unwrap(), Some(Event::StrategiesChanged));
        let none = pc.active_strategies(None).await.unwrap().unwrap();
        assert!(none.value.items.is_empty(), "{none:?}");
        ada.post(&format!("/strategies/{id}/activate"), &live);
        assert_eq!(heard.next().await.unwrap(), Some(Event::StrategiesChanged));
        let active = pc.active_strategies(none.tag.as_deref()).await.unwrap();
        let active = active.expect("it has changed");
        assert_eq!(active.value.items[0].strategy, id);
        assert_eq!(active.value.items[0].document, document);
        let tag = active.tag.unwrap();
        for known in [&tag, &format!("W/{tag}")] {
            assert_eq!(pc.active_strategies(Some(known)).await.unwrap(), None);
        }
        let stopped = pc.deactivate(id, "stop").await;
        refused(stopped, ProblemCode::Forbidden);
        let stopped = phone.deactivate(id, "stop").await.unwrap();
        assert_eq!(stopped.state, StrategyState::Draft);
        let after = pc.active_strategies(Some(&tag)).await.unwrap().unwrap();
        assert!(after.value.items.is_empty(), "{after:?}");
        let new = NewCommand {
            action: Action::StopBot,
            target: Target::Executor(answer.executor),
            expires_at: Time(answer.now.0 + 60_000),
        };
        let given = phone.give(&new, "command").await.unwrap();
        let delivered = loop {
            match heard.next().await.unwrap().expect("it is open") {
                Event::CommandDelivered { command } => break command,
                other => assert_eq!(other, Event::StrategiesChanged),
            }
        };
        assert_eq!(delivered.id, given.id);
    });
}

#[test]
fn client_plans_are_told_and_bought() {
    let (_place, web, outbox) = started();
    trader(&web, &outbox, "ada");
    run(async {
        let nobody = client(&web, None);
        let plans = nobody.plans().await.unwrap();
        assert!(plans.is_test && plans.plans.len() > 1, "{plans:?}");
        let paid = plans.plans.iter().find(|plan| !plan.prices.is_empty());
        let paid = paid.unwrap();
        assert_eq!(paid.allows.len(), 6);
        refused(nobody.subscription().await, ProblemCode::Unauthorized);
        let issued = nobody
            .sign_in(&who("ada@example.com", PASSWORD, None))
            .await;
        let phone = client(&web, Some(&issued.unwrap().key));
        let before = phone.subscription().await.unwrap();
        assert_eq!((before.state.as_str(), before.may_try), ("free", true));
        let mut new = NewCheckout {
            plan: paid.id.clone(),
            interval: Interval::Month,
            currency: Currency::Usd,
        };
        let done = phone.checkout(&new, "buy").await.unwrap();
        assert_eq!(done.url, None, "no money moves in test mode");
        let after = phone.subscription().await.unwrap();
        assert_eq!(
            (&after.plan, after.interval),
            (&paid.id, Some(Interval::Month))
        );
        assert!(
            after
                .usage
                .iter()
                .any(|one| one.quota == "saved_strategies")
        );
        // What runs is changed by who is signed in, as where money moves.
        let again = phone.checkout(&new, "again").await;
        refused(again, ProblemCode::SessionRequired);
        new.plan = "nothing".to_owned();
        refused(phone.checkout(&new, "other").await, ProblemCode::Invalid);
    });
}

fn test_of(document: String) -> NewBacktest {
    NewBacktest {
        document,
        symbol: None,
        timeframe: None,
        terms: Terms::Ideal,
        broker_account: None,
        balance: None,
        parameters: [].into(),
    }
}

#[test]
fn client_a_backtest_is_that_of_the_command_line() {
    let (place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let document = fs::read_to_string(gold()).unwrap();
    let reader = client(&web, Some(&ada.key("read").1));
    let here = place.run("backtest --strategy GOLD --ideal --json").json();
    run(async {
        let new = test_of(document.clone());
        refused(
            client(&web, None).backtest(&new).await,
            ProblemCode::Unauthorized,
        );
        let done = reader.backtest(&new).await.unwrap();
        assert_eq!(
            u64::from(done.figures.trades),
            here["trades"].as_u64().unwrap()
        );
        assert_eq!(
            done.figures.net_profit,
            here["net_profit"].as_f64().unwrap()
        );
        assert_eq!(done.figures.sharpe, here["sharpe"].as_f64());
        // As many as the independent program made, whose list is the golden one.
        let golden = golden("gold-macd-adx_XAUUSD_H1.trades.csv").lines().count() - 1;
        assert_eq!(done.figures.trades as usize, golden);
        assert_eq!(done.trades.len() + done.left_out as usize, golden);
        assert_eq!(
            (done.symbol.as_str(), done.timeframe.name()),
            ("XAUUSD", "H1")
        );

        let mut other = test_of(document.clone());
        other.symbol = Some("EURUSD".parse().unwrap());
        let found = reader.backtest(&other).await;
        assert!(found.is_ok() || matches!(found, Err(ClientError::Problem { .. })));
        other.symbol = Some("NOWHERE".parse().unwrap());
        refused(reader.backtest(&other).await, ProblemCode::Invalid);
        let mut other = test_of(document.clone());
        other.parameters.insert("nothing".to_owned(), 1.0);
        refused(reader.backtest(&other).await, ProblemCode::Invalid);
        let mut other = test_of(document.clone());
        other.balance = Some(-1.0);
        refused(reader.backtest(&other).await, ProblemCode::Invalid);
        refused(
            reader.backtest(&test_of("{}".to_owned())).await,
            ProblemCode::Invalid,
        );
        refused(
            reader.backtest(&test_of(" ".repeat(300_000))).await,
            ProblemCode::TooLarge,
        );
        // Those that were run are counted, and what could not be tested is not.
        let usage = reader.subscription().await.unwrap().usage;
        let counted = usage.iter().find(|one| one.quota == "backtests_per_day");
        let ran = 1 + u64::from(found.is_ok());
        assert_eq!(counted.unwrap().used, ran);
    });
}

#[test]
fn client_nothing_that_was_let_in_outlives_a_reset() {
    let (_place, web, outbox) = started();
    let browser = Browser::new(&web);
    browser.join(&outbox, "ada@example.com");
    let ada = Machine::of_browser(&browser);
    let phone = Machine::with(&web, &ada.key("phone").1);
    assert_eq!(phone.get("/auth/me").status, 200);
    // A device that was approved and has not taken its key.
    let device = Machine::nobody(&web);
    let begun = device.post("/pairings", &json!({ "device": "PC", "scope": "executor" }));
    let begun = begun.value();
    let code = begun["code"].as_str().unwrap();
    let approved = ada.post(&format!("/pairings/{code}/approve"), &json!({}));
    assert_eq!(approved.status, 200);
    browser.post("/forgot", &[("email", "ada@example.com")]);
    let link = outbox.reset_link("ada@example.com");
    let token = link.split_once("token=").unwrap().1;
    let reset = Browser::new(&web).post(
        "/reset",
        &[("token", token), ("password", "sepuluh kuda laut")],
    );
    assert_eq!(reset.status, 303, "{}", reset.text());
    phone.get("/auth/me").refused(401, "unauthorized");
    ada.get("/auth/me").refused(401, "unauthorized");
    let claim = json!({ "secret": begun["secret"] });
    device.post("/pairings/claim", &claim).refused(410, "gone");
}
