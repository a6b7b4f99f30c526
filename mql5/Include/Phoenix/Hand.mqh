// The hand: opens, changes and closes positions. Knows nothing of messages; each order of the
// executor's becomes a receipt.
#ifndef PHOENIX_HAND
#define PHOENIX_HAND

#include <Phoenix/Clock.mqh>
#include <Phoenix/Guard.mqh>
#include <Phoenix/Kind.mqh>
#include <Phoenix/Order.mqh>
#include <Phoenix/Permission.mqh>
#include <Phoenix/Receipt.mqh>

// How long an order whose answer was lost is looked for before its receipt says "unknown".
#define ASK_MS 10000
#define CLOSE_ROUNDS 3
// Points that a closing price may be worse: out is out.
#define CLOSE_DEVIATION 1000
// Before the number of an order whose stop the broker did not take, as the comment of its closing.
#define COMMENT_NO_STOP "PX-stop-"

struct OpenCommand {
  ulong command;
  long expires;
  string symbol;
  int side;
  double volume;
  double stop_distance;
  double target_distance;
  uint deviation;
};

// A command of which it is not known yet whether the broker carried it out.
struct Asked {
  bool is_open;
  ulong command;
  double stop_distance;
  double target_distance;
  uint retcode;
  ulong position;
  ulong until;
};

class Hand {
private:
  long m_magic;
  // Whether the terminal has heard of the account since the EA started.
  bool m_was_online;
  Receipts m_receipts;
  Asked m_asked[];
  ulong m_deals[];

  void Note(const ulong deal) {
    if(deal == 0) return;
    const int count = ArraySize(m_deals);
    ArrayResize(m_deals, count + 1);
    m_deals[count] = deal;
  }

  bool Refused(Receipt &receipt, const uint retcode, const string text) {
    receipt.outcome = OUTCOME_REFUSED;
    receipt.retcode = retcode;
    receipt.text = text;
    return Finish(receipt);
  }

  // Remembers a receipt. True: it is to be sent.
  bool Finish(Receipt &receipt) {
    receipt.time = UtcNow();
    m_receipts.Add(receipt);
    return true;
  }

  // Whether the command is known: then `receipt` is what was said of it, if anything was said yet.
  bool IsKnown(const ulong command, Receipt &receipt, bool &is_answered) {
    is_answered = m_receipts.Find(command, receipt);
    if(is_answered) return true;
    for(int i = ArraySize(m_asked) - 1; i >= 0; i--) {
      if(m_asked[i].command == command) return true;
    }
    OrderTrace trace;
    if(!FindOrder(command, trace)) return false;
    if(trace.is_waiting && trace.volume <= 0) {
      Ask(command, trace.position, TRADE_RETCODE_PLACED, false, 0, 0);
      return true;
    }
    BeginReceipt(receipt, command);
    FromTrace(receipt, trace);
    if(SelectPosition(trace.position)) {
      receipt.stop = PositionGetDouble(POSITION_SL);
      receipt.target = PositionGetDouble(POSITION_TP);
    }
    Finish(receipt);
    is_answered = true;
    return true;
  }

  void FromTrace(Receipt &receipt, const OrderTrace &trace) {
    receipt.outcome = OUTCOME_DONE;
    receipt.retcode = TRADE_RETCODE_DONE;
    receipt.text = "";
    receipt.order = trace.order;
    receipt.deal = trace.deal;
    receipt.position = trace.position;
    receipt.volume = trace.volume;
    receipt.price = trace.price;
    Note(trace.deal);
  }

  void Ask(const ulong command, const ulong position, const uint retcode, const bool is_open,
           const double stop_distance, const double target_distance) {
    const int count = ArraySize(m_asked);
    ArrayResize(m_asked, count + 1);
    m_asked[count].is_open = is_open;
    m_asked[count].command = command;
    m_asked[count].stop_distance = stop_distance;
    m_asked[count].target_distance = target_distance;
    m_asked[count].retcode = retcode;
    m_asked[count].position = position;
    m_asked[count].until = Ticking() + ASK_MS;
  }

  void Forget(const int place) {
    const int last = ArraySize(m_asked) - 1;
    if(place < last) m_asked[place] = m_asked[last];
    ArrayResize(m_asked, last);
  }

  // Sets levels of the selected position. Done also when they are there already.
  RetcodeAction SetLevels(const double stop, const double target, MqlTradeResult &result) {
    const string symbol = PositionGetString(POSITION_SYMBOL);
    ZeroMemory(result);
    if(IsSameLevel(symbol, stop, PositionGetDouble(POSITION_SL)) &&
       IsSameLevel(symbol, target, PositionGetDouble(POSITION_TP))) {
      result.retcode = TRADE_RETCODE_NO_CHANGES;
      return RETCODE_IS_DONE;
    }
    MqlTradeRequest request;
    ZeroMemory(request);
    request.action = TRADE_ACTION_SLTP;
    request.symbol = symbol;
    request.position = (ulong)PositionGetInteger(POSITION_TICKET);
    request.magic = (ulong)m_magic;
    request.sl = stop;
    request.tp = target;
    const RetcodeAction action = SendOrder(request, result);
    // A request that changes levels can be looked up at once: they are there or not.
    if(action == RETCODE_ASK && SelectPosition(request.position) &&
       IsSameLevel(symbol, stop, PositionGetDouble(POSITION_SL)) &&
       IsSameLevel(symbol, target, PositionGetDouble(POSITION_TP))) {
      return RETCODE_IS_DONE;
    }
    return action;
  }

  // Closes the selected position, whole. `receipt` gets deal, volume and price.
  RetcodeAction CloseSelected(Receipt &receipt, const string comment) {
    const ulong ticket = (ulong)PositionGetInteger(POSITION_TICKET);
    RetcodeAction action = RETCODE_GIVE_UP;
    for(int turn = 0; turn < CLOSE_ROUNDS; turn++) {
      if(!PositionSelectByTicket(ticket)) return RETCODE_IS_DONE;
      MqlTradeRequest request;
      MqlTradeResult result;
      ZeroMemory(request);
      request.action = TRADE_ACTION_DEAL;
      request.symbol = PositionGetString(POSITION_SYMBOL);
      request.position = ticket;
      request.magic = (ulong)m_magic;
      request.volume = PositionGetDouble(POSITION_VOLUME);
      request.type = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY ? ORDER_TYPE_SELL : ORDER_TYPE_BUY;
      request.deviation = CLOSE_DEVIATION;
      request.comment = comment;
      receipt.position = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
      action = SendOrder(request, result);
      receipt.retcode = result.retcode;
      if(result.order != 0) receipt.order = result.order;
      if(result.deal != 0) {
        receipt.deal = result.deal;
        receipt.price = DealPrice(result);
        receipt.volume += result.volume;
        Note(result.deal);
      }
      // A part that stayed open is closed with the next order.
      if(action != RETCODE_IS_DONE) return action;
      if(result.retcode != TRADE_RETCODE_DONE_PARTIAL) return action;
    }
    return PositionSelectByTicket(ticket) ? RETCODE_GIVE_UP : RETCODE_IS_DONE;
  }

  // The price of a deal. Some brokers leave it out of their answer.
  double DealPrice(const MqlTradeResult &result) const {
    if(result.deal != 0 && HistoryDealSelect(result.deal)) {
      const double price = HistoryDealGetDouble(result.deal, DEAL_PRICE);
      if(price > 0) return price;
    }
    return result.price;
  }

  ulong DealPosition(const ulong deal) const {
    if(deal == 0 || !HistoryDealSelect(deal)) return 0;
    return (ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID);
  }

  // A remainder that still lies at the server is taken back: what is filled is what there is.
  void TakeBack(const ulong order) const {
    if(order == 0 || !OrderSelect(order)) return;
    MqlTradeRequest request;
    MqlTradeResult result;
    ZeroMemory(request);
    request.action = TRADE_ACTION_REMOVE;
    request.order = order;
    SendOrder(request, result);
  }

  // After a fill: levels by the distance from the fill. Without any stop the position is closed.
  void Secure(Receipt &receipt, const double stop_distance, const double target_distance) {
    if(!SelectPosition(receipt.position)) return;
    const string symbol = PositionGetString(POSITION_SYMBOL);
    const double sign = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY ? 1.0 : -1.0;
    double stop = LevelOf(symbol, receipt.price - sign * stop_distance);
    // A level of 0 takes the stop away: below the first price the order's own stays.
    if(stop <= 0) stop = PositionGetDouble(POSITION_SL);
    const double target = target_distance > 0 ? LevelOf(symbol, receipt.price + sign * target_distance) : 0;
    MqlTradeResult result;
    RetcodeAction action = SetLevels(stop, target, result);
    const bool is_there = SelectPosition(receipt.position);
    receipt.stop = is_there ? PositionGetDouble(POSITION_SL) : stop;
    receipt.target = is_there ? PositionGetDouble(POSITION_TP) : target;
    if(action == RETCODE_IS_DONE || !is_there) return;
    receipt.retcode = result.retcode;
    if(receipt.stop > 0) {
      receipt.text = Say(SAY_WIDER_STOP) + " " + SayRetcode(result.retcode);
      return;
    }
    // One more way before the last: the stop alone, without the target.
    if(target > 0 && SetLevels(stop, 0, result) == RETCODE_IS_DONE && SelectPosition(receipt.position)) {
      receipt.stop = PositionGetDouble(POSITION_SL);
      receipt.target = 0;
      receipt.text = Say(SAY_WIDER_STOP);
      if(receipt.stop > 0) return;
    }
    const uint refused = result.retcode;
    Receipt closing;
    BeginReceipt(closing, receipt.command);
    const bool is_closed = SelectPosition(receipt.position) &&
                           CloseSelected(closing, COMMENT_NO_STOP + IntegerToString((long)receipt.command)) == RETCODE_IS_DONE;
    receipt.retcode = refused;
    receipt.stop = 0;
    receipt.target = 0;
    receipt.text = Say(is_closed ? SAY_CLOSED_WITHOUT_STOP : SAY_OPEN_WITHOUT_STOP) + " " + SayRetcode(refused);
    if(is_closed) receipt.volume = 0;
    else Alert("Phoenix: ", receipt.text);
  }

  // What stands in the way of a command that changes something, as a receipt. False: nothing.
  bool IsHindered(Receipt &receipt, const long expires) {
    if(UtcNow() >= expires) {
      receipt.outcome = OUTCOME_EXPIRED;
      receipt.text = Say(SAY_EXPIRED);
      return Finish(receipt);
    }
    const Sentence hindrance = TradingHindrance();
    if(hindrance == SAY_DONE) return false;
    if(hindrance == SAY_NOT_ONLINE && !m_was_online) {
      // What an earlier life of the EA did may not have arrived here yet: nobody can say that nothing
      // happened. Not remembered, so that it is looked up anew when it is asked again.
      receipt.outcome = OUTCOME_UNKNOWN;
      receipt.retcode = TRADE_RETCODE_CONNECTION;
      receipt.text = Say(SAY_NOT_ONLINE);
      return true;
    }
    const uint retcode = hindrance == SAY_NOT_ONLINE ? TRADE_RETCODE_CONNECTION : TRADE_RETCODE_CLIENT_DISABLES_AT;
    return Refused(receipt, retcode, Say(hindrance));
  }

public:
  Hand(void) {
    m_magic = 0;
    m_was_online = false;
  }

  // It may be another account than before: nothing is remembered that the broker does not tell.
  void Start(const long magic) {
    m_magic = magic;
    m_was_online = false;
    m_receipts.Clear();
    ArrayResize(m_asked, 0);
    ArrayResize(m_deals, 0);
  }

  void Look(void) {
    if(TerminalInfoInteger(TERMINAL_CONNECTED) != 0) m_was_online = true;
  }

  // Deals that were caused since the last call.
  void TakeDeals(ulong &deals[]) {
    const int count = ArraySize(m_deals);
    ArrayResize(deals, count);
    if(count > 0) ArrayCopy(deals, m_deals, 0, 0, count);
    ArrayResize(m_deals, 0);
  }

  // Each of these: true when `receipt` is to be sent now. `is_guarded` when the guard refused.
  bool Open(const OpenCommand &open, const Guard &guard, Receipt &receipt, bool &is_guarded) {
    bool is_answered = false;
    is_guarded = false;
    if(IsKnown(open.command, receipt, is_answered)) return is_answered;
    BeginReceipt(receipt, open.command);
    if(open.side > SIDE_SELL || open.volume <= 0 || open.target_distance < 0) {
      return Refused(receipt, TRADE_RETCODE_INVALID, Say(SAY_BAD_ORDER));
    }
    if(IsHindered(receipt, open.expires)) return true;
    is_guarded = true;
    if(open.stop_distance <= 0) return Refused(receipt, TRADE_RETCODE_INVALID_STOPS, Say(SAY_NO_STOP));
    if(guard.IsTooMuch(open.volume)) return Refused(receipt, 0, Say(SAY_TOO_MUCH_VOLUME));
    if(guard.IsFull()) return Refused(receipt, 0, Say(SAY_TOO_MANY_POSITIONS));
    if(guard.IsDayLost()) return Refused(receipt, 0, Say(SAY_DAILY_LOSS));
    if(AccountInfoInteger(ACCOUNT_MARGIN_MODE) != ACCOUNT_MARGIN_MODE_RETAIL_HEDGING &&
       PositionSelect(open.symbol)) {
      if(PositionGetInteger(POSITION_MAGIC) != m_magic) {
        return Refused(receipt, TRADE_RETCODE_HEDGE_PROHIBITED, Say(SAY_FOREIGN_POSITION));
      }
      const bool is_long = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY;
      if(is_long != (open.side == SIDE_BUY)) {
        return Refused(receipt, TRADE_RETCODE_HEDGE_PROHIBITED, Say(SAY_OPPOSITE));
      }
    }
    is_guarded = false;
    if(!SymbolSelect(open.symbol, true)) return Refused(receipt, TRADE_RETCODE_INVALID, Say(SAY_NO_SYMBOL));
    MqlTick tick;
    if(!SymbolInfoTick(open.symbol, tick) || tick.bid <= 0 || tick.ask <= 0) {
      return Refused(receipt, TRADE_RETCODE_PRICE_OFF, Say(SAY_NO_QUOTE));
    }
    const double sign = open.side == SIDE_BUY ? 1.0 : -1.0;
    const double price = open.side == SIDE_BUY ? tick.ask : tick.bid;
    MqlTradeRequest request;
    MqlTradeResult result;
    ZeroMemory(request);
    request.action = TRADE_ACTION_DEAL;
    request.symbol = open.symbol;
    request.magic = (ulong)m_magic;
    request.volume = open.volume;
    request.type = open.side == SIDE_BUY ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
    request.deviation = (ulong)open.deviation;
    request.comment = CommentOf(open.command);
    request.sl = LevelOf(open.symbol, price - sign * open.stop_distance);
    if(open.target_distance > 0) request.tp = LevelOf(open.symbol, price + sign * open.target_distance);
    if(request.sl <= 0 || !IsFarEnough(open.symbol, open.side, request.sl, request.tp)) {
      return Refused(receipt, TRADE_RETCODE_INVALID_STOPS, Say(SAY_STOP_TOO_NEAR));
    }
    const RetcodeAction action = SendOrder(request, result);
    receipt.retcode = result.retcode;
    receipt.order = result.order;
    if(action == RETCODE_ASK) {
      Ask(open.command, 0, result.retcode, true, open.stop_distance, open.target_distance);
      return Answer(receipt);
    }
    if(action != RETCODE_IS_DONE) return Refused(receipt, result.retcode, SayRetcode(result.retcode));
    if(result.retcode == TRADE_RETCODE_DONE_PARTIAL) TakeBack(result.order);
    receipt.outcome = OUTCOME_DONE;
    receipt.deal = result.deal;
    receipt.volume = result.volume;
    receipt.price = DealPrice(result);
    receipt.position = DealPosition(result.deal);
    Note(result.deal);
    if(receipt.position == 0) {
      // The answer came before the deal did: what is there tells which position it is.
      OrderTrace trace;
      if(!FindOrder(open.command, trace) || trace.position == 0) {
        Ask(open.command, 0, result.retcode, true, open.stop_distance, open.target_distance);
        return Answer(receipt);
      }
      FromTrace(receipt, trace);
    }
    Secure(receipt, open.stop_distance, open.target_distance);
    return Finish(receipt);
  }

  bool Modify(const ulong command, const long expires, const ulong position, const double stop,
              const double target, Receipt &receipt, bool &is_guarded) {
    is_guarded = false;
    if(m_receipts.Find(command, receipt)) return true;
    BeginReceipt(receipt, command);
    receipt.position = position;
    if(stop < 0 || target < 0) {
      return Refused(receipt, TRADE_RETCODE_INVALID, Say(SAY_BAD_ORDER));
    }
    if(IsHindered(receipt, expires)) return true;
    if(!SelectPosition(position)) {
      return Refused(receipt, TRADE_RETCODE_POSITION_CLOSED, Say(SAY_NO_POSITION));
    }
    is_guarded = true;
    if(PositionGetInteger(POSITION_MAGIC) != m_magic) return Refused(receipt, 0, Say(SAY_NOT_OURS));
    const string symbol = PositionGetString(POSITION_SYMBOL);
    const int side = PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY ? SIDE_BUY : SIDE_SELL;
    const double new_stop = LevelOf(symbol, stop);
    // Below half a tick it is 0 on the grid, which takes the stop away.
    if(new_stop <= 0) return Refused(receipt, TRADE_RETCODE_INVALID_STOPS, Say(SAY_NO_STOP));
    is_guarded = false;
    const double new_target = target > 0 ? LevelOf(symbol, target) : 0;
    if(IsFrozen(symbol, side, PositionGetDouble(POSITION_SL), PositionGetDouble(POSITION_TP))) {
      return Refused(receipt, TRADE_RETCODE_FROZEN, Say(SAY_FROZEN));
    }
    if(!IsFarEnough(symbol, side, new_stop, new_target)) {
      return Refused(receipt, TRADE_RETCODE_INVALID_STOPS, Say(SAY_STOP_TOO_NEAR));
    }
    MqlTradeResult result;
    const RetcodeAction action = SetLevels(new_stop, new_target, result);
    receipt.retcode = result.retcode;
    if(SelectPosition(position)) {
      receipt.volume = PositionGetDouble(POSITION_VOLUME);
      receipt.stop = PositionGetDouble(POSITION_SL);
      receipt.target = PositionGetDouble(POSITION_TP);
    }
    if(action == RETCODE_IS_DONE) {
      receipt.outcome = OUTCOME_DONE;
      return Finish(receipt);
    }
    receipt.text = SayRetcode(result.retcode);
    receipt.outcome = action == RETCODE_ASK ? OUTCOME_UNKNOWN : OUTCOME_REFUSED;
    return Finish(receipt);
  }

  bool Close(const ulong command, const long expires, const ulong position, Receipt &receipt, bool &is_guarded) {
    bool is_answered = false;
    is_guarded = false;
    if(IsKnown(command, receipt, is_answered)) return is_answered;
    BeginReceipt(receipt, command);
    receipt.position = position;
    if(IsHindered(receipt, expires)) return true;
    if(!SelectPosition(position)) {
      return Refused(receipt, TRADE_RETCODE_POSITION_CLOSED, Say(SAY_NO_POSITION));
    }
    if(PositionGetInteger(POSITION_MAGIC) != m_magic) {
      is_guarded = true;
      return Refused(receipt, 0, Say(SAY_NOT_OURS));
    }
    const RetcodeAction action = CloseSelected(receipt, CommentOf(command));
    if(action == RETCODE_ASK) {
      Ask(command, position, receipt.retcode, false, 0, 0);
      return Answer(receipt);
    }
    if(action != RETCODE_IS_DONE) return Refused(receipt, receipt.retcode, SayRetcode(receipt.retcode));
    receipt.outcome = OUTCOME_DONE;
    return Finish(receipt);
  }

  // Closes all positions of ours, or everybody's. Runs again where the first round left something.
  bool CloseAll(const ulong command, const long expires, const bool everything, const Guard &guard,
                Receipt &receipt, bool &is_guarded) {
    is_guarded = false;
    if(m_receipts.Find(command, receipt)) return true;
    BeginReceipt(receipt, command);
    if(everything && !guard.MayCloseEverything()) {
      is_guarded = true;
      return Refused(receipt, 0, Say(SAY_EVERYTHING_FORBIDDEN));
    }
    if(IsHindered(receipt, expires)) return true;
    const int left = CloseEach(CommentOf(command), everything, receipt);
    receipt.position = 0;
    receipt.outcome = left == 0 ? OUTCOME_DONE : OUTCOME_UNKNOWN;
    if(left == 0) receipt.retcode = TRADE_RETCODE_DONE;
    else receipt.text = Say(SAY_SOME_LEFT) + " " + SayRetcode(receipt.retcode);
    return Finish(receipt);
  }

  // How many positions are left.
  int CloseEach(const string comment, const bool everything, Receipt &receipt) {
    int left = 0;
    for(int turn = 0; turn < CLOSE_ROUNDS; turn++) {
      left = 0;
      double volume = 0;
      for(int i = PositionsTotal() - 1; i >= 0; i--) {
        // Another list after every closing: a place may be empty now.
        if(PositionGetTicket(i) == 0) continue;
        if(!everything && PositionGetInteger(POSITION_MAGIC) != m_magic) continue;
        const double before = receipt.volume;
        if(CloseSelected(receipt, comment) != RETCODE_IS_DONE) left++;
        volume += receipt.volume - before;
      }
      if(left == 0) break;
    }
    return left;
  }

  // Whether a question is open.
  bool IsAsking(void) const { return ArraySize(m_asked) > 0; }

  // The next answer to an open question: a receipt to send. False when there is none now.
  bool Answer(Receipt &receipt) {
    for(int i = ArraySize(m_asked) - 1; i >= 0; i--) {
      OrderTrace trace;
      const bool is_found = FindOrder(m_asked[i].command, trace) && trace.volume > 0;
      const bool is_late = Ticking() >= m_asked[i].until;
      if(!is_found && !is_late) continue;
      // A part may be filled and the rest still be waiting: give it its time.
      if(is_found && trace.is_waiting && !is_late) continue;
      const double stop_distance = m_asked[i].stop_distance;
      const double target_distance = m_asked[i].target_distance;
      const bool is_open = m_asked[i].is_open;
      BeginReceipt(receipt, m_asked[i].command);
      receipt.retcode = m_asked[i].retcode;
      receipt.position = m_asked[i].position;
      Forget(i);
      if(trace.is_waiting) TakeBack(trace.order);
      if(!is_found) {
        receipt.outcome = OUTCOME_UNKNOWN;
        receipt.text = Say(SAY_UNKNOWN) + " " + SayRetcode(receipt.retcode);
        return Finish(receipt);
      }
      FromTrace(receipt, trace);
      if(is_open) Secure(receipt, stop_distance, target_distance);
      return Finish(receipt);
    }
    return false;
  }
};

#endif
