// The EA's own limits, whatever the executor says. The stricter one of the inputs and of the
// executor's Guard holds.
#ifndef PHOENIX_GUARD
#define PHOENIX_GUARD

#include <Phoenix/Clock.mqh>
#include <Phoenix/Settings.mqh>
#include <Phoenix/Words.mqh>

class Guard {
private:
  long m_magic;
  double m_own_volume;
  int m_own_positions;
  double m_own_loss;
  bool m_may_close_everything;
  bool m_was_told;
  double m_told_volume;
  uint m_told_positions;
  double m_told_loss;
  bool m_closes_in_silence;
  ulong m_silence_ms;
  bool m_has_acted;
  long m_day;
  double m_day_equity;

  // The terminal keeps it beyond a restart, one for each account and EA.
  string Name(const string what) const {
    return "Phoenix." + IntegerToString(AccountInfoInteger(ACCOUNT_LOGIN)) + "." +
           IntegerToString(m_magic) + "." + what;
  }

  double Recall(const string what, const double otherwise) const {
    if(!GlobalVariableCheck(Name(what))) return otherwise;
    return GlobalVariableGet(Name(what));
  }

  void Keep(const string what, const double value) const { GlobalVariableSet(Name(what), value); }

public:
  Guard(void) {
    m_magic = 0;
    m_own_volume = 0;
    m_own_positions = 0;
    m_own_loss = 0;
    m_may_close_everything = false;
    m_was_told = false;
    m_told_volume = 0;
    m_told_positions = 0;
    m_told_loss = 0;
    m_closes_in_silence = false;
    m_silence_ms = 0;
    m_has_acted = false;
    m_day = 0;
    m_day_equity = 0;
  }

  void Start(const Settings &settings) {
    m_magic = settings.magic;
    m_own_volume = settings.max_volume;
    m_own_positions = settings.max_positions;
    m_own_loss = settings.max_daily_loss;
    m_may_close_everything = settings.may_close_everything;
    m_closes_in_silence = Recall("silence.close", 0) > 0;
    m_silence_ms = (ulong)Recall("silence.ms", 0);
    m_day = (long)Recall("day", 0);
    m_day_equity = Recall("equity", 0);
    // A limit on the daily loss that the executor set holds until it sets another.
    m_told_loss = Recall("loss", 0);
  }

  void Tell(const double volume, const uint positions, const double loss, const bool closes,
            const uint silence_ms) {
    m_was_told = true;
    m_told_volume = volume;
    m_told_positions = positions;
    m_told_loss = loss;
    m_closes_in_silence = closes;
    m_silence_ms = (ulong)silence_ms;
    Keep("silence.close", closes ? 1 : 0);
    Keep("silence.ms", (double)silence_ms);
    Keep("loss", loss);
  }

  // The equity that the day's loss is measured from: that of the first look after midnight.
  void Look(void) {
    if(AccountInfoInteger(ACCOUNT_LOGIN) == 0 || AccountInfoDouble(ACCOUNT_EQUITY) <= 0) return;
    const long today = ServerDay();
    if(today == m_day) return;
    m_day = today;
    m_day_equity = AccountInfoDouble(ACCOUNT_EQUITY);
    Keep("day", (double)m_day);
    Keep("equity", m_day_equity);
  }

  bool IsDayLost(void) const {
    double limit = m_own_loss;
    if(m_told_loss > 0 && (limit <= 0 || m_told_loss < limit)) limit = m_told_loss;
    if(limit <= 0 || m_day == 0) return false;
    return AccountInfoDouble(ACCOUNT_EQUITY) <= m_day_equity - limit;
  }

  int OwnPositions(void) const {
    int count = 0;
    for(int i = PositionsTotal() - 1; i >= 0; i--) {
      if(PositionGetTicket(i) == 0) continue;
      if(PositionGetInteger(POSITION_MAGIC) == m_magic) count++;
    }
    return count;
  }

  bool IsFull(void) const {
    const int open = OwnPositions();
    return open >= m_own_positions || (m_was_told && (uint)open >= m_told_positions);
  }

  // Whether no new position may be opened now.
  bool Holds(void) const { return IsDayLost() || IsFull(); }

  bool IsTooMuch(const double volume) const {
    return volume > m_own_volume || (m_was_told && volume > m_told_volume);
  }

  bool MayCloseEverything(void) const { return m_may_close_everything; }

  // Whether the executor has been silent so long that the trader's rule acts: once a silence.
  bool IsSilent(const ulong heard) {
    if(m_silence_ms == 0) return false;
    if(Ticking() <= heard + m_silence_ms) {
      m_has_acted = false;
      return false;
    }
    if(m_has_acted) return false;
    m_has_acted = true;
    return true;
  }

  bool ClosesInSilence(void) const { return m_closes_in_silence; }
  // A rule that could not be carried out is tried again.
  void ActAgain(void) { m_has_acted = false; }
};

#endif
