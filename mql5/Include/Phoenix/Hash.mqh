// SHA-256 and HMAC over it (RFC 2104). MetaTrader's hash takes no key, so the HMAC is built here.
#ifndef PHOENIX_HASH
#define PHOENIX_HASH

#define HASH_BLOCK 64
#define HASH_SIZE 32

bool Sha256(const uchar &data[], uchar &digest[]) {
  uchar none[];
  ArrayResize(none, 0);
  return CryptEncode(CRYPT_HASH_SHA256, data, none, digest) == HASH_SIZE;
}

// The HMAC of the first `size` bytes of `data`. Keys here are never longer than a block.
bool Hmac(const uchar &key[], const uchar &data[], const int size, uchar &digest[]) {
  uchar inner[];
  uchar outer[];
  uchar middle[];
  const int length = ArraySize(key);
  ArrayResize(inner, HASH_BLOCK + size);
  ArrayResize(outer, HASH_BLOCK + HASH_SIZE);
  for(int i = 0; i < HASH_BLOCK; i++) {
    const int k = i < length ? (int)key[i] : 0;
    inner[i] = (uchar)(k ^ 0x36);
    outer[i] = (uchar)(k ^ 0x5C);
  }
  if(size > 0) ArrayCopy(inner, data, HASH_BLOCK, 0, size);
  if(!Sha256(inner, middle)) return false;
  ArrayCopy(outer, middle, HASH_BLOCK, 0, HASH_SIZE);
  return Sha256(outer, digest);
}

// Whether two digests are the same. Looks at all of them: how long it takes tells nothing.
bool IsSameDigest(const uchar &left[], const int left_from, const uchar &right[]) {
  int differs = 0;
  for(int i = 0; i < HASH_SIZE; i++) differs |= (int)left[left_from + i] ^ (int)right[i];
  return differs == 0;
}

int HexDigit(const ushort letter) {
  if(letter >= '0' && letter <= '9') return letter - '0';
  if(letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if(letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

// 64 hexadecimal digits to 32 bytes; blanks around them do no harm.
bool SecretFromHex(const string text, uchar &secret[]) {
  string hex = text;
  StringTrimLeft(hex);
  StringTrimRight(hex);
  if(StringLen(hex) != 2 * HASH_SIZE) return false;
  ArrayResize(secret, HASH_SIZE);
  for(int i = 0; i < HASH_SIZE; i++) {
    const int high = HexDigit(StringGetCharacter(hex, 2 * i));
    const int low = HexDigit(StringGetCharacter(hex, 2 * i + 1));
    if(high < 0 || low < 0) return false;
    secret[i] = (uchar)(high * 16 + low);
  }
  return true;
}

#endif
