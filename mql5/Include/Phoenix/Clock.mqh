// Three clocks: the trade server's, UTC, and one that only runs forward.
#ifndef PHOENIX_CLOCK
#define PHOENIX_CLOCK

// How far the server's clock is ahead of UTC, in milliseconds. Zones are whole quarters of an
// hour; what the two readings differ beyond that is the moment between them.
long ServerOffset(void) {
  const long seconds = (long)TimeTradeServer() - (long)TimeGMT();
  return (long)MathRound((double)seconds / 900.0) * 900000;
}

// Milliseconds since 1970 UTC.
long UtcNow(void) { return (long)TimeGMT() * 1000; }

long UtcFromServer(const long server_ms) { return server_ms - ServerOffset(); }

datetime ServerFromUtc(const long utc_ms) { return (datetime)((utc_ms + ServerOffset()) / 1000); }

// Milliseconds that only run forward, for heartbeats and pauses.
ulong Ticking(void) { return GetTickCount64(); }

// The number of the day at the trade server.
long ServerDay(void) { return (long)TimeTradeServer() / 86400; }

#endif
