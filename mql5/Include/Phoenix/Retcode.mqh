// Everything that a trade server answers, and what follows from it: one table.
// https://www.mql5.com/en/docs/constants/errorswarnings/enum_trade_return_codes
#ifndef PHOENIX_RETCODE
#define PHOENIX_RETCODE

#include <Phoenix/Words.mqh>

enum RetcodeAction {
  RETCODE_IS_DONE,    // carried out, in whole or in part
  RETCODE_RETRY,      // nothing happened, and it may work at once with a fresh price
  RETCODE_REFILL,     // nothing happened; another filling mode may work
  RETCODE_GIVE_UP,    // nothing happened, and it would not work now
  RETCODE_ASK         // it may have happened: look at orders, positions and deals
};

RetcodeAction ActionOf(const uint retcode) {
  switch(retcode) {
    case TRADE_RETCODE_DONE:
    case TRADE_RETCODE_DONE_PARTIAL:
    case TRADE_RETCODE_NO_CHANGES:
      return RETCODE_IS_DONE;

    case TRADE_RETCODE_REQUOTE:
    case TRADE_RETCODE_PRICE_CHANGED:
    case TRADE_RETCODE_PRICE_OFF:
    case TRADE_RETCODE_INVALID_PRICE:
    case TRADE_RETCODE_TOO_MANY_REQUESTS:
    case TRADE_RETCODE_LOCKED:
    case TRADE_RETCODE_ORDER_CHANGED:
      return RETCODE_RETRY;

    case TRADE_RETCODE_INVALID_FILL:
      return RETCODE_REFILL;

    // The order lies at the server, or the answer was lost on the way.
    case TRADE_RETCODE_PLACED:
    case TRADE_RETCODE_TIMEOUT:
    case TRADE_RETCODE_ERROR:
    case TRADE_RETCODE_CONNECTION:
      return RETCODE_ASK;

    case TRADE_RETCODE_REJECT:
    case TRADE_RETCODE_CANCEL:
    case TRADE_RETCODE_INVALID:
    case TRADE_RETCODE_INVALID_VOLUME:
    case TRADE_RETCODE_INVALID_STOPS:
    case TRADE_RETCODE_TRADE_DISABLED:
    case TRADE_RETCODE_MARKET_CLOSED:
    case TRADE_RETCODE_NO_MONEY:
    case TRADE_RETCODE_INVALID_EXPIRATION:
    case TRADE_RETCODE_SERVER_DISABLES_AT:
    case TRADE_RETCODE_CLIENT_DISABLES_AT:
    case TRADE_RETCODE_FROZEN:
    case TRADE_RETCODE_ONLY_REAL:
    case TRADE_RETCODE_LIMIT_ORDERS:
    case TRADE_RETCODE_LIMIT_VOLUME:
    case TRADE_RETCODE_INVALID_ORDER:
    case TRADE_RETCODE_POSITION_CLOSED:
    case TRADE_RETCODE_INVALID_CLOSE_VOLUME:
    case TRADE_RETCODE_CLOSE_ORDER_EXIST:
    case TRADE_RETCODE_LIMIT_POSITIONS:
    case TRADE_RETCODE_REJECT_CANCEL:
    case TRADE_RETCODE_LONG_ONLY:
    case TRADE_RETCODE_SHORT_ONLY:
    case TRADE_RETCODE_CLOSE_ONLY:
    case TRADE_RETCODE_FIFO_CLOSE:
    case TRADE_RETCODE_HEDGE_PROHIBITED:
      return RETCODE_GIVE_UP;
  }
  // A number that no book knows: believe nothing, look.
  return RETCODE_ASK;
}

string SayRetcode(const uint retcode) {
  switch(retcode) {
    case TRADE_RETCODE_REQUOTE:
      return Both("The broker offers another price.", "Broker menawarkan harga lain.");
    case TRADE_RETCODE_REJECT:
      return Both("The broker rejected the order.", "Broker menolak order.");
    case TRADE_RETCODE_CANCEL:
      return Both("The order was cancelled in the terminal.", "Order dibatalkan di terminal.");
    case TRADE_RETCODE_PLACED:
      return Both("The order lies at the broker.", "Order sudah diterima broker.");
    case TRADE_RETCODE_DONE:
      return Both("Done.", "Selesai.");
    case TRADE_RETCODE_DONE_PARTIAL:
      return Both("Done in part.", "Selesai sebagian.");
    case TRADE_RETCODE_ERROR:
      return Both("The broker could not process the order.", "Broker gagal memproses order.");
    case TRADE_RETCODE_TIMEOUT:
      return Both("The broker did not answer in time.", "Broker tidak menjawab tepat waktu.");
    case TRADE_RETCODE_INVALID:
      return Both("The broker does not understand the order.", "Broker tidak memahami order.");
    case TRADE_RETCODE_INVALID_VOLUME:
      return Both("The broker does not accept this volume.", "Broker tidak menerima volume ini.");
    case TRADE_RETCODE_INVALID_PRICE:
      return Both("The price is no longer valid.", "Harga sudah tidak berlaku.");
    case TRADE_RETCODE_INVALID_STOPS:
      return Both("The broker does not accept this stop or target.",
                  "Broker tidak menerima stop atau target ini.");
    case TRADE_RETCODE_TRADE_DISABLED:
      return Both("Trading in this symbol is switched off.", "Perdagangan simbol ini dinonaktifkan.");
    case TRADE_RETCODE_MARKET_CLOSED:
      return Both("The market is closed.", "Pasar sedang tutup.");
    case TRADE_RETCODE_NO_MONEY:
      return Both("There is not enough free margin.", "Margin bebas tidak cukup.");
    case TRADE_RETCODE_PRICE_CHANGED:
      return Both("The price changed meanwhile.", "Harga sudah berubah.");
    case TRADE_RETCODE_PRICE_OFF:
      return Both("The broker has no price now.", "Broker sedang tidak memiliki harga.");
    case TRADE_RETCODE_INVALID_EXPIRATION:
      return Both("The broker does not accept the order's expiry.",
                  "Broker tidak menerima masa berlaku order.");
    case TRADE_RETCODE_ORDER_CHANGED:
      return Both("The order changed meanwhile.", "Order sudah berubah.");
    case TRADE_RETCODE_TOO_MANY_REQUESTS:
      return Both("The broker takes no more orders for a moment.",
                  "Broker membatasi jumlah order untuk sementara.");
    case TRADE_RETCODE_NO_CHANGES:
      return Both("Nothing had to be changed.", "Tidak ada yang perlu diubah.");
    case TRADE_RETCODE_SERVER_DISABLES_AT:
      return Both("The broker has switched algo trading off.", "Broker mematikan algo trading.");
    case TRADE_RETCODE_CLIENT_DISABLES_AT:
      return Say(SAY_TERMINAL_OFF);
    case TRADE_RETCODE_LOCKED:
      return Both("The order is being processed.", "Order sedang diproses.");
    case TRADE_RETCODE_FROZEN:
      return Say(SAY_FROZEN);
    case TRADE_RETCODE_INVALID_FILL:
      return Both("The broker fills no order in this way.", "Broker tidak mendukung cara pengisian ini.");
    case TRADE_RETCODE_CONNECTION:
      return Say(SAY_NOT_ONLINE);
    case TRADE_RETCODE_ONLY_REAL:
      return Both("This is possible on real accounts only.", "Hanya bisa di akun real.");
    case TRADE_RETCODE_LIMIT_ORDERS:
      return Both("The broker allows no more orders.", "Jumlah order sudah mencapai batas broker.");
    case TRADE_RETCODE_LIMIT_VOLUME:
      return Both("The broker allows no more volume in this symbol.",
                  "Volume simbol ini sudah mencapai batas broker.");
    case TRADE_RETCODE_INVALID_ORDER:
      return Both("The broker forbids this kind of order.", "Broker melarang jenis order ini.");
    case TRADE_RETCODE_POSITION_CLOSED:
      return Both("The position is closed already.", "Posisi sudah ditutup.");
    case TRADE_RETCODE_INVALID_CLOSE_VOLUME:
      return Both("More was to be closed than is open.", "Volume penutupan melebihi posisi.");
    case TRADE_RETCODE_CLOSE_ORDER_EXIST:
      return Both("The position is being closed already.", "Posisi sedang dalam proses penutupan.");
    case TRADE_RETCODE_LIMIT_POSITIONS:
      return Both("The broker allows no more positions.", "Jumlah posisi sudah mencapai batas broker.");
    case TRADE_RETCODE_REJECT_CANCEL:
      return Both("The broker rejected the order and cancelled it.",
                  "Broker menolak dan membatalkan order.");
    case TRADE_RETCODE_LONG_ONLY:
      return Both("Only buying is possible in this symbol.", "Simbol ini hanya bisa dibeli.");
    case TRADE_RETCODE_SHORT_ONLY:
      return Both("Only selling is possible in this symbol.", "Simbol ini hanya bisa dijual.");
    case TRADE_RETCODE_CLOSE_ONLY:
      return Both("Positions in this symbol can only be closed.",
                  "Posisi simbol ini hanya bisa ditutup.");
    case TRADE_RETCODE_FIFO_CLOSE:
      return Both("The broker wants the oldest position to be closed first.",
                  "Broker mengharuskan posisi terlama ditutup lebih dulu.");
    case TRADE_RETCODE_HEDGE_PROHIBITED:
      return Both("The account may not hold both sides of a symbol.",
                  "Akun ini tidak boleh memegang dua arah pada satu simbol.");
  }
  return Both("The broker answered ", "Broker menjawab ") + IntegerToString((long)retcode) + ".";
}

#endif
