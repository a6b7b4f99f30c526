// What the trader set in the EA's inputs.
#ifndef PHOENIX_SETTINGS
#define PHOENIX_SETTINGS

struct Settings {
  string host;
  int port;
  string secret;
  long magic;
  double max_volume;        // lots of one order; 0: none may be opened
  int max_positions;
  double max_daily_loss;    // account money; 0: no limit
  bool may_close_everything;
};

#endif
