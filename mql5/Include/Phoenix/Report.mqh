// What the account is and does, as the link carries it.
#ifndef PHOENIX_REPORT
#define PHOENIX_REPORT

#include <Phoenix/Bytes.mqh>
#include <Phoenix/Clock.mqh>
#include <Phoenix/Kind.mqh>
#include <Phoenix/Permission.mqh>

// Deals that were told since the EA was loaded, so that none is told twice.
#define DEALS_KEPT 1024

void WriteAccount(MessageWriter &out, const bool guard_holds) {
  out.I64(UtcNow());
  out.F64(AccountInfoDouble(ACCOUNT_BALANCE));
  out.F64(AccountInfoDouble(ACCOUNT_EQUITY));
  out.F64(AccountInfoDouble(ACCOUNT_MARGIN));
  out.F64(AccountInfoDouble(ACCOUNT_MARGIN_FREE));
  out.U32(PermissionFlags(guard_holds));
}

void WritePositions(MessageWriter &out) {
  out.I64(UtcNow());
  const int place = out.Size();
  uint count = 0;
  out.U32(0);
  const int total = PositionsTotal();
  for(int i = 0; i < total; i++) {
    const ulong ticket = PositionGetTicket(i);
    if(ticket == 0) continue;
    out.I64(PositionGetInteger(POSITION_IDENTIFIER));
    out.Text(PositionGetString(POSITION_SYMBOL));
    out.U8(PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY ? SIDE_BUY : SIDE_SELL);
    out.F64(PositionGetDouble(POSITION_VOLUME));
    out.F64(PositionGetDouble(POSITION_PRICE_OPEN));
    out.F64(PositionGetDouble(POSITION_SL));
    out.F64(PositionGetDouble(POSITION_TP));
    out.F64(PositionGetDouble(POSITION_PRICE_CURRENT));
    out.F64(PositionGetDouble(POSITION_PROFIT));
    out.F64(PositionGetDouble(POSITION_SWAP));
    out.I64(PositionGetInteger(POSITION_MAGIC));
    out.I64(UtcFromServer(PositionGetInteger(POSITION_TIME_MSC)));
    out.Text(PositionGetString(POSITION_COMMENT));
    count++;
  }
  out.PutU32(place, count);
}

int SideOfDeal(const long type) {
  if(type == DEAL_TYPE_BUY) return SIDE_BUY;
  if(type == DEAL_TYPE_SELL) return SIDE_SELL;
  return SIDE_NONE;
}

int EntryOfDeal(const long type, const long entry) {
  if(SideOfDeal(type) == SIDE_NONE) return 4;
  if(entry == DEAL_ENTRY_IN) return 0;
  if(entry == DEAL_ENTRY_OUT) return 1;
  if(entry == DEAL_ENTRY_INOUT) return 2;
  return 3;
}

int ReasonOfDeal(const long reason) {
  if(reason == DEAL_REASON_EXPERT) return 0;
  if(reason == DEAL_REASON_CLIENT || reason == DEAL_REASON_MOBILE || reason == DEAL_REASON_WEB) return 1;
  if(reason == DEAL_REASON_SL) return 2;
  if(reason == DEAL_REASON_TP) return 3;
  if(reason == DEAL_REASON_SO) return 4;
  return 5;
}

// A deal that is selected: by HistorySelect or HistoryDealSelect.
void WriteDeal(MessageWriter &out, const ulong ticket) {
  const long type = HistoryDealGetInteger(ticket, DEAL_TYPE);
  const bool is_trade = SideOfDeal(type) != SIDE_NONE;
  out.I64((long)ticket);
  out.I64(HistoryDealGetInteger(ticket, DEAL_ORDER));
  out.I64(HistoryDealGetInteger(ticket, DEAL_POSITION_ID));
  out.Text(is_trade ? HistoryDealGetString(ticket, DEAL_SYMBOL) : "");
  out.U8(SideOfDeal(type));
  out.U8(EntryOfDeal(type, HistoryDealGetInteger(ticket, DEAL_ENTRY)));
  out.U8(ReasonOfDeal(HistoryDealGetInteger(ticket, DEAL_REASON)));
  out.F64(HistoryDealGetDouble(ticket, DEAL_VOLUME));
  out.F64(HistoryDealGetDouble(ticket, DEAL_PRICE));
  out.F64(HistoryDealGetDouble(ticket, DEAL_PROFIT));
  out.F64(HistoryDealGetDouble(ticket, DEAL_COMMISSION));
  out.F64(HistoryDealGetDouble(ticket, DEAL_SWAP));
  out.F64(HistoryDealGetDouble(ticket, DEAL_FEE));
  out.I64(HistoryDealGetInteger(ticket, DEAL_MAGIC));
  out.I64(UtcFromServer(HistoryDealGetInteger(ticket, DEAL_TIME_MSC)));
  out.Text(HistoryDealGetString(ticket, DEAL_COMMENT));
}

class ToldDeals {
private:
  ulong m_tickets[];
  int m_next;

public:
  ToldDeals(void) { m_next = 0; }

  void Clear(void) {
    ArrayResize(m_tickets, 0);
    m_next = 0;
  }

  bool Has(const ulong ticket) const {
    for(int i = ArraySize(m_tickets) - 1; i >= 0; i--) {
      if(m_tickets[i] == ticket) return true;
    }
    return false;
  }

  void Add(const ulong ticket) {
    const int count = ArraySize(m_tickets);
    if(count < DEALS_KEPT) {
      ArrayResize(m_tickets, count + 1, DEALS_KEPT);
      m_tickets[count] = ticket;
      return;
    }
    m_tickets[m_next] = ticket;
    m_next = (m_next + 1) % DEALS_KEPT;
  }
};

#endif
