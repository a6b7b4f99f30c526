use crate::sample;
use protocol::link::{
    FrameFault, Secret,
    executor::{FromExecutor, Ping, Welcome},
    handshake::{greet, hello},
    terminal::{self, FromTerminal, Hello},
};

fn parts(seed: u64) -> (Hello, Welcome) {
    let hello = sample::from_terminal(seed).swap_remove(0);
    let welcome = sample::from_executor(seed ^ 0xffff).swap_remove(0);
    match (hello, welcome) {
        (FromTerminal::Hello(hello), FromExecutor::Welcome(welcome)) => (hello, welcome),
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_sides_agree_on_keys() {
    let secret = Secret::new([9; 32]);
    let (said, answer) = parts(5);
    let (bytes, waiting) = hello(&secret, said.clone()).unwrap();
    let (heard, greeted) = greet(&secret, &bytes).unwrap();
    assert_eq!(heard, said);
    let (bytes, mut executor) = greeted.welcome(&secret, answer.clone()).unwrap();
    let (welcome, mut terminal) = waiting.welcome(&bytes).unwrap();
    assert_eq!(welcome, answer);

    for token in 0..3 {
        let ping = FromTerminal::Ping(terminal::Ping { token });
        let bytes = terminal.outgoing.seal(&ping).unwrap();
        assert_eq!(executor.incoming.open(&bytes), Ok(ping));
        let ping = FromExecutor::Ping(Ping { token });
        let bytes = executor.outgoing.seal(&ping).unwrap();
        assert_eq!(terminal.incoming.open(&bytes), Ok(ping));
        // What one side says is never taken for what the other one says.
        assert_eq!(executor.incoming.open(&bytes), Err(FrameFault::Forged));
    }
}

#[test]
fn who_does_not_know_the_secret_gets_nowhere() {
    let [ours, theirs] = [Secret::new([1; 32]), Secret::new([2; 32])];
    let (said, answer) = parts(6);
    let (bytes, _) = hello(&theirs, said.clone()).unwrap();
    assert_eq!(greet(&ours, &bytes).unwrap_err(), FrameFault::Forged);

    let (bytes, waiting) = hello(&ours, said.clone()).unwrap();
    let (_, greeted) = greet(&ours, &bytes).unwrap();
    let (forged, _) = greeted.welcome(&theirs, answer.clone()).unwrap();
    assert_eq!(waiting.welcome(&forged).unwrap_err(), FrameFault::Forged);
}

#[test]
fn a_recorded_conversation_is_of_no_use() {
    let secret = Secret::new([3; 32]);
    let (said, answer) = parts(7);
    let (first, waiting) = hello(&secret, said).unwrap();
    let (_, greeted) = greet(&secret, &first).unwrap();
    let (bytes, _) = greeted.welcome(&secret, answer.clone()).unwrap();
    let (_, mut terminal) = waiting.welcome(&bytes).unwrap();
    let ping = FromTerminal::Ping(terminal::Ping { token: 1 });
    let second = terminal.outgoing.seal(&ping).unwrap();

    // The executor answers the same Hello again, with a nonce of another connection.
    let (_, greeted) = greet(&secret, &first).unwrap();
    let (_, other) = parts(8);
    let (_, mut executor) = greeted.welcome(&secret, other).unwrap();
    assert_eq!(executor.incoming.open(&second), Err(FrameFault::Forged));
    assert_eq!(executor.incoming.open(&first), Err(FrameFault::Forged));
}

#[test]
fn only_hello_begins_and_only_welcome_answers() {
    let secret = Secret::new([4; 32]);
    let ping = FromTerminal::Ping(terminal::Ping { token: 1 });
    let mut outgoing = protocol::link::Outgoing::new(secret.hello_key());
    let bytes = outgoing.seal(&ping).unwrap();
    assert_eq!(greet(&secret, &bytes).unwrap_err(), FrameFault::Kind(16));

    let (said, _) = parts(9);
    let (bytes, waiting) = hello(&secret, said).unwrap();
    assert_eq!(waiting.welcome(&bytes).unwrap_err(), FrameFault::Kind(1));
}
