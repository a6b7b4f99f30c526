//! A terminal's end of the link, for measurements: blocking, and nothing more than is needed.

use protocol::link::{
    FromExecutor, FromTerminal, Secret,
    frame::{Incoming, Outgoing},
    handshake::hello,
    terminal::Hello,
};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

const BEGIN: &[u8] = b"\xff\0\0\0\0\0\0\0\x01\x7f\x03\0NULL";
const READY: &[u8] = b"\x04\x1c\x05READY\x0bSocket-Type\0\0\0\x06DEALER";

/// A terminal that was welcomed.
pub(crate) struct Wire {
    stream: TcpStream,
    outgoing: Outgoing<FromTerminal>,
    incoming: Incoming<FromExecutor>,
}

impl Wire {
    /// Connects, and says who it is.
    pub(crate) fn connect(address: SocketAddr, secret: &Secret, who: Hello) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let mut begin = [0; 64];
        begin[..BEGIN.len()].copy_from_slice(BEGIN);
        stream.write_all(&begin).unwrap();
        stream.write_all(READY).unwrap();
        stream.read_exact(&mut [0; 64 + 30]).unwrap();
        let (bytes, waiting) = hello(secret, who).unwrap();
        say(&mut stream, &bytes);
        let (_, keys) = waiting.welcome(&hear(&mut stream)).unwrap();
        Self {
            stream,
            outgoing: keys.outgoing,
            incoming: keys.incoming,
        }
    }

    /// Signs a message.
    pub(crate) fn seal(&mut self, message: impl Into<FromTerminal>) -> Vec<u8> {
        self.outgoing.seal(&message.into()).unwrap()
    }

    /// Sends what was signed.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        say(&mut self.stream, bytes);
    }

    /// The next message.
    pub(crate) fn hear(&mut self) -> FromExecutor {
        let bytes = hear(&mut self.stream);
        self.incoming.open(&bytes).unwrap()
    }
}

fn say(stream: &mut TcpStream, body: &[u8]) {
    let mut bytes = Vec::with_capacity(body.len() + 9);
    bytes.push(2);
    bytes.extend((body.len() as u64).to_be_bytes());
    bytes.extend(body);
    stream.write_all(&bytes).unwrap();
}

fn hear(stream: &mut TcpStream) -> Vec<u8> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).unwrap();
    let len = match head {
        [0, len] => usize::from(len),
        [2, first] => {
            let mut rest = [0; 8];
            rest[0] = first;
            stream.read_exact(&mut rest[1..]).unwrap();
            usize::try_from(u64::from_be_bytes(rest)).unwrap()
        }
        other => panic!("{other:?}"),
    };
    let mut body = vec![0; len];
    stream.read_exact(&mut body).unwrap();
    body
}
