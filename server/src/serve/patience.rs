//! Connections on which nothing moves. Each holds a file of the system, of which there are few: who
//! opens many and says nothing, or asks and never reads the answer, would keep everybody else out.
//! Who takes an answer that has no end, such as a stream of events, need say nothing meanwhile.

use axum::serve::Listener;
use std::{
    io::{self, ErrorKind},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// For how long nothing may come, or nothing be taken. Longer than any answer takes: while it is
/// made nothing comes either.
const PATIENCE: Duration = Duration::from_secs(75);

/// A listener whose connections end when nothing moves.
#[derive(Debug)]
pub(super) struct Patient<L>(pub(super) L);

impl<L: Listener> Listener for Patient<L> {
    type Io = Moving<L::Io>;
    type Addr = L::Addr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (io, address) = self.0.accept().await;
        (Moving::new(io, PATIENCE), address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A connection. A reader that takes nothing is not excused by what it sends; who takes what is sent
/// need say nothing.
#[derive(Debug)]
pub(super) struct Moving<T> {
    io: T,
    reading: Watch,
    writing: Watch,
}

impl<T> Moving<T> {
    fn new(io: T, patience: Duration) -> Self {
        Self {
            io,
            reading: Watch::new(patience),
            writing: Watch::new(patience),
        }
    }

    /// What was taken shows that somebody is there: their silence is counted anew.
    fn excuse(&mut self, written: &Poll<io::Result<usize>>) {
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.reading.is_set = false;
        }
    }
}

/// One direction.
#[derive(Debug)]
struct Watch {
    patience: Duration,
    /// Made when first waited for, then set anew.
    alarm: Option<Pin<Box<Sleep>>>,
    is_set: bool,
}

impl Watch {
    fn new(patience: Duration) -> Self {
        Self {
            patience,
            alarm: None,
            is_set: false,
        }
    }

    /// Hands on what came of an attempt; an attempt that has to wait may do so until the alarm.
    fn over<R>(&mut self, cx: &mut Context<'_>, tried: Poll<io::Result<R>>) -> Poll<io::Result<R>> {
        if tried.is_ready() {
            self.is_set = false;
            return tried;
        }
        let patience = self.patience;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(patience)));
        if !self.is_set {
            alarm.as_mut().reset(Instant::now() + patience);
            self.is_set = true;
        }
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Moving<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let tried = Pin::new(&mut self.io).poll_read(cx, buffer);
        self.reading.over(cx, tried)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Moving<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.io).poll_write(cx, bytes);
        self.excuse(&tried);
        self.writing.over(cx, tried)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let tried = Pin::new(&mut self.io).poll_write_vectored(cx, bytes);
        self.excuse(&tried);
        self.writing.over(cx, tried)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let tried = Pin::new(&mut self.io).poll_flush(cx);
        self.writing.over(cx, tried)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let tried = Pin::new(&mut self.io).poll_shutdown(cx);
        self.writing.over(cx, tried)
    }
}

#[cfg(test)]
mod tests {
    use super::Moving;
    use std::{io::ErrorKind, time::Duration};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, duplex, split},
        time::{sleep, timeout},
    };

    const SHORT: Duration = Duration::from_secs(20);
    const LONG: Duration = Duration::from_secs(600);

    #[tokio::test(start_paused = true)]
    async fn nothing_that_comes_or_is_taken_ends_the_connection() {
        let (ours, _theirs) = duplex(16);
        let mut ours = Moving::new(ours, SHORT);
        let read = timeout(LONG, ours.read_u8()).await.unwrap();
        assert_eq!(read.unwrap_err().kind(), ErrorKind::TimedOut);
        let write = timeout(LONG, ours.write_all(&[0; 1_000])).await.unwrap();
        assert_eq!(write.unwrap_err().kind(), ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_an_answer_need_say_nothing() {
        let (ours, mut theirs) = duplex(16);
        let (mut reader, mut writer) = split(Moving::new(ours, 3 * SHORT));
        let answer = tokio::spawn(async move {
            for byte in 0..6 {
                sleep(SHORT).await;
                writer.write_u8(byte).await.unwrap();
            }
        });
        let listening = tokio::spawn(async move { reader.read_u8().await });
        for byte in 0..6 {
            assert_eq!(theirs.read_u8().await.unwrap(), byte);
        }
        answer.await.unwrap();
        assert!(!listening.is_finished(), "nothing came, and nothing had to");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_goes_on_may_take_their_time() {
        let (ours, mut theirs) = duplex(16);
        let mut ours = Moving::new(ours, 3 * SHORT);
        let slow = tokio::spawn(async move {
            for byte in 0..6 {
                sleep(SHORT).await;
                theirs.write_u8(byte).await.unwrap();
            }
        });
        for byte in 0..6 {
            assert_eq!(ours.read_u8().await.unwrap(), byte);
        }
        slow.await.unwrap();
    }
}
