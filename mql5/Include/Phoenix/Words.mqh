// What the trader reads, in English and Indonesian. Names of menus stay as MetaTrader writes them.
#ifndef PHOENIX_WORDS
#define PHOENIX_WORDS

#define LANGUAGE_ENGLISH 0
#define LANGUAGE_INDONESIAN 1

// The language of all sentences. The executor's Welcome sets it.
int words_language = LANGUAGE_ENGLISH;

enum Sentence {
  SAY_SEARCHING,
  SAY_CONNECTED,
  SAY_LOST,
  SAY_ADDRESS,
  SAY_NO_SECRET,
  SAY_WRONG_SECRET,
  SAY_DROPPED,
  SAY_TERMINAL_OFF,
  SAY_EXPERT_OFF,
  SAY_ACCOUNT_OFF,
  SAY_ACCOUNT_EXPERTS_OFF,
  SAY_NOT_ONLINE,
  SAY_TOO_MUCH_VOLUME,
  SAY_TOO_MANY_POSITIONS,
  SAY_DAILY_LOSS,
  SAY_NOT_OURS,
  SAY_NO_STOP,
  SAY_EVERYTHING_FORBIDDEN,
  SAY_FOREIGN_POSITION,
  SAY_OPPOSITE,
  SAY_EXPIRED,
  SAY_NO_POSITION,
  SAY_STOP_TOO_NEAR,
  SAY_FROZEN,
  SAY_WIDER_STOP,
  SAY_CLOSED_WITHOUT_STOP,
  SAY_OPEN_WITHOUT_STOP,
  SAY_DEAD_MAN_CLOSED,
  SAY_DEAD_MAN_LEFT,
  SAY_NO_SYMBOL,
  SAY_NO_TIMEFRAME,
  SAY_NO_HISTORY,
  SAY_NO_DEALS,
  SAY_NO_CALENDAR,
  SAY_UNKNOWN,
  SAY_NO_QUOTE,
  SAY_SOME_LEFT,
  SAY_BAD_ORDER,
  SAY_DONE
};

string Both(const string english, const string indonesian) {
  return words_language == LANGUAGE_INDONESIAN ? indonesian : english;
}

string Say(const Sentence what) {
  switch(what) {
    case SAY_SEARCHING:
      return Both("Looking for the Phoenix program on this computer. Is it running?",
                  "Mencari program Phoenix di komputer ini. Apakah sudah dijalankan?");
    case SAY_CONNECTED:
      return Both("Connected to the Phoenix program.", "Terhubung dengan program Phoenix.");
    case SAY_LOST:
      return Both("The connection to the Phoenix program was lost; trying again. Stops stay at the broker.",
                  "Koneksi ke program Phoenix terputus; mencoba lagi. Stop tetap terpasang di broker.");
    case SAY_ADDRESS:
      return Both("MetaTrader does not allow this address yet. Open Tools > Options > Expert Advisors, "
                  "tick \"Allow WebRequest for listed URL\", add 127.0.0.1 to the list and press OK.",
                  "MetaTrader belum mengizinkan alamat ini. Buka Tools > Options > Expert Advisors, "
                  "centang \"Allow WebRequest for listed URL\", tambahkan 127.0.0.1 ke daftar, lalu tekan OK.");
    case SAY_NO_SECRET:
      return Both("This terminal is not paired yet. Start the Phoenix program on this computer, or copy "
                  "the pairing key from its status page into the input \"Pairing key\".",
                  "Terminal ini belum dipasangkan. Jalankan program Phoenix di komputer ini, atau salin "
                  "kunci pasangan dari halaman statusnya ke input \"Pairing key\".");
    case SAY_WRONG_SECRET:
      return Both("The Phoenix program has another pairing key than this Expert Advisor. Remove the EA "
                  "from the chart and add it again; if that does not help, pair anew.",
                  "Kunci pasangan program Phoenix berbeda dengan kunci EA ini. Lepas EA dari chart lalu "
                  "pasang lagi; jika masih gagal, lakukan pemasangan ulang.");
    case SAY_DROPPED:
      return Both("A message that is forged, damaged or out of order was dropped and nothing was done.",
                  "Pesan yang palsu, rusak, atau tidak berurutan telah dibuang; tidak ada yang dijalankan.");
    case SAY_TERMINAL_OFF:
      return Both("Algo trading is off. Press the button \"Algo Trading\" in MetaTrader's toolbar.",
                  "Algo trading sedang mati. Tekan tombol \"Algo Trading\" di toolbar MetaTrader.");
    case SAY_EXPERT_OFF:
      return Both("This Expert Advisor may not trade. Press F7 on the chart, open \"Common\" and tick "
                  "\"Allow Algo Trading\".",
                  "EA ini belum boleh bertransaksi. Tekan F7 di chart, buka tab \"Common\", lalu centang "
                  "\"Allow Algo Trading\".");
    case SAY_ACCOUNT_OFF:
      return Both("The broker does not let this account trade. Perhaps you logged in with the investor "
                  "password.",
                  "Broker tidak mengizinkan akun ini bertransaksi. Mungkin Anda masuk dengan password "
                  "investor.");
    case SAY_ACCOUNT_EXPERTS_OFF:
      return Both("The broker does not let programs trade on this account. Ask the broker.",
                  "Broker tidak mengizinkan program bertransaksi di akun ini. Tanyakan kepada broker.");
    case SAY_NOT_ONLINE:
      return Both("MetaTrader is not connected to the broker.", "MetaTrader tidak terhubung ke broker.");
    case SAY_TOO_MUCH_VOLUME:
      return Both("Refused: the volume is above the greatest that is allowed for one order.",
                  "Ditolak: volume melebihi batas terbesar untuk satu order.");
    case SAY_TOO_MANY_POSITIONS:
      return Both("Refused: as many positions are open as are allowed.",
                  "Ditolak: jumlah posisi terbuka sudah mencapai batas.");
    case SAY_DAILY_LOSS:
      return Both("Refused: today's loss has reached its limit. New positions are possible again tomorrow.",
                  "Ditolak: kerugian hari ini sudah mencapai batas. Posisi baru bisa dibuka lagi besok.");
    case SAY_NOT_OURS:
      return Both("Refused: that position was not opened by this Expert Advisor.",
                  "Ditolak: posisi itu tidak dibuka oleh EA ini.");
    case SAY_NO_STOP:
      return Both("Refused: a position without a stop loss is never opened or left.",
                  "Ditolak: posisi tanpa stop loss tidak pernah dibuka atau dibiarkan.");
    case SAY_EVERYTHING_FORBIDDEN:
      return Both("Refused: closing positions of others is switched off in the inputs of this EA.",
                  "Ditolak: menutup posisi milik pihak lain dimatikan di input EA ini.");
    case SAY_FOREIGN_POSITION:
      return Both("Refused: this account keeps one position per symbol, and the one that is open is not ours.",
                  "Ditolak: akun ini hanya menyimpan satu posisi per simbol, dan posisi yang terbuka bukan milik kami.");
    case SAY_OPPOSITE:
      return Both("Refused: this account keeps one side per symbol, and the other side is open.",
                  "Ditolak: akun ini hanya menyimpan satu arah per simbol, dan arah sebaliknya sedang terbuka.");
    case SAY_EXPIRED:
      return Both("The command came too late and was not carried out.",
                  "Perintah datang terlambat dan tidak dijalankan.");
    case SAY_NO_POSITION:
      return Both("There is no such position; it may be closed already.",
                  "Posisi itu tidak ada; mungkin sudah ditutup.");
    case SAY_STOP_TOO_NEAR:
      return Both("Refused: the stop or target is nearer to the price than the broker allows.",
                  "Ditolak: stop atau target lebih dekat ke harga daripada yang diizinkan broker.");
    case SAY_FROZEN:
      return Both("Refused: the price is so near to the stop or target that the broker has frozen the position.",
                  "Ditolak: harga sangat dekat dengan stop atau target sehingga broker membekukan posisi.");
    case SAY_WIDER_STOP:
      return Both("The position has a stop, but not at the distance from the fill that was asked for.",
                  "Posisi sudah memiliki stop, tetapi tidak pada jarak dari harga eksekusi yang diminta.");
    case SAY_CLOSED_WITHOUT_STOP:
      return Both("The broker did not take the stop loss, so the position was closed at once.",
                  "Broker tidak menerima stop loss, maka posisi langsung ditutup.");
    case SAY_OPEN_WITHOUT_STOP:
      return Both("ATTENTION: a position has no stop loss and could not be closed. Close it by hand now.",
                  "PERHATIAN: ada posisi tanpa stop loss yang tidak bisa ditutup. Tutup sekarang secara manual.");
    case SAY_DEAD_MAN_CLOSED:
      return Both("The Phoenix program was silent for too long: its positions were closed, as you chose.",
                  "Program Phoenix terlalu lama tidak merespons: posisinya ditutup sesuai pilihan Anda.");
    case SAY_DEAD_MAN_LEFT:
      return Both("The Phoenix program was silent for too long: positions stay open with their stops, as you chose.",
                  "Program Phoenix terlalu lama tidak merespons: posisi tetap terbuka dengan stop-nya sesuai pilihan Anda.");
    case SAY_NO_SYMBOL:
      return Both("The broker has no such symbol.", "Broker tidak memiliki simbol itu.");
    case SAY_NO_TIMEFRAME:
      return Both("MetaTrader has no such timeframe.", "MetaTrader tidak memiliki timeframe itu.");
    case SAY_NO_HISTORY:
      return Both("MetaTrader could not load the price history in time. It will be asked again.",
                  "MetaTrader belum selesai memuat riwayat harga. Permintaan akan diulang.");
    case SAY_NO_DEALS:
      return Both("MetaTrader could not load the account's history.",
                  "MetaTrader tidak dapat memuat riwayat akun.");
    case SAY_NO_CALENDAR:
      return Both("MetaTrader has no economic calendar here.",
                  "Kalender ekonomi MetaTrader tidak tersedia di sini.");
    case SAY_UNKNOWN:
      return Both("The broker has not said whether the order was carried out. Positions and deals will tell.",
                  "Broker belum memastikan apakah order dijalankan. Posisi dan transaksi akan menunjukkannya.");
    case SAY_NO_QUOTE:
      return Both("There is no price for this symbol now.", "Saat ini tidak ada harga untuk simbol ini.");
    case SAY_SOME_LEFT:
      return Both("Not all positions could be closed.", "Tidak semua posisi dapat ditutup.");
    case SAY_BAD_ORDER:
      return Both("Refused: the command makes no sense.", "Ditolak: perintahnya tidak masuk akal.");
    case SAY_DONE:
      return Both("Done.", "Selesai.");
  }
  return "";
}

#endif
