// Whether anything stands in the way of trading, and what the trader can do about it.
#ifndef PHOENIX_PERMISSION
#define PHOENIX_PERMISSION

#include <Phoenix/Words.mqh>

// SAY_DONE when nothing does.
Sentence TradingHindrance(void) {
  if(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) == 0) return SAY_TERMINAL_OFF;
  if(MQLInfoInteger(MQL_TRADE_ALLOWED) == 0) return SAY_EXPERT_OFF;
  if(AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) == 0) return SAY_ACCOUNT_OFF;
  if(AccountInfoInteger(ACCOUNT_TRADE_EXPERT) == 0) return SAY_ACCOUNT_EXPERTS_OFF;
  if(TerminalInfoInteger(TERMINAL_CONNECTED) == 0) return SAY_NOT_ONLINE;
  return SAY_DONE;
}

uint PermissionFlags(const bool guard_holds) {
  uint flags = 0;
  if(TerminalInfoInteger(TERMINAL_CONNECTED) != 0) flags |= 1;
  if(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) != 0) flags |= 2;
  if(MQLInfoInteger(MQL_TRADE_ALLOWED) != 0) flags |= 4;
  if(AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) != 0) flags |= 8;
  if(AccountInfoInteger(ACCOUNT_TRADE_EXPERT) != 0) flags |= 16;
  if(guard_holds) flags |= 32;
  return flags;
}

#endif
