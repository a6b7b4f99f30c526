//! Background work.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};
use storage::{Job, JobId, JobState, NewMail, Storage, StorageError, TakenJob, Verdict};
use tokio::sync::watch;
use trading::time::Time;

/// The workers' own clock is the machine's.
fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Time(i64::try_from(since.as_millis()).unwrap())
}

/// How often each job was done.
type Done = Arc<Mutex<BTreeMap<String, Vec<u32>>>>;

async fn count(storage: &Storage, state: JobState) -> u64 {
    let counts = storage.queue.counts().await.unwrap();
    counts.iter().find(|(one, _)| *one == state).unwrap().1
}

/// Has all jobs done by so many workers until `is_over` says so of a job that was done.
async fn work<F>(storage: &Storage, workers: usize, judge: F) -> Done
where
    F: Fn(&TakenJob, &Done) -> (Verdict, bool) + Clone + Send + Sync + 'static,
{
    let done = Done::default();
    let (stop, stopping) = watch::channel(false);
    let stop = Arc::new(stop);
    let crew: Vec<_> = (0..workers)
        .map(|_| {
            let (queue, stopping) = (storage.queue.clone(), stopping.clone());
            let (done, stop, judge) = (done.clone(), stop.clone(), judge.clone());
            let deed = move |taken: TakenJob| {
                let (done, stop, judge) = (done.clone(), stop.clone(), judge.clone());
                async move {
                    let name = format!("{:?}", taken.job);
                    let attempt = taken.attempt;
                    done.lock().unwrap().entry(name).or_default().push(attempt);
                    let (verdict, is_over) = judge(&taken, &done);
                    if is_over {
                        stop.send_replace(true);
                    }
                    verdict
                }
            };
            let name = uuid::Uuid::now_v7().to_string();
            tokio::spawn(async move { queue.work(&name, 4, deed, stopping).await.unwrap() })
        })
        .collect();
    for worker in crew {
        worker.await.unwrap();
    }
    done
}

pub(crate) async fn keeps(storage: &Storage) {
    let queue = &storage.queue;
    // What the other parts of the contract left.
    work(storage, 1, {
        let left = count(storage, JobState::Waiting).await;
        queue.push(&Job::FindMails, "last", now()).await.unwrap();
        move |_, done| {
            let all: usize = done.lock().unwrap().values().map(Vec::len).sum();
            (Verdict::Done, all as u64 > left)
        }
    })
    .await;
    assert_eq!(count(storage, JobState::Waiting).await, 0);
    let before = count(storage, JobState::Done).await;

    each_is_done_once_by_many(storage, before).await;
    what_fails_is_tried_again_and_given_up(storage).await;
    a_name_is_there_once(storage).await;
    a_mail_and_its_job_come_together(storage).await;

    let far = Time(now().0 + 60_000);
    assert!(queue.prune(far, Time(0)).await.unwrap() > 0);
    assert_eq!(count(storage, JobState::Done).await, 0);
}

async fn each_is_done_once_by_many(storage: &Storage, before: u64) {
    const MANY: i64 = 60;
    for hour in 0..MANY {
        let job = Job::AskPayments { hour };
        let name = format!("many:{hour}");
        assert!(storage.queue.push(&job, &name, now()).await.unwrap());
    }
    let done = work(storage, 3, |_, done| {
        (Verdict::Done, done.lock().unwrap().len() == MANY as usize)
    })
    .await;
    let done = done.lock().unwrap().clone();
    assert_eq!(done.len(), MANY as usize);
    assert!(done.values().all(|attempts| *attempts == [1]), "{done:?}");
    let after = count(storage, JobState::Done).await;
    assert_eq!(after - before, MANY as u64);
    assert_eq!(count(storage, JobState::Taken).await, 0);
}

async fn what_fails_is_tried_again_and_given_up(storage: &Storage) {
    let queue = &storage.queue;
    queue.push(&Job::Sweep, "fails", now()).await.unwrap();
    let done = work(storage, 1, |taken, _| match taken.attempt {
        3 => (
            Verdict::GiveUp {
                why: "hopeless".to_owned(),
            },
            true,
        ),
        _ => (
            Verdict::Again {
                at: now(),
                why: "not yet".to_owned(),
            },
            false,
        ),
    })
    .await;
    assert_eq!(done.lock().unwrap()["Some(Sweep)"], [1, 2, 3]);
    let lines = queue.list(JobState::GivenUp, 10).await.unwrap();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let line = &lines[0];
    assert_eq!((line.job, line.attempts), (Some(Job::Sweep), 3));
    assert_eq!(line.failure, "hopeless");
    assert!(!line.worker.is_empty());
    assert!((now().0 - line.created_at.0).abs() < 600_000, "{line:?}");

    // Somebody says that it may be tried again.
    assert_eq!(
        queue.retry(&line.id, now()).await.unwrap(),
        Some(Job::Sweep)
    );
    let again = queue.retry(&line.id, now()).await;
    assert!(matches!(again, Err(StorageError::NotFound)), "{again:?}");
    let done = work(storage, 1, |_, _| (Verdict::Done, true)).await;
    assert_eq!(done.lock().unwrap()["Some(Sweep)"], [1]);
    assert!(queue.list(JobState::GivenUp, 10).await.unwrap().is_empty());
    for text in ["", "x", "019a0000-0000-7000-8000-000000000000"] {
        assert!(text.parse::<JobId>().is_err(), "{text}");
    }

    // What has to wait is not taken.
    let later = Time(now().0 + 3_600_000);
    queue.push(&Job::FindMails, "later", later).await.unwrap();
    queue.push(&Job::Sweep, "now", now()).await.unwrap();
    let done = work(storage, 1, |_, _| (Verdict::Done, true)).await;
    assert_eq!(done.lock().unwrap().len(), 1);
    let lines = queue.list(JobState::Waiting, 10).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].run_at.0 / 1_000, later.0 / 1_000);
}

async fn a_name_is_there_once(storage: &Storage) {
    let queue = &storage.queue;
    let later = Time(now().0 + 3_600_000);
    let pushes = (0..8).map(|_| {
        let queue = queue.clone();
        tokio::spawn(async move { queue.push(&Job::Sweep, "period", later).await.unwrap() })
    });
    let mut count = 0;
    for push in pushes.collect::<Vec<_>>() {
        count += u32::from(push.await.unwrap());
    }
    assert_eq!(count, 1);
    assert!(
        !queue
            .push_again(&Job::Sweep, "period", later)
            .await
            .unwrap()
    );
    // One that has ended is done again only where that is asked for.
    assert!(!queue.push(&Job::Sweep, "now", now()).await.unwrap());
    assert!(queue.push_again(&Job::Sweep, "now", now()).await.unwrap());
    work(storage, 1, |_, _| (Verdict::Done, true)).await;
}

async fn a_mail_and_its_job_come_together(storage: &Storage) {
    let mail = NewMail {
        account: None,
        recipient: "a@example.com".to_owned(),
        subject: "x".to_owned(),
        body: "y".to_owned(),
    };
    let id = storage.mails.queue(&mail, now()).await.unwrap();
    assert_eq!(storage.mails.find(now(), 0).await.unwrap(), 0);
    let job = Job::SendMail { mail: id };
    let why = || "the server said no".to_owned();
    // The mail is retried with its job, whether it waits until it is due again or was given up.
    for again in [Some(Time(now().0 + 3_600_000)), None] {
        let done = work(storage, 1, move |taken, _| {
            (Verdict::GiveUp { why: why() }, taken.job == Some(job))
        })
        .await;
        assert_eq!(done.lock().unwrap()[&format!("{:?}", Some(job))], [1]);
        let lines = storage.queue.list(JobState::GivenUp, 10).await.unwrap();
        let line = lines.iter().find(|line| line.job == Some(job)).unwrap();
        let until = Time(now().0 + 60_000);
        storage.mails.claim(id, now(), until).await.unwrap();
        storage.mails.failed(id, "no", again).await.unwrap();
        storage.queue.retry(&line.id, now()).await.unwrap();
        let claimed = storage.mails.claim(id, now(), until).await.unwrap();
        assert!(
            matches!(&claimed, storage::Claim::Ours(mail) if mail.attempts == 1),
            "{again:?}: {claimed:?}"
        );
    }
    // A mail whose job was lost is found again.
    storage
        .mails
        .failed(id, "later", Some(now()))
        .await
        .unwrap();
    work(storage, 1, move |taken, _| {
        (Verdict::Done, taken.job == Some(job))
    })
    .await;
    assert!(storage.mails.find(now(), 1_000).await.unwrap() >= 1);
    assert_eq!(storage.mails.find(now(), 1_000).await.unwrap(), 0, "once");
    let rest = count(storage, JobState::Waiting).await;
    storage.mails.sent(id, now()).await.unwrap();
    assert!(rest >= 1);
}
