"""An executor of Python and libzmq, written after docs/link.md alone: the independent check of the EA.

    peer.py MT5-BINARY CASE

Each case starts a simulated terminal, drives it by its standard input, and says by its exit code
whether all was as it should be. Nothing here waits by the clock: the terminal runs its timer until
what is expected has come, or a limit is reached that means a fault.
"""

import hashlib
import hmac
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import time

import zmq

# Below those that the system gives to whoever connects: a port that is let go for a while is not taken.
PORTS = (20_000, 32_000)

HELLO, ACCOUNT, POSITIONS, SPEC, TICK, BAR, HISTORY, RECEIPT, DEAL, DEALS, CALENDAR, NOTICE = range(1, 13)
PONG, SYMBOLS, FAILED, PING = 13, 14, 15, 16
WELCOME, GUARD, SUBSCRIBE, SPEC_REQUEST, HISTORY_REQUEST, DEALS_REQUEST = range(65, 71)
CALENDAR_REQUEST, SYMBOLS_REQUEST, OPEN, MODIFY, CLOSE, CLOSE_ALL, ANSWERED = range(71, 78)
EXECUTOR_PING, EXECUTOR_PONG, BYE = 78, 79, 80

DONE, REFUSED, EXPIRED, UNKNOWN = range(4)
LIMIT = 30.0
# An hour that no history reaches: the last millisecond of 9999.
NEVER = 253_402_300_799_999


class Writer:
    def __init__(self):
        self.out = b""

    def put(self, form, *values):
        self.out += struct.pack("<" + form, *values)
        return self

    def text(self, value):
        raw = value.encode()
        self.out += struct.pack("<H", len(raw)) + raw
        return self


class Reader:
    def __init__(self, raw):
        self.raw = raw
        self.at = 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def text(self):
        size = self.take("H")
        raw = self.raw[self.at : self.at + size]
        self.at += size
        assert len(raw) == size
        return raw.decode()

    def rows(self, read):
        return [read() for _ in range(self.take("I"))]

    def end(self):
        assert self.at == len(self.raw), f"{len(self.raw) - self.at} bytes too many"


def sign(key, message):
    return message + hmac.new(key, message, hashlib.sha256).digest()


def frame(kind, sequence, body, key):
    return sign(key, b"PHXL" + struct.pack("<BBHQ", 1, kind, 0, sequence) + body)


def read_bar(r):
    return dict(zip(("time", "open", "high", "low", "close", "tick_volume", "spread"), r.take("q6d")))


def read_position(r):
    p = {"ticket": r.take("q"), "symbol": r.text()}
    p["side"], p["volume"], p["price"], p["stop"], p["target"] = r.take("B4d")
    p["now"], p["profit"], p["swap"], p["magic"], p["time"] = r.take("3dqq")
    p["comment"] = r.text()
    return p


def read_deal(r):
    d = dict(zip(("ticket", "order", "position"), r.take("3q")))
    d["symbol"] = r.text()
    d["side"], d["entry"], d["reason"] = r.take("3B")
    names = ("volume", "price", "profit", "commission", "swap", "fee", "magic", "time")
    d.update(zip(names, r.take("6dqq")))
    d["comment"] = r.text()
    return d


def read_event(r):
    e = dict(zip(("id", "time"), r.take("Qq")))
    e["country"], e["currency"], e["importance"], e["name"] = r.text(), r.text(), r.take("B"), r.text()
    return e


def read(kind, body):
    """The body of a message of the terminal's. What is behind its last field is a fault."""
    r = Reader(body)
    if kind == HELLO:
        m = {"version": r.take("H"), "program": r.text(), "nonce": bytes(r.take("32B"))}
        m.update(login=r.take("q"), server=r.text(), company=r.text(), currency=r.text())
        m["money"], m["is_hedging"], m["build"], m["magic"] = r.take("BBIq")
        m.update(chart=r.text(), offset=r.take("q"))
    elif kind == ACCOUNT:
        m = dict(zip(("time", "balance", "equity", "margin", "free", "flags"), r.take("q4dI")))
    elif kind == POSITIONS:
        m = {"time": r.take("q"), "rows": r.rows(lambda: read_position(r))}
    elif kind == SPEC:
        m = {"symbol": r.text(), "digits": r.take("I")}
        names = ("tick_size", "contract_size", "volume_min", "volume_max", "volume_step", "stops", "freeze")
        m.update(zip(names, r.take("7d")))
        m.update(base=r.text(), profit=r.text(), margin=r.text())
        m["trade"], m["tick_value"], m["swap_mode"], m["swap_long"], m["swap_short"], m["triple"] = r.take("BdBddB")
    elif kind == TICK:
        m = {"symbol": r.text()}
        m["time"], m["bid"], m["ask"] = r.take("qdd")
    elif kind == BAR:
        m = {"symbol": r.text(), "timeframe": r.text(), "bar": read_bar(r)}
        m["opened"], m["now"], m["balance"], m["equity"] = r.take("qqdd")
    elif kind in (HISTORY, DEALS, CALENDAR, SYMBOLS):
        one = {HISTORY: read_bar, DEALS: read_deal, CALENDAR: read_event, SYMBOLS: Reader.text}[kind]
        m = {"request": r.take("Q"), "is_last": r.take("B"), "rows": r.rows(lambda: one(r))}
    elif kind == RECEIPT:
        m = dict(zip(("command", "outcome", "retcode"), r.take("QBI")))
        m["text"] = r.text()
        m.update(zip(("order", "deal", "position", "volume", "price", "stop", "target", "time"), r.take("3q4dq")))
    elif kind == DEAL:
        m = read_deal(r)
    elif kind == NOTICE:
        m = {"code": r.take("H"), "text": r.text()}
    elif kind == FAILED:
        m = {"request": r.take("Q"), "text": r.text()}
    elif kind in (PONG, PING):
        m = {"token": r.take("Q")}
    else:
        raise AssertionError(f"kind {kind}")
    r.end()
    m["kind"] = kind
    return m


class Executor:
    """A ROUTER of libzmq's. `serve` takes one message; what it means is the test's business."""

    def __init__(self, secret, heartbeat=60_000, answer_ms=1_000, language=0):
        self.secret = secret
        self.socket = zmq.Context.instance().socket(zmq.ROUTER)
        self.port = self.socket.bind_to_random_port("tcp://127.0.0.1", *PORTS)
        self.heartbeat, self.answer_ms, self.language = heartbeat, answer_ms, language
        self.peer = None
        self.connections = 0
        # How many of them a test has waited for, and whether the newest has told its positions.
        self.awaited = 0
        self.has_begun = False
        self.got = []
        self.bad = []
        # What is done at a closed bar before it is answered.
        self.at_bar = lambda bar: None
        self.dead_man = (0, 0)
        self.limits = (100.0, 100, 0.0)

    def send(self, kind, body=b"", key=None, sequence=None):
        self.sent += 1
        raw = frame(kind, self.sent if sequence is None else sequence, body, key or self.own_key)
        self.socket.send_multipart([self.peer, raw])
        return raw

    def greet(self, peer, raw):
        hello = read(HELLO, raw[16:-32])
        assert sign(self.secret, raw[:-32]) == raw, "the Hello's signature"
        assert struct.unpack_from("<Q", raw, 8)[0] == 1
        self.peer, self.hello, self.heard, self.sent = peer, hello, 1, 0
        self.connections += 1
        self.has_begun = False
        nonce = os.urandom(32)
        keys = hello["nonce"] + nonce
        derive = lambda who: hmac.new(self.secret, b"phoenix-link-1 " + who + keys, hashlib.sha256).digest()
        self.own_key, self.other_key = derive(b"executor"), derive(b"terminal")
        body = Writer().put("H", 1).text("peer.py")
        body.out += nonce
        body.put("IIB", self.heartbeat, self.answer_ms, self.language)
        self.welcome = self.send(WELCOME, body.out)
        self.guard()

    def guard(self):
        volume, positions, loss = self.limits
        self.send(GUARD, Writer().put("dIdBI", volume, positions, loss, *self.dead_man).out)

    def serve(self, wait_ms=0):
        """Takes one message, if one comes in time. True when one came."""
        if not self.socket.poll(wait_ms):
            return False
        peer, raw = self.socket.recv_multipart()
        assert raw[:5] == b"PHXL\x01" and raw[6:8] == b"\0\0", raw[:8]
        kind, sequence = raw[5], struct.unpack_from("<Q", raw, 8)[0]
        if kind == HELLO:
            self.greet(peer, raw)
            return True
        if peer != self.peer:
            return True
        assert sign(self.other_key, raw[:-32]) == raw, "a signature"
        self.heard += 1
        assert sequence == self.heard, (sequence, self.heard)
        message = read(kind, raw[16:-32])
        self.got.append(message)
        self.has_begun |= kind == POSITIONS
        if kind == PING:
            self.send(EXECUTOR_PONG, Writer().put("Q", message["token"]).out)
        if kind == BAR:
            self.at_bar(message)
            body = Writer().text(message["symbol"]).text(message["timeframe"]).put("q", message["bar"]["time"])
            self.send(ANSWERED, body.out)
        return True

    def of(self, kind):
        return [m for m in self.got if m["kind"] == kind]

    def subscribe(self, bars=(("XAUUSD", "H1"),), ticks=()):
        body = Writer().put("I", len(bars))
        for symbol, timeframe in bars:
            body.text(symbol).text(timeframe)
        body.put("I", len(ticks))
        for symbol in ticks:
            body.text(symbol)
        self.send(SUBSCRIBE, body.out)

    def open(self, command, side=0, volume=0.1, stop=5.0, target=0.0, expires=NEVER, symbol="XAUUSD"):
        body = Writer().put("Qq", command, expires).text(symbol)
        self.send(OPEN, body.put("BdddI", side, volume, stop, target, 10).out)

    def modify(self, command, position, stop, target=0.0, expires=NEVER):
        self.send(MODIFY, Writer().put("QqQdd", command, expires, position, stop, target).out)

    def close(self, command, position, expires=NEVER):
        self.send(CLOSE, Writer().put("QqQ", command, expires, position).out)

    def close_all(self, command, everything=0, expires=NEVER):
        self.send(CLOSE_ALL, Writer().put("QqB", command, expires, everything).out)


class Terminal:
    """The simulated terminal, driven by lines."""

    def __init__(self, binary, executor, folder, language="English", inputs=None, mode=None, venue=None, **scenario):
        bars = os.path.join(folder, "bars.csv")
        if not os.path.exists(bars):
            write_bars(bars)
        given = {"Port": executor.port, "PairingKey": executor.secret.hex(), "MaxVolume": 5.0, "MaxPositions": 3}
        given.update(inputs or {})
        whole = dict(bars=bars, symbol="XAUUSD", first=50, inputs=given, language=language, login=777)
        whole["result"] = os.path.join(folder, "result.jsonl")
        whole.update(scenario)
        path = os.path.join(folder, "scenario.json")
        with open(path, "w") as file:
            json.dump(whole, file)
        options = ["--mode", mode] if mode else []
        self.executor = executor
        self.result = whole["result"]
        self.log = open(os.path.join(folder, "log.txt"), "ab")
        self.process = subprocess.Popen(
            [binary, path, "--control", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log
        )

    def do(self, order, /, **more):
        """Sends a command and serves the executor until it is done; returns how things stand."""
        self.process.stdin.write((json.dumps({"do": order, **more}) + "\n").encode())
        self.process.stdin.flush()
        poller = zmq.Poller()
        poller.register(self.process.stdout, zmq.POLLIN)
        poller.register(self.executor.socket, zmq.POLLIN)
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            ready = dict(poller.poll(1000))
            if self.executor.socket in ready:
                while self.executor.serve():
                    pass
            if self.process.stdout.fileno() in ready:
                line = self.process.stdout.readline()
                assert line, "the terminal ended: " + self.said()
                return json.loads(line)["state"]
        raise AssertionError(f"{order} was not done: " + self.said())

    def until(self, is_so, why):
        """Serves until something is so; the terminal's timer runs meanwhile."""
        end = time.monotonic() + LIMIT
        while not is_so():
            assert self.process.poll() is None, "the terminal ended: " + self.said()
            assert time.monotonic() < end, f"never: {why}; got {self.executor.got[-5:]}; " + self.said()
            self.executor.serve(50)

    def connect(self):
        x = self.executor
        self.until(lambda: x.connections > x.awaited and x.has_begun, "a connection")
        x.awaited = x.connections

    def bars(self, count):
        """Lets bars pass, and takes everything that was sent meanwhile."""
        state = self.do("bars", count=count)
        token = int.from_bytes(os.urandom(7), "little")
        self.executor.send(EXECUTOR_PING, Writer().put("Q", token).out)
        self.until(lambda: [m for m in self.executor.of(PONG) if m["token"] == token], "all that was sent")
        return state

    def said(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8") as file:
            return file.read()

    def receipt(self, command):
        x = self.executor
        mine = lambda: [r for r in x.of(RECEIPT) if r["command"] == command]
        self.until(mine, f"a receipt of {command}")
        return mine()[-1]

    def finish(self):
        self.do("finish")
        assert self.process.wait(LIMIT) == 0
        with open(self.result, encoding="utf-8") as file:
            return [json.loads(line) for line in file]


def write_bars(path, count=400):
    """A calm market that goes up and down by a few dollars; prices on the grid."""
    with open(path, "w") as file:
        file.write("time,open,high,low,close,volume,spread\n")
        price = 200000
        for i in range(count):
            move = ((i * 37) % 41 - 20) * 3
            top, bottom = max(price, price + move) + 40, min(price, price + move) - 40
            stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1_700_006_400 + i * 3600))
            cells = [price / 100, top / 100, bottom / 100, (price + move) / 100]
            file.write(f"{stamp},{','.join(map(repr, cells))},{100 + i},20\n")
            price += move


class Case:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.secret = os.urandom(32)

    def start(self, executor=None, **scenario):
        x = executor or Executor(self.secret)
        t = Terminal(self.binary, x, self.folder, **scenario)
        t.connect()
        return x, t

    def commands(self, t, x, start=1000):
        """Runs commands at the next bar's open: `at(lambda)` lets one bar pass."""

        def at(act, bars=1):
            x.at_bar = lambda bar: act() if bar["opened"] else None
            state = t.bars(bars)
            x.at_bar = lambda bar: None
            return state

        return at


# --- The cases -------------------------------------------------------------------------------------


def case_handshake(c):
    common = os.path.join(c.folder, "common")
    os.makedirs(os.path.join(common, "Phoenix"))
    with open(os.path.join(common, "Phoenix", "link.key"), "w") as file:
        file.write(c.secret.hex() + "\r\n")
    x, t = c.start(inputs={"PairingKey": ""}, common=common, server_offset_ms=7_200_000)
    h = x.hello
    assert (h["version"], h["login"], h["server"], h["currency"]) == (1, 777, "Simulated-Demo", "USD")
    assert (h["money"], h["is_hedging"], h["magic"], h["chart"], h["offset"]) == (1, 1, 47855, "XAUUSD", 7_200_000)
    # The order of things: first the account, then the positions.
    assert [m["kind"] for m in x.got[:2]] == [ACCOUNT, POSITIONS], x.got[:2]
    assert x.got[0]["balance"] == 10_000.0 and x.got[0]["flags"] == 31
    assert len(x.peer) == 16 and x.peer[0] != 0
    x.send(EXECUTOR_PING, Writer().put("Q", 99).out)
    t.until(lambda: [m for m in x.of(PONG) if m["token"] == 99], "a Pong")
    # Peace for a heartbeat: the EA says something by itself.
    t.do("advance", ms=61_000)
    t.until(lambda: x.of(PING), "a Ping")
    x.send(BYE, Writer().text("see you").out)
    t.do("advance", ms=2_000)
    t.connect()
    t.finish()


def case_questions(c):
    entries = [
        dict(id=5, time=1_700_100_000_000, country="US", currency="USD", importance=3, name="Non-farm payrolls"),
        dict(id=6, time=1_800_000_000_000, country="GB", currency="GBP", importance=1, name="Later"),
    ]
    x, t = c.start(others=["EURUSD.m", "xauEUR"], calendar=entries, server_offset_ms=7_200_000)
    x.send(SPEC_REQUEST, Writer().put("Q", 1).text("XAUUSD").out)
    t.until(lambda: x.of(SPEC), "a specification")
    s = x.of(SPEC)[0]
    assert (s["digits"], s["tick_size"], s["contract_size"], s["volume_max"]) == (2, 0.01, 100.0, 100.0)
    assert (s["base"], s["profit"], s["trade"], s["tick_value"], s["triple"]) == ("XAU", "USD", 4, 1.0, 3)
    x.send(SPEC_REQUEST, Writer().put("Q", 2).text("NOTHING").out)
    t.until(lambda: [f for f in x.of(FAILED) if f["request"] == 2 and f["text"]], "a failure")

    def history(request, before, count):
        x.send(HISTORY_REQUEST, Writer().put("Q", request).text("XAUUSD").text("H1").put("qI", before, count).out)
        pages = lambda: [p for p in x.of(HISTORY) if p["request"] == request]
        t.until(lambda: any(p["is_last"] for p in pages()), "history")
        return [row for page in pages() for row in page["rows"]]

    whole = history(3, 0, 100_000)
    # Bar 49 is forming: bars 0 to 48 are history, in the server's time.
    assert len(whole) == 49 and whole[0]["time"] == 1_700_006_400_000 + 7_200_000
    assert [b["time"] for b in whole] == sorted(b["time"] for b in whole)
    assert whole[0]["open"] == 2000.0 and whole[0]["spread"] == 20.0 and whole[3]["tick_volume"] == 103.0
    some = history(4, whole[20]["time"], 5)
    assert some == whole[15:20], some
    assert history(5, whole[0]["time"], 5) == []
    x.send(HISTORY_REQUEST, Writer().put("Q", 6).text("XAUUSD").text("H9").put("qI", 0, 5).out)
    t.until(lambda: [f for f in x.of(FAILED) if f["request"] == 6], "a failure")
    x.send(DEALS_REQUEST, Writer().put("Qq", 7, 0).out)
    t.until(lambda: x.of(DEALS), "deals")
    deal = x.of(DEALS)[0]["rows"][0]
    assert (deal["entry"], deal["side"], deal["profit"], deal["symbol"]) == (4, 2, 10_000.0, "")
    x.send(CALENDAR_REQUEST, Writer().put("Qqq", 8, 1_700_000_000_000, 1_700_200_000_000).out)
    t.until(lambda: x.of(CALENDAR), "a calendar")
    page = x.of(CALENDAR)[0]
    assert page["is_last"] == 1 and len(page["rows"]) == 1, page
    e = page["rows"][0]
    assert (e["id"], e["time"], e["country"], e["importance"]) == (5, 1_700_100_000_000, "US", 3)
    x.send(SYMBOLS_REQUEST, Writer().put("Q", 9).text("xau").out)
    t.until(lambda: x.of(SYMBOLS), "symbols")
    assert x.of(SYMBOLS)[0]["rows"] == ["XAUUSD", "xauEUR"]
    x.send(SYMBOLS_REQUEST, Writer().put("Q", 10).text("none").out)
    t.until(lambda: [s for s in x.of(SYMBOLS) if s["request"] == 10 and s["is_last"] and not s["rows"]], "no symbols")
    t.finish()


def case_bars(c):
    x, t = c.start()
    x.subscribe(ticks=("XAUUSD",))
    t.do("await")
    t.bars(20)
    bars = x.of(BAR)
    assert len(bars) == 20
    assert all(b["opened"] == b["bar"]["time"] + 3_600_000 == b["now"] for b in bars)
    assert bars[0]["bar"]["time"] == 1_700_006_400_000 + 49 * 3_600_000
    assert bars[0]["equity"] == 10_000.0
    # A tick at each open and each close; the spread is the venue's.
    ticks = x.of(TICK)
    assert len(ticks) == 41, len(ticks)
    assert all(abs(k["ask"] - k["bid"] - 0.2) < 1e-9 for k in ticks)
    # Subscribed again while it runs: no bar is lost and none comes twice.
    x.subscribe()
    t.bars(5)
    times = [b["bar"]["time"] for b in x.of(BAR)]
    assert len(times) == 25 and times == sorted(set(times))
    # An executor that does not answer holds no tick up for longer than it may.
    x.answer_ms = 20
    x.send(BYE, Writer().text("").out)
    t.do("advance", ms=2_000)
    t.connect()
    x.subscribe()
    t.do("await")
    real, x.at_bar = x.send, lambda bar: None
    x.send = lambda kind, *more, **named: None if kind == ANSWERED else real(kind, *more, **named)
    t.bars(3)
    x.send = real
    assert len(x.of(BAR)) == 28
    t.finish()


def case_trade(c):
    x, t = c.start()
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, side=0, volume=0.2, stop=50.0, target=60.0))
    r = t.receipt(1)
    assert r["outcome"] == DONE and r["retcode"] == 10009 and r["volume"] == 0.2, r
    # Stop and target by the distance from the fill, one point of slippage worse than the ask.
    assert r["stop"] == round(r["price"] - 50.0, 2) and r["target"] == round(r["price"] + 60.0, 2), r
    deal = x.of(DEAL)[0]
    assert (deal["ticket"], deal["position"], deal["comment"]) == (r["deal"], r["position"], "PX-1")
    assert (deal["entry"], deal["side"], deal["reason"], deal["magic"]) == (0, 0, 0, 47855)
    kinds = [m["kind"] for m in x.got]
    assert kinds.index(DEAL) < kinds.index(RECEIPT), "deals come before the receipt"
    held = x.of(POSITIONS)[-1]["rows"]
    assert len(held) == 1 and held[0]["stop"] == r["stop"] and held[0]["comment"] == "PX-1"
    # The same number again: the same receipt, and nothing done.
    at(lambda: x.open(1, side=0, volume=0.2, stop=50.0))
    assert len(x.of(RECEIPT)) == 2 and x.of(RECEIPT)[1] == x.of(RECEIPT)[0]
    assert len(x.of(DEAL)) == 1
    at(lambda: x.modify(2, r["position"], r["stop"] + 5.004, r["target"]))
    m = t.receipt(2)
    assert m["outcome"] == DONE and m["stop"] == round(r["stop"] + 5.0, 2), m
    # No position is ever left without a stop.
    at(lambda: x.modify(3, r["position"], 0.0, 0.0))
    assert t.receipt(3)["outcome"] == REFUSED
    # A command that has come too late.
    at(lambda: x.close(4, r["position"], expires=1_000))
    assert t.receipt(4)["outcome"] == EXPIRED
    at(lambda: x.close(5, r["position"]))
    k = t.receipt(5)
    assert k["outcome"] == DONE and k["position"] == r["position"] and k["volume"] == 0.2, k
    out = x.of(DEAL)[-1]
    assert (out["entry"], out["side"], out["comment"]) == (1, 1, "PX-5") and out["profit"] != 0.0
    at(lambda: x.close(6, r["position"]))
    assert t.receipt(6)["outcome"] == REFUSED and t.receipt(6)["retcode"] == 10036
    # Sells, and all at once.
    at(lambda: [x.open(7, side=1, volume=0.1, stop=80.0), x.open(8, side=0, volume=0.1, stop=80.0)])
    assert t.receipt(7)["stop"] == round(t.receipt(7)["price"] + 80.0, 2)
    state = at(lambda: x.close_all(9))
    assert t.receipt(9)["outcome"] == DONE and state["positions"] == []
    lines = t.finish()
    assert [line["kind"] for line in lines].count("trade") == 3
    trade = [line for line in lines if line["kind"] == "trade"][0]
    assert trade["entry_price"] == r["price"] and trade["exit_price"] == k["price"] and trade["exit"] == "command"


def case_levels_work(c):
    """Stops and targets are worked by the bar and reach the executor as deals."""
    x, t = c.start()
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: [x.open(1, side=0, volume=0.1, stop=0.5), x.open(2, side=1, volume=0.1, stop=200.0, target=0.5)])
    t.bars(5)
    reasons = sorted(d["reason"] for d in x.of(DEAL) if d["entry"] == 1)
    assert reasons == [2, 3], x.of(DEAL)
    assert x.of(POSITIONS)[-1]["rows"] == []
    t.finish()


def case_forged(c):
    x, t = c.start()
    x.subscribe()
    t.do("await")

    def is_dropped(why, act):
        before, positions = x.connections, len(t.do("state")["positions"])
        act()
        # The EA ends the connection and comes again after a second of its own clock.
        t.do("timers", count=50)
        t.until(lambda: t.do("advance", ms=1_000) is None or x.connections > before, why)
        assert len(t.do("state")["positions"]) == positions, why
        t.until(lambda: [n for n in x.of(NOTICE) if n["code"] == 1], why)
        x.got.clear()
        x.subscribe()
        t.do("await")

    good = Writer().put("Qq", 1, NEVER).text("XAUUSD").put("BdddI", 0, 0.1, 50.0, 0.0, 10).out
    is_dropped("a forged signature", lambda: x.send(OPEN, good, key=b"x" * 32))
    is_dropped("signed with the secret", lambda: x.send(OPEN, good, key=x.secret))
    is_dropped("signed with the terminal's key", lambda: x.send(OPEN, good, key=x.other_key))
    is_dropped("a number left out", lambda: x.send(OPEN, good, sequence=x.sent + 2))
    is_dropped("a message again", lambda: x.socket.send_multipart([x.peer, x.send(EXECUTOR_PONG, b"\0" * 8)] * 1) or x.socket.send_multipart([x.peer, frame(EXECUTOR_PONG, x.sent, b"\0" * 8, x.own_key)]))
    is_dropped("the Welcome again", lambda: x.socket.send_multipart([x.peer, x.welcome]))
    is_dropped("too long", lambda: x.socket.send_multipart([x.peer, b"\0" * ((1 << 20) + 1)]))
    is_dropped("no message", lambda: x.socket.send_multipart([x.peer, b"hello"]))
    is_dropped("two parts", lambda: x.socket.send_multipart([x.peer, b"a", b"b"]))
    is_dropped("nothing", lambda: x.socket.send_multipart([x.peer, b""]))
    is_dropped("an unknown kind", lambda: x.send(99, b""))
    is_dropped("a body too long", lambda: x.send(OPEN, good + b"\0"))
    is_dropped("a body too short", lambda: x.send(OPEN, good[:-1]))
    is_dropped("no command's number", lambda: x.open(0))
    is_dropped("not a number", lambda: x.send(OPEN, good[:-20] + struct.pack("<dd", float("nan"), 0.0) + good[-4:]))
    is_dropped("another version", lambda: x.socket.send_multipart(
        [x.peer, sign(x.own_key, b"PHXL\x02" + frame(OPEN, x.sent + 1, good, b"")[5:-32])]))
    assert t.do("state")["requests"] == 0, "nothing was ordered"
    t.finish()


def case_wrong_key(c):
    x = Executor(c.secret)
    t = Terminal(c.binary, x, c.folder, inputs={"PairingKey": os.urandom(32).hex()}, language="Indonesian")
    greet = x.greet
    # An executor that lets everybody in: the EA is the one that finds out.
    def careless(peer, raw):
        known, x.secret = x.secret, bytes(32)
        x.peer, x.sent, x.hello = peer, 0, read(HELLO, raw[16:-32])
        x.connections += 1
        x.own_key = bytes(32)
        body = Writer().put("H", 1).text("peer.py")
        body.out += bytes(32)
        x.send(WELCOME, body.put("IIB", 1000, 100, 0).out)
        x.secret = known
    x.greet = careless
    t.until(lambda: x.connections > 0, "a Hello")
    t.until(lambda: "Kunci pasangan program Phoenix berbeda" in t.said(), "the reason, in Indonesian")
    t.process.kill()


def case_words(c):
    """What the trader is told when something is missing."""
    x = Executor(c.secret)
    t = Terminal(c.binary, x, c.folder, allows_address=False, language="Indonesian")
    t.until(lambda: "tambahkan 127.0.0.1 ke daftar" in t.said(), "the allowed addresses")
    t.do("allow", address=True)
    t.do("advance", ms=30_000)
    t.connect()
    assert t.said().count("tambahkan 127.0.0.1") <= 4, "told once, not at every timer"
    t.process.kill()
    t = Terminal(c.binary, x, c.folder, inputs={"PairingKey": ""})
    t.until(lambda: "not paired yet" in t.said(), "no key")
    t.process.kill()


def case_guard(c):
    x = Executor(c.secret)
    x.limits = (2.0, 100, 0.0)
    x, t = c.start(x)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)

    def refused(command, why, **more):
        at(lambda: x.open(command, **more))
        r = t.receipt(command)
        assert r["outcome"] == REFUSED and why in r["text"], r
        return r

    refused(1, "volume", volume=2.01, stop=50.0)
    x.limits = (100.0, 100, 0.0)
    x.guard()
    # The EA's own ceiling is 5 lots and 3 positions: the stricter one holds.
    refused(2, "volume", volume=5.01, stop=50.0)
    refused(3, "stop loss", volume=0.1, stop=0.0)
    assert [n["code"] for n in x.of(NOTICE)].count(3) == 3
    at(lambda: [x.open(10 + i, volume=0.01, stop=90.0) for i in range(4)])
    assert [t.receipt(10 + i)["outcome"] for i in range(4)] == [DONE, DONE, DONE, REFUSED]
    assert x.of(ACCOUNT)[-1]["flags"] & 32
    at(lambda: x.close_all(20))
    # Somebody else's position is not ours.
    state = t.do("foreign", side=0, volume=0.05, magic=0)
    assert len(state["positions"]) == 0, "nothing is filled at the close"
    at(lambda: None)
    x.at_bar = lambda bar: None
    x.limits = (100.0, 100, 5.0)
    x.guard()
    # A loss of the day: 5 of account money, and 3 lots that lose more than that by the spread.
    at(lambda: x.open(30, volume=3.0, stop=90.0))
    assert t.receipt(30)["outcome"] == DONE
    r = refused(31, "today's loss", volume=0.01, stop=90.0)
    assert r["retcode"] == 0
    at(lambda: x.close_all(32))
    refused(33, "today's loss", volume=0.01, stop=90.0)
    # Closing is always possible, and the next day is a new one.
    t.bars(24)
    at(lambda: x.open(34, volume=0.01, stop=90.0))
    assert t.receipt(34)["outcome"] == DONE, t.receipt(34)
    at(lambda: x.close_all(40, everything=1))
    assert t.receipt(40)["outcome"] == REFUSED
    t.finish()


def case_foreign(c):
    x, t = c.start(events=[{"bar": 52, "do": "foreign", "side": 0, "volume": 0.05, "magic": 0}])
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    t.bars(3)
    theirs = x.of(POSITIONS)[-1]["rows"][0]
    assert theirs["magic"] == 0
    at(lambda: [x.close(1, theirs["ticket"]), x.modify(2, theirs["ticket"], 1000.0), x.close_all(3)])
    assert [t.receipt(n)["outcome"] for n in (1, 2, 3)] == [REFUSED, REFUSED, DONE]
    assert len(t.do("state")["positions"]) == 1
    t.finish()


def case_netting(c):
    x, t = c.start(mode="netting")
    assert x.hello["is_hedging"] == 0
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=50.0))
    at(lambda: x.open(2, volume=0.2, stop=50.0))
    held = x.of(POSITIONS)[-1]["rows"]
    assert len(held) == 1 and held[0]["volume"] == 0.3, held
    assert t.receipt(2)["position"] == t.receipt(1)["position"]
    assert held[0]["stop"] == t.receipt(2)["stop"]
    at(lambda: x.open(3, side=1, volume=0.1, stop=50.0))
    assert t.receipt(3)["outcome"] == REFUSED
    at(lambda: x.close(4, held[0]["ticket"]))
    assert t.receipt(4)["outcome"] == DONE and t.do("state")["positions"] == []
    t.finish()


def case_retcodes(c):
    """Every answer of the server to an order: done, tried again, given up or looked up."""
    again = [10004, 10015, 10020, 10021, 10023, 10024, 10028, 10030]
    asked = [10008, 10011, 10012, 10031]
    done = [10009, 10010, 10025]
    known = [10004, *range(10006, 10037), *range(10038, 10047)]
    x, t = c.start(inputs={"MaxPositions": 1000}, count=300)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    opened = 0
    for retcode in known:
        if retcode in done or retcode in asked:
            continue
        t.do("trouble", of="open", nth=1, what={"retcode": retcode})
        at(lambda: x.open(retcode, volume=0.01, stop=90.0))
        r = t.receipt(retcode)
        if retcode in again:
            assert r["outcome"] == DONE, r
            opened += 1
        else:
            assert (r["outcome"], r["retcode"]) == (REFUSED, retcode) and r["text"], r
    # An answer that says nothing, to an order that was not carried out: nothing is ordered again.
    for retcode in asked:
        before = t.do("state")["requests"]
        t.do("trouble", of="open", nth=1, what={"retcode": retcode})
        at(lambda: x.open(retcode, volume=0.01, stop=90.0))
        assert not [r for r in x.of(RECEIPT) if r["command"] == retcode]
        t.do("advance", ms=11_000)
        assert t.receipt(retcode)["outcome"] == UNKNOWN
        assert t.do("state")["requests"] == before + 1
    deals = [d for d in x.of(DEAL) if d["entry"] == 0]
    assert len(deals) == opened, (len(deals), opened)
    # Tried again, but not for ever.
    t.do("trouble", of="open", nth=1, times=100, what={"retcode": 10004})
    at(lambda: x.open(1, volume=0.01, stop=90.0))
    assert (t.receipt(1)["outcome"], t.receipt(1)["retcode"]) == (REFUSED, 10004)
    t.finish()


def case_lost_answers(c):
    """OrderSend says "timeout", but the order was filled: it is found, not sent again."""
    x, t = c.start(inputs={"MaxPositions": 100})
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    t.do("trouble", of="open", nth=1, what={"lost": {"timers": 2}})
    at(lambda: x.open(1, volume=0.1, stop=80.0))
    r = t.receipt(1)
    assert r["outcome"] == DONE and r["position"] > 0 and r["stop"] == round(r["price"] - 80.0, 2), r
    assert len([d for d in x.of(DEAL) if d["comment"] == "PX-1"]) == 1
    t.do("trouble", of="close", nth=1, what={"lost": {"timers": 2}})
    at(lambda: x.close(2, r["position"]))
    assert t.receipt(2)["outcome"] == DONE, t.receipt(2)
    # An order that lies at the server for a while. The same number meanwhile orders nothing.
    t.do("trouble", of="open", nth=1, what={"placed": {"timers": 1}})
    at(lambda: [x.open(3, volume=0.1, stop=80.0), x.open(3, volume=0.1, stop=80.0)], bars=2)
    assert t.receipt(3)["outcome"] == DONE, t.receipt(3)
    assert len([p for p in t.do("state")["positions"] if p["comment"] == "PX-3"]) == 1
    # A part only.
    t.do("trouble", of="open", nth=1, what={"partial": 0.5})
    at(lambda: x.open(4, volume=0.4, stop=80.0))
    assert (t.receipt(4)["outcome"], t.receipt(4)["retcode"], t.receipt(4)["volume"]) == (DONE, 10010, 0.2)
    # A stop that cannot be set again stays where it is: the order had one.
    t.do("trouble", of="levels", nth=1, times=10, what={"retcode": 10016})
    at(lambda: x.open(5, volume=0.1, stop=80.0))
    r = t.receipt(5)
    assert r["outcome"] == DONE and r["stop"] > 0 and r["text"], r
    # A slow answer.
    t.do("trouble", of="open", nth=1, what={"slow": {"ms": 3_000}})
    at(lambda: x.open(6, volume=0.1, stop=80.0))
    assert t.receipt(6)["outcome"] == DONE
    lines = t.finish()
    held = [line for line in lines if line["kind"] == "position"]
    assert held and all(p["stop"] > 0 for p in held), held


def case_restart(c):
    """Off the chart and on again: numbers of before are known by their comments."""
    x, t = c.start()
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=80.0))
    first = t.receipt(1)
    x.got.clear()
    t.do("restart")
    t.connect()
    x.subscribe()
    t.do("await")
    assert x.of(POSITIONS)[0]["rows"][0]["comment"] == "PX-1"
    at(lambda: x.open(1, volume=0.1, stop=80.0))
    again = t.receipt(1)
    same = ("command", "outcome", "order", "deal", "position", "volume", "price", "stop", "target")
    assert [again[k] for k in same] == [first[k] for k in same], (first, again)
    assert len(t.do("state")["positions"]) == 1
    at(lambda: x.close(2, first["position"]))
    t.do("restart")
    x.got.clear()
    t.connect()
    x.subscribe()
    t.do("await")
    at(lambda: x.close(2, first["position"]))
    assert t.receipt(2)["outcome"] == DONE
    # The chart changes: stopped and started, not loaded anew.
    x.got.clear()
    t.do("reinit", login=778)
    t.connect()
    assert x.hello["login"] == 778
    x.subscribe()
    t.do("await")
    at(lambda: x.open(3, volume=0.1, stop=80.0))
    assert t.receipt(3)["outcome"] == DONE
    # Before the terminal has heard of its account, nobody can say that nothing happened.
    t.do("permit", online=False)
    t.do("restart")
    t.connect()
    x.open(3, volume=0.1, stop=80.0)
    assert t.receipt(3)["outcome"] == DONE, "known by its comment"
    x.open(4, volume=0.1, stop=80.0)
    assert t.receipt(4)["outcome"] == UNKNOWN
    t.do("permit", online=True)
    x.subscribe()
    t.do("await")
    x.got.clear()
    at(lambda: x.open(4, volume=0.1, stop=80.0))
    assert t.receipt(4)["outcome"] == DONE, "looked up anew"
    t.finish()


def case_killed(c):
    """The whole terminal is killed; the account is where it was, with every stop."""
    book = os.path.join(c.folder, "book.jsonl")
    x, t = c.start(book=book)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=80.0))
    before = t.do("state")
    t.process.kill()
    t.process.wait()
    x.got.clear()
    t = Terminal(c.binary, x, c.folder, book=book)
    t.connect()
    after = t.do("state")
    names = ("bar", "time", "balance", "equity", "positions", "deals")
    assert [after[k] for k in names] == [before[k] for k in names], (before, after)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=80.0))
    assert t.receipt(1)["outcome"] == DONE and len(t.do("state")["positions"]) == 1
    t.finish()


def case_connection(c):
    """Silence, broken lines and new ones."""
    x = Executor(c.secret, heartbeat=1_000)
    x, t = c.start(x)
    x.subscribe()
    t.do("await")
    t.do("drop")
    t.do("timers", count=3)
    t.do("advance", ms=1_100)
    t.connect()
    assert x.connections == 2
    # Three heartbeats of silence end a connection. The clock leaps: nothing could be heard.
    t.do("advance", ms=4_000)
    t.do("timers", count=3)
    t.do("advance", ms=1_100)
    t.connect()
    t.finish()


def case_dead_man(c):
    x = Executor(c.secret, heartbeat=1_000)
    x.dead_man = (1, 60_000)
    x, t = c.start(x)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: [x.open(1, volume=0.1, stop=80.0), x.open(2, side=1, volume=0.1, stop=80.0)])
    assert len(t.do("state")["positions"]) == 2
    # The executor is gone: its socket takes nothing and says nothing.
    x.socket.unbind(f"tcp://127.0.0.1:{x.port}")
    t.do("drop")
    t.do("advance", ms=50_000)
    t.do("timers", count=3)
    assert len(t.do("state")["positions"]) == 2, "not yet"
    t.do("advance", ms=11_000)
    # At the close of a bar the market takes no orders: the rule is kept until it does.
    t.do("timers", count=3)
    state = t.do("bars", count=2)
    assert state["positions"] == [], state
    requests = state["requests"]
    t.do("bars", count=2)
    assert t.do("state")["requests"] == requests, "once a silence"
    x.socket.bind(f"tcp://127.0.0.1:{x.port}")
    x.got.clear()
    t.do("advance", ms=31_000)
    t.connect()
    t.until(lambda: [n for n in x.of(NOTICE) if n["code"] == 4], "what happened is told")
    t.finish()


def case_dead_man_leaves(c):
    x = Executor(c.secret, heartbeat=1_000)
    x.dead_man = (0, 5_000)
    x, t = c.start(x)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=90.0))
    x.socket.unbind(f"tcp://127.0.0.1:{x.port}")
    t.do("drop")
    t.do("advance", ms=60_000)
    state = t.do("bars", count=2)
    assert len(state["positions"]) == 1 and state["positions"][0]["stop"] > 0
    t.finish()


def case_switched_off(c):
    x, t = c.start()
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    number = 0
    for what, words in [
        ({"terminal": False}, "Algo Trading"),
        ({"expert": False}, "F7"),
        ({"account": False}, "investor"),
        ({"programs": False}, "does not let programs trade"),
        ({"online": False}, "not connected"),
    ]:
        number += 1
        t.do("permit", **what)
        at(lambda: x.open(number, volume=0.1, stop=80.0))
        r = t.receipt(number)
        assert r["outcome"] == REFUSED and words in r["text"], r
        t.until(lambda: [n for n in x.of(NOTICE) if n["code"] == 2 and words in n["text"]], "told")
        t.do("permit", **{k: True for k in what})
    at(lambda: x.open(99, volume=0.1, stop=80.0))
    assert t.receipt(99)["outcome"] == DONE
    t.finish()


def case_clocks(c):
    """A machine whose clock is wrong, and a server that changes its zone."""
    x, t = c.start(server_offset_ms=10_800_000)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=80.0))
    deal = x.of(DEAL)[0]
    bar = x.of(BAR)[0]
    assert deal["time"] == bar["opened"] - 10_800_000, (deal, bar)
    t.do("shift", ms=-200_000)
    at(lambda: x.open(2, volume=0.1, stop=80.0))
    assert x.of(DEAL)[-1]["time"] == x.of(BAR)[-1]["opened"] - 10_800_000
    t.do("offset", ms=7_200_000)
    t.do("restart")
    t.connect()
    assert x.hello["offset"] == 7_200_000
    t.finish()


def case_stop_refused(c):
    """A position whose stop the broker takes away again, and refuses to set: it is closed at once."""
    x, t = c.start(execution="market", forgets_stops=True)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    t.do("trouble", of="levels", nth=1, times=100, what={"retcode": 10016})
    at(lambda: x.open(1, volume=0.1, stop=80.0, target=90.0))
    r = t.receipt(1)
    assert r["outcome"] == DONE and r["retcode"] == 10016 and r["stop"] == 0 and r["volume"] == 0, r
    assert "closed at once" in r["text"], r
    assert t.do("state")["positions"] == []
    assert [d["comment"] for d in x.of(DEAL)] == ["PX-1", "PX-stop-1"]
    # Where the stop is only forgotten, it is set again and the position stays.
    at(lambda: None)
    t.do("restart")
    x.got.clear()
    t.connect()
    x.subscribe()
    t.do("await")
    at(lambda: x.open(1, volume=0.1, stop=80.0))
    assert t.receipt(1)["position"] == r["position"], "still known"
    t.finish()


def case_stop_forgotten(c):
    """A broker that takes no levels with the order: they are set after the fill."""
    x, t = c.start(forgets_stops=True)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=80.0, target=90.0))
    r = t.receipt(1)
    assert r["outcome"] == DONE and r["stop"] == round(r["price"] - 80.0, 2), r
    held = t.do("state")["positions"]
    assert held[0]["stop"] == r["stop"] and held[0]["target"] == r["target"]
    t.finish()


def case_settings_kept(c):
    """What guards an account is not forgotten when the EA is put on the chart anew."""
    x = Executor(c.secret, heartbeat=1_000)
    x.dead_man = (1, 60_000)
    x, t = c.start(x)
    x.subscribe()
    t.do("await")
    at = c.commands(t, x)
    at(lambda: x.open(1, volume=0.1, stop=90.0))
    x.socket.unbind(f"tcp://127.0.0.1:{x.port}")
    t.do("restart")
    t.do("advance", ms=61_000)
    assert t.do("bars", count=2)["positions"] == []
    t.finish()


def case_chance(c):
    """Everything that can go wrong with orders, by seeded chance; and what must hold all the same."""
    chances = dict(requote=0.15, reject=0.05, lost=0.15, gone=0.1, placed=0.15)
    for seed in range(1, 9):
        x, t = c.start(executor=Executor(c.secret), chances=chances, seed=seed, inputs={"MaxPositions": 50})
        x.subscribe()
        t.do("await")
        dice = random.Random(seed)
        asked = {}

        def act():
            number = len(asked) + 1
            held = x.of(POSITIONS)[-1]["rows"]
            what = dice.choice(("open", "open", "close", "modify", "again", "nothing"))
            if what == "open":
                asked[number] = "open"
                x.open(number, side=dice.randint(0, 1), volume=0.1, stop=80.0, target=dice.choice((0.0, 70.0)))
            elif what == "close" and held:
                asked[number] = "close"
                x.close(number, dice.choice(held)["ticket"])
            elif what == "modify" and held:
                asked[number] = "modify"
                p = dice.choice(held)
                x.modify(number, p["ticket"], p["stop"] + (1.0 if p["side"] == 0 else -1.0), p["target"])
            elif what == "again" and asked:
                old = dice.choice([n for n, kind in asked.items() if kind != "modify"] or [0])
                if old:
                    x.open(old, volume=0.1, stop=80.0) if asked[old] == "open" else x.close(old, 1)

        at = c.commands(t, x)
        for _ in range(60):
            state = at(act)
            assert all(p["stop"] > 0 for p in state["positions"]), state["positions"]
        t.do("timers", count=5)
        t.do("advance", ms=11_000)
        t.bars(2)
        deals = {}
        for deal in x.of(DEAL):
            if deal["comment"].startswith("PX-") and deal["comment"][3:].isdigit():
                deals.setdefault(int(deal["comment"][3:]), []).append(deal)
        told = [d["ticket"] for d in x.of(DEAL)]
        assert len(told) == len(set(told)), "no deal is told twice"
        for number, kind in asked.items():
            said = [r for r in x.of(RECEIPT) if r["command"] == number]
            assert said and all(r == said[0] for r in said), (seed, number, said)
            made = deals.get(number, [])
            assert len(made) <= 1, (seed, number, made)
            outcome = said[0]["outcome"]
            if kind != "modify":
                assert (outcome == DONE) == bool(made), (seed, number, kind, said, made)
        lines = t.finish()
        # What the terminal told is what the account did.
        assert sorted(told) == [d["ticket"] for d in lines if d["kind"] == "deal" and d["side"]], seed


def case_late(c):
    """An answer that comes after its bar is carried out all the same, as soon as it is there."""
    x, t = c.start()
    x.answer_ms = 20
    x.send(BYE, Writer().text("").out)
    t.do("advance", ms=2_000)
    t.connect()
    x.subscribe()
    t.do("await")
    real = x.send
    x.send = lambda kind, *more, **named: None if kind == ANSWERED else real(kind, *more, **named)
    t.do("bars", count=1)
    x.send = real
    # The market takes orders at a bar's open only: now it is at its close.
    x.open(1, volume=0.1, stop=80.0)
    r = t.receipt(1)
    assert (r["outcome"], r["retcode"]) == (REFUSED, 10018), r
    t.finish()


def main():
    binary, name = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        try:
            globals()["case_" + name](Case(binary, folder))
        except BaseException:
            log = os.path.join(folder, "log.txt")
            if os.path.exists(log):
                with open(log, encoding="utf-8") as file:
                    sys.stderr.write("".join(file.readlines()[-30:]))
            raise


if __name__ == "__main__":
    main()
