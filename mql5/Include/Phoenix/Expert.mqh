// The whole EA: terminal's events in, messages out, and the executor's commands carried out.
#ifndef PHOENIX_EXPERT
#define PHOENIX_EXPERT

#include <Phoenix/Guard.mqh>
#include <Phoenix/Hand.mqh>
#include <Phoenix/Library.mqh>
#include <Phoenix/Link.mqh>
#include <Phoenix/Market.mqh>
#include <Phoenix/Report.mqh>
#include <Phoenix/Settings.mqh>

// Account and positions are told at most so often, while something changes.
#define REPORT_MS 1000
// A decision is waited for without sleeping so long; then a breath at a time.
#define EAGER_MICROSECONDS 2000
// Messages carried out at one go: ticks must not starve.
#define MESSAGES_AT_ONCE 200

class Expert {
private:
  Settings m_settings;
  Link m_link;
  Guard m_guard;
  Hand m_hand;
  Market m_market;
  Library m_library;
  ToldDeals m_told;
  bool m_was_up;
  uint m_dropped;
  bool m_has_change;
  uchar m_account[];
  uchar m_positions[];
  ulong m_account_at;
  ulong m_positions_at;
  string m_shown;
  Sentence m_hindrance;
  ulong m_acted;

  void Show(void) {
    string text = "Phoenix: " + Say(m_link.Status());
    const Sentence hindrance = TradingHindrance();
    if(hindrance != SAY_DONE) text += "\n" + Say(hindrance);
    if(text == m_shown) return;
    m_shown = text;
    Comment(text);
    Print(text);
  }

  void Notice(const LinkNotice code, const string text) {
    MessageWriter out;
    out.U16(code);
    out.Text(text);
    m_link.Send(KIND_NOTICE, out);
  }

  // Tells the account when it changed and a second has passed, or at once.
  void TellAccount(const bool at_once) {
    const ulong now = Ticking();
    if(!at_once && now < m_account_at + REPORT_MS) return;
    MessageWriter out;
    WriteAccount(out, m_guard.Holds());
    // The first eight bytes are the time.
    if(!at_once && out.IsSame(m_account, 8)) return;
    out.CopyTo(m_account);
    m_account_at = now;
    m_link.Send(KIND_ACCOUNT, out);
  }

  void TellPositions(const bool at_once) {
    const ulong now = Ticking();
    if(!at_once && now < m_positions_at + REPORT_MS) return;
    MessageWriter out;
    WritePositions(out);
    if(!at_once && out.IsSame(m_positions, 8)) return;
    out.CopyTo(m_positions);
    m_positions_at = now;
    m_link.Send(KIND_POSITIONS, out);
  }

  void TellDeal(const ulong ticket) {
    if(!m_link.IsUp() || m_told.Has(ticket) || !HistoryDealSelect(ticket)) return;
    MessageWriter out;
    WriteDeal(out, ticket);
    if(m_link.Send(KIND_DEAL, out)) m_told.Add(ticket);
  }

  // What a command caused, and then its receipt.
  void TellReceipt(const Receipt &receipt, const bool is_guarded) {
    TellCaused();
    MessageWriter out;
    WriteReceipt(out, receipt);
    m_link.Send(KIND_RECEIPT, out);
    m_has_change = true;
    if(receipt.outcome != OUTCOME_REFUSED) return;
    if(is_guarded) Notice(NOTICE_GUARD, receipt.text);
    else if(receipt.retcode == TRADE_RETCODE_CLIENT_DISABLES_AT) Notice(NOTICE_TRADING_OFF, receipt.text);
    else if(receipt.retcode != 0 && receipt.retcode != TRADE_RETCODE_POSITION_CLOSED) Notice(NOTICE_BROKER, receipt.text);
  }

  void TellCaused(void) {
    ulong deals[];
    m_hand.TakeDeals(deals);
    for(int i = 0; i < ArraySize(deals); i++) TellDeal(deals[i]);
  }

  // Everything of a connection that has just been made.
  void Begin(void) {
    m_market.Clear();
    m_library.Clear();
    m_hindrance = SAY_DONE;
    TellAccount(true);
    TellPositions(true);
    if(m_link.Dropped() > m_dropped) {
      m_dropped = m_link.Dropped();
      Notice(NOTICE_DROPPED, Say(SAY_DROPPED) + " (" + IntegerToString((long)m_dropped) + ")");
    }
    if(m_acted > 0) {
      Notice(NOTICE_DEAD_MAN, Say(m_guard.ClosesInSilence() ? SAY_DEAD_MAN_CLOSED : SAY_DEAD_MAN_LEFT));
      m_acted = 0;
    }
  }

  // Carries out what has come. What a connection brings before Welcome is none of it.
  void Listen(void) {
    for(int i = 0; i < MESSAGES_AT_ONCE; i++) {
      int kind = 0;
      MessageReader body;
      if(m_link.Receive(kind, body) == 0) break;
      if(kind == KIND_WELCOME) {
        // One of a connection is the first: another one is a fault.
        if(m_was_up) m_link.Refuse();
        else Begin();
        m_was_up = m_link.IsUp();
        continue;
      }
      if(!Obey(kind, body)) m_link.Refuse();
    }
    m_was_up = m_link.IsUp();
  }

  // False when the message makes no sense.
  bool Obey(const int kind, MessageReader &body) {
    switch(kind) {
      case KIND_GUARD: return ObeyGuard(body);
      case KIND_SUBSCRIBE: return ObeySubscribe(body);
      case KIND_OPEN: return ObeyOpen(body);
      case KIND_MODIFY: return ObeyModify(body);
      case KIND_CLOSE: return ObeyClose(body);
      case KIND_CLOSE_ALL: return ObeyCloseAll(body);
      case KIND_ANSWERED: return ObeyAnswered(body);
      case KIND_EXECUTOR_PING: return ObeyPing(body);
      case KIND_SPEC_REQUEST: return AnswerSpec(body);
      case KIND_HISTORY_REQUEST: return AnswerHistory(body);
      case KIND_DEALS_REQUEST: return AnswerDeals(body);
      case KIND_CALENDAR_REQUEST: return AnswerCalendar(body);
      case KIND_SYMBOLS_REQUEST: return AnswerSymbols(body);
      case KIND_EXECUTOR_PONG:
        body.U64();
        return body.IsDone();
      case KIND_BYE:
        body.Text();
        if(!body.IsDone()) return false;
        m_link.Leave();
        return true;
    }
    return false;
  }

  bool ObeyGuard(MessageReader &body) {
    const double volume = body.F64();
    const uint positions = body.U32();
    const double loss = body.F64();
    const int dead_man = body.U8();
    const uint silence_ms = body.U32();
    if(!body.IsDone() || dead_man > 1) return false;
    m_guard.Tell(volume, positions, loss, dead_man == 1, silence_ms);
    return true;
  }

  bool ObeySubscribe(MessageReader &body) {
    string trouble = "";
    if(!m_market.Subscribe(body, trouble)) return false;
    if(trouble != "") Notice(NOTICE_OTHER, trouble);
    return true;
  }

  bool ObeyOpen(MessageReader &body) {
    OpenCommand open;
    open.command = body.U64();
    open.expires = body.I64();
    open.symbol = body.Text();
    open.side = body.U8();
    open.volume = body.F64();
    open.stop_distance = body.F64();
    open.target_distance = body.F64();
    open.deviation = body.U32();
    if(!body.IsDone() || open.command == 0) return false;
    Receipt receipt;
    bool is_guarded = false;
    if(m_hand.Open(open, m_guard, receipt, is_guarded)) TellReceipt(receipt, is_guarded);
    return true;
  }

  bool ObeyModify(MessageReader &body) {
    const ulong command = body.U64();
    const long expires = body.I64();
    const ulong position = body.U64();
    const double stop = body.F64();
    const double target = body.F64();
    if(!body.IsDone() || command == 0) return false;
    Receipt receipt;
    bool is_guarded = false;
    if(m_hand.Modify(command, expires, position, stop, target, receipt, is_guarded)) TellReceipt(receipt, is_guarded);
    return true;
  }

  bool ObeyClose(MessageReader &body) {
    const ulong command = body.U64();
    const long expires = body.I64();
    const ulong position = body.U64();
    if(!body.IsDone() || command == 0) return false;
    Receipt receipt;
    bool is_guarded = false;
    if(m_hand.Close(command, expires, position, receipt, is_guarded)) TellReceipt(receipt, is_guarded);
    return true;
  }

  bool ObeyCloseAll(MessageReader &body) {
    const ulong command = body.U64();
    const long expires = body.I64();
    const bool everything = body.Truth();
    if(!body.IsDone() || command == 0) return false;
    Receipt receipt;
    bool is_guarded = false;
    if(m_hand.CloseAll(command, expires, everything, m_guard, receipt, is_guarded)) TellReceipt(receipt, is_guarded);
    return true;
  }

  bool ObeyAnswered(MessageReader &body) {
    const string symbol = body.Text();
    const string timeframe = body.Text();
    const long time = body.I64();
    if(!body.IsDone()) return false;
    m_market.Answered(symbol, timeframe, time);
    return true;
  }

  bool ObeyPing(MessageReader &body) {
    const ulong token = body.U64();
    if(!body.IsDone()) return false;
    MessageWriter out;
    out.U64(token);
    m_link.Send(KIND_TERMINAL_PONG, out);
    return true;
  }

  bool AnswerSpec(MessageReader &body) {
    const ulong request = body.U64();
    const string symbol = body.Text();
    if(!body.IsDone()) return false;
    m_library.TellSpec(request, symbol, m_link);
    return true;
  }

  bool AnswerHistory(MessageReader &body) {
    const ulong request = body.U64();
    const string symbol = body.Text();
    const string timeframe = body.Text();
    const long before = body.I64();
    const uint count = body.U32();
    if(!body.IsDone()) return false;
    m_library.AskHistory(request, symbol, timeframe, before, count, m_link);
    return true;
  }

  bool AnswerDeals(MessageReader &body) {
    const ulong request = body.U64();
    const long since = body.I64();
    if(!body.IsDone()) return false;
    m_library.TellDeals(request, since, m_link);
    return true;
  }

  bool AnswerCalendar(MessageReader &body) {
    const ulong request = body.U64();
    const long since = body.I64();
    const long until = body.I64();
    if(!body.IsDone()) return false;
    m_library.TellCalendar(request, since, until, m_link);
    return true;
  }

  bool AnswerSymbols(MessageReader &body) {
    const ulong request = body.U64();
    const string like = body.Text();
    if(!body.IsDone()) return false;
    m_library.TellSymbols(request, like, m_link);
    return true;
  }

  // Bars that closed, and the decisions on them: they belong to this tick, so they are waited for.
  void Look(void) {
    if(m_link.IsUp() && m_market.Look(m_link)) {
      const ulong began = GetMicrosecondCount();
      const ulong limit = (ulong)m_link.AnswerMs() * 1000;
      while(m_link.IsUp() && !m_market.IsAnswered()) {
        Listen();
        if(m_market.IsAnswered()) break;
        const ulong passed = GetMicrosecondCount() - began;
        if(passed >= limit || IsStopped()) break;
        if(passed > EAGER_MICROSECONDS) Sleep(1);
      }
      m_market.GiveUp();
    }
    m_market.Remember();
  }

  // Answers of the broker that were lost, and what is told at once after a change.
  void Settle(void) {
    Receipt receipt;
    while(m_hand.IsAsking() && m_hand.Answer(receipt)) TellReceipt(receipt, false);
    if(!m_has_change) return;
    m_has_change = false;
    TellPositions(true);
    TellAccount(true);
  }

  void Watch(void) {
    m_guard.Look();
    m_hand.Look();
    if(m_guard.IsSilent(m_link.Heard())) {
      m_acted++;
      if(m_guard.ClosesInSilence() && m_guard.OwnPositions() > 0) {
        Receipt receipt;
        BeginReceipt(receipt, 0);
        if(m_hand.CloseEach("PX-silence", false, receipt) > 0) m_guard.ActAgain();
        TellCaused();
        m_has_change = true;
      }
      Print("Phoenix: ", Say(m_guard.ClosesInSilence() ? SAY_DEAD_MAN_CLOSED : SAY_DEAD_MAN_LEFT));
    }
    const Sentence hindrance = TradingHindrance();
    if(hindrance != m_hindrance && m_link.IsUp()) {
      m_hindrance = hindrance;
      if(hindrance != SAY_DONE) Notice(NOTICE_TRADING_OFF, Say(hindrance));
      TellAccount(true);
    }
  }

public:
  Expert(void) {
    m_was_up = false;
    m_dropped = 0;
    m_has_change = false;
    m_account_at = 0;
    m_positions_at = 0;
    m_shown = "";
    m_hindrance = SAY_DONE;
    m_acted = 0;
  }

  void Start(const Settings &settings) {
    m_settings = settings;
    m_was_up = false;
    m_has_change = false;
    m_shown = "";
    m_told.Clear();
    m_market.Clear();
    m_library.Clear();
    m_link.Start(settings.host, settings.port, settings.secret);
    m_guard.Start(settings);
    m_hand.Start(settings.magic);
    m_market.Remember();
    Show();
  }

  void Stop(void) {
    m_link.Stop();
    Comment("");
  }

  void Tick(void) {
    m_guard.Look();
    Look();
    Listen();
    Settle();
    m_market.Remember();
  }

  void Timer(void) {
    m_link.Keep(m_settings.magic);
    Listen();
    // The chart's own ticks call Tick; other symbols' are seen here.
    Look();
    m_library.Go(m_link);
    Watch();
    Settle();
    if(m_link.IsUp()) {
      TellAccount(false);
      TellPositions(false);
    }
    Show();
  }

  void Transaction(const MqlTradeTransaction &transaction) {
    switch(transaction.type) {
      case TRADE_TRANSACTION_DEAL_ADD:
        TellDeal(transaction.deal);
        m_has_change = true;
        break;
      case TRADE_TRANSACTION_POSITION:
      case TRADE_TRANSACTION_HISTORY_ADD:
        m_has_change = true;
        break;
      default:
        break;
    }
    Settle();
  }

  // For tests: whether the executor is there and has subscribed.
  bool IsWatching(void) const { return m_link.IsUp() && m_market.Subscriptions() > 0; }
};

#endif
