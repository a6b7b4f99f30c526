// Answers to questions: specifications, history, deals, the calendar, names of symbols. What the
// terminal has to load first is asked again at the next timer.
#ifndef PHOENIX_LIBRARY
#define PHOENIX_LIBRARY

#include <Phoenix/Bytes.mqh>
#include <Phoenix/Clock.mqh>
#include <Phoenix/Kind.mqh>
#include <Phoenix/Link.mqh>
#include <Phoenix/Market.mqh>
#include <Phoenix/Report.mqh>
#include <Phoenix/Timeframe.mqh>
#include <Phoenix/Words.mqh>

#define PAGE_BARS 2000
#define PAGE_ROWS 1000
#define HISTORY_MOST 500000
// How long the terminal may take to load a history.
#define HISTORY_MS 20000
#define HISTORY_MOST_OPEN 64

struct HistoryQuestion {
  ulong request;
  string symbol;
  string name;
  long before;
  int count;
  ulong until;
};

class Library {
private:
  HistoryQuestion m_open[];

  void Fail(const ulong request, const string text, Link &link) {
    MessageWriter out;
    out.U64(request);
    out.Text(text);
    link.Send(KIND_FAILED, out);
  }

  // The head of a page: request, whether it is the last one, and how many follow.
  void BeginPage(MessageWriter &out, const ulong request, const bool is_last, const int count) {
    out.Clear();
    out.U64(request);
    out.Truth(is_last);
    out.U32((uint)count);
  }

  void SendBars(const ulong request, const MqlRates &rates[], const int count, Link &link) {
    int sent = 0;
    do {
      const int rows = count - sent < PAGE_BARS ? count - sent : PAGE_BARS;
      MessageWriter out;
      BeginPage(out, request, sent + rows >= count, rows);
      for(int i = 0; i < rows; i++) WriteBar(out, rates[sent + i]);
      if(!link.Send(KIND_HISTORY, out)) return;
      sent += rows;
    } while(sent < count);
  }

  // True when the question is settled.
  bool TellHistory(const HistoryQuestion &asked, Link &link) {
    const ENUM_TIMEFRAMES timeframe = TimeframeOf(asked.name);
    if(timeframe == PERIOD_CURRENT) {
      Fail(asked.request, Say(SAY_NO_TIMEFRAME), link);
      return true;
    }
    if(!SymbolSelect(asked.symbol, true)) {
      Fail(asked.request, Say(SAY_NO_SYMBOL), link);
      return true;
    }
    MqlRates rates[];
    const bool is_late = Ticking() >= asked.until;
    const datetime forming = iTime(asked.symbol, timeframe, 0);
    // The bar at position 0 is still forming: all that is told ends before it.
    long last = (long)forming - 1;
    if(asked.before > 0 && (asked.before - 1) / 1000 < last) last = (asked.before - 1) / 1000;
    if(forming > 0) {
      ResetLastError();
      const int count = CopyRates(asked.symbol, timeframe, (datetime)last, asked.count, rates);
      if(count >= 0) {
        // Fewer than asked may be all there are, or all that are loaded so far.
        const bool is_whole = count >= asked.count ||
                              SeriesInfoInteger(asked.symbol, timeframe, SERIES_SYNCHRONIZED) != 0;
        if(is_whole || is_late) {
          SendBars(asked.request, rates, count, link);
          return true;
        }
        return false;
      }
    }
    if(!is_late) return false;
    Fail(asked.request, Say(SAY_NO_HISTORY), link);
    return true;
  }

public:
  void Clear(void) { ArrayResize(m_open, 0); }

  // What the terminal had not loaded yet.
  void Go(Link &link) {
    for(int i = ArraySize(m_open) - 1; i >= 0; i--) {
      if(!TellHistory(m_open[i], link)) continue;
      const int last = ArraySize(m_open) - 1;
      if(i < last) m_open[i] = m_open[last];
      ArrayResize(m_open, last);
    }
  }

  void AskHistory(const ulong request, const string symbol, const string name, const long before,
                  const uint count, Link &link) {
    HistoryQuestion asked;
    asked.request = request;
    asked.symbol = symbol;
    asked.name = name;
    asked.before = before;
    asked.count = count > HISTORY_MOST ? HISTORY_MOST : (int)count;
    asked.until = Ticking() + HISTORY_MS;
    if(asked.count <= 0) {
      MqlRates none[];
      SendBars(request, none, 0, link);
      return;
    }
    if(TellHistory(asked, link)) return;
    const int open = ArraySize(m_open);
    if(open >= HISTORY_MOST_OPEN) {
      Fail(request, Say(SAY_NO_HISTORY), link);
      return;
    }
    ArrayResize(m_open, open + 1);
    m_open[open] = asked;
  }

  void TellSpec(const ulong request, const string symbol, Link &link) {
    if(!SymbolSelect(symbol, true)) {
      Fail(request, Say(SAY_NO_SYMBOL), link);
      return;
    }
    const long mode = SymbolInfoInteger(symbol, SYMBOL_TRADE_MODE);
    int trade = 0;
    if(mode == SYMBOL_TRADE_MODE_LONGONLY) trade = 1;
    if(mode == SYMBOL_TRADE_MODE_SHORTONLY) trade = 2;
    if(mode == SYMBOL_TRADE_MODE_CLOSEONLY) trade = 3;
    if(mode == SYMBOL_TRADE_MODE_FULL) trade = 4;
    MessageWriter out;
    out.Text(symbol);
    out.U32((uint)SymbolInfoInteger(symbol, SYMBOL_DIGITS));
    out.F64(SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_SIZE));
    out.F64(SymbolInfoDouble(symbol, SYMBOL_TRADE_CONTRACT_SIZE));
    out.F64(SymbolInfoDouble(symbol, SYMBOL_VOLUME_MIN));
    out.F64(SymbolInfoDouble(symbol, SYMBOL_VOLUME_MAX));
    out.F64(SymbolInfoDouble(symbol, SYMBOL_VOLUME_STEP));
    out.F64((double)SymbolInfoInteger(symbol, SYMBOL_TRADE_STOPS_LEVEL));
    out.F64((double)SymbolInfoInteger(symbol, SYMBOL_TRADE_FREEZE_LEVEL));
    out.Text(SymbolInfoString(symbol, SYMBOL_CURRENCY_BASE));
    out.Text(SymbolInfoString(symbol, SYMBOL_CURRENCY_PROFIT));
    out.Text(SymbolInfoString(symbol, SYMBOL_CURRENCY_MARGIN));
    out.U8(trade);
    out.F64(SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_VALUE));
    out.U8((int)SymbolInfoInteger(symbol, SYMBOL_SWAP_MODE));
    out.F64(SymbolInfoDouble(symbol, SYMBOL_SWAP_LONG));
    out.F64(SymbolInfoDouble(symbol, SYMBOL_SWAP_SHORT));
    out.U8((int)SymbolInfoInteger(symbol, SYMBOL_SWAP_ROLLOVER3DAYS));
    link.Send(KIND_SPEC, out);
  }

  void TellDeals(const ulong request, const long since, Link &link) {
    const datetime from = since > 0 ? ServerFromUtc(since) : 0;
    if(!HistorySelect(from, TimeTradeServer() + 86400)) {
      Fail(request, Say(SAY_NO_DEALS), link);
      return;
    }
    const int total = HistoryDealsTotal();
    int sent = 0;
    do {
      const int rows = total - sent < PAGE_ROWS ? total - sent : PAGE_ROWS;
      MessageWriter out;
      BeginPage(out, request, sent + rows >= total, rows);
      for(int i = 0; i < rows; i++) WriteDeal(out, HistoryDealGetTicket(sent + i));
      if(!link.Send(KIND_DEALS, out)) return;
      sent += rows;
    } while(sent < total);
  }

  // The calendar's times are the trade server's; what is told is UTC.
  void TellCalendar(const ulong request, const long since, const long until, Link &link) {
    MqlCalendarValue values[];
    ResetLastError();
    if(!CalendarValueHistory(values, ServerFromUtc(since), ServerFromUtc(until)) && GetLastError() != 0) {
      Fail(request, Say(SAY_NO_CALENDAR), link);
      return;
    }
    const int total = ArraySize(values);
    int sent = 0;
    do {
      const int rows = total - sent < PAGE_ROWS ? total - sent : PAGE_ROWS;
      MessageWriter out;
      BeginPage(out, request, sent + rows >= total, rows);
      for(int i = 0; i < rows; i++) {
        MqlCalendarEvent event;
        MqlCalendarCountry country;
        const bool has_event = CalendarEventById(values[sent + i].event_id, event);
        const bool has_country = has_event && CalendarCountryById((long)event.country_id, country);
        out.U64(values[sent + i].id);
        out.I64(UtcFromServer((long)values[sent + i].time * 1000));
        out.Text(has_country ? country.code : "");
        out.Text(has_country ? country.currency : "");
        out.U8(has_event ? (int)event.importance : 0);
        out.Text(has_event ? event.name : "");
      }
      if(!link.Send(KIND_CALENDAR, out)) return;
      sent += rows;
    } while(sent < total);
  }

  void TellSymbols(const ulong request, const string like, Link &link) {
    string names[];
    string wanted = like;
    StringToUpper(wanted);
    int found = 0;
    const int total = SymbolsTotal(false);
    ArrayResize(names, total);
    for(int i = 0; i < total; i++) {
      const string name = SymbolName(i, false);
      string upper = name;
      StringToUpper(upper);
      if(wanted != "" && StringFind(upper, wanted) < 0) continue;
      names[found] = name;
      found++;
    }
    int sent = 0;
    do {
      const int rows = found - sent < PAGE_ROWS ? found - sent : PAGE_ROWS;
      MessageWriter out;
      BeginPage(out, request, sent + rows >= found, rows);
      for(int i = 0; i < rows; i++) out.Text(names[sent + i]);
      if(!link.Send(KIND_SYMBOLS, out)) return;
      sent += rows;
    } while(sent < found);
  }
};

#endif
