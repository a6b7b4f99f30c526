//! ZMTP as the executor hears it.
//!
//! ```text
//! how far the connection is u8   pieces u8   what it says
//! ```

use super::machine::{Input, Said, ZmtpFault, greeting};
use protocol::link::LARGEST;

const DEALER: &[u8] = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER";

/// However the bytes are cut into pieces, the same is heard, in bounded memory.
pub fn check(bytes: &[u8]) {
    let [stage, pieces, said @ ..] = bytes else {
        return;
    };
    let mut all = Vec::new();
    if stage % 3 > 0 {
        all.extend(greeting());
    }
    if stage % 3 > 1 {
        all.extend(DEALER);
    }
    all.extend(said);
    let whole = hear(&all, |left| left);
    let mut dice = u32::from(*pieces) | 0x100;
    let in_pieces = hear(&all, |_| {
        dice = dice.wrapping_mul(0x9E37_79B1).rotate_left(13);
        1 + (dice % (1 + u32::from(pieces % 64))) as usize
    });
    assert_eq!(in_pieces, whole, "other pieces, other messages");
}

/// What is heard of bytes that come in pieces of these lengths, and the fault that ended it.
fn hear(
    mut rest: &[u8],
    mut length: impl FnMut(usize) -> usize,
) -> (Vec<Vec<u8>>, Option<ZmtpFault>) {
    let mut input = Input::new();
    let mut heard = Vec::new();
    while !rest.is_empty() {
        let room = input.room();
        assert!(!room.is_empty() && room.len() <= LARGEST + 9);
        let count = length(rest.len()).min(room.len()).min(rest.len());
        room[..count].copy_from_slice(&rest[..count]);
        input.fill(count);
        rest = &rest[count..];
        loop {
            heard.push(match input.next() {
                Ok(None) => break,
                Ok(Some(Said::Greeting)) => b"greeting".to_vec(),
                Ok(Some(Said::Command)) => b"command".to_vec(),
                Ok(Some(Said::Message(message))) => {
                    assert!(message.len() <= LARGEST);
                    [b"m", message].concat()
                }
                Err(fault) => return (heard, Some(fault)),
            });
        }
    }
    (heard, None)
}
