//! Several servers and workers on one PostgreSQL, some of which are killed.
//!
//! What is promised, and shown here: whatever was answered is there; a write that is sent again with
//! the same `Idempotency-Key` is done once, whichever server it reaches; a mail that is in the
//! outbox is sent, whoever dies; and no two processes send the same mail. A process that is killed
//! between the mail server's 250 and our own mark may have sent a mail that is sent again, with the
//! same `Message-ID`: no program can do better. So those who are killed here are killed while the
//! mail server has not answered yet.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    machine::{Machine, now, report, stop, trader},
    smtp::Smtp,
    support::Place,
    web::Web,
    worker::{KEY, Worker},
};
use phoenix_test_postgres::Cluster;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};
use storage::{Job, JobState, NewMail, Storage, Verdict};
use tokio::{runtime::Runtime, sync::watch};
use trading::time::Time;

/// Longer than a lease and a mail's hold on a busy machine.
const PATIENCE: Duration = Duration::from_secs(200);

/// Asks the database again and again until it says so; each time takes a process of its own.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "in vain: {what}");
    }
}

fn mail(number: usize) -> NewMail {
    NewMail {
        account: None,
        recipient: format!("somebody{number}@example.com"),
        subject: format!("Number {number}"),
        body: "Halo,\n".to_owned(),
    }
}

/// A write that is sent to one server after another until one answers.
fn write(servers: &[SocketAddr], first: usize, path: &str, key: &str, who: &str, body: &Value) {
    let body = body.to_string();
    let begun = Instant::now();
    for turn in 0.. {
        let server = servers[(first + turn) % servers.len()];
        let answer = (|| {
            let mut stream = TcpStream::connect(server)?;
            stream.set_read_timeout(Some(Duration::from_secs(60)))?;
            write!(
                stream,
                "POST /api/v1{path} HTTP/1.0\r\nHost: {server}\r\n{who}\r\nIdempotency-Key: {key}\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )?;
            let mut text = String::new();
            stream.read_to_string(&mut text)?;
            std::io::Result::Ok(text)
        })();
        // Killed before it answered, or while another server still works at the same write.
        let answer = answer.unwrap_or_default();
        let status = answer.split(' ').nth(1).unwrap_or_default();
        if status == "200" || status == "201" {
            return;
        }
        assert!(matches!(status, "" | "409" | "503"), "{answer}");
        assert!(begun.elapsed() < PATIENCE, "{answer}");
    }
}

#[test]
fn nothing_is_lost_or_done_twice_when_processes_are_killed() {
    const MAILS: usize = 80;
    const WRITES: usize = 30;
    let cluster = Cluster::start();
    let url = cluster.database();
    let smtp = Smtp::start();
    let variables = format!(
        "PHOENIX_DATABASE_URL={url} PHOENIX_SECRET_KEY={KEY} PHOENIX_SMTP=smtp://{} \
         PHOENIX_PUBLIC_URL=http://127.0.0.1",
        smtp.address
    );
    let places = [(); 5].map(|()| Place::new());
    let [first, second, third] = [0, 1, 2].map(|place| Web::start(&places[place], &variables));
    let [mut worker, _other] = [3, 4].map(|place| Worker::start(&places[place], &variables));
    let outbox = Outbox::of_postgres(&url);
    // The gate is shut: what mails say is still there to be read.
    let ada = trader(&first, &outbox, "ada");
    let key = ada.key("executor").1;
    let pc = Machine::with(&second, &key);
    let executor = pc.beat()["executor"].clone();
    smtp.shut(false);
    smtp.wait_for_taken(1);

    let runtime = Runtime::new().unwrap();
    let queue = |storage: &Storage, number| {
        runtime
            .block_on(storage.mails.queue(&mail(number), Time(now())))
            .unwrap();
    };
    let count = |query: &str| cluster.sql("test0", query).trim().to_owned();
    // People register at all servers, and much other mail comes.
    for (number, web) in [&first, &second, &third].into_iter().enumerate() {
        let email = format!("new{number}@example.com");
        let fields = [("email", email.as_str()), ("password", PASSWORD)];
        assert_eq!(Browser::new(web).post("/register", &fields).status, 200);
    }
    (0..MAILS / 2).for_each(|number| queue(&outbox.storage, number));
    smtp.wait_for_taken(10);

    // In the middle of it: whoever has something to send holds it in their hands.
    smtp.shut(true);
    (MAILS / 2..MAILS).for_each(|number| queue(&outbox.storage, number));
    let victims = [third.pid(), worker.pid()];
    let marked = || count("SELECT count(*) FROM mails WHERE state = 'sent'");
    until("what was taken is marked", || {
        marked() == smtp.taken().len().to_string()
    });
    for pid in victims {
        until("a victim holds a mail", || {
            count(&format!(
                "SELECT count(*) > 0 FROM apalis.jobs WHERE status IN ('Queued', 'Running')
                 AND lock_by LIKE '{pid}-%' AND convert_from(job, 'UTF8') LIKE '%send_mail%'"
            )) == "t"
        });
    }
    smtp.wait_for_held(2);
    let servers = [&first, &second, &third].map(|web| web.address);
    thread::scope(|scope| {
        for number in 0..WRITES {
            let (cookie, key, executor) = (ada.known(), &key, &executor);
            scope.spawn(move || {
                let mut command = stop(executor);
                // A write whose server died is taken over two minutes later.
                command["expires_at"] = (now() + 600_000).into();
                let name = format!("command-{number}");
                write(&servers, number, "/command", &name, &cookie, &command);
                let name = format!("report-{number}");
                let who = format!("Authorization: Bearer {key}");
                let deal = report(&[i64::try_from(number).unwrap() + 1]);
                write(&servers, number, "/reporting", &name, &who, &deal);
            });
        }
        // Meanwhile.
        third.kill();
        worker.kill();
    });
    smtp.shut(false);

    let all = MAILS + 1 + 3;
    let taken = smtp.wait_for_taken(all);
    until("every mail is marked", || marked() == all.to_string());
    until("every job is done", || {
        count(
            "SELECT count(*) FROM apalis.jobs WHERE status <> 'Done'
             AND convert_from(job, 'UTF8') LIKE '%send_mail%'",
        ) == "0"
    });
    assert_eq!(count("SELECT count(*) FROM mails"), all.to_string());
    assert_eq!(smtp.taken(), taken, "none came after the last");
    assert_eq!(
        taken.iter().collect::<BTreeSet<_>>().len(),
        all,
        "none twice"
    );
    // Some were taken over.
    assert_ne!(
        count("SELECT count(*) FROM mails WHERE attempts > 1"),
        "0",
        "nobody was killed in the middle"
    );
    assert_eq!(count("SELECT count(*) FROM commands"), WRITES.to_string());
    assert_eq!(count("SELECT count(*) FROM deals"), WRITES.to_string());
    // Periods have one job each, whoever put it in.
    assert_eq!(
        count(
            "SELECT count(*) - count(DISTINCT idempotency_key) FROM apalis.jobs
             WHERE idempotency_key LIKE 'sweep:%'"
        ),
        "0"
    );
    let commands = ada.get("/command?limit=100").json();
    assert_eq!(commands["items"].as_array().unwrap().len(), WRITES);
}

#[test]
fn a_worker_that_is_asked_to_stop_ends_what_it_began() {
    let cluster = Cluster::start();
    let url = cluster.database();
    let smtp = Smtp::start();
    let place = Place::new();
    let variables = format!(
        "PHOENIX_DATABASE_URL={url} PHOENIX_SMTP=smtp://{}",
        smtp.address
    );
    let mut worker = Worker::start(&place, &variables);
    let outbox = Outbox::of_postgres(&url);
    let runtime = Runtime::new().unwrap();
    let mails = &outbox.storage.mails;
    let mail = mail(1);
    let id = runtime.block_on(mails.queue(&mail, Time(now()))).unwrap();
    smtp.wait_for_held(1);
    worker.ask_to_stop();
    smtp.shut(false);
    assert_eq!(worker.ended().code(), Some(0));
    assert_eq!(smtp.taken(), [format!("<{id}@phoenix>")]);
    let sent = runtime.block_on(mails.list(1)).unwrap();
    assert_eq!((sent[0].state.name(), sent[0].attempts), ("sent", 1));
    let counts = runtime.block_on(outbox.storage.queue.counts()).unwrap();
    let taken = counts.iter().find(|(state, _)| *state == JobState::Taken);
    assert_eq!(taken.unwrap().1, 0);
}

#[test]
fn a_job_that_was_given_up_is_tried_again_from_its_page() {
    let cluster = Cluster::start();
    let url = cluster.database();
    let place = Place::new();
    let variables = format!("PHOENIX_DATABASE_URL={url} PHOENIX_SECRET_KEY={KEY}");
    let web = Web::start(&place, &format!("{variables} --no-worker"));
    let outbox = Outbox::of_postgres(&url);
    let [root, ada, help] = [(); 3].map(|()| Browser::new(&web));
    for (who, name) in [(&root, "root"), (&ada, "ada"), (&help, "help")] {
        who.join(&outbox, &format!("{name}@example.com"));
    }
    let role = |name: &str, role: &str| {
        let query = format!("UPDATE accounts SET role = '{role}' WHERE email LIKE '{name}@%'");
        cluster.sql("test0", &query);
    };
    role("root", "admin");
    role("help", "support");
    assert_eq!(ada.get("/admin/jobs").status, 404);

    // Nobody works: this worker is the test's own, and gives everything up.
    let runtime = Runtime::new().unwrap();
    let (queue, (stop, stopping)) = (&outbox.storage.queue, watch::channel(false));
    let stop = std::sync::Arc::new(stop);
    let deed = move |taken: storage::TakenJob| {
        let is_last = taken.job == Some(Job::Sweep);
        if is_last {
            stop.send_replace(true);
        }
        async move {
            let why = "<b>broken</b> as a test".to_owned();
            if is_last {
                Verdict::Done
            } else {
                Verdict::GiveUp { why }
            }
        }
    };
    let last = queue.push(&Job::Sweep, "last", Time(now()));
    assert!(runtime.block_on(last).unwrap());
    runtime
        .block_on(queue.work("test", 1, deed, stopping))
        .unwrap();

    let page = root.get("/admin/jobs");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("&lt;b&gt;broken&lt;/b&gt; as a test"));
    let (_, rest) = page.text().split_once("name=\"id\" value=\"").unwrap();
    let id = rest.split('"').next().unwrap();
    assert!(!help.get("/admin/jobs").text().contains("/admin/jobs/retry"));
    assert_eq!(help.post("/admin/jobs/retry", &[("id", id)]).status, 403);
    assert_eq!(ada.post("/admin/jobs/retry", &[("id", id)]).status, 404);
    for gone in ["", "x", "01KAKX6V90ZJ5V8W0R4D1QH2MB"] {
        root.post("/admin/jobs/retry", &[("id", gone)])
            .goes_to("/admin/jobs?retried=gone");
    }
    root.post("/admin/jobs/retry", &[("id", id)])
        .goes_to("/admin/jobs?retried=waits");
    let page = root.get("/admin/jobs?retried=waits");
    assert!(page.text().contains("is waiting again"));
    // It waits for whoever works.
    let _worker = Worker::start(&place, &variables);
    until("the job is done", || {
        let query = format!("SELECT status FROM apalis.jobs WHERE id = '{id}'");
        cluster.sql("test0", &query).trim() == "Done"
    });
    assert!(outbox.link("ada@example.com").contains("token="));
}
