"""A terminal on libzmq's DEALER, with a codec of its own: docs/link.md written down a second time.

Usage: libzmq.py SCENE ADDRESS SECRET, or libzmq.py golden FILE. Ends with status 0 when the executor
did what the contract says.
"""

import hashlib
import hmac
import os
import struct
import sys

VERSION = 1
PATIENCE = 30_000  # milliseconds until a test that fails ends


def sign(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def text(value):
    data = value.encode()
    return struct.pack("<H", len(data)) + data


def frame(key, sequence, kind, body):
    data = b"PHXL" + struct.pack("<BBHQ", VERSION, kind, 0, sequence) + body
    return data + sign(key, data)


def unframe(key, sequence, data):
    """Kind and body of the message that must be the next one."""
    assert data[:4] == b"PHXL", data[:4]
    version, kind, zero, number = struct.unpack("<BBHQ", data[4:16])
    assert (version, zero) == (VERSION, 0)
    assert hmac.compare_digest(sign(key, data[:-32]), data[-32:]), f"kind {kind} is forged"
    assert number == sequence, f"{number} came where {sequence} was due"
    return kind, data[16:-32]


def keys(secret, terminal, executor):
    names = b"phoenix-link-1 terminal", b"phoenix-link-1 executor"
    return [sign(secret, name + terminal + executor) for name in names]


def hello(nonce, program="libzmq", login=7, server="Test-Demo", company="Test", magic=470855, build=5200):
    return (
        struct.pack("<H", VERSION)
        + text(program)
        + nonce
        + struct.pack("<q", login)
        + text(server)
        + text(company)
        + text("USD")
        + struct.pack("<BBIq", 1, 1, build, magic)
        + text("XAUUSD")
        + struct.pack("<q", 7_200_000)
    )


def tick(time, bid=1985.98, ask=1986.15):
    return text("XAUUSD") + struct.pack("<qdd", time, bid, ask)


def receipt(command, order, deal, price, stop, time, words="Request executed"):
    return (
        struct.pack("<QBI", command, 0, 10009)
        + text(words)
        + struct.pack("<qqqddddq", order, deal, order, 0.1, price, stop, 0.0, time)
    )


class Terminal:
    """A DEALER that went through the handshake."""

    def __init__(self, address, secret):
        import zmq

        self.zmq = zmq
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.IDENTITY, b"\x01" + os.urandom(15))
        self.socket.setsockopt(zmq.LINGER, 1000)
        self.socket.setsockopt(zmq.RCVTIMEO, PATIENCE)
        self.monitor = self.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        self.socket.connect(f"tcp://{address}")
        nonce = os.urandom(32)
        self.first = frame(secret, 1, 1, hello(nonce))
        self.socket.send(self.first)
        answer = self.socket.recv()
        # The nonce first: the key follows from it, and the key checks the message.
        (length,) = struct.unpack("<H", answer[18:20])
        theirs = answer[20 + length : 52 + length]
        self.says, self.hears = keys(secret, nonce, theirs)
        self.said, self.heard = 1, 0
        kind, body = self.accept(answer)
        assert kind == 65, kind
        heartbeat, _, language = struct.unpack("<IIB", body[-9:])
        assert heartbeat > 0 and language in (0, 1)
        kind, body = self.hear()
        assert kind == 66, kind
        assert struct.unpack("<dIdBI", body)[1] == 5

    def seal(self, kind, body):
        self.said += 1
        return frame(self.says, self.said, kind, body)

    def say(self, kind, body):
        self.socket.send(self.seal(kind, body))

    def accept(self, data):
        self.heard += 1
        return unframe(self.hears, self.heard, data)

    def hear(self):
        """The next message, but signs of life, which are answered."""
        while True:
            kind, body = self.accept(self.socket.recv())
            if kind == 78:
                self.say(13, body)
            elif kind != 79:
                return kind, body

    def is_ended(self):
        """That the executor closes the connection."""
        from zmq.utils.monitor import recv_monitor_message

        assert self.monitor.poll(PATIENCE), "the connection was not ended"
        recv_monitor_message(self.monitor)


def talk(terminal):
    """Account, positions, ticks; an order for each and its receipt; a ping; the goodbye."""
    terminal.say(2, struct.pack("<qddddI", 1, 10000.0, 10000.0, 0.0, 10000.0, 31))
    terminal.say(3, struct.pack("<qI", 1, 0))
    kind, body = terminal.hear()
    assert kind == 67, kind
    assert body == struct.pack("<I", 1) + text("XAUUSD") + text("M15") + struct.pack("<I", 1) + text("XAUUSD")
    for number in range(1, 101):
        terminal.say(5, tick(number))
        kind, body = terminal.hear()
        assert kind == 73, kind
        command, expires = struct.unpack("<Qq", body[:16])
        assert (command, expires) == (number, 60_000 + number)
        assert body[16:24] == text("XAUUSD")
        assert struct.unpack("<BdddI", body[24:]) == (0, 0.1, 10.0, 0.0, 20)
        terminal.say(8, receipt(command, number, number, 1986.15, 1976.15, number))
    terminal.say(16, struct.pack("<Q", 99))
    kind, body = terminal.accept(terminal.socket.recv())
    assert (kind, body) == (79, struct.pack("<Q", 99))
    terminal.say(12, struct.pack("<H", 6) + text("done – selesai"))
    kind, body = terminal.hear()
    assert (kind, body) == (80, text("that is all"))
    terminal.is_ended()


def forge(terminal):
    """A message that was changed on its way."""
    terminal.say(5, tick(1))
    data = bytearray(terminal.seal(5, tick(2)))
    data[20] ^= 1
    terminal.socket.send(bytes(data))
    terminal.is_ended()


def replay(terminal):
    """A message that was said before."""
    data = terminal.seal(5, tick(1))
    terminal.socket.send(data)
    terminal.socket.send(data)
    terminal.is_ended()


def parts(terminal):
    """A message in two parts, each of which would be a good one."""
    terminal.say(5, tick(1))
    terminal.socket.send_multipart([terminal.seal(5, tick(2)), terminal.seal(5, tick(3))])
    terminal.is_ended()


def large(terminal):
    """The largest message that there may be, and one that is larger."""
    count = (1 << 20) - 48 - 13
    names = count // 100
    body = struct.pack("<QBI", 1, 1, names) + text("x" * 98) * names
    terminal.say(14, body)
    terminal.socket.send(bytes((1 << 20) + 1))
    terminal.is_ended()


def silence(terminal):
    """Says nothing more, and does not answer either."""
    terminal.say(5, tick(1))
    terminal.is_ended()


def golden(path):
    """The conversation that the Rust side has written down, made anew."""
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    count = bytes(range(96))
    secret, mine, theirs = count[:32], count[32:64], count[64:]
    terminal, executor = keys(secret, mine, theirs)
    bar = struct.pack("<q6d", 1_700_000_100_000, 1985.12, 1986.5, 1984.01, 1985.99, 812.0, 17.0)
    gold, quarter = text("XAUUSD"), text("M15")
    command, until = 1_000_001, 1_699_993_805_123
    account = {"login": 5_012_345, "server": "Broker-Demo", "company": "Bröker é Co"}
    made = {
        "hello": frame(secret, 1, 1, hello(mine, program="Phoenix.mq5 1.00", **account)),
        "welcome": frame(
            executor,
            1,
            65,
            struct.pack("<H", 1) + text("phoenix-executor 0.1.0") + theirs + struct.pack("<IIB", 1000, 50, 1),
        ),
        "guard": frame(executor, 2, 66, struct.pack("<dIdBI", 1.0, 5, 500.0, 0, 30_000)),
        "subscribe": frame(
            executor, 3, 67, struct.pack("<I", 1) + gold + quarter + struct.pack("<I", 1) + gold
        ),
        "open": frame(
            executor,
            4,
            73,
            struct.pack("<Qq", command, until) + gold + struct.pack("<BdddI", 0, 0.1, 10.0, 0.0, 20),
        ),
        "answered": frame(executor, 5, 77, gold + quarter + struct.pack("<q", 1_700_000_100_000)),
        "tick": frame(terminal, 2, 5, tick(1_699_993_800_123)),
        "bar": frame(
            terminal,
            3,
            6,
            gold + quarter + bar + struct.pack("<qqdd", 1_700_001_000_000, 1_700_001_000_123, 10000.0, 10012.5),
        ),
        "receipt": frame(
            terminal, 4, 8, receipt(command, 91, 92, 1986.15, 1976.15, 1_699_993_800_150)
        ),
    }
    assert [name for name, _ in lines] == list(made)
    for name, data in lines:
        assert bytes.fromhex(data) == made[name], name


if __name__ == "__main__":
    scene, where = sys.argv[1:3]
    if scene == "golden":
        golden(where)
    else:
        scenes = {one.__name__: one for one in (talk, forge, replay, parts, large, silence)}
        scenes[scene](Terminal(where, bytes.fromhex(sys.argv[3])))
