//! The border between the EA, which is C++, and the terminal, which is Rust. All that is unsafe is
//! here: pointers come in, and are turned into slices and texts at once.
//!
//! The EA runs on the thread that drives the terminal, as in MetaTrader. While it runs, the terminal
//! is not borrowed: each question borrows it for itself.

#![allow(
    unsafe_code,
    reason = "the EA is C++: every pointer that it hands over is valid for the call"
)]

use crate::{
    calendar::CalendarEntry,
    constant,
    order::{Reply, Request, Transaction, What},
    rates::Rate,
    terminal::Terminal,
};
use sha2::{Digest, Sha256};
use std::{cell::RefCell, ffi::c_char, slice, sync::Mutex, time::Duration};
use trading::symbol::Side;

thread_local! {
    static TERMINAL: RefCell<Option<Terminal>> = const { RefCell::new(None) };
}

/// Puts the terminal where the EA finds it.
pub(crate) fn install(terminal: Terminal) {
    TERMINAL.set(Some(terminal));
}

/// The terminal, between two calls of the EA.
///
/// # Panics
/// When there is none, or the EA is running in it.
pub(crate) fn with<T>(act: impl FnOnce(&mut Terminal) -> T) -> T {
    TERMINAL.with_borrow_mut(|terminal| {
        #[allow(clippy::expect_used, reason = "a mistake of this crate's")]
        act(terminal.as_mut().expect("a terminal"))
    })
}

// --- Into the EA ---------------------------------------------------------------------------------

#[repr(C)]
struct TransactionC {
    kind: i32,
    deal: u64,
    order: u64,
    position: u64,
}

unsafe extern "C" {
    fn program_init() -> i32;
    fn program_deinit(reason: i32);
    fn program_tick();
    fn program_timer();
    fn program_transaction(told: *const TransactionC);
    fn program_reload();
    fn program_is_watching() -> i32;
    fn program_action_of(retcode: u32) -> i32;
    fn program_say(
        language: i32,
        retcode: u32,
        sentence: i32,
        out: *mut c_char,
        room: usize,
    ) -> usize;
}

/// `OnInit`; whether it succeeded.
pub(crate) fn init() -> bool {
    unsafe { program_init() == 0 }
}

/// `OnDeinit`; what the EA knows stays.
pub(crate) fn stop() {
    unsafe { program_deinit(3) }
}

/// `OnDeinit`, and everything that the EA knew is gone.
pub(crate) fn remove() {
    unsafe {
        program_deinit(1);
        program_reload();
    }
}

pub(crate) fn tick() {
    unsafe { program_tick() }
}

pub(crate) fn timer() {
    unsafe { program_timer() }
}

pub(crate) fn transaction(told: Transaction) {
    let told = TransactionC {
        kind: told.kind,
        deal: told.deal,
        order: told.order,
        position: told.position,
    };
    unsafe { program_transaction(&raw const told) }
}

/// Whether the executor is connected and has subscribed.
pub(crate) fn is_watching() -> bool {
    unsafe { program_is_watching() != 0 }
}

/// The EA's table of retcodes: 0 done, 1 retry, 2 another filling mode, 3 give up, 4 ask.
pub fn action_of(retcode: u32) -> i32 {
    unsafe { program_action_of(retcode) }
}

/// The EA's sentence for a retcode, in English (0) or Indonesian (1).
pub fn say_retcode(language: i32, retcode: u32) -> String {
    say(language, retcode, 0)
}

/// One of the EA's other sentences by its number; empty beyond the last.
pub fn say_sentence(language: i32, sentence: i32) -> String {
    say(language, 0, sentence)
}

fn say(language: i32, retcode: u32, sentence: i32) -> String {
    // The EA has one language at a time, and a process of tests several threads.
    static SPEAKING: Mutex<()> = Mutex::new(());
    let _speaking = SPEAKING.lock();
    let mut room = [0_u8; 4_096];
    let out = room.as_mut_ptr().cast();
    let count = unsafe { program_say(language, retcode, sentence, out, room.len()) };
    String::from_utf8_lossy(&room[..count]).into_owned()
}

// --- Out of the EA: texts ------------------------------------------------------------------------

/// A text of the EA's.
#[derive(Clone, Copy)]
#[repr(C)]
struct TextC {
    bytes: *const u8,
    count: usize,
}

impl TextC {
    fn text(self) -> String {
        if self.count == 0 {
            return String::new();
        }
        let bytes = unsafe { slice::from_raw_parts(self.bytes, self.count) };
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// Lays a text into the EA's buffer; returns its length.
fn answer(text: &str, out: *mut u8, room: usize) -> usize {
    let count = text.len().min(room);
    let bytes = unsafe { slice::from_raw_parts_mut(out, count) };
    bytes.copy_from_slice(&text.as_bytes()[..count]);
    count
}

#[unsafe(no_mangle)]
extern "C" fn terminal_last_error() -> i32 {
    with(|t| t.error)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_reset_error() {
    with(|t| t.error = 0);
}

#[unsafe(no_mangle)]
extern "C" fn terminal_print(text: TextC) {
    say_aloud("print", text);
}

#[unsafe(no_mangle)]
extern "C" fn terminal_alert(text: TextC) {
    say_aloud("alert", text);
}

#[unsafe(no_mangle)]
extern "C" fn terminal_comment(text: TextC) {
    if text.count > 0 {
        say_aloud("chart", text);
    }
}

fn say_aloud(place: &str, text: TextC) {
    if !with(|t| t.is_quiet) {
        eprintln!("[{place}] {}", text.text());
    }
}

#[unsafe(no_mangle)]
extern "C" fn terminal_input(name: TextC, out: *mut u8, room: usize, found: *mut i32) -> usize {
    let value = with(|t| t.input(&name.text()));
    unsafe { *found = i32::from(value.is_some()) };
    answer(&value.unwrap_or_default(), out, room)
}

// --- Out of the EA: sockets, files, clocks -------------------------------------------------------

#[unsafe(no_mangle)]
extern "C" fn terminal_socket_create() -> i32 {
    with(|t| t.sockets.create())
}

#[unsafe(no_mangle)]
extern "C" fn terminal_socket_connect(socket: i32, host: TextC, port: u32, ms: u32) -> i32 {
    with(|t| {
        if !t.scenario.allows_address {
            t.fail(constant::ERR_FUNCTION_NOT_ALLOWED);
            return 0;
        }
        let connected = t.sockets.connect(socket, &host.text(), port, ms);
        connected.map_or_else(
            |error| {
                t.fail(error);
                0
            },
            |()| 1,
        )
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_socket_close(socket: i32) -> i32 {
    with(|t| i32::from(t.sockets.close(socket)))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_socket_is_connected(socket: i32) -> i32 {
    with(|t| i32::from(t.sockets.is_connected(socket)))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_socket_is_readable(socket: i32) -> u32 {
    with(|t| {
        t.sockets.is_readable(socket).unwrap_or_else(|error| {
            t.fail(error);
            0
        })
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_socket_read(socket: i32, buffer: *mut u8, room: u32, ms: u32) -> i32 {
    let room = unsafe { slice::from_raw_parts_mut(buffer, room as usize) };
    with(|t| match t.sockets.read(socket, room, ms) {
        Ok(Some(count)) => count as i32,
        Ok(None) => -1,
        Err(error) => {
            t.fail(error);
            -1
        }
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_socket_send(socket: i32, buffer: *const u8, count: u32) -> i32 {
    let bytes = unsafe { slice::from_raw_parts(buffer, count as usize) };
    with(|t| match t.sockets.send(socket, bytes) {
        Ok(count) => count as i32,
        Err(error) => {
            t.fail(error);
            -1
        }
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_sha256(data: *const u8, count: usize, digest: *mut u8) {
    let data = if count == 0 {
        &[]
    } else {
        unsafe { slice::from_raw_parts(data, count) }
    };
    let made = Sha256::digest(data);
    unsafe { slice::from_raw_parts_mut(digest, made.len()) }.copy_from_slice(&made);
}

#[unsafe(no_mangle)]
extern "C" fn terminal_file_open(name: TextC, flags: i32) -> i32 {
    with(|t| {
        let opened = t.open_file(&name.text(), flags);
        opened.unwrap_or_else(|| {
            t.fail(constant::ERR_FILE_CANNOT_OPEN);
            -1
        })
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_file_read(file: i32, out: *mut u8, room: usize) -> usize {
    let line = with(|t| t.read_file(file));
    answer(&line, out, room)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_file_close(_file: i32) {}

#[unsafe(no_mangle)]
extern "C" fn terminal_time_server() -> i64 {
    with(|t| t.clock.reckoned_server_ms().div_euclid(1_000))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_time_gmt() -> i64 {
    with(|t| t.clock.machine_ms().div_euclid(1_000))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_time_local() -> i64 {
    // The machine's zone is UTC.
    terminal_time_gmt()
}

#[unsafe(no_mangle)]
extern "C" fn terminal_ticking_ms() -> u64 {
    with(|t| t.clock.ticking().as_millis() as u64)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_ticking_us() -> u64 {
    with(|t| t.clock.ticking().as_micros() as u64)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_sleep(ms: i32) {
    let wait = Duration::from_millis(u64::try_from(ms).unwrap_or_default());
    with(|t| {
        if t.clock.is_ours() {
            t.clock.advance(wait);
        } else {
            t.sockets.sleep(wait);
        }
    });
}

#[unsafe(no_mangle)]
extern "C" fn terminal_is_stopped() -> i32 {
    with(|t| i32::from(t.is_stopped))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_timer(_ms: i32) -> i32 {
    1
}

// --- Out of the EA: account, terminal, symbols ---------------------------------------------------

#[unsafe(no_mangle)]
extern "C" fn terminal_account_integer(property: i32) -> i64 {
    with(|t| t.account_integer(property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_account_double(property: i32) -> f64 {
    with(|t| t.account_double(property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_account_string(property: i32, out: *mut u8, room: usize) -> usize {
    answer(&with(|t| t.account_string(property)), out, room)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_integer(property: i32) -> i32 {
    with(|t| t.terminal_integer(property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_string(property: i32, out: *mut u8, room: usize) -> usize {
    answer(&with(|t| t.terminal_string(property)), out, room)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_program_integer(property: i32) -> i32 {
    with(|t| t.program_integer(property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_global_check(name: TextC) -> i32 {
    with(|t| i32::from(t.global(&name.text()).is_some()))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_global_get(name: TextC) -> f64 {
    with(|t| t.global(&name.text()).unwrap_or_default())
}

#[unsafe(no_mangle)]
extern "C" fn terminal_global_set(name: TextC, value: f64) {
    with(|t| t.set_global(name.text(), value));
}

#[unsafe(no_mangle)]
extern "C" fn terminal_chart_symbol(out: *mut u8, room: usize) -> usize {
    answer(&with(|t| t.scenario.symbol.to_string()), out, room)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_symbols_total(selected: i32) -> i32 {
    with(|t| t.symbols_total(selected != 0))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_symbol_name(place: i32, _selected: i32, out: *mut u8, room: usize) -> usize {
    answer(&with(|t| t.symbol_at(place)), out, room)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_symbol_select(symbol: TextC) -> i32 {
    with(|t| {
        let has = t.has_symbol(&symbol.text());
        if !has {
            t.fail(constant::ERR_MARKET_UNKNOWN_SYMBOL);
        }
        i32::from(has)
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_symbol_integer(symbol: TextC, property: i32) -> i64 {
    with(|t| t.symbol_integer(&symbol.text(), property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_symbol_double(symbol: TextC, property: i32) -> f64 {
    with(|t| t.symbol_double(&symbol.text(), property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_symbol_string(
    symbol: TextC,
    property: i32,
    out: *mut u8,
    room: usize,
) -> usize {
    answer(
        &with(|t| t.symbol_string(&symbol.text(), property)),
        out,
        room,
    )
}

/// `MqlTick`.
#[repr(C)]
struct TickC {
    time: i64,
    bid: f64,
    ask: f64,
    last: f64,
    volume: u64,
    time_msc: i64,
    flags: u32,
    volume_real: f64,
}

#[unsafe(no_mangle)]
extern "C" fn terminal_symbol_tick(symbol: TextC, tick: *mut TickC) -> i32 {
    with(|t| {
        if !t.is_traded(&symbol.text()) || !t.broker.has_begun() {
            return 0;
        }
        let quote = t.broker.quote();
        let time_msc = t.clock.server_ms();
        let shown = TickC {
            time: time_msc.div_euclid(1_000),
            bid: quote.bid,
            ask: quote.ask,
            last: 0.0,
            volume: 0,
            time_msc,
            flags: 6,
            volume_real: 0.0,
        };
        unsafe { tick.write(shown) };
        1
    })
}

// --- Out of the EA: price history ----------------------------------------------------------------

#[unsafe(no_mangle)]
extern "C" fn terminal_bar_time(symbol: TextC, timeframe: i32, shift: i32) -> i64 {
    with(|t| t.bar_time(&symbol.text(), timeframe, shift))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_rates_back(symbol: TextC, timeframe: i32, start: i64, count: i32) -> i32 {
    with(|t| t.rates_back(&symbol.text(), timeframe, start, count))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_rates_between(symbol: TextC, timeframe: i32, start: i64, stop: i64) -> i32 {
    with(|t| t.rates_between(&symbol.text(), timeframe, start, stop))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_rates_take(out: *mut Rate) {
    with(|t| {
        let room = unsafe { slice::from_raw_parts_mut(out, t.rates.len()) };
        room.copy_from_slice(&t.rates);
    });
}

#[unsafe(no_mangle)]
extern "C" fn terminal_series_integer(_symbol: TextC, _timeframe: i32, property: i32) -> i64 {
    i64::from(property == constant::SERIES_SYNCHRONIZED)
}

// --- Out of the EA: trade ------------------------------------------------------------------------

/// `MqlTradeRequest`, as far as it is used.
#[repr(C)]
struct RequestC {
    action: i32,
    magic: u64,
    order: u64,
    symbol: TextC,
    volume: f64,
    price: f64,
    sl: f64,
    tp: f64,
    deviation: u64,
    kind: i32,
    filling: i32,
    comment: TextC,
    position: u64,
}

/// `MqlTradeResult`, as far as it is used.
#[repr(C)]
struct ResultC {
    retcode: u32,
    deal: u64,
    order: u64,
    volume: f64,
    price: f64,
    bid: f64,
    ask: f64,
}

fn request(asked: &RequestC) -> Option<Request> {
    let level = |price: f64| (price > 0.0).then_some(price);
    let what = match asked.action {
        constant::TRADE_ACTION_DEAL if asked.position != 0 => What::Close {
            position: asked.position,
            volume: asked.volume,
        },
        constant::TRADE_ACTION_DEAL => What::Open {
            side: if asked.kind == constant::ORDER_TYPE_BUY {
                Side::Buy
            } else {
                Side::Sell
            },
            volume: asked.volume,
            stop: level(asked.sl),
            target: level(asked.tp),
        },
        constant::TRADE_ACTION_SLTP => What::Levels {
            position: asked.position,
            stop: level(asked.sl),
            target: level(asked.tp),
        },
        constant::TRADE_ACTION_REMOVE => What::Remove { order: asked.order },
        _ => return None,
    };
    Some(Request {
        what,
        symbol: asked.symbol.text(),
        magic: asked.magic as i64,
        comment: asked.comment.text(),
        is_person: false,
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_order_send(asked: *const RequestC, result: *mut ResultC) -> i32 {
    let asked = unsafe { &*asked };
    with(|t| {
        let (is_sent, reply) = match request(asked) {
            Some(request) => t.order_send(request, asked.filling),
            None => (false, Reply::only(constant::TRADE_RETCODE_INVALID)),
        };
        let quote = t.broker.quote();
        let told = ResultC {
            retcode: reply.retcode,
            deal: reply.deal,
            order: reply.order,
            volume: reply.volume,
            price: reply.price,
            bid: quote.bid,
            ask: quote.ask,
        };
        unsafe { result.write(told) };
        i32::from(is_sent)
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_positions_total() -> i32 {
    with(|t| t.positions().len() as i32)
}

/// Selects the first position for which this holds; returns its ticket, or 0.
fn select_position(is_it: impl Fn(usize, u64) -> bool) -> u64 {
    with(|t| {
        let positions = t.positions().into_iter().enumerate();
        let mut meant = positions.filter(|(place, position)| is_it(*place, position.ticket));
        let found = meant.next().map(|(_, position)| position);
        if found.is_none() {
            t.fail(constant::ERR_TRADE_POSITION_NOT_FOUND);
            return 0;
        }
        t.position = found;
        t.position.as_ref().map_or(0, |position| position.ticket)
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_position_at(place: i32) -> u64 {
    let wanted = usize::try_from(place).unwrap_or(usize::MAX);
    select_position(|place, _| place == wanted)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_position_select(ticket: u64) -> i32 {
    i32::from(select_position(|_, found| found == ticket) != 0)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_position_select_symbol(symbol: TextC) -> i32 {
    let is_traded = with(|t| t.is_traded(&symbol.text()));
    i32::from(select_position(|_, _| is_traded) != 0)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_position_integer(property: i32) -> i64 {
    with(|t| t.position_integer(property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_position_double(property: i32) -> f64 {
    with(|t| t.position_double(property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_position_string(property: i32, out: *mut u8, room: usize) -> usize {
    answer(&with(|t| t.position_string(property)), out, room)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_orders_total() -> i32 {
    with(|t| t.broker.waiting.len() as i32)
}

/// Selects the first waiting order for which this holds; returns its ticket, or 0.
fn select_order(is_it: impl Fn(usize, u64) -> bool) -> u64 {
    with(|t| {
        let mut waiting = t.broker.waiting.iter().enumerate();
        let found = waiting.find(|(place, order)| is_it(*place, order.ticket));
        let Some((_, order)) = found else {
            t.fail(constant::ERR_TRADE_ORDER_NOT_FOUND);
            return 0;
        };
        let ticket = order.ticket;
        t.order = Some((ticket, order.request.comment.clone()));
        ticket
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_order_at(place: i32) -> u64 {
    let wanted = usize::try_from(place).unwrap_or(usize::MAX);
    select_order(|place, _| place == wanted)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_order_select(ticket: u64) -> i32 {
    i32::from(select_order(|_, found| found == ticket) != 0)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_order_string(property: i32, out: *mut u8, room: usize) -> usize {
    let text = with(|t| match (&t.order, property) {
        (Some((_, comment)), constant::ORDER_COMMENT) => comment.clone(),
        _ => String::new(),
    });
    answer(&text, out, room)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_history_select(from: i64, to: i64) -> i32 {
    with(|t| t.select_deals(from, to));
    1
}

#[unsafe(no_mangle)]
extern "C" fn terminal_deals_total() -> i32 {
    with(|t| t.deals.len() as i32)
}

#[unsafe(no_mangle)]
extern "C" fn terminal_deal_at(place: i32) -> u64 {
    let wanted = usize::try_from(place).unwrap_or(usize::MAX);
    with(|t| {
        let place = t.deals.get(wanted);
        place.map_or(0, |place| t.broker.deals[*place].ticket)
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_deal_select(ticket: u64) -> i32 {
    with(|t| {
        let has = t.deal(ticket).is_some();
        if !has {
            t.fail(constant::ERR_TRADE_DEAL_NOT_FOUND);
        }
        i32::from(has)
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_deal_integer(ticket: u64, property: i32) -> i64 {
    with(|t| t.deal_integer(ticket, property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_deal_double(ticket: u64, property: i32) -> f64 {
    with(|t| t.deal_double(ticket, property))
}

#[unsafe(no_mangle)]
extern "C" fn terminal_deal_string(ticket: u64, property: i32, out: *mut u8, room: usize) -> usize {
    answer(&with(|t| t.deal_string(ticket, property)), out, room)
}

// --- Out of the EA: the calendar -----------------------------------------------------------------

/// `MqlCalendarValue`, as far as it is used.
#[repr(C)]
struct ValueC {
    id: u64,
    event: u64,
    time: i64,
    period: i64,
    revision: i32,
}

#[unsafe(no_mangle)]
extern "C" fn terminal_calendar_values(from: i64, to: i64) -> i32 {
    with(|t| {
        let seconds = |entry: &CalendarEntry| t.clock.to_server(entry.time).div_euclid(1_000);
        let is_in = |entry: &CalendarEntry| {
            let at = seconds(entry);
            from <= at && (to == 0 || at < to)
        };
        let entries = t.scenario.calendar.iter().enumerate();
        t.values = entries.filter(|(_, e)| is_in(e)).map(|(i, _)| i).collect();
        t.values.len() as i32
    })
}

#[unsafe(no_mangle)]
extern "C" fn terminal_calendar_take(out: *mut ValueC) {
    with(|t| {
        for (place, entry) in t.values.iter().enumerate() {
            let value = ValueC {
                id: t.scenario.calendar[*entry].id,
                event: *entry as u64 + 1,
                time: t
                    .clock
                    .to_server(t.scenario.calendar[*entry].time)
                    .div_euclid(1_000),
                period: 0,
                revision: 0,
            };
            unsafe { out.add(place).write(value) };
        }
    });
}

/// The entry whose event and country have this number.
fn entry(number: u64) -> Option<CalendarEntry> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    with(|t| t.scenario.calendar.get(place).cloned())
}

#[unsafe(no_mangle)]
extern "C" fn terminal_calendar_event(
    number: u64,
    country: *mut u64,
    importance: *mut i32,
    name: *mut u8,
    room: usize,
    count: *mut usize,
) -> i32 {
    let Some(entry) = entry(number) else {
        return 0;
    };
    unsafe {
        *country = number;
        *importance = entry.importance;
        *count = answer(&entry.name, name, room);
    }
    1
}

#[unsafe(no_mangle)]
extern "C" fn terminal_calendar_country(
    number: u64,
    code: *mut u8,
    currency: *mut u8,
    room: usize,
) -> i32 {
    let Some(entry) = entry(number) else {
        return 0;
    };
    for (text, out) in [(&entry.country, code), (&entry.currency, currency)] {
        let count = answer(text, out, room - 1);
        unsafe { out.add(count).write(0) };
    }
    1
}
