// What the executor watches: closed bars of its subscriptions, and ticks.
#ifndef PHOENIX_MARKET
#define PHOENIX_MARKET

#include <Phoenix/Bytes.mqh>
#include <Phoenix/Clock.mqh>
#include <Phoenix/Kind.mqh>
#include <Phoenix/Link.mqh>
#include <Phoenix/Timeframe.mqh>

#define MARKET_MAX_SUBSCRIPTIONS 256

struct Subscription {
  string symbol;
  string name;
  ENUM_TIMEFRAMES timeframe;
  datetime forming;     // opening time of the bar that is forming; 0 while the terminal has none
  datetime unanswered;  // newest closed bar that no answer came to; 0 when all is answered
};

struct WatchedTick {
  string symbol;
  long time;
  double bid;
  double ask;
};

void WriteBar(MessageWriter &out, const MqlRates &bar) {
  out.I64((long)bar.time * 1000);
  out.F64(bar.open);
  out.F64(bar.high);
  out.F64(bar.low);
  out.F64(bar.close);
  out.F64((double)bar.tick_volume);
  out.F64((double)bar.spread);
}

class Market {
private:
  Subscription m_bars[];
  WatchedTick m_ticks[];
  // The account as it was at the last tick before the one that is looked at.
  double m_balance;
  double m_equity;

  int Find(const string symbol, const string name) const {
    for(int i = 0; i < ArraySize(m_bars); i++) {
      if(m_bars[i].symbol == symbol && m_bars[i].name == name) return i;
    }
    return -1;
  }

  void TellTick(WatchedTick &watched, Link &link) {
    MqlTick tick;
    if(!SymbolInfoTick(watched.symbol, tick)) return;
    if(tick.time_msc == watched.time && tick.bid == watched.bid && tick.ask == watched.ask) return;
    watched.time = tick.time_msc;
    watched.bid = tick.bid;
    watched.ask = tick.ask;
    MessageWriter out;
    out.Text(watched.symbol);
    out.I64(UtcFromServer(tick.time_msc));
    out.F64(tick.bid);
    out.F64(tick.ask);
    link.Send(KIND_TICK, out);
  }

  // Sends the bars that closed since the last look. True when there were any.
  bool TellBars(Subscription &bars, Link &link) {
    const datetime forming = iTime(bars.symbol, bars.timeframe, 0);
    if(forming == 0 || forming == bars.forming) return false;
    if(bars.forming == 0 || forming < bars.forming) {
      bars.forming = forming;
      return false;
    }
    MqlRates rates[];
    const int count = CopyRates(bars.symbol, bars.timeframe, bars.forming, forming, rates);
    // The terminal is still building them: the next look finds them.
    if(count <= 0 || rates[count - 1].time != forming) return false;
    MqlTick tick;
    const bool has_tick = SymbolInfoTick(bars.symbol, tick);
    for(int i = 0; i < count - 1; i++) {
      MessageWriter out;
      out.Text(bars.symbol);
      out.Text(bars.name);
      WriteBar(out, rates[i]);
      out.I64(i == count - 2 ? (long)forming * 1000 : 0);
      out.I64(has_tick ? (long)tick.time_msc : (long)TimeTradeServer() * 1000);
      out.F64(m_balance);
      out.F64(m_equity);
      link.Send(KIND_BAR, out);
      bars.unanswered = rates[i].time;
    }
    bars.forming = forming;
    return count > 1;
  }

public:
  Market(void) {
    m_balance = 0;
    m_equity = 0;
  }

  void Clear(void) {
    ArrayResize(m_bars, 0);
    ArrayResize(m_ticks, 0);
  }

  int Subscriptions(void) const { return ArraySize(m_bars); }

  // Takes the place of what was subscribed before. False when it cannot be understood.
  bool Subscribe(MessageReader &body, string &trouble) {
    Subscription bars[];
    WatchedTick ticks[];
    const uint count = body.U32();
    if(count > MARKET_MAX_SUBSCRIPTIONS) return false;
    ArrayResize(bars, (int)count);
    for(int i = 0; i < (int)count; i++) {
      bars[i].symbol = body.Text();
      bars[i].name = body.Text();
      bars[i].unanswered = 0;
      bars[i].timeframe = TimeframeOf(bars[i].name);
      bars[i].forming = 0;
    }
    const uint symbols = body.U32();
    if(symbols > MARKET_MAX_SUBSCRIPTIONS) return false;
    ArrayResize(ticks, (int)symbols);
    for(int i = 0; i < (int)symbols; i++) {
      ticks[i].symbol = body.Text();
      ticks[i].time = 0;
      ticks[i].bid = 0;
      ticks[i].ask = 0;
    }
    if(!body.IsDone()) return false;
    ArrayResize(m_ticks, (int)symbols);
    for(int i = 0; i < (int)symbols; i++) {
      m_ticks[i] = ticks[i];
      if(!SymbolSelect(ticks[i].symbol, true)) trouble = Say(SAY_NO_SYMBOL) + " " + ticks[i].symbol;
    }
    for(int i = 0; i < (int)count; i++) {
      // What was subscribed before goes on where it is: no bar is lost between two subscriptions.
      const int before = Find(bars[i].symbol, bars[i].name);
      if(before >= 0) {
        bars[i] = m_bars[before];
        continue;
      }
      if(bars[i].timeframe == PERIOD_CURRENT) trouble = Say(SAY_NO_TIMEFRAME) + " " + bars[i].name;
      else if(!SymbolSelect(bars[i].symbol, true)) trouble = Say(SAY_NO_SYMBOL) + " " + bars[i].symbol;
      else bars[i].forming = iTime(bars[i].symbol, bars[i].timeframe, 0);
    }
    ArrayResize(m_bars, (int)count);
    for(int i = 0; i < (int)count; i++) m_bars[i] = bars[i];
    Remember();
    return true;
  }

  // The account as the next tick finds it.
  void Remember(void) {
    m_balance = AccountInfoDouble(ACCOUNT_BALANCE);
    m_equity = AccountInfoDouble(ACCOUNT_EQUITY);
  }

  // Ticks first: who decides on a bar knows the price. True when bars closed.
  bool Look(Link &link) {
    bool has_closed = false;
    for(int i = 0; i < ArraySize(m_ticks); i++) TellTick(m_ticks[i], link);
    for(int i = 0; i < ArraySize(m_bars); i++) {
      if(m_bars[i].timeframe == PERIOD_CURRENT) continue;
      if(TellBars(m_bars[i], link)) has_closed = true;
    }
    return has_closed;
  }

  void Answered(const string symbol, const string name, const long time) {
    const int place = Find(symbol, name);
    if(place < 0) return;
    // An answer to an older bar is none to the newest.
    if((long)m_bars[place].unanswered * 1000 <= time) m_bars[place].unanswered = 0;
  }

  bool IsAnswered(void) const {
    for(int i = 0; i < ArraySize(m_bars); i++) {
      if(m_bars[i].unanswered != 0) return false;
    }
    return true;
  }

  // Waits no longer for answers that did not come.
  void GiveUp(void) {
    for(int i = 0; i < ArraySize(m_bars); i++) m_bars[i].unanswered = 0;
  }
};

#endif
