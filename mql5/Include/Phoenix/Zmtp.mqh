// ZeroMQ's wire protocol (ZMTP 3.0, https://rfc.zeromq.org/spec/23/) as a DEALER with the mechanism
// NULL, over MetaTrader's own sockets. Nothing here waits: what has not come yet is looked for again
// at the next call.
#ifndef PHOENIX_ZMTP
#define PHOENIX_ZMTP

#include <Phoenix/Kind.mqh>

#define ZMTP_GREETING 64
#define ZMTP_IDENTITY 16
#define ZMTP_HEADER 9
#define ZMTP_MORE 1
#define ZMTP_LONG 2
#define ZMTP_COMMAND 4
// Longest that the terminal may be held up by a connection that is neither taken nor refused.
#define ZMTP_CONNECT_MS 300
#define ZMTP_SEND_MS 1000
// Bytes taken from a socket at once.
#define ZMTP_PART 65536

enum ZmtpState {
  ZMTP_CLOSED,
  ZMTP_GREETED,
  ZMTP_INTRODUCED,
  ZMTP_OPEN
};

class ZmtpPeer {
private:
  int m_socket;
  ZmtpState m_state;
  uchar m_in[];
  int m_from;
  int m_to;
  uchar m_identity[];
  bool m_is_bad;

  // Takes what the socket has, but little more than the greatest message: what is behind stays there, so
  // that who sends faster than we listen has to wait. False when the connection is gone.
  bool Pull(void) {
    while(m_to - m_from <= ZMTP_HEADER + LINK_MAX_MESSAGE) {
      const uint ready = SocketIsReadable(m_socket);
      if(ready == 0) return SocketIsConnected(m_socket);
      uchar part[];
      const uint wanted = ready < ZMTP_PART ? ready : ZMTP_PART;
      // SocketIsReadable may say 1 of an empty socket: so the shortest wait, and no more than that.
      const int got = SocketRead(m_socket, part, wanted, 1);
      if(got <= 0) return SocketIsConnected(m_socket);
      Keep(part, got);
    }
    return true;
  }

  void Keep(const uchar &part[], const int count) {
    if(m_from > 0) {
      // What is unread moves to the front.
      for(int i = m_from; i < m_to; i++) m_in[i - m_from] = m_in[i];
      m_to -= m_from;
      m_from = 0;
    }
    if(m_to + count > ArraySize(m_in)) ArrayResize(m_in, (m_to + count) * 2);
    ArrayCopy(m_in, part, m_to, 0, count);
    m_to += count;
  }

  bool Push(const uchar &bytes[], const int count) {
    if(SocketSend(m_socket, bytes, (uint)count) == count) return true;
    Close();
    return false;
  }

  bool Greet(void) {
    uchar greeting[];
    ArrayResize(greeting, ZMTP_GREETING);
    ArrayInitialize(greeting, 0);
    greeting[0] = 0xFF;
    greeting[9] = 0x7F;
    greeting[10] = 3;
    greeting[12] = 'N';
    greeting[13] = 'U';
    greeting[14] = 'L';
    greeting[15] = 'L';
    return Push(greeting, ZMTP_GREETING);
  }

  bool IsGreeting(void) const {
    return m_in[m_from] == 0xFF && (m_in[m_from + 9] & 1) == 1 && m_in[m_from + 10] >= 3 &&
           m_in[m_from + 12] == 'N' && m_in[m_from + 13] == 'U' && m_in[m_from + 14] == 'L' &&
           m_in[m_from + 15] == 'L' && m_in[m_from + 16] == 0;
  }

  int PutAscii(uchar &bytes[], const int at, const string text) const {
    const int count = StringLen(text);
    for(int i = 0; i < count; i++) bytes[at + i] = (uchar)StringGetCharacter(text, i);
    return at + count;
  }

  // The command READY with the kind of our socket and our name.
  bool Introduce(void) {
    uchar frame[];
    ArrayResize(frame, 128);
    ArrayInitialize(frame, 0);
    frame[0] = ZMTP_COMMAND;
    int at = 2;
    frame[at] = 5;
    at = PutAscii(frame, at + 1, "READY");
    frame[at] = 11;
    at = PutAscii(frame, at + 1, "Socket-Type");
    frame[at + 3] = 6;
    at = PutAscii(frame, at + 4, "DEALER");
    frame[at] = 8;
    at = PutAscii(frame, at + 1, "Identity");
    frame[at + 3] = ZMTP_IDENTITY;
    at += 4;
    ArrayCopy(frame, m_identity, at, 0, ZMTP_IDENTITY);
    at += ZMTP_IDENTITY;
    frame[1] = (uchar)(at - 2);
    return Push(frame, at);
  }

  // The next whole frame: 1, or 0 when more has to come, or -1 for what can be no frame.
  int Frame(uchar &body[], int &flags) {
    const int have = m_to - m_from;
    if(have < 2) return 0;
    flags = (int)m_in[m_from];
    if((flags & ~(ZMTP_MORE | ZMTP_LONG | ZMTP_COMMAND)) != 0) return -1;
    int header = 2;
    ulong size = (ulong)m_in[m_from + 1];
    if((flags & ZMTP_LONG) != 0) {
      if(have < 9) return 0;
      header = 9;
      size = 0;
      for(int i = 1; i <= 8; i++) size = (size << 8) | (ulong)m_in[m_from + i];
    }
    if(size > LINK_MAX_MESSAGE) return -1;
    const int count = (int)size;
    if(have < header + count) return 0;
    ArrayResize(body, count);
    if(count > 0) ArrayCopy(body, m_in, 0, m_from + header, count);
    m_from += header + count;
    return 1;
  }

  bool IsCommand(const uchar &body[], const string name) const {
    const int count = StringLen(name);
    if(ArraySize(body) < count + 1 || (int)body[0] != count) return false;
    for(int i = 0; i < count; i++) {
      if((ushort)body[i + 1] != StringGetCharacter(name, i)) return false;
    }
    return true;
  }

  int Broken(const bool is_bad) {
    m_is_bad = is_bad;
    Close();
    return -1;
  }

  // Goes on with what is here: as `Receive`.
  int Hear(uchar &message[]) {
    if(m_state == ZMTP_GREETED && m_to - m_from >= ZMTP_GREETING) {
      if(!IsGreeting()) return Broken(true);
      m_from += ZMTP_GREETING;
      if(!Introduce()) return -1;
      m_state = ZMTP_INTRODUCED;
    }
    while(m_state == ZMTP_INTRODUCED || m_state == ZMTP_OPEN) {
      int flags = 0;
      const int found = Frame(message, flags);
      if(found < 0) return Broken(true);
      if(found == 0) break;
      if((flags & ZMTP_COMMAND) != 0) {
        if(IsCommand(message, "ERROR")) return Broken(false);
        if(m_state == ZMTP_INTRODUCED) {
          if(!IsCommand(message, "READY")) return Broken(true);
          m_state = ZMTP_OPEN;
        }
        continue;
      }
      // One part, one message: another shape is not ours.
      if(m_state != ZMTP_OPEN || (flags & ZMTP_MORE) != 0) return Broken(true);
      return 1;
    }
    return 0;
  }

public:
  ZmtpPeer(void) {
    m_socket = INVALID_HANDLE;
    m_state = ZMTP_CLOSED;
    m_from = 0;
    m_to = 0;
    m_is_bad = false;
  }

  bool IsClosed(void) const { return m_state == ZMTP_CLOSED; }
  bool IsOpen(void) const { return m_state == ZMTP_OPEN; }
  // Whether the connection ended because of what came over it.
  bool IsBad(void) const { return m_is_bad; }

  // 0, or the number of MetaTrader's error.
  int Connect(const string host, const int port, const uchar &identity[]) {
    Close();
    m_is_bad = false;
    ResetLastError();
    m_socket = SocketCreate();
    if(m_socket == INVALID_HANDLE) return GetLastError();
    if(!SocketConnect(m_socket, host, (uint)port, ZMTP_CONNECT_MS)) {
      const int error = GetLastError();
      Close();
      return error == 0 ? ERR_NETSOCKET_CANNOT_CONNECT : error;
    }
    SocketTimeouts(m_socket, ZMTP_SEND_MS, ZMTP_SEND_MS);
    ArrayResize(m_identity, ZMTP_IDENTITY);
    ArrayCopy(m_identity, identity, 0, 0, ZMTP_IDENTITY);
    // A name that begins with zero belongs to the other side.
    if(m_identity[0] == 0) m_identity[0] = 1;
    m_state = ZMTP_GREETED;
    return Greet() ? 0 : ERR_NETSOCKET_IO_ERROR;
  }

  void Close(void) {
    if(m_socket != INVALID_HANDLE) SocketClose(m_socket);
    m_socket = INVALID_HANDLE;
    m_state = ZMTP_CLOSED;
    m_from = 0;
    m_to = 0;
  }

  bool Send(const uchar &message[]) {
    if(m_state != ZMTP_OPEN) return false;
    const int size = ArraySize(message);
    const int header = size > 255 ? 9 : 2;
    uchar frame[];
    ArrayResize(frame, header + size);
    if(size > 255) {
      frame[0] = ZMTP_LONG;
      ulong rest = (ulong)size;
      for(int i = 8; i >= 1; i--) {
        frame[i] = (uchar)(rest & 0xFF);
        rest = rest >> 8;
      }
    } else {
      frame[0] = 0;
      frame[1] = (uchar)size;
    }
    ArrayCopy(frame, message, header, 0, size);
    return Push(frame, header + size);
  }

  // Goes on with the handshake and takes the next message: 1 with one, 0 without, -1 when the
  // connection has ended.
  int Receive(uchar &message[]) {
    if(m_state == ZMTP_CLOSED) return -1;
    // What came with an earlier look first: no more is kept than is needed.
    const int kept = Hear(message);
    if(kept != 0) return kept;
    const bool is_there = Pull();
    const int found = Hear(message);
    if(found != 0) return found;
    // What came before the end was still heard.
    return is_there ? 0 : Broken(false);
  }
};

#endif
