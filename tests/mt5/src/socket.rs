//! MetaTrader's sockets over real TCP, with their habits; or without a network, for whoever plays the
//! other end himself.

use crate::{constant, trouble::Dice};
use std::{
    collections::VecDeque,
    io::{ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    time::Duration,
};

/// More than one look needs: what is beyond is seen at the next.
const LOOK: usize = 1 << 16;

/// Of so many looks at an empty socket, one promises a byte. The read that follows then waits in vain.
const PROMISES: u64 = 1_024;

/// The other end of a connection without a network.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    /// What the program has not read yet.
    pub(crate) heard: VecDeque<u8>,
    /// What the program said.
    pub(crate) said: Vec<u8>,
}

#[derive(Debug)]
enum End {
    Tcp(TcpStream),
    Wire(Wire),
}

#[derive(Debug)]
pub(crate) struct Sockets {
    /// By handle, from 1. `None`: not connected yet.
    all: Vec<Option<End>>,
    /// Connections are made without a network.
    is_wired: bool,
    open: Vec<bool>,
    dice: Option<Dice>,
    look: Vec<u8>,
}

impl Sockets {
    /// With dice: now and then one byte is promised that is not there.
    pub(crate) fn new(dice: Option<Dice>) -> Self {
        Self {
            all: Vec::new(),
            is_wired: false,
            open: Vec::new(),
            dice,
            look: vec![0; LOOK],
        }
    }

    /// From now on connections are made without a network.
    pub(crate) fn unplug(&mut self) {
        self.is_wired = true;
    }

    /// The connection without a network that was made last, if it still stands.
    pub(crate) fn wire(&mut self) -> Option<&mut Wire> {
        match self.all.last_mut()? {
            Some(End::Wire(wire)) => Some(wire),
            Some(End::Tcp(_)) | None => None,
        }
    }

    pub(crate) fn create(&mut self) -> i32 {
        self.all.push(None);
        self.open.push(true);
        self.all.len() as i32
    }

    fn place(&self, handle: i32) -> Option<usize> {
        let place = usize::try_from(handle).ok()?.checked_sub(1)?;
        self.open.get(place).copied()?.then_some(place)
    }

    fn end(&mut self, handle: i32) -> Option<&mut End> {
        let place = self.place(handle)?;
        self.all[place].as_mut()
    }

    pub(crate) fn connect(
        &mut self,
        handle: i32,
        host: &str,
        port: u32,
        ms: u32,
    ) -> Result<(), i32> {
        let place = self
            .place(handle)
            .ok_or(constant::ERR_NETSOCKET_INVALIDHANDLE)?;
        if self.is_wired {
            self.all[place] = Some(End::Wire(Wire::default()));
            return Ok(());
        }
        let cannot = constant::ERR_NETSOCKET_CANNOT_CONNECT;
        let address: SocketAddr = format!("{host}:{port}").parse().map_err(|_| cannot)?;
        let wait = Duration::from_millis(u64::from(ms.max(1)));
        let stream = TcpStream::connect_timeout(&address, wait).map_err(|_| cannot)?;
        stream.set_nodelay(true).map_err(|_| cannot)?;
        self.all[place] = Some(End::Tcp(stream));
        Ok(())
    }

    pub(crate) fn close(&mut self, handle: i32) -> bool {
        let Some(place) = self.place(handle) else {
            return false;
        };
        self.all[place] = None;
        self.open[place] = false;
        true
    }

    /// Breaks all connections; the program finds out when it uses them.
    pub(crate) fn drop_all(&mut self) {
        for end in &mut self.all {
            match end {
                // One that is broken already needs no breaking.
                Some(End::Tcp(stream)) => drop(stream.shutdown(Shutdown::Both)),
                Some(End::Wire(_)) => *end = None,
                None => {}
            }
        }
    }

    pub(crate) fn is_connected(&mut self, handle: i32) -> bool {
        self.end(handle).is_some()
    }

    fn broken(&mut self, handle: i32) -> i32 {
        if let Some(place) = self.place(handle) {
            self.all[place] = None;
        }
        constant::ERR_NETSOCKET_IO_ERROR
    }

    /// Bytes that can be read.
    pub(crate) fn is_readable(&mut self, handle: i32) -> Result<u32, i32> {
        let mut look = std::mem::take(&mut self.look);
        let found = self.peek(handle, &mut look);
        self.look = look;
        match found {
            Some(Ok(0)) => Err(self.broken(handle)),
            Some(Ok(count)) => Ok(count as u32),
            Some(Err(ErrorKind::WouldBlock)) => {
                let is_promised = self
                    .dice
                    .as_mut()
                    .is_some_and(|dice| dice.next() % PROMISES == 0);
                Ok(u32::from(is_promised))
            }
            Some(Err(_)) => Err(self.broken(handle)),
            None => Err(constant::ERR_NETSOCKET_INVALIDHANDLE),
        }
    }

    fn peek(&mut self, handle: i32, look: &mut [u8]) -> Option<Result<usize, ErrorKind>> {
        let stream = match self.end(handle)? {
            End::Tcp(stream) => stream,
            End::Wire(wire) if wire.heard.is_empty() => return Some(Err(ErrorKind::WouldBlock)),
            End::Wire(wire) => return Some(Ok(wire.heard.len().min(LOOK))),
        };
        let looked = stream
            .set_nonblocking(true)
            .and_then(|()| stream.peek(look))
            .map_err(|error| error.kind());
        let _ = stream.set_nonblocking(false);
        Some(looked)
    }

    /// Reads what is there, waiting for it no longer than `ms`: `Ok(None)` when nothing came.
    pub(crate) fn read(
        &mut self,
        handle: i32,
        room: &mut [u8],
        ms: u32,
    ) -> Result<Option<usize>, i32> {
        let stream = match self.end(handle) {
            Some(End::Tcp(stream)) => stream,
            Some(End::Wire(wire)) => {
                let count = wire.heard.read(room).unwrap_or_default();
                return Ok((count > 0).then_some(count));
            }
            None => return Err(constant::ERR_NETSOCKET_INVALIDHANDLE),
        };
        // MetaTrader reads 0 as two minutes.
        let wait = Duration::from_millis(if ms == 0 { 120_000 } else { u64::from(ms) });
        let read = stream
            .set_read_timeout(Some(wait))
            .and_then(|()| stream.read(room));
        match read {
            Ok(0) => Err(self.broken(handle)),
            Ok(count) => Ok(Some(count)),
            Err(error) if is_timeout(error.kind()) => Ok(None),
            Err(_) => Err(self.broken(handle)),
        }
    }

    pub(crate) fn send(&mut self, handle: i32, bytes: &[u8]) -> Result<usize, i32> {
        let stream = match self.end(handle) {
            Some(End::Tcp(stream)) => stream,
            Some(End::Wire(wire)) => {
                wire.said.extend_from_slice(bytes);
                return Ok(bytes.len());
            }
            None => return Err(constant::ERR_NETSOCKET_INVALIDHANDLE),
        };
        match stream.write_all(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(_) => Err(self.broken(handle)),
        }
    }

    /// Lets time pass, but no longer than until something comes: what a sleeping program waits for.
    pub(crate) fn sleep(&mut self, wait: Duration) {
        let connected = self.all.iter().flatten().next_back();
        if let Some(End::Tcp(stream)) = connected
            && !wait.is_zero()
            && stream.set_read_timeout(Some(wait)).is_ok()
        {
            let _ = stream.peek(&mut [0]);
            return;
        }
        std::thread::sleep(wait);
    }
}

fn is_timeout(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
