// The link to the executor: pairing, signatures, sequence numbers, heartbeats and new connections.
#ifndef PHOENIX_LINK
#define PHOENIX_LINK

#include <Phoenix/Bytes.mqh>
#include <Phoenix/Clock.mqh>
#include <Phoenix/Hash.mqh>
#include <Phoenix/Kind.mqh>
#include <Phoenix/Words.mqh>
#include <Phoenix/Zmtp.mqh>

// Longest that a connection may take until Welcome.
#define LINK_WELCOME_MS 5000
#define LINK_LONGEST_PAUSE 30000
#define LINK_KEY_FILE "Phoenix\\link.key"

class Link {
private:
  ZmtpPeer m_peer;
  string m_host;
  int m_port;
  uchar m_secret[];
  bool m_has_secret;
  string m_given_secret;
  uchar m_nonce[];
  uchar m_own_key[];
  uchar m_other_key[];
  ulong m_sent;
  ulong m_received;
  bool m_is_greeted;
  bool m_is_up;
  ulong m_began;
  ulong m_heard;
  ulong m_said;
  ulong m_pause;
  ulong m_next_try;
  uint m_heartbeat;
  uint m_answer_ms;
  uint m_dropped;
  int m_error;
  Sentence m_status;
  ulong m_connections;

  bool LoadSecret(void) {
    if(m_given_secret != "") return SecretFromHex(m_given_secret, m_secret);
    const int file = FileOpen(LINK_KEY_FILE, FILE_READ | FILE_TXT | FILE_ANSI | FILE_COMMON | FILE_SHARE_READ);
    if(file == INVALID_HANDLE) return false;
    const string hex = FileReadString(file);
    FileClose(file);
    return SecretFromHex(hex, m_secret);
  }

  // Bytes that nobody without the secret can guess and that never come twice.
  void Fresh(uchar &bytes[]) {
    MessageWriter seed;
    m_connections++;
    seed.Text("phoenix-link-1 nonce");
    seed.U64(m_connections);
    seed.U64(GetMicrosecondCount());
    seed.U64(Ticking());
    seed.I64((long)TimeLocal());
    seed.I64(AccountInfoInteger(ACCOUNT_LOGIN));
    seed.I64(ChartID());
    seed.U32((uint)MathRand());
    uchar bytes_of_seed[];
    seed.CopyTo(bytes_of_seed);
    Hmac(m_secret, bytes_of_seed, ArraySize(bytes_of_seed), bytes);
  }

  void DeriveKey(const string label, const uchar &other_nonce[], uchar &key[]) {
    uchar text[];
    uchar all[];
    StringToCharArray(label, text, 0, WHOLE_ARRAY, CP_UTF8);
    const int count = StringLen(label);
    ArrayResize(all, count + 2 * HASH_SIZE);
    ArrayCopy(all, text, 0, 0, count);
    ArrayCopy(all, m_nonce, count, 0, HASH_SIZE);
    ArrayCopy(all, other_nonce, count + HASH_SIZE, 0, HASH_SIZE);
    Hmac(m_secret, all, ArraySize(all), key);
  }

  bool Post(const int kind, const uchar &body[], const uchar &key[]) {
    MessageWriter out;
    uchar message[];
    uchar signature[];
    out.U8('P');
    out.U8('H');
    out.U8('X');
    out.U8('L');
    out.U8(LINK_VERSION);
    out.U8(kind);
    out.U16(0);
    m_sent++;
    out.U64(m_sent);
    out.Raw(body, ArraySize(body));
    out.CopyTo(message);
    if(!Hmac(key, message, ArraySize(message), signature)) return false;
    out.Raw(signature, LINK_SIGNATURE);
    out.CopyTo(message);
    if(!m_peer.Send(message)) {
      End(SAY_LOST);
      return false;
    }
    m_said = Ticking();
    return true;
  }

  void Greet(const long magic) {
    MessageWriter hello;
    uchar body[];
    const long mode = AccountInfoInteger(ACCOUNT_TRADE_MODE);
    hello.U16(LINK_VERSION);
    hello.Text(LINK_PROGRAM);
    hello.Raw(m_nonce, HASH_SIZE);
    hello.I64(AccountInfoInteger(ACCOUNT_LOGIN));
    hello.Text(AccountInfoString(ACCOUNT_SERVER));
    hello.Text(AccountInfoString(ACCOUNT_COMPANY));
    hello.Text(AccountInfoString(ACCOUNT_CURRENCY));
    hello.U8(mode == ACCOUNT_TRADE_MODE_REAL ? 0 : mode == ACCOUNT_TRADE_MODE_DEMO ? 1 : 2);
    hello.Truth(AccountInfoInteger(ACCOUNT_MARGIN_MODE) == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING);
    hello.U32((uint)TerminalInfoInteger(TERMINAL_BUILD));
    hello.I64(magic);
    hello.Text(_Symbol);
    hello.I64(ServerOffset());
    hello.CopyTo(body);
    m_is_greeted = Post(KIND_HELLO, body, m_secret);
  }

  void End(const Sentence why) {
    m_peer.Close();
    m_is_up = false;
    m_is_greeted = false;
    m_status = why;
    m_pause = m_pause == 0 ? 1000 : m_pause * 2;
    if(m_pause > LINK_LONGEST_PAUSE) m_pause = LINK_LONGEST_PAUSE;
    m_next_try = Ticking() + m_pause;
  }

  void Drop(void) {
    m_dropped++;
    Print("Phoenix: ", Say(SAY_DROPPED));
    End(SAY_DROPPED);
  }

  void Connect(void) {
    m_has_secret = LoadSecret();
    if(!m_has_secret) {
      End(SAY_NO_SECRET);
      return;
    }
    uchar identity[];
    Fresh(identity);
    Fresh(m_nonce);
    m_sent = 0;
    m_received = 0;
    m_is_greeted = false;
    m_error = m_peer.Connect(m_host, m_port, identity);
    if(m_error != 0) {
      End(m_error == ERR_FUNCTION_NOT_ALLOWED ? SAY_ADDRESS : SAY_SEARCHING);
      return;
    }
    m_began = Ticking();
  }

  // Whether the message is the next one and signed by who knows the secret. Opens it.
  bool Accept(const uchar &message[], int &kind, MessageReader &body) {
    const int size = ArraySize(message) - LINK_SIGNATURE;
    if(size < LINK_HEADER || ArraySize(message) > LINK_MAX_MESSAGE) return false;
    if(message[0] != 'P' || message[1] != 'H' || message[2] != 'X' || message[3] != 'L') return false;
    if((int)message[4] != LINK_VERSION || message[6] != 0 || message[7] != 0) return false;
    kind = (int)message[5];
    MessageReader header;
    header.Take(message, 8, 8);
    if(header.U64() != m_received + 1) return false;
    if(!m_is_up) {
      if(kind != KIND_WELCOME) return false;
      // Its own key follows from what it says: read first, then checked.
      uchar nonce[];
      body.Take(message, LINK_HEADER, size - LINK_HEADER);
      body.U16();
      body.Text();
      body.Raw(nonce, HASH_SIZE);
      if(!body.IsGood()) return false;
      DeriveKey("phoenix-link-1 terminal", nonce, m_own_key);
      DeriveKey("phoenix-link-1 executor", nonce, m_other_key);
    }
    uchar digest[];
    if(!Hmac(m_other_key, message, size, digest)) return false;
    if(!IsSameDigest(message, size, digest)) return false;
    body.Take(message, LINK_HEADER, size - LINK_HEADER);
    m_received++;
    return true;
  }

  bool Welcomed(MessageReader &body) {
    uchar nonce[];
    const int version = body.U16();
    body.Text();
    body.Raw(nonce, HASH_SIZE);
    const uint heartbeat = body.U32();
    const uint answer_ms = body.U32();
    const int language = body.U8();
    if(!body.IsDone() || version != LINK_VERSION || language > 1) return false;
    // However strange the numbers: a heart beats, and no tick waits longer than a second.
    m_heartbeat = heartbeat < 100 ? 100 : heartbeat;
    m_answer_ms = answer_ms > 1000 ? 1000 : answer_ms;
    words_language = language;
    m_is_up = true;
    m_pause = 0;
    m_status = SAY_CONNECTED;
    return true;
  }

public:
  Link(void) {
    m_port = 0;
    m_has_secret = false;
    m_sent = 0;
    m_received = 0;
    m_is_greeted = false;
    m_is_up = false;
    m_began = 0;
    m_heard = 0;
    m_said = 0;
    m_pause = 0;
    m_next_try = 0;
    m_heartbeat = 1000;
    m_answer_ms = 0;
    m_dropped = 0;
    m_error = 0;
    m_status = SAY_SEARCHING;
    m_connections = 0;
  }

  void Start(const string host, const int port, const string secret) {
    m_host = host;
    m_port = port;
    m_given_secret = secret;
    m_heard = Ticking();
    m_pause = 0;
    m_next_try = 0;
    m_status = SAY_SEARCHING;
  }

  // Where the chart or the account changes, MetaTrader stops and starts the EA without loading it
  // anew: what is known of a connection must not outlive it.
  void Stop(void) {
    m_peer.Close();
    m_is_up = false;
    m_is_greeted = false;
  }

  bool IsUp(void) const { return m_is_up; }
  uint AnswerMs(void) const { return m_answer_ms; }
  Sentence Status(void) const { return m_status; }
  // When something was heard of the executor, or since when it could have been.
  ulong Heard(void) const { return m_heard; }
  uint Dropped(void) const { return m_dropped; }

  bool Send(const int kind, MessageWriter &body) {
    if(!m_is_up) return false;
    uchar bytes[];
    body.CopyTo(bytes);
    return Post(kind, bytes, m_own_key);
  }

  // What keeps a connection: begins it, ends it after silence, lets the heart beat.
  void Keep(const long magic) {
    const ulong now = Ticking();
    if(m_peer.IsClosed()) {
      if(now >= m_next_try) Connect();
      return;
    }
    if(!m_is_up) {
      if(m_peer.IsOpen() && !m_is_greeted) Greet(magic);
      if(!m_peer.IsClosed() && now > m_began + LINK_WELCOME_MS) End(SAY_SEARCHING);
      return;
    }
    if(now > m_heard + 3 * (ulong)m_heartbeat) {
      End(SAY_LOST);
      return;
    }
    if(now >= m_said + (ulong)m_heartbeat) {
      MessageWriter ping;
      ping.U64(now);
      Send(KIND_TERMINAL_PING, ping);
    }
  }

  // The next message that is good: 1, or 0 when there is none.
  int Receive(int &kind, MessageReader &body) {
    if(m_peer.IsClosed()) return 0;
    uchar message[];
    const int found = m_peer.Receive(message);
    if(found < 0) {
      if(m_peer.IsBad()) Drop();
      else End(SAY_LOST);
      return 0;
    }
    if(found == 0) return 0;
    const bool was_up = m_is_up;
    if(!Accept(message, kind, body)) {
      Drop();
      // The first answer not being signed as ours is what another key looks like.
      if(!was_up) m_status = SAY_WRONG_SECRET;
      return 0;
    }
    m_heard = Ticking();
    if(was_up) return 1;
    if(!Welcomed(body)) {
      Drop();
      return 0;
    }
    return 1;
  }

  // For a message that was signed and says nothing that can be understood.
  void Refuse(void) { Drop(); }

  // The executor takes its leave: no fault, and a new connection is looked for soon.
  void Leave(void) { End(SAY_LOST); }
};

#endif
