// Phoenix for MetaTrader 5: tells the Phoenix program on this computer what the market and the
// account do, and carries out its orders. All rules of trading are in that program.
#property copyright "Phoenix"
#property version "0.10"
#property description "Add 127.0.0.1 under Tools > Options > Expert Advisors > Allow WebRequest for listed URL."
#property description "Tambahkan 127.0.0.1 di Tools > Options > Expert Advisors > Allow WebRequest for listed URL."

#include <Phoenix/Expert.mqh>

// What the trader reads in the list of inputs stands behind each.
input string PairingKey = "";              // Pairing key (empty: from the Phoenix program)
input long MagicNumber = 47855;            // Magic number: another one for each chart
input double MaxVolume = 10.0;             // Greatest volume of one order, in lots
input int MaxPositions = 20;               // Greatest number of open positions
input double MaxDailyLoss = 0.0;           // Greatest loss of a day, in account money (0: none)
input bool MayCloseEverything = false;     // May close positions of others on command
input string Host = "127.0.0.1";           // Address of the Phoenix program
input int Port = 47855;                    // Port of the Phoenix program

// The timer's pace. Windows gives it every 10 to 16 ms.
#define TIMER_MS 10

Expert expert;

int OnInit() {
  Settings settings;
  settings.host = Host;
  settings.port = Port;
  settings.secret = PairingKey;
  settings.magic = MagicNumber;
  settings.max_volume = MaxVolume;
  settings.max_positions = MaxPositions;
  settings.max_daily_loss = MaxDailyLoss;
  settings.may_close_everything = MayCloseEverything;
  if(TerminalInfoString(TERMINAL_LANGUAGE) == "Indonesian") words_language = LANGUAGE_INDONESIAN;
  MathSrand((int)(GetTickCount64() & 0x7FFFFFFF));
  expert.Start(settings);
  if(!EventSetMillisecondTimer(TIMER_MS)) return INIT_FAILED;
  return INIT_SUCCEEDED;
}

void OnDeinit(const int reason) {
  EventKillTimer();
  expert.Stop();
}

void OnTick() { expert.Tick(); }

void OnTimer() { expert.Timer(); }

void OnTradeTransaction(const MqlTradeTransaction &transaction, const MqlTradeRequest &request,
                        const MqlTradeResult &result) {
  expert.Transaction(transaction);
}
