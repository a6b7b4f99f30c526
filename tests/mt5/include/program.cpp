// The Expert Advisor as one program: its translated source, and the doors through which the simulated
// terminal calls it.
#include "mql5.hpp"

#include "Phoenix.mq5.cpp"

#include <new>

extern "C" {
int program_init() { return OnInit(); }

void program_deinit(int reason) { OnDeinit(reason); }

void program_tick() { OnTick(); }

void program_timer() { OnTimer(); }

void program_transaction(const terminal_transaction *told) {
  MqlTradeTransaction transaction{};
  MqlTradeRequest request{};
  MqlTradeResult result{};
  transaction.type = (ENUM_TRADE_TRANSACTION_TYPE)told->type;
  transaction.deal = told->deal;
  transaction.order = told->order;
  transaction.position = told->position;
  OnTradeTransaction(transaction, request, result);
}

// Put on the chart, perhaps again: nothing that it knew is left, and its inputs are read.
void program_reload() {
  for(void (*read)() : mql_inputs()) read();
  expert.~Expert();
  new(&expert) Expert();
  words_language = LANGUAGE_ENGLISH;
}

int program_is_watching() { return expert.IsWatching() ? 1 : 0; }

// What the table of retcodes says, for the test that none is missing.
int program_action_of(uint retcode) { return ActionOf(retcode); }

size_t program_say(int language, uint retcode, int sentence, char *out, size_t room) {
  const int before = words_language;
  words_language = language;
  const std::string text = (retcode != 0 ? SayRetcode(retcode) : Say((Sentence)sentence)).utf8();
  words_language = before;
  const size_t count = text.size() < room ? text.size() : room;
  std::memcpy(out, text.data(), count);
  return count;
}
}
