// Numbers and texts as bytes, little-endian, and back.
#ifndef PHOENIX_BYTES
#define PHOENIX_BYTES

// A double and its bits: prices go over the link to the last bit.
union DoubleBits {
  double number;
  long bits;
};

class MessageWriter {
private:
  uchar m_bytes[];
  int m_size;

  void Room(const int more) {
    if(m_size + more > ArraySize(m_bytes)) ArrayResize(m_bytes, (m_size + more) * 2);
  }

  void Little(const ulong value, const int width) {
    Room(width);
    ulong rest = value;
    for(int i = 0; i < width; i++) {
      m_bytes[m_size] = (uchar)(rest & 0xFF);
      m_size++;
      rest = rest >> 8;
    }
  }

public:
  MessageWriter(void) { m_size = 0; }

  void Clear(void) { m_size = 0; }
  int Size(void) const { return m_size; }
  void U8(const int value) { Little((ulong)value, 1); }
  void U16(const int value) { Little((ulong)value, 2); }
  void U32(const uint value) { Little((ulong)value, 4); }
  void U64(const ulong value) { Little(value, 8); }
  void I64(const long value) { Little((ulong)value, 8); }
  void Truth(const bool value) { Little(value ? 1 : 0, 1); }

  void F64(const double value) {
    DoubleBits both;
    both.number = value;
    Little((ulong)both.bits, 8);
  }

  // A text longer than any sentence of ours is cut: its length must fit.
  void Text(const string value) {
    uchar bytes[];
    int count = StringToCharArray(StringSubstr(value, 0, 1000), bytes, 0, WHOLE_ARRAY, CP_UTF8);
    // The closing zero is not part of it.
    while(count > 0 && bytes[count - 1] == 0) count--;
    U16(count);
    Raw(bytes, count);
  }

  void Raw(const uchar &bytes[], const int count) {
    if(count <= 0) return;
    Room(count);
    ArrayCopy(m_bytes, bytes, m_size, 0, count);
    m_size += count;
  }

  // Writes over what stands at a place: a count that is known only afterwards.
  void PutU32(const int place, const uint value) {
    for(int i = 0; i < 4; i++) m_bytes[place + i] = (uchar)((value >> (8 * i)) & 0xFF);
  }

  void CopyTo(uchar &bytes[]) const {
    ArrayResize(bytes, m_size);
    if(m_size > 0) ArrayCopy(bytes, m_bytes, 0, 0, m_size);
  }

  // Whether it holds the same as these bytes, from `skip` on.
  bool IsSame(const uchar &bytes[], const int skip) const {
    if(ArraySize(bytes) != m_size) return false;
    for(int i = skip; i < m_size; i++) {
      if(bytes[i] != m_bytes[i]) return false;
    }
    return true;
  }
};

class MessageReader {
private:
  uchar m_bytes[];
  int m_at;
  int m_end;
  bool m_good;

  ulong Little(const int width) {
    if(m_at + width > m_end) m_good = false;
    if(!m_good) return 0;
    ulong value = 0;
    for(int i = width - 1; i >= 0; i--) value = (value << 8) | (ulong)m_bytes[m_at + i];
    m_at += width;
    return value;
  }

public:
  MessageReader(void) {
    m_at = 0;
    m_end = 0;
    m_good = false;
  }

  void Take(const uchar &bytes[], const int from, const int count) {
    ArrayResize(m_bytes, count);
    if(count > 0) ArrayCopy(m_bytes, bytes, 0, from, count);
    m_at = 0;
    m_end = count;
    m_good = true;
  }

  int U8(void) { return (int)Little(1); }
  int U16(void) { return (int)Little(2); }
  uint U32(void) { return (uint)Little(4); }
  ulong U64(void) { return Little(8); }
  long I64(void) { return (long)Little(8); }

  bool Truth(void) {
    const int value = U8();
    if(value > 1) m_good = false;
    return value == 1;
  }

  double F64(void) {
    DoubleBits both;
    both.bits = I64();
    if(!MathIsValidNumber(both.number)) {
      m_good = false;
      return 0;
    }
    return both.number;
  }

  string Text(void) {
    const int count = U16();
    if(m_at + count > m_end) m_good = false;
    if(!m_good || count == 0) return "";
    const string text = CharArrayToString(m_bytes, m_at, count, CP_UTF8);
    m_at += count;
    return text;
  }

  void Raw(uchar &bytes[], const int count) {
    ArrayResize(bytes, count);
    if(m_at + count > m_end) m_good = false;
    if(!m_good) return;
    ArrayCopy(bytes, m_bytes, 0, m_at, count);
    m_at += count;
  }

  // Whether all of it was read, and nothing beyond it.
  bool IsDone(void) const { return m_good && m_at == m_end; }
  bool IsGood(void) const { return m_good; }
};

#endif
