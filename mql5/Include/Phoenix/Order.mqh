// One order to the broker: levels on the symbol's grid, filling mode, retries, and the search for an
// order whose answer was lost.
#ifndef PHOENIX_ORDER
#define PHOENIX_ORDER

#include <Phoenix/Clock.mqh>
#include <Phoenix/Kind.mqh>
#include <Phoenix/Retcode.mqh>

#define ORDER_TRIES 4
#define ORDER_PAUSE_MS 50
// How far back an order is looked for by its comment.
#define ORDER_SEARCH_SECONDS 604800

string CommentOf(const ulong command) { return "PX-" + IntegerToString((long)command); }

// Whether a comment is that of a command. Brokers write words of their own behind it: "PX-12[sl]".
bool IsCommentOf(const string comment, const string wanted) {
  const int length = StringLen(wanted);
  if(StringSubstr(comment, 0, length) != wanted) return false;
  const ushort next = StringGetCharacter(comment, length);
  return next < '0' || next > '9';
}

// A price on the symbol's grid. The executor and the backtest do the same sum.
double LevelOf(const string symbol, const double price) {
  const double tick_size = SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_SIZE);
  const int digits = (int)SymbolInfoInteger(symbol, SYMBOL_DIGITS);
  if(tick_size <= 0) return NormalizeDouble(price, digits);
  return NormalizeDouble(MathRound(price / tick_size) * tick_size, digits);
}

// Whether two prices are the same on the symbol's grid.
bool IsSameLevel(const string symbol, const double left, const double right) {
  return MathAbs(left - right) < SymbolInfoDouble(symbol, SYMBOL_POINT) / 2;
}

// The filling modes that a symbol takes, the strictest first; the one at `place`, the last one
// beyond the end.
ENUM_ORDER_TYPE_FILLING FillingOf(const string symbol, const int place) {
  const long modes = SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE);
  const bool is_market = SymbolInfoInteger(symbol, SYMBOL_TRADE_EXEMODE) == SYMBOL_TRADE_EXECUTION_MARKET;
  int found = 0;
  ENUM_ORDER_TYPE_FILLING last = ORDER_FILLING_FOK;
  if((modes & SYMBOL_FILLING_FOK) != 0) {
    if(found == place) return ORDER_FILLING_FOK;
    last = ORDER_FILLING_FOK;
    found++;
  }
  if((modes & SYMBOL_FILLING_IOC) != 0) {
    if(found == place) return ORDER_FILLING_IOC;
    last = ORDER_FILLING_IOC;
    found++;
  }
  if(!is_market) {
    if(found == place) return ORDER_FILLING_RETURN;
    last = ORDER_FILLING_RETURN;
    found++;
  }
  return last;
}

// Whether a stop and a target are far enough from the price at which the position would be closed.
bool IsFarEnough(const string symbol, const int side, const double stop, const double target) {
  MqlTick tick;
  if(!SymbolInfoTick(symbol, tick)) return true;
  const double nearest = (double)SymbolInfoInteger(symbol, SYMBOL_TRADE_STOPS_LEVEL) *
                         SymbolInfoDouble(symbol, SYMBOL_POINT);
  const double sign = side == SIDE_BUY ? 1.0 : -1.0;
  const double price = side == SIDE_BUY ? tick.bid : tick.ask;
  // Half a point of grace: the difference of two prices is not exact.
  const double grace = SymbolInfoDouble(symbol, SYMBOL_POINT) / 2;
  if(stop > 0 && (price - stop) * sign < nearest - grace) return false;
  if(target > 0 && (target - price) * sign < nearest - grace) return false;
  return true;
}

// Whether the price is so near to a level of the selected position that the broker changes nothing.
bool IsFrozen(const string symbol, const int side, const double stop, const double target) {
  const long points = SymbolInfoInteger(symbol, SYMBOL_TRADE_FREEZE_LEVEL);
  MqlTick tick;
  if(points <= 0 || !SymbolInfoTick(symbol, tick)) return false;
  const double distance = (double)points * SymbolInfoDouble(symbol, SYMBOL_POINT);
  const double sign = side == SIDE_BUY ? 1.0 : -1.0;
  const double price = side == SIDE_BUY ? tick.bid : tick.ask;
  if(stop > 0 && (price - stop) * sign <= distance) return true;
  return target > 0 && (target - price) * sign <= distance;
}

// Sends a request until it is done or it is clear that it will not be. For market orders the price
// is taken anew at each try. A request of which it is not known whether it was carried out is never
// sent again.
RetcodeAction SendOrder(MqlTradeRequest &request, MqlTradeResult &result) {
  int filling = 0;
  RetcodeAction action = RETCODE_GIVE_UP;
  for(int tried = 0; tried < ORDER_TRIES; tried++) {
    if(request.action == TRADE_ACTION_DEAL) {
      MqlTick tick;
      if(SymbolInfoTick(request.symbol, tick)) {
        request.price = request.type == ORDER_TYPE_BUY ? tick.ask : tick.bid;
      }
      request.type_filling = FillingOf(request.symbol, filling);
    }
    ZeroMemory(result);
    ResetLastError();
    const bool is_sent = OrderSend(request, result);
    // Refused by the terminal itself, before anything left it.
    if(!is_sent && result.retcode == 0) {
      result.retcode = TRADE_RETCODE_INVALID;
      return RETCODE_GIVE_UP;
    }
    action = ActionOf(result.retcode);
    if(action == RETCODE_REFILL) {
      filling++;
      continue;
    }
    if(action != RETCODE_RETRY) return action;
    // Only the server's breath is waited for, not the market.
    if(result.retcode == TRADE_RETCODE_TOO_MANY_REQUESTS || result.retcode == TRADE_RETCODE_LOCKED ||
       result.retcode == TRADE_RETCODE_PRICE_OFF) {
      Sleep(ORDER_PAUSE_MS);
    }
  }
  return RETCODE_GIVE_UP;
}

// Selects the open position of this lasting number.
bool SelectPosition(const ulong identifier) {
  for(int i = PositionsTotal() - 1; i >= 0; i--) {
    const ulong ticket = PositionGetTicket(i);
    if(ticket == 0) continue;
    if(ticket == identifier || PositionGetInteger(POSITION_IDENTIFIER) == (long)identifier) return true;
  }
  return false;
}

// What the broker knows of an order with the comment of a command.
struct OrderTrace {
  bool is_waiting;    // it lies at the server, not filled yet
  ulong order;
  ulong deal;         // its first deal
  ulong position;
  double volume;      // filled so far
  double price;       // average
};

// Looks among waiting orders, and among the deals of the last days. True when something was found.
bool FindOrder(const ulong command, OrderTrace &trace) {
  const string comment = CommentOf(command);
  trace.is_waiting = false;
  trace.order = 0;
  trace.deal = 0;
  trace.position = 0;
  trace.volume = 0;
  trace.price = 0;
  for(int i = OrdersTotal() - 1; i >= 0; i--) {
    const ulong ticket = OrderGetTicket(i);
    if(ticket == 0 || !IsCommentOf(OrderGetString(ORDER_COMMENT), comment)) continue;
    trace.is_waiting = true;
    trace.order = ticket;
  }
  const datetime now = TimeTradeServer();
  if(HistorySelect(now - ORDER_SEARCH_SECONDS, now + 86400)) {
    double money = 0;
    for(int i = HistoryDealsTotal() - 1; i >= 0; i--) {
      const ulong ticket = HistoryDealGetTicket(i);
      if(ticket == 0 || !IsCommentOf(HistoryDealGetString(ticket, DEAL_COMMENT), comment)) continue;
      // A stop that was hit may bear the comment of the order that opened: it is no deed of ours.
      if(HistoryDealGetInteger(ticket, DEAL_REASON) != DEAL_REASON_EXPERT) continue;
      const double volume = HistoryDealGetDouble(ticket, DEAL_VOLUME);
      trace.deal = ticket;
      trace.order = (ulong)HistoryDealGetInteger(ticket, DEAL_ORDER);
      trace.position = (ulong)HistoryDealGetInteger(ticket, DEAL_POSITION_ID);
      trace.volume += volume;
      money += volume * HistoryDealGetDouble(ticket, DEAL_PRICE);
      trace.price = HistoryDealGetDouble(ticket, DEAL_PRICE);
    }
    // Several fills have an average; the price of a single one is left to the bit.
    if(trace.volume > 0 && trace.volume * trace.price != money) trace.price = money / trace.volume;
  }
  // Where a broker writes no comment on deals, the position may bear it.
  for(int i = PositionsTotal() - 1; i >= 0 && trace.deal == 0; i--) {
    if(PositionGetTicket(i) == 0 || !IsCommentOf(PositionGetString(POSITION_COMMENT), comment)) continue;
    trace.position = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
    trace.volume = PositionGetDouble(POSITION_VOLUME);
    trace.price = PositionGetDouble(POSITION_PRICE_OPEN);
    break;
  }
  return trace.is_waiting || trace.volume > 0;
}

#endif
