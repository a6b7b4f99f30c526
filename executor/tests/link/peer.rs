//! A terminal for tests: a DEALER of zmq.rs, or a bare connection that can say anything.

use executor::link::{EventKind, Link, Settings, TerminalEvent, TerminalId};
use protocol::link::{
    FromExecutor, FromTerminal, Nonce, Secret,
    executor::{Guard, Welcome},
    handshake::{Channel, hello},
    part::{DeadMan, Money},
    terminal::{Hello, Tick},
};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc::Receiver,
};
use trading::time::Time;
use zeromq::{DealerSocket, Socket as _, SocketRecv as _, SocketSend as _, ZmqMessage};

pub(crate) type Events = Receiver<TerminalEvent>;

pub(crate) fn secret() -> Secret {
    Secret::new(std::array::from_fn(|i| i as u8))
}

pub(crate) fn settings() -> Settings {
    Settings::new(Guard {
        max_volume: 1.0,
        max_positions: 5,
        max_daily_loss: 500.0,
        dead_man: DeadMan::LeaveStops,
        dead_man_ms: 30_000,
    })
}

/// A link at a free port.
pub(crate) async fn link(settings: Settings) -> (Link, Events) {
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    Link::bind(any, secret(), settings).await.unwrap()
}

pub(crate) fn greeting(nonce: u8) -> Hello {
    Hello {
        version: 1,
        program: "test".to_owned(),
        nonce: Nonce([nonce; 32]),
        login: i64::from(nonce),
        server: "Test-Demo".to_owned(),
        company: "Test".to_owned(),
        currency: "USD".to_owned(),
        money: Money::Demo,
        is_hedging: true,
        build: 5_000,
        magic: 1,
        chart: "XAUUSD".to_owned(),
        server_offset: 7_200_000,
    }
}

pub(crate) fn tick(number: i64) -> FromTerminal {
    FromTerminal::Tick(Tick {
        symbol: "XAUUSD".parse().unwrap(),
        time: Time(number),
        bid: 2000.0,
        ask: 2000.2,
    })
}

pub(crate) type Keys = Channel<FromTerminal, FromExecutor>;

/// A DEALER of zmq.rs that went through the handshake.
pub(crate) struct Dealer {
    socket: DealerSocket,
    pub(crate) keys: Keys,
    pub(crate) welcome: Welcome,
    pub(crate) guard: FromExecutor,
}

pub(crate) async fn dealer(address: SocketAddr) -> DealerSocket {
    let mut socket = DealerSocket::new();
    socket.connect(&format!("tcp://{address}")).await.unwrap();
    socket
}

async fn receive(socket: &mut DealerSocket) -> Vec<u8> {
    let parts = in_time(socket.recv()).await.unwrap().into_vec();
    let [part] = &parts[..] else {
        panic!("{} parts", parts.len());
    };
    part.to_vec()
}

impl Dealer {
    pub(crate) async fn connect(link: &Link, nonce: u8) -> Self {
        Self::connect_to(link.address(), nonce).await
    }

    pub(crate) async fn connect_to(address: SocketAddr, nonce: u8) -> Self {
        let mut socket = dealer(address).await;
        let (bytes, waiting) = hello(&secret(), greeting(nonce)).unwrap();
        socket.send(ZmqMessage::from(bytes)).await.unwrap();
        let (welcome, mut keys) = waiting.welcome(&receive(&mut socket).await).unwrap();
        let guard = keys.incoming.open(&receive(&mut socket).await).unwrap();
        Self {
            socket,
            keys,
            welcome,
            guard,
        }
    }

    /// One that has arrived, and its number.
    pub(crate) async fn arrive(link: &Link, events: &mut Events, nonce: u8) -> (Self, TerminalId) {
        let mut dealer = Self::connect(link, nonce).await;
        dealer.say(&tick(0)).await;
        let id = arrival(events, nonce).await;
        assert_eq!(next(events).await, (id, EventKind::Message(tick(0))));
        (dealer, id)
    }

    pub(crate) async fn say(&mut self, message: &FromTerminal) {
        let bytes = self.keys.outgoing.seal(message).unwrap();
        self.say_bytes(bytes).await;
    }

    pub(crate) async fn say_bytes(&mut self, bytes: Vec<u8>) {
        self.socket.send(ZmqMessage::from(bytes)).await.unwrap();
    }

    pub(crate) async fn hear(&mut self) -> FromExecutor {
        let bytes = receive(&mut self.socket).await;
        self.keys.incoming.open(&bytes).unwrap()
    }
}

/// Not how long something takes, but that a test which fails ends.
async fn in_time<T>(what: impl Future<Output = T>) -> T {
    let patience = Duration::from_secs(30);
    let done = tokio::time::timeout(patience, what).await;
    done.expect("it did not come")
}

/// What is told next, and of whom.
pub(crate) async fn next(events: &mut Events) -> (TerminalId, EventKind) {
    let event = in_time(events.recv()).await.expect("the link ended");
    (event.terminal, event.kind)
}

pub(crate) async fn arrival(events: &mut Events, nonce: u8) -> TerminalId {
    let (id, kind) = next(events).await;
    assert_eq!(kind, EventKind::Arrived(greeting(nonce)));
    id
}

pub(crate) const GREETING: &[u8; 64] =
    b"\xff\0\0\0\0\0\0\0\x01\x7f\x03\0NULL\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
pub(crate) const READY: &[u8; 30] = b"\x04\x1c\x05READY\x0bSocket-Type\0\0\0\x06DEALER";

/// A connection that says what it is told to.
pub(crate) struct Bare(pub(crate) TcpStream);

impl Bare {
    pub(crate) async fn connect(link: &Link) -> Self {
        Self(TcpStream::connect(link.address()).await.unwrap())
    }

    /// One that has been through the handshake of ZMTP.
    pub(crate) async fn greeted(link: &Link) -> Self {
        let mut bare = Self::connect(link).await;
        bare.say(GREETING).await;
        bare.say(READY).await;
        let mut answer = [0; 64 + 30];
        bare.0.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer[..64], GREETING);
        assert_eq!(&answer[64..88], &READY[..24]);
        assert_eq!(&answer[88..], b"ROUTER");
        bare
    }

    /// One that has arrived.
    pub(crate) async fn arrive(link: &Link, events: &mut Events, nonce: u8) -> (Self, Keys) {
        let mut bare = Self::greeted(link).await;
        let (bytes, waiting) = hello(&secret(), greeting(nonce)).unwrap();
        bare.frame(&bytes).await;
        let (_, mut keys) = waiting.welcome(&bare.hear().await).unwrap();
        let _: FromExecutor = keys.incoming.open(&bare.hear().await).unwrap();
        bare.frame(&keys.outgoing.seal(&tick(0)).unwrap()).await;
        arrival(events, nonce).await;
        assert_eq!(next(events).await.1, EventKind::Message(tick(0)));
        (bare, keys)
    }

    pub(crate) async fn say(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// A message in one part.
    pub(crate) async fn frame(&mut self, body: &[u8]) {
        let mut bytes = vec![2];
        bytes.extend((body.len() as u64).to_be_bytes());
        bytes.extend(body);
        self.say(&bytes).await;
    }

    pub(crate) async fn hear(&mut self) -> Vec<u8> {
        let flags = in_time(self.0.read_u8()).await.unwrap();
        let len = match flags {
            0 => u64::from(self.0.read_u8().await.unwrap()),
            2 => self.0.read_u64().await.unwrap(),
            other => panic!("flags {other}"),
        };
        let mut body = vec![0; usize::try_from(len).unwrap()];
        self.0.read_exact(&mut body).await.unwrap();
        body
    }

    /// That the other end closes the connection.
    pub(crate) async fn is_ended(&mut self) {
        let mut rest = Vec::new();
        // It may also be torn down, where bytes were not read.
        let _ = in_time(self.0.read_to_end(&mut rest)).await;
    }
}
