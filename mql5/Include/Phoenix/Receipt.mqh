// What became of a command, and the commands that were carried out since the EA was loaded.
#ifndef PHOENIX_RECEIPT
#define PHOENIX_RECEIPT

#include <Phoenix/Bytes.mqh>
#include <Phoenix/Clock.mqh>
#include <Phoenix/Kind.mqh>
#include <Phoenix/Words.mqh>

// Receipts that are remembered. Older commands are known by the comments at the broker.
#define RECEIPTS_KEPT 4096

struct Receipt {
  ulong command;
  LinkOutcome outcome;
  uint retcode;
  string text;
  ulong order;
  ulong deal;
  ulong position;
  double volume;
  double price;
  double stop;
  double target;
  long time;
};

void BeginReceipt(Receipt &receipt, const ulong command) {
  receipt.command = command;
  receipt.outcome = OUTCOME_REFUSED;
  receipt.retcode = 0;
  receipt.text = "";
  receipt.order = 0;
  receipt.deal = 0;
  receipt.position = 0;
  receipt.volume = 0;
  receipt.price = 0;
  receipt.stop = 0;
  receipt.target = 0;
  receipt.time = UtcNow();
}

void WriteReceipt(MessageWriter &out, const Receipt &receipt) {
  out.U64(receipt.command);
  out.U8(receipt.outcome);
  out.U32(receipt.retcode);
  out.Text(receipt.text);
  out.I64((long)receipt.order);
  out.I64((long)receipt.deal);
  out.I64((long)receipt.position);
  out.F64(receipt.volume);
  out.F64(receipt.price);
  out.F64(receipt.stop);
  out.F64(receipt.target);
  out.I64(receipt.time);
}

class Receipts {
private:
  Receipt m_kept[];
  int m_count;

public:
  Receipts(void) { m_count = 0; }

  void Clear(void) { m_count = 0; }

  void Add(const Receipt &receipt) {
    if(ArraySize(m_kept) < RECEIPTS_KEPT) ArrayResize(m_kept, RECEIPTS_KEPT);
    m_kept[m_count % RECEIPTS_KEPT] = receipt;
    m_count++;
  }

  bool Find(const ulong command, Receipt &receipt) const {
    const int kept = m_count < RECEIPTS_KEPT ? m_count : RECEIPTS_KEPT;
    for(int i = 0; i < kept; i++) {
      // The newest first: that is what is asked for again.
      const int place = (m_count - 1 - i) % RECEIPTS_KEPT;
      if(m_kept[place].command == command) {
        receipt = m_kept[place];
        return true;
      }
    }
    return false;
  }
};

#endif
