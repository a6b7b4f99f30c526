// MQL5 for a C++ compiler: the types and those functions of MetaTrader that the Expert Advisor uses,
// with the signatures of the reference and nothing beyond it. What belongs to the language (strings,
// arrays, numbers) is done here; everything else asks the simulated terminal, which is Rust.
//
// A function that the reference does not have must not be added: the EA would no longer compile in
// MetaEditor. R is https://www.mql5.com/en/docs
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <vector>

// --- Types -----------------------------------------------------------------------------------------
// R/basis/types/integer
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
// R/basis/types/integer/datetime
typedef long datetime;

static_assert(sizeof(long) == 8, "MQL5's long has eight bytes");

// A program's critical error: MetaTrader ends it, and so do we.
[[noreturn]] inline void mql_critical(const char *what) {
  std::fprintf(stderr, "critical error: %s\n", what);
  std::abort();
}

// R/basis/types/stringconst: UTF-16 inside, as in MetaTrader.
class string {
  std::u16string m_units;

public:
  string() {}
  string(const char *utf8);
  static string from_utf8(const char *bytes, size_t count);
  static string from_units(const std::u16string &units) {
    string made;
    made.m_units = units;
    return made;
  }
  const std::u16string &units() const { return m_units; }
  std::u16string &units() { return m_units; }
  std::string utf8() const;
  string &operator+=(const string &other) {
    m_units += other.m_units;
    return *this;
  }
  friend string operator+(const string &left, const string &right) {
    return from_units(left.m_units + right.m_units);
  }
  friend bool operator==(const string &left, const string &right) { return left.m_units == right.m_units; }
  friend bool operator!=(const string &left, const string &right) { return left.m_units != right.m_units; }
};

// As Windows converts, and so MetaTrader: what is no letter becomes U+FFFD, in both directions.
constexpr char32_t MQL_NO_LETTER = 0xFFFD;

inline string string::from_utf8(const char *bytes, size_t count) {
  string made;
  size_t i = 0;
  while(i < count) {
    const unsigned char lead = (unsigned char)bytes[i++];
    const int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
    char32_t letter = more < 0 ? MQL_NO_LETTER : more == 0 ? lead : (char32_t)(lead & (0x3F >> more));
    for(int k = 0; k < more; k++) {
      if(i >= count || ((unsigned char)bytes[i] & 0xC0) != 0x80) {
        letter = MQL_NO_LETTER;
        break;
      }
      letter = (letter << 6) | ((unsigned char)bytes[i++] & 0x3F);
    }
    // Longer than it need be, half a letter, or beyond the last one.
    const bool is_long = (more == 2 && letter < 0x800) || (more == 3 && letter < 0x10000);
    if(is_long || (letter >= 0xD800 && letter < 0xE000) || letter > 0x10FFFF) letter = MQL_NO_LETTER;
    if(letter < 0x10000) {
      made.m_units.push_back((char16_t)letter);
    } else {
      letter -= 0x10000;
      made.m_units.push_back((char16_t)(0xD800 + (letter >> 10)));
      made.m_units.push_back((char16_t)(0xDC00 + (letter & 0x3FF)));
    }
  }
  return made;
}

inline string::string(const char *utf8) {
  if(utf8 != nullptr) *this = from_utf8(utf8, std::strlen(utf8));
}

inline std::string string::utf8() const {
  std::string bytes;
  for(size_t i = 0; i < m_units.size(); i++) {
    char32_t letter = m_units[i];
    const char32_t next = i + 1 < m_units.size() ? m_units[i + 1] : 0;
    if(letter >= 0xD800 && letter < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
      i++;
      letter = 0x10000 + ((letter - 0xD800) << 10) + (next - 0xDC00);
    } else if(letter >= 0xD800 && letter < 0xE000) {
      letter = MQL_NO_LETTER;
    }
    if(letter < 0x80) {
      bytes.push_back((char)letter);
    } else if(letter < 0x800) {
      bytes.push_back((char)(0xC0 | (letter >> 6)));
      bytes.push_back((char)(0x80 | (letter & 0x3F)));
    } else if(letter < 0x10000) {
      bytes.push_back((char)(0xE0 | (letter >> 12)));
      bytes.push_back((char)(0x80 | ((letter >> 6) & 0x3F)));
      bytes.push_back((char)(0x80 | (letter & 0x3F)));
    } else {
      bytes.push_back((char)(0xF0 | (letter >> 18)));
      bytes.push_back((char)(0x80 | ((letter >> 12) & 0x3F)));
      bytes.push_back((char)(0x80 | ((letter >> 6) & 0x3F)));
      bytes.push_back((char)(0x80 | (letter & 0x3F)));
    }
  }
  return bytes;
}

// R/basis/types/dynamic_array. An index beyond the end is a critical error.
template <class T> class mql_array {
protected:
  std::vector<T> m_items;

public:
  mql_array() {}
  mql_array(std::initializer_list<T> items) : m_items(items) {}
  template <class I> T &operator[](I index) {
    if(index < 0 || (size_t)index >= m_items.size()) mql_critical("array out of range");
    return m_items[(size_t)index];
  }
  template <class I> const T &operator[](I index) const {
    if(index < 0 || (size_t)index >= m_items.size()) mql_critical("array out of range");
    return m_items[(size_t)index];
  }
  std::vector<T> &items() { return m_items; }
  const std::vector<T> &items() const { return m_items; }
};

// An array whose size stands in its declaration.
template <class T, int N> class mql_fixed : public mql_array<T> {
public:
  mql_fixed() { this->m_items.resize(N); }
  mql_fixed(std::initializer_list<T> items) {
    this->m_items = items;
    this->m_items.resize(N);
  }
};

// R/basis/types/typecasting: there is no implicit way from number to text here, on purpose.

// --- Constants -------------------------------------------------------------------------------------
// Lines of the form `NAME = number` in enumerations are read by build.rs: Rust uses the same numbers.
#define WHOLE_ARRAY (-1)           // R/constants/namedconstants/otherconstants
#define INVALID_HANDLE (-1)        // R/constants/namedconstants/otherconstants
#define INIT_SUCCEEDED 0           // R/basis/function/events
#define INIT_FAILED 1
#define CP_UTF8 65001u             // R/constants/io_constants/codepageusage

// R/constants/errorswarnings/errorcodes
enum {
  ERR_FUNCTION_NOT_ALLOWED = 4014,
  ERR_HISTORY_NOT_FOUND = 4401,
  ERR_CALENDAR_NO_DATA = 5402,
  ERR_FILE_CANNOT_OPEN = 5004,
  ERR_NETSOCKET_INVALIDHANDLE = 5270,
  ERR_NETSOCKET_CANNOT_CONNECT = 5272,
  ERR_NETSOCKET_IO_ERROR = 5273,
  ERR_MARKET_UNKNOWN_SYMBOL = 4301,
  ERR_TRADE_DISABLED = 4752,
  ERR_TRADE_POSITION_NOT_FOUND = 4753,
  ERR_TRADE_ORDER_NOT_FOUND = 4754,
  ERR_TRADE_DEAL_NOT_FOUND = 4755
};

// R/constants/chartconstants/enum_timeframes
enum ENUM_TIMEFRAMES {
  PERIOD_CURRENT = 0,
  PERIOD_M1 = 1,
  PERIOD_M2 = 2,
  PERIOD_M3 = 3,
  PERIOD_M4 = 4,
  PERIOD_M5 = 5,
  PERIOD_M6 = 6,
  PERIOD_M10 = 10,
  PERIOD_M12 = 12,
  PERIOD_M15 = 15,
  PERIOD_M20 = 20,
  PERIOD_M30 = 30,
  PERIOD_H1 = 16385,
  PERIOD_H2 = 16386,
  PERIOD_H3 = 16387,
  PERIOD_H4 = 16388,
  PERIOD_H6 = 16390,
  PERIOD_H8 = 16392,
  PERIOD_H12 = 16396,
  PERIOD_D1 = 16408,
  PERIOD_W1 = 32769,
  PERIOD_MN1 = 49153
};

// R/constants/io_constants/fileflags
enum {
  FILE_READ = 1,
  FILE_TXT = 16,
  FILE_ANSI = 32,
  FILE_SHARE_READ = 128,
  FILE_COMMON = 4096
};

// R/common/cryptencode
enum ENUM_CRYPT_METHOD {
  CRYPT_HASH_SHA256 = 4
};

// R/constants/environment_state/accountinformation
enum ENUM_ACCOUNT_INFO_INTEGER {
  ACCOUNT_LOGIN = 0,
  ACCOUNT_TRADE_MODE = 32,
  ACCOUNT_TRADE_ALLOWED = 33,
  ACCOUNT_TRADE_EXPERT = 34,
  ACCOUNT_MARGIN_MODE = 53
};
enum ENUM_ACCOUNT_INFO_DOUBLE {
  ACCOUNT_BALANCE = 37,
  ACCOUNT_EQUITY = 40,
  ACCOUNT_MARGIN = 41,
  ACCOUNT_MARGIN_FREE = 42
};
enum ENUM_ACCOUNT_INFO_STRING {
  ACCOUNT_COMPANY = 2,
  ACCOUNT_SERVER = 3,
  ACCOUNT_CURRENCY = 36
};
enum ENUM_ACCOUNT_TRADE_MODE {
  ACCOUNT_TRADE_MODE_DEMO = 0,
  ACCOUNT_TRADE_MODE_CONTEST = 1,
  ACCOUNT_TRADE_MODE_REAL = 2
};
enum ENUM_ACCOUNT_MARGIN_MODE {
  ACCOUNT_MARGIN_MODE_RETAIL_NETTING = 0,
  ACCOUNT_MARGIN_MODE_EXCHANGE = 1,
  ACCOUNT_MARGIN_MODE_RETAIL_HEDGING = 2
};

// R/constants/environment_state/terminalstatus
enum ENUM_TERMINAL_INFO_INTEGER {
  TERMINAL_BUILD = 5,
  TERMINAL_CONNECTED = 6,
  TERMINAL_TRADE_ALLOWED = 8
};
enum ENUM_TERMINAL_INFO_STRING {
  TERMINAL_LANGUAGE = 0
};
// R/constants/environment_state/mql5_programm_info
enum ENUM_MQL_INFO_INTEGER {
  MQL_TRADE_ALLOWED = 4
};

// R/constants/environment_state/marketinfoconstants
enum ENUM_SYMBOL_INFO_INTEGER {
  SYMBOL_DIGITS = 17,
  SYMBOL_TRADE_MODE = 30,
  SYMBOL_TRADE_STOPS_LEVEL = 31,
  SYMBOL_TRADE_FREEZE_LEVEL = 32,
  SYMBOL_TRADE_EXEMODE = 33,
  SYMBOL_SWAP_MODE = 37,
  SYMBOL_SWAP_ROLLOVER3DAYS = 40,
  SYMBOL_FILLING_MODE = 50
};
enum ENUM_SYMBOL_INFO_DOUBLE {
  SYMBOL_POINT = 16,
  SYMBOL_TRADE_TICK_VALUE = 26,
  SYMBOL_TRADE_TICK_SIZE = 27,
  SYMBOL_TRADE_CONTRACT_SIZE = 28,
  SYMBOL_VOLUME_MIN = 34,
  SYMBOL_VOLUME_MAX = 35,
  SYMBOL_VOLUME_STEP = 36,
  SYMBOL_SWAP_LONG = 38,
  SYMBOL_SWAP_SHORT = 39
};
enum ENUM_SYMBOL_INFO_STRING {
  SYMBOL_CURRENCY_BASE = 22,
  SYMBOL_CURRENCY_PROFIT = 23,
  SYMBOL_CURRENCY_MARGIN = 24
};
enum ENUM_SYMBOL_TRADE_MODE {
  SYMBOL_TRADE_MODE_DISABLED = 0,
  SYMBOL_TRADE_MODE_LONGONLY = 1,
  SYMBOL_TRADE_MODE_SHORTONLY = 2,
  SYMBOL_TRADE_MODE_CLOSEONLY = 3,
  SYMBOL_TRADE_MODE_FULL = 4
};
enum ENUM_SYMBOL_TRADE_EXECUTION {
  SYMBOL_TRADE_EXECUTION_REQUEST = 0,
  SYMBOL_TRADE_EXECUTION_INSTANT = 1,
  SYMBOL_TRADE_EXECUTION_MARKET = 2,
  SYMBOL_TRADE_EXECUTION_EXCHANGE = 3
};
enum {
  SYMBOL_FILLING_FOK = 1,
  SYMBOL_FILLING_IOC = 2
};

// R/constants/tradingconstants/enum_series_info_integer
enum ENUM_SERIES_INFO_INTEGER {
  SERIES_SYNCHRONIZED = 4
};

// R/constants/tradingconstants/positionproperties
enum ENUM_POSITION_PROPERTY_INTEGER {
  POSITION_TYPE = 2,
  POSITION_MAGIC = 12,
  POSITION_IDENTIFIER = 13,
  POSITION_TIME_MSC = 14,
  POSITION_TICKET = 17
};
enum ENUM_POSITION_PROPERTY_DOUBLE {
  POSITION_VOLUME = 3,
  POSITION_PRICE_OPEN = 4,
  POSITION_PRICE_CURRENT = 5,
  POSITION_SL = 6,
  POSITION_TP = 7,
  POSITION_SWAP = 9,
  POSITION_PROFIT = 10
};
enum ENUM_POSITION_PROPERTY_STRING {
  POSITION_SYMBOL = 0,
  POSITION_COMMENT = 11
};
enum ENUM_POSITION_TYPE {
  POSITION_TYPE_BUY = 0,
  POSITION_TYPE_SELL = 1
};

// R/constants/tradingconstants/orderproperties
enum ENUM_ORDER_PROPERTY_STRING {
  ORDER_COMMENT = 15
};
enum ENUM_ORDER_TYPE {
  ORDER_TYPE_BUY = 0,
  ORDER_TYPE_SELL = 1
};
enum ENUM_ORDER_STATE {
  ORDER_STATE_STARTED = 0,
  ORDER_STATE_PLACED = 1,
  ORDER_STATE_FILLED = 4
};
enum ENUM_ORDER_TYPE_FILLING {
  ORDER_FILLING_FOK = 0,
  ORDER_FILLING_IOC = 1,
  ORDER_FILLING_RETURN = 2
};
enum ENUM_ORDER_TYPE_TIME {
  ORDER_TIME_GTC = 0
};

// R/constants/tradingconstants/dealproperties
enum ENUM_DEAL_PROPERTY_INTEGER {
  DEAL_ORDER = 1,
  DEAL_TYPE = 3,
  DEAL_ENTRY = 4,
  DEAL_MAGIC = 10,
  DEAL_POSITION_ID = 12,
  DEAL_TIME_MSC = 13,
  DEAL_REASON = 15
};
enum ENUM_DEAL_PROPERTY_DOUBLE {
  DEAL_VOLUME = 5,
  DEAL_PRICE = 6,
  DEAL_COMMISSION = 7,
  DEAL_SWAP = 8,
  DEAL_PROFIT = 9,
  DEAL_FEE = 19
};
enum ENUM_DEAL_PROPERTY_STRING {
  DEAL_SYMBOL = 0,
  DEAL_COMMENT = 11
};
enum ENUM_DEAL_TYPE {
  DEAL_TYPE_BUY = 0,
  DEAL_TYPE_SELL = 1,
  DEAL_TYPE_BALANCE = 2
};
enum ENUM_DEAL_ENTRY {
  DEAL_ENTRY_IN = 0,
  DEAL_ENTRY_OUT = 1,
  DEAL_ENTRY_INOUT = 2,
  DEAL_ENTRY_OUT_BY = 3
};
enum ENUM_DEAL_REASON {
  DEAL_REASON_CLIENT = 0,
  DEAL_REASON_MOBILE = 1,
  DEAL_REASON_WEB = 2,
  DEAL_REASON_EXPERT = 3,
  DEAL_REASON_SL = 4,
  DEAL_REASON_TP = 5,
  DEAL_REASON_SO = 6
};

// R/constants/tradingconstants/enum_trade_request_actions
enum ENUM_TRADE_REQUEST_ACTIONS {
  TRADE_ACTION_DEAL = 1,
  TRADE_ACTION_SLTP = 6,
  TRADE_ACTION_REMOVE = 8
};

// R/constants/tradingconstants/enum_trade_transaction_type
enum ENUM_TRADE_TRANSACTION_TYPE {
  TRADE_TRANSACTION_ORDER_ADD = 0,
  TRADE_TRANSACTION_HISTORY_ADD = 3,
  TRADE_TRANSACTION_DEAL_ADD = 6,
  TRADE_TRANSACTION_POSITION = 9,
  TRADE_TRANSACTION_REQUEST = 10
};

// R/constants/errorswarnings/enum_trade_return_codes: all that are documented.
enum {
  TRADE_RETCODE_REQUOTE = 10004,
  TRADE_RETCODE_REJECT = 10006,
  TRADE_RETCODE_CANCEL = 10007,
  TRADE_RETCODE_PLACED = 10008,
  TRADE_RETCODE_DONE = 10009,
  TRADE_RETCODE_DONE_PARTIAL = 10010,
  TRADE_RETCODE_ERROR = 10011,
  TRADE_RETCODE_TIMEOUT = 10012,
  TRADE_RETCODE_INVALID = 10013,
  TRADE_RETCODE_INVALID_VOLUME = 10014,
  TRADE_RETCODE_INVALID_PRICE = 10015,
  TRADE_RETCODE_INVALID_STOPS = 10016,
  TRADE_RETCODE_TRADE_DISABLED = 10017,
  TRADE_RETCODE_MARKET_CLOSED = 10018,
  TRADE_RETCODE_NO_MONEY = 10019,
  TRADE_RETCODE_PRICE_CHANGED = 10020,
  TRADE_RETCODE_PRICE_OFF = 10021,
  TRADE_RETCODE_INVALID_EXPIRATION = 10022,
  TRADE_RETCODE_ORDER_CHANGED = 10023,
  TRADE_RETCODE_TOO_MANY_REQUESTS = 10024,
  TRADE_RETCODE_NO_CHANGES = 10025,
  TRADE_RETCODE_SERVER_DISABLES_AT = 10026,
  TRADE_RETCODE_CLIENT_DISABLES_AT = 10027,
  TRADE_RETCODE_LOCKED = 10028,
  TRADE_RETCODE_FROZEN = 10029,
  TRADE_RETCODE_INVALID_FILL = 10030,
  TRADE_RETCODE_CONNECTION = 10031,
  TRADE_RETCODE_ONLY_REAL = 10032,
  TRADE_RETCODE_LIMIT_ORDERS = 10033,
  TRADE_RETCODE_LIMIT_VOLUME = 10034,
  TRADE_RETCODE_INVALID_ORDER = 10035,
  TRADE_RETCODE_POSITION_CLOSED = 10036,
  TRADE_RETCODE_INVALID_CLOSE_VOLUME = 10038,
  TRADE_RETCODE_CLOSE_ORDER_EXIST = 10039,
  TRADE_RETCODE_LIMIT_POSITIONS = 10040,
  TRADE_RETCODE_REJECT_CANCEL = 10041,
  TRADE_RETCODE_LONG_ONLY = 10042,
  TRADE_RETCODE_SHORT_ONLY = 10043,
  TRADE_RETCODE_CLOSE_ONLY = 10044,
  TRADE_RETCODE_FIFO_CLOSE = 10045,
  TRADE_RETCODE_HEDGE_PROHIBITED = 10046
};

// R/constants/structures/mqlcalendar
enum ENUM_CALENDAR_EVENT_IMPORTANCE {
  CALENDAR_IMPORTANCE_NONE = 0,
  CALENDAR_IMPORTANCE_LOW = 1,
  CALENDAR_IMPORTANCE_MODERATE = 2,
  CALENDAR_IMPORTANCE_HIGH = 3
};

// --- Structures ------------------------------------------------------------------------------------
// R/constants/structures/mqlrates
struct MqlRates {
  datetime time;
  double open;
  double high;
  double low;
  double close;
  long tick_volume;
  int spread;
  long real_volume;
};

// R/constants/structures/mqltick
struct MqlTick {
  datetime time;
  double bid;
  double ask;
  double last;
  ulong volume;
  long time_msc;
  uint flags;
  double volume_real;
};

// R/constants/structures/mqltraderequest
struct MqlTradeRequest {
  ENUM_TRADE_REQUEST_ACTIONS action;
  ulong magic;
  ulong order;
  string symbol;
  double volume;
  double price;
  double stoplimit;
  double sl;
  double tp;
  ulong deviation;
  ENUM_ORDER_TYPE type;
  ENUM_ORDER_TYPE_FILLING type_filling;
  ENUM_ORDER_TYPE_TIME type_time;
  datetime expiration;
  string comment;
  ulong position;
  ulong position_by;
};

// R/constants/structures/mqltraderesult
struct MqlTradeResult {
  uint retcode;
  ulong deal;
  ulong order;
  double volume;
  double price;
  double bid;
  double ask;
  string comment;
  uint request_id;
  uint retcode_external;
};

// R/constants/structures/mqltradetransaction
struct MqlTradeTransaction {
  ulong deal;
  ulong order;
  string symbol;
  ENUM_TRADE_TRANSACTION_TYPE type;
  ENUM_ORDER_TYPE order_type;
  ENUM_ORDER_STATE order_state;
  ENUM_DEAL_TYPE deal_type;
  ENUM_ORDER_TYPE_TIME time_type;
  datetime time_expiration;
  double price;
  double price_trigger;
  double price_sl;
  double price_tp;
  double volume;
  ulong position;
  ulong position_by;
};

// R/constants/structures/mqlcalendar
struct MqlCalendarValue {
  ulong id;
  ulong event_id;
  datetime time;
  datetime period;
  int revision;
};
struct MqlCalendarEvent {
  ulong id;
  ulong country_id;
  ENUM_CALENDAR_EVENT_IMPORTANCE importance;
  string name;
};
struct MqlCalendarCountry {
  ulong id;
  string name;
  string code;
  string currency;
};

// --- The simulated terminal ------------------------------------------------------------------------
// Texts go as UTF-8 with their length; texts come into a buffer and the length is returned.
extern "C" {
struct terminal_text {
  const char *bytes;
  size_t count;
};
struct terminal_request {
  int action;
  ulong magic;
  ulong order;
  terminal_text symbol;
  double volume;
  double price;
  double sl;
  double tp;
  ulong deviation;
  int type;
  int filling;
  terminal_text comment;
  ulong position;
};
struct terminal_result {
  uint retcode;
  ulong deal;
  ulong order;
  double volume;
  double price;
  double bid;
  double ask;
};
struct terminal_transaction {
  int type;
  ulong deal;
  ulong order;
  ulong position;
};

int terminal_last_error();
void terminal_reset_error();
void terminal_print(terminal_text text);
void terminal_alert(terminal_text text);
void terminal_comment(terminal_text text);
size_t terminal_input(terminal_text name, char *out, size_t room, int *found);

int terminal_socket_create();
int terminal_socket_connect(int socket, terminal_text host, uint port, uint timeout_ms);
int terminal_socket_close(int socket);
int terminal_socket_is_connected(int socket);
uint terminal_socket_is_readable(int socket);
int terminal_socket_read(int socket, uchar *buffer, uint room, uint timeout_ms);
int terminal_socket_send(int socket, const uchar *buffer, uint count);

void terminal_sha256(const uchar *data, size_t count, uchar *digest);
int terminal_file_open(terminal_text name, int flags);
size_t terminal_file_read(int file, char *out, size_t room);
void terminal_file_close(int file);

long terminal_time_server();
long terminal_time_gmt();
long terminal_time_local();
ulong terminal_ticking_ms();
ulong terminal_ticking_us();
void terminal_sleep(int ms);
int terminal_is_stopped();
int terminal_timer(int ms);

long terminal_account_integer(int property);
double terminal_account_double(int property);
size_t terminal_account_string(int property, char *out, size_t room);
int terminal_integer(int property);
size_t terminal_string(int property, char *out, size_t room);
int terminal_program_integer(int property);

int terminal_global_check(terminal_text name);
double terminal_global_get(terminal_text name);
void terminal_global_set(terminal_text name, double value);

size_t terminal_chart_symbol(char *out, size_t room);
int terminal_symbols_total(int selected);
size_t terminal_symbol_name(int place, int selected, char *out, size_t room);
int terminal_symbol_select(terminal_text symbol);
long terminal_symbol_integer(terminal_text symbol, int property);
double terminal_symbol_double(terminal_text symbol, int property);
size_t terminal_symbol_string(terminal_text symbol, int property, char *out, size_t room);
int terminal_symbol_tick(terminal_text symbol, MqlTick *tick);

long terminal_bar_time(terminal_text symbol, int timeframe, int shift);
int terminal_rates_back(terminal_text symbol, int timeframe, long start, int count);
int terminal_rates_between(terminal_text symbol, int timeframe, long start, long stop);
void terminal_rates_take(MqlRates *out);
long terminal_series_integer(terminal_text symbol, int timeframe, int property);

int terminal_order_send(const terminal_request *request, terminal_result *result);
int terminal_positions_total();
ulong terminal_position_at(int place);
int terminal_position_select(ulong ticket);
int terminal_position_select_symbol(terminal_text symbol);
long terminal_position_integer(int property);
double terminal_position_double(int property);
size_t terminal_position_string(int property, char *out, size_t room);
int terminal_orders_total();
ulong terminal_order_at(int place);
int terminal_order_select(ulong ticket);
size_t terminal_order_string(int property, char *out, size_t room);
int terminal_history_select(long from, long to);
int terminal_deals_total();
ulong terminal_deal_at(int place);
int terminal_deal_select(ulong ticket);
long terminal_deal_integer(ulong ticket, int property);
double terminal_deal_double(ulong ticket, int property);
size_t terminal_deal_string(ulong ticket, int property, char *out, size_t room);

int terminal_calendar_values(long from, long to);
void terminal_calendar_take(MqlCalendarValue *out);
int terminal_calendar_event(ulong id, ulong *country, int *importance, char *name, size_t room, size_t *count);
int terminal_calendar_country(ulong id, char *code, char *currency, size_t room);
}

inline terminal_text mql_text(const std::string &utf8) { return terminal_text{utf8.data(), utf8.size()}; }

// Asks for a text: the buffer is larger than any that there is.
#define MQL_ROOM 4096
template <class Ask> string mql_ask(Ask ask) {
  char buffer[MQL_ROOM];
  const size_t count = ask(buffer, (size_t)MQL_ROOM);
  return string::from_utf8(buffer, count);
}

// Inputs are read when the program is put on a chart, not when it is loaded into memory.
inline std::vector<void (*)()> &mql_inputs() {
  static std::vector<void (*)()> inputs;
  return inputs;
}
inline bool mql_know(void (*read)()) {
  mql_inputs().push_back(read);
  return true;
}

// An `input`: what the terminal was given, or what stands in the source.
template <class T> T mql_input(const char *name, T otherwise) {
  char buffer[MQL_ROOM];
  int found = 0;
  const size_t count = terminal_input(mql_text(name), buffer, MQL_ROOM, &found);
  if(!found) return otherwise;
  const std::string text(buffer, count);
  if constexpr(std::is_same_v<T, string>) return string(text.c_str());
  else if constexpr(std::is_same_v<T, bool>) return text == "true";
  else if constexpr(std::is_floating_point_v<T>) return (T)std::strtod(text.c_str(), nullptr);
  else return (T)std::strtoll(text.c_str(), nullptr, 10);
}

// --- Functions: texts and numbers ------------------------------------------------------------------
// R/strings/stringlen
inline int StringLen(const string &string_value) { return (int)string_value.units().size(); }
// R/strings/stringsubstr
inline string StringSubstr(const string &string_value, int start_pos, int length = -1) {
  const std::u16string &units = string_value.units();
  if(start_pos < 0 || (size_t)start_pos >= units.size()) return string();
  return string::from_units(units.substr((size_t)start_pos, length < 0 ? std::u16string::npos : (size_t)length));
}
// R/strings/stringgetcharacter
inline ushort StringGetCharacter(const string &string_value, int pos) {
  return pos >= 0 && pos < StringLen(string_value) ? (ushort)string_value.units()[(size_t)pos] : (ushort)0;
}
// R/strings/stringfind
inline int StringFind(const string &string_value, const string &match_substring, int start_pos = 0) {
  const size_t found = string_value.units().find(match_substring.units(), (size_t)start_pos);
  return found == std::u16string::npos ? -1 : (int)found;
}
// R/strings/stringtoupper
inline bool StringToUpper(string &string_var) {
  for(char16_t &unit : string_var.units()) {
    if(unit >= u'a' && unit <= u'z') unit = (char16_t)(unit - 32);
  }
  return true;
}
inline bool mql_is_blank(char16_t unit) { return unit == u' ' || unit == u'\t' || unit == u'\r' || unit == u'\n'; }
// R/strings/stringtrimleft
inline int StringTrimLeft(string &string_var) {
  int cut = 0;
  while(!string_var.units().empty() && mql_is_blank(string_var.units().front())) {
    string_var.units().erase(0, 1);
    cut++;
  }
  return cut;
}
// R/strings/stringtrimright
inline int StringTrimRight(string &string_var) {
  int cut = 0;
  while(!string_var.units().empty() && mql_is_blank(string_var.units().back())) {
    string_var.units().pop_back();
    cut++;
  }
  return cut;
}
// R/convert/integertostring
inline string IntegerToString(long number, int str_len = 0, ushort fill_symbol = ' ') {
  std::string text = std::to_string(number);
  while((int)text.size() < str_len) text.insert(text.begin(), (char)fill_symbol);
  return string(text.c_str());
}
// R/convert/stringtochararray: the closing zero is copied as well unless a count is given.
inline int StringToCharArray(const string &text_string, mql_array<uchar> &array, int start = 0, int count = -1,
                             uint codepage = 0) {
  if(codepage != CP_UTF8) mql_critical("only UTF-8 is used");
  const std::string bytes = text_string.utf8();
  const size_t copied = count < 0 ? bytes.size() + 1 : (size_t)count < bytes.size() ? (size_t)count : bytes.size();
  if(array.items().size() < (size_t)start + copied) array.items().resize((size_t)start + copied);
  for(size_t i = 0; i < copied; i++) array.items()[(size_t)start + i] = i < bytes.size() ? (uchar)bytes[i] : (uchar)0;
  return (int)copied;
}
// R/convert/chararraytostring
inline string CharArrayToString(const mql_array<uchar> &array, int start = 0, int count = -1, uint codepage = 0) {
  if(codepage != CP_UTF8) mql_critical("only UTF-8 is used");
  std::string bytes;
  const size_t end = count < 0 ? array.items().size() : (size_t)(start + count);
  for(size_t i = (size_t)start; i < end && i < array.items().size() && array.items()[i] != 0; i++) {
    bytes.push_back((char)array.items()[i]);
  }
  return string::from_utf8(bytes.data(), bytes.size());
}
// R/convert/normalizedouble
inline double NormalizeDouble(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  return std::round(value * scale) / scale;
}
// R/math/mathround
inline double MathRound(double value) { return std::round(value); }
// R/math/mathabs
inline double MathAbs(double value) { return std::fabs(value); }
// R/math/mathisvalidnumber
inline bool MathIsValidNumber(double number) { return std::isfinite(number); }
// R/math/mathsrand
inline void MathSrand(int seed) { std::srand((unsigned)seed); }
// R/math/mathrand
inline int MathRand() { return std::rand() & 0x7FFF; }

// --- Functions: arrays -----------------------------------------------------------------------------
// R/array/arraysize
template <class T> int ArraySize(const mql_array<T> &array) { return (int)array.items().size(); }
// R/array/arrayresize: what is new in it is not set to anything.
template <class T> int ArrayResize(mql_array<T> &array, int new_size, int reserve_size = 0) {
  if(new_size < 0) return -1;
  const size_t before = array.items().size();
  if(reserve_size > 0 && array.items().capacity() < (size_t)new_size) {
    array.items().reserve((size_t)new_size + (size_t)reserve_size);
  }
  array.items().resize((size_t)new_size);
  if constexpr(std::is_arithmetic_v<T>) {
    for(size_t i = before; i < (size_t)new_size; i++) array.items()[i] = (T)0x55;
  }
  return new_size;
}
// R/array/arrayinitialize
inline int ArrayInitialize(mql_array<uchar> &array, uchar value) {
  for(uchar &item : array.items()) item = value;
  return (int)array.items().size();
}
// R/array/arraycopy
template <class T>
int ArrayCopy(mql_array<T> &dst_array, const mql_array<T> &src_array, int dst_start = 0, int src_start = 0,
              int count = WHOLE_ARRAY) {
  const size_t have = src_array.items().size() - (size_t)src_start;
  const size_t copied = count < 0 || (size_t)count > have ? have : (size_t)count;
  if(dst_array.items().size() < (size_t)dst_start + copied) dst_array.items().resize((size_t)dst_start + copied);
  for(size_t i = 0; i < copied; i++) {
    dst_array.items()[(size_t)dst_start + i] = src_array.items()[(size_t)src_start + i];
  }
  return (int)copied;
}
// R/common/zeromemory
template <class T> void ZeroMemory(T &variable) { variable = T(); }

// --- Functions: the program and the terminal -------------------------------------------------------
inline void mql_join(string &) {}
template <class... Rest> void mql_join(string &text, const string &next, const Rest &...rest) {
  text += next;
  mql_join(text, rest...);
}
// R/common/print
template <class... Parts> void Print(const Parts &...parts) {
  string text;
  mql_join(text, string(parts)...);
  terminal_print(mql_text(text.utf8()));
}
// R/common/alert
template <class... Parts> void Alert(const Parts &...parts) {
  string text;
  mql_join(text, string(parts)...);
  terminal_alert(mql_text(text.utf8()));
}
// R/common/comment
template <class... Parts> void Comment(const Parts &...parts) {
  string text;
  mql_join(text, string(parts)...);
  terminal_comment(mql_text(text.utf8()));
}
// R/check/getlasterror
inline int GetLastError() { return terminal_last_error(); }
// R/common/resetlasterror
inline void ResetLastError() { terminal_reset_error(); }
// R/common/gettickcount64
inline ulong GetTickCount64() { return terminal_ticking_ms(); }
// R/common/getmicrosecondcount
inline ulong GetMicrosecondCount() { return terminal_ticking_us(); }
// R/common/sleep
inline void Sleep(int milliseconds) { terminal_sleep(milliseconds); }
// R/check/isstopped
inline bool IsStopped() { return terminal_is_stopped() != 0; }
// R/eventfunctions/eventsetmillisecondtimer
inline bool EventSetMillisecondTimer(int milliseconds) { return terminal_timer(milliseconds) != 0; }
// R/eventfunctions/eventkilltimer
inline void EventKillTimer() { terminal_timer(0); }
// R/chart_operations/chartid
inline long ChartID() { return 1; }
// R/predefined/_symbol
#define _Symbol mql_ask(terminal_chart_symbol)
// R/dateandtime/timetradeserver
inline datetime TimeTradeServer() { return terminal_time_server(); }
// R/dateandtime/timegmt
inline datetime TimeGMT() { return terminal_time_gmt(); }
// R/dateandtime/timelocal
inline datetime TimeLocal() { return terminal_time_local(); }
// R/common/cryptencode: keys are ignored by a hash, as in MetaTrader.
inline int CryptEncode(ENUM_CRYPT_METHOD method, const mql_array<uchar> &data, const mql_array<uchar> &,
                       mql_array<uchar> &result) {
  if(method != CRYPT_HASH_SHA256) return 0;
  result.items().resize(32);
  terminal_sha256(data.items().data(), data.items().size(), result.items().data());
  return 32;
}
// R/files/fileopen
inline int FileOpen(const string &file_name, int open_flags, short delimiter = '\t', uint codepage = 0) {
  (void)delimiter;
  (void)codepage;
  return terminal_file_open(mql_text(file_name.utf8()), open_flags);
}
// R/files/filereadstring
inline string FileReadString(int file_handle, int length = -1) {
  (void)length;
  return mql_ask([&](char *out, size_t room) { return terminal_file_read(file_handle, out, room); });
}
// R/files/fileclose
inline void FileClose(int file_handle) { terminal_file_close(file_handle); }
// R/globals/globalvariablecheck
inline bool GlobalVariableCheck(const string &name) { return terminal_global_check(mql_text(name.utf8())) != 0; }
// R/globals/globalvariableget
inline double GlobalVariableGet(const string &name) { return terminal_global_get(mql_text(name.utf8())); }
// R/globals/globalvariableset
inline datetime GlobalVariableSet(const string &name, double value) {
  terminal_global_set(mql_text(name.utf8()), value);
  return terminal_time_local();
}

// --- Functions: sockets ----------------------------------------------------------------------------
// R/network/socketcreate
inline int SocketCreate(uint flags = 0) {
  (void)flags;
  return terminal_socket_create();
}
// R/network/socketconnect
inline bool SocketConnect(int socket, const string &server, uint port, uint timeout_receive_ms) {
  return terminal_socket_connect(socket, mql_text(server.utf8()), port, timeout_receive_ms) != 0;
}
// R/network/socketclose
inline bool SocketClose(const int socket) { return terminal_socket_close(socket) != 0; }
// R/network/socketisconnected
inline bool SocketIsConnected(const int socket) { return terminal_socket_is_connected(socket) != 0; }
// R/network/socketisreadable
inline uint SocketIsReadable(const int socket) { return terminal_socket_is_readable(socket); }
// R/network/sockettimeouts
inline bool SocketTimeouts(int socket, uint timeout_send_ms, uint timeout_receive_ms) {
  (void)timeout_send_ms;
  (void)timeout_receive_ms;
  return terminal_socket_is_connected(socket) != 0;
}
// R/network/socketread
inline int SocketRead(int socket, mql_array<uchar> &buffer, uint buffer_maxlen, uint timeout_ms) {
  buffer.items().resize(buffer_maxlen);
  const int count = terminal_socket_read(socket, buffer.items().data(), buffer_maxlen, timeout_ms);
  buffer.items().resize(count > 0 ? (size_t)count : 0);
  return count;
}
// R/network/socketsend
inline int SocketSend(int socket, const mql_array<uchar> &buffer, uint buffer_len) {
  if(buffer_len > buffer.items().size()) mql_critical("sends more than there is");
  return terminal_socket_send(socket, buffer.items().data(), buffer_len);
}

// --- Functions: account and symbols ----------------------------------------------------------------
// R/account/accountinfointeger
inline long AccountInfoInteger(ENUM_ACCOUNT_INFO_INTEGER property_id) { return terminal_account_integer(property_id); }
// R/account/accountinfodouble
inline double AccountInfoDouble(ENUM_ACCOUNT_INFO_DOUBLE property_id) { return terminal_account_double(property_id); }
// R/account/accountinfostring
inline string AccountInfoString(ENUM_ACCOUNT_INFO_STRING property_id) {
  return mql_ask([&](char *out, size_t room) { return terminal_account_string(property_id, out, room); });
}
// R/check/terminalinfointeger
inline int TerminalInfoInteger(int property_id) { return terminal_integer(property_id); }
// R/check/terminalinfostring
inline string TerminalInfoString(int property_id) {
  return mql_ask([&](char *out, size_t room) { return terminal_string(property_id, out, room); });
}
// R/check/mqlinfointeger
inline int MQLInfoInteger(int property_id) { return terminal_program_integer(property_id); }
// R/marketinformation/symbolstotal
inline int SymbolsTotal(bool selected) { return terminal_symbols_total(selected ? 1 : 0); }
// R/marketinformation/symbolname
inline string SymbolName(int pos, bool selected) {
  return mql_ask([&](char *out, size_t room) { return terminal_symbol_name(pos, selected ? 1 : 0, out, room); });
}
// R/marketinformation/symbolselect
inline bool SymbolSelect(const string &name, bool select) {
  (void)select;
  return terminal_symbol_select(mql_text(name.utf8())) != 0;
}
// R/marketinformation/symbolinfointeger
inline long SymbolInfoInteger(const string &name, ENUM_SYMBOL_INFO_INTEGER prop_id) {
  return terminal_symbol_integer(mql_text(name.utf8()), prop_id);
}
// R/marketinformation/symbolinfodouble
inline double SymbolInfoDouble(const string &name, ENUM_SYMBOL_INFO_DOUBLE prop_id) {
  return terminal_symbol_double(mql_text(name.utf8()), prop_id);
}
// R/marketinformation/symbolinfostring
inline string SymbolInfoString(const string &name, ENUM_SYMBOL_INFO_STRING prop_id) {
  const std::string utf8 = name.utf8();
  return mql_ask([&](char *out, size_t room) { return terminal_symbol_string(mql_text(utf8), prop_id, out, room); });
}
// R/marketinformation/symbolinfotick
inline bool SymbolInfoTick(const string &symbol, MqlTick &tick) {
  return terminal_symbol_tick(mql_text(symbol.utf8()), &tick) != 0;
}

// --- Functions: price history ----------------------------------------------------------------------
// R/series/itime
inline datetime iTime(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift) {
  return terminal_bar_time(mql_text(symbol.utf8()), timeframe, shift);
}
// R/series/copyrates: by the time of the newest and a count
inline int CopyRates(const string &symbol_name, ENUM_TIMEFRAMES timeframe, datetime start_time, int count,
                     mql_array<MqlRates> &rates_array) {
  const int found = terminal_rates_back(mql_text(symbol_name.utf8()), timeframe, start_time, count);
  rates_array.items().resize(found > 0 ? (size_t)found : 0);
  if(found > 0) terminal_rates_take(rates_array.items().data());
  return found;
}
// R/series/copyrates: between two times
inline int CopyRates(const string &symbol_name, ENUM_TIMEFRAMES timeframe, datetime start_time, datetime stop_time,
                     mql_array<MqlRates> &rates_array) {
  const int found = terminal_rates_between(mql_text(symbol_name.utf8()), timeframe, start_time, stop_time);
  rates_array.items().resize(found > 0 ? (size_t)found : 0);
  if(found > 0) terminal_rates_take(rates_array.items().data());
  return found;
}
// R/series/seriesinfointeger
inline long SeriesInfoInteger(const string &symbol_name, ENUM_TIMEFRAMES timeframe, ENUM_SERIES_INFO_INTEGER prop_id) {
  return terminal_series_integer(mql_text(symbol_name.utf8()), timeframe, prop_id);
}

// --- Functions: trade ------------------------------------------------------------------------------
// R/trading/ordersend
inline bool OrderSend(MqlTradeRequest &request, MqlTradeResult &result) {
  const std::string symbol = request.symbol.utf8();
  const std::string comment = request.comment.utf8();
  const terminal_request asked{request.action, request.magic, request.order, mql_text(symbol),
                               request.volume, request.price, request.sl, request.tp,
                               request.deviation, request.type, request.type_filling, mql_text(comment),
                               request.position};
  terminal_result told{};
  const bool sent = terminal_order_send(&asked, &told) != 0;
  result = MqlTradeResult();
  result.retcode = told.retcode;
  result.deal = told.deal;
  result.order = told.order;
  result.volume = told.volume;
  result.price = told.price;
  result.bid = told.bid;
  result.ask = told.ask;
  return sent;
}
// R/trading/positionstotal
inline int PositionsTotal() { return terminal_positions_total(); }
// R/trading/positiongetticket
inline ulong PositionGetTicket(int index) { return terminal_position_at(index); }
// R/trading/positionselectbyticket
inline bool PositionSelectByTicket(ulong ticket) { return terminal_position_select(ticket) != 0; }
// R/trading/positionselect
inline bool PositionSelect(const string &symbol) { return terminal_position_select_symbol(mql_text(symbol.utf8())) != 0; }
// R/trading/positiongetinteger
inline long PositionGetInteger(ENUM_POSITION_PROPERTY_INTEGER property_id) { return terminal_position_integer(property_id); }
// R/trading/positiongetdouble
inline double PositionGetDouble(ENUM_POSITION_PROPERTY_DOUBLE property_id) { return terminal_position_double(property_id); }
// R/trading/positiongetstring
inline string PositionGetString(ENUM_POSITION_PROPERTY_STRING property_id) {
  return mql_ask([&](char *out, size_t room) { return terminal_position_string(property_id, out, room); });
}
// R/trading/orderstotal
inline int OrdersTotal() { return terminal_orders_total(); }
// R/trading/ordergetticket
inline ulong OrderGetTicket(int index) { return terminal_order_at(index); }
// R/trading/orderselect
inline bool OrderSelect(ulong ticket) { return terminal_order_select(ticket) != 0; }
// R/trading/ordergetstring
inline string OrderGetString(ENUM_ORDER_PROPERTY_STRING property_id) {
  return mql_ask([&](char *out, size_t room) { return terminal_order_string(property_id, out, room); });
}
// R/trading/historyselect
inline bool HistorySelect(datetime from_date, datetime to_date) { return terminal_history_select(from_date, to_date) != 0; }
// R/trading/historydealstotal
inline int HistoryDealsTotal() { return terminal_deals_total(); }
// R/trading/historydealgetticket
inline ulong HistoryDealGetTicket(int index) { return terminal_deal_at(index); }
// R/trading/historydealselect
inline bool HistoryDealSelect(ulong ticket) { return terminal_deal_select(ticket) != 0; }
// R/trading/historydealgetinteger
inline long HistoryDealGetInteger(ulong ticket_number, ENUM_DEAL_PROPERTY_INTEGER property_id) {
  return terminal_deal_integer(ticket_number, property_id);
}
// R/trading/historydealgetdouble
inline double HistoryDealGetDouble(ulong ticket_number, ENUM_DEAL_PROPERTY_DOUBLE property_id) {
  return terminal_deal_double(ticket_number, property_id);
}
// R/trading/historydealgetstring
inline string HistoryDealGetString(ulong ticket_number, ENUM_DEAL_PROPERTY_STRING property_id) {
  return mql_ask([&](char *out, size_t room) { return terminal_deal_string(ticket_number, property_id, out, room); });
}

// --- Functions: the economic calendar --------------------------------------------------------------
// R/calendar/calendarvaluehistory
inline bool CalendarValueHistory(mql_array<MqlCalendarValue> &values, datetime datetime_from, datetime datetime_to = 0,
                                 const string &country_code = string(), const string &currency = string()) {
  (void)country_code;
  (void)currency;
  const int found = terminal_calendar_values(datetime_from, datetime_to);
  values.items().resize(found > 0 ? (size_t)found : 0);
  if(found > 0) terminal_calendar_take(values.items().data());
  return found > 0;
}
// R/calendar/calendareventbyid
inline bool CalendarEventById(ulong event_id, MqlCalendarEvent &event) {
  char name[MQL_ROOM];
  size_t count = 0;
  int importance = 0;
  event.id = event_id;
  if(!terminal_calendar_event(event_id, &event.country_id, &importance, name, MQL_ROOM, &count)) return false;
  event.importance = (ENUM_CALENDAR_EVENT_IMPORTANCE)importance;
  event.name = string::from_utf8(name, count);
  return true;
}
// R/calendar/calendarcountrybyid
inline bool CalendarCountryById(const long country_id, MqlCalendarCountry &country) {
  char code[16];
  char currency[16];
  country.id = (ulong)country_id;
  if(!terminal_calendar_country(country.id, code, currency, 16)) return false;
  country.code = string(code);
  country.currency = string(currency);
  return true;
}
