//! The first two messages, from both sides, and what follows from them.
//!
//! ```text
//! terminal                                    executor
//! Hello, signed with the secret       ──>     greet
//! welcome                             <──     Welcome, signed with the executor's key
//! from here on: its own key           ──>     its own key
//! ```
//! The executor answers whoever knows the secret or has recorded one who did. It believes a
//! terminal only once it has opened a second message: nobody but a holder of the secret can sign
//! one for the executor's new nonce.

use super::executor::{FromExecutor, Welcome};
use super::frame::{FrameFault, Incoming, Message, Outgoing, TooLong, unchecked};
use super::key::{Nonce, Secret};
use super::terminal::{FromTerminal, Hello};

/// Both halves of a connection: what is said, and what is heard.
#[derive(Debug, Clone)]
pub struct Channel<Says, Hears> {
    /// Signs what is said.
    pub outgoing: Outgoing<Says>,
    /// Checks what is heard.
    pub incoming: Incoming<Hears>,
}

/// The terminal's half while it waits for `Welcome`.
#[derive(Debug)]
pub struct Waiting {
    secret: Secret,
    nonce: Nonce,
    outgoing: Outgoing<FromTerminal>,
}

/// The terminal begins: the bytes of its `Hello`.
///
/// # Errors
/// When a text in it is too long.
pub fn hello(secret: &Secret, hello: Hello) -> Result<(Vec<u8>, Waiting), TooLong> {
    let mut outgoing = Outgoing::new(secret.hello_key());
    let nonce = hello.nonce;
    let bytes = outgoing.seal(&hello.into())?;
    let secret = secret.clone();
    let waiting = Waiting {
        secret,
        nonce,
        outgoing,
    };
    Ok((bytes, waiting))
}

impl Waiting {
    /// The terminal reads `Welcome`: its nonce first, and then checks it with the key that follows
    /// from that.
    ///
    /// # Errors
    /// When the bytes are no `Welcome`, or one of somebody who does not know the secret.
    pub fn welcome(
        self,
        bytes: &[u8],
    ) -> Result<(Welcome, Channel<FromTerminal, FromExecutor>), FrameFault> {
        let nonce = match unchecked(bytes)? {
            FromExecutor::Welcome(welcome) => welcome.nonce,
            other => return Err(FrameFault::Kind(other.kind())),
        };
        let key = self.secret.executor_key(&self.nonce, &nonce);
        let mut incoming = Incoming::new(key);
        let FromExecutor::Welcome(welcome) = incoming.open(bytes)? else {
            return Err(FrameFault::Unknown);
        };
        let key = self.secret.terminal_key(&self.nonce, &nonce);
        let outgoing = self.outgoing.with_key(key);
        let channel = Channel { outgoing, incoming };
        Ok((welcome, channel))
    }
}

/// The executor hears the first message of a connection.
///
/// # Errors
/// When it is no `Hello` of somebody who knows the secret.
pub fn greet(secret: &Secret, bytes: &[u8]) -> Result<(Hello, Greeted), FrameFault> {
    let mut incoming = Incoming::new(secret.hello_key());
    match incoming.open(bytes)? {
        FromTerminal::Hello(hello) => {
            let nonce = hello.nonce;
            Ok((hello, Greeted { incoming, nonce }))
        }
        other => Err(FrameFault::Kind(other.kind())),
    }
}

/// The executor's half before it has answered.
#[derive(Debug)]
pub struct Greeted {
    incoming: Incoming<FromTerminal>,
    nonce: Nonce,
}

impl Greeted {
    /// The executor answers: the bytes of its `Welcome`.
    ///
    /// # Errors
    /// When a text in it is too long.
    pub fn welcome(
        self,
        secret: &Secret,
        welcome: Welcome,
    ) -> Result<(Vec<u8>, Channel<FromExecutor, FromTerminal>), TooLong> {
        let nonce = welcome.nonce;
        let mut outgoing = Outgoing::new(secret.executor_key(&self.nonce, &nonce));
        let bytes = outgoing.seal(&welcome.into())?;
        let incoming = self
            .incoming
            .with_key(secret.terminal_key(&self.nonce, &nonce));
        Ok((bytes, Channel { outgoing, incoming }))
    }
}
