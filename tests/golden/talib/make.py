#!/usr/bin/env python3
"""Writes values.csv.gz: what TA-Lib gives on XAUUSD_H1, for the test indicator_talib.rs.

    python3 -m venv /tmp/talib && /tmp/talib/bin/pip install TA-Lib numpy
    /tmp/talib/bin/python tests/golden/talib/make.py

Unstable periods are TA-Lib's default, 0, and so is its compatibility mode.
"""

import csv
import gzip
import io
import pathlib

import numpy as np
import talib

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[3] / "shared/data/XAUUSD_H1_ejtrader.csv.gz"

with gzip.open(DATA, "rt") as file:
    rows = list(csv.reader(file))[1:]
o, h, l, c, v = (np.array([float(r[i]) for r in rows]) for i in range(1, 6))

columns = {}


def add(name, values, outputs=None):
    """One column for each output, named as the call that made it."""
    if outputs is None:
        values, outputs = [values], [""]
    for value, output in zip(values, outputs, strict=True):
        columns[name + ("." + output if output else "")] = np.asarray(value, dtype=float)


# Averages.
for n in (1, 2, 14, 50, 200):
    add(f"SMA({n})", talib.SMA(c, n) if n > 1 else c.copy())
    if n > 1:
        add(f"EMA({n})", talib.EMA(c, n))
        add(f"WMA({n})", talib.WMA(c, n))
for n in (5, 20):
    add(f"DEMA({n})", talib.DEMA(c, n))
    add(f"TEMA({n})", talib.TEMA(c, n))
    add(f"HMA({n})", talib.HMA(c, n))
    add(f"RMA({n})", talib.RMA(c, n))
    add(f"KAMA({n})", talib.KAMA(c, n))
    add(f"TRIX({n})", talib.TRIX(c, n))
add("HMA(9)", talib.HMA(c, 9))

# Bands and channels.
bands = ("upper", "middle", "lower")
add("BBANDS(20,2)", talib.BBANDS(c, 20, 2.0, 2.0), bands)
add("BBANDS(5,1.5)", talib.BBANDS(c, 5, 1.5, 1.5), bands)
add("DONCHIAN(20)", talib.DONCHIAN(h, l, 20), bands)
add("KC(20,10,2)", talib.KC(h, l, c, 20, 10, 2.0), bands)
add("KC(10,20,1.5)", talib.KC(h, l, c, 10, 20, 1.5), bands)
stop, direction = talib.SUPERTREND(h, l, c, 10, 3.0)
add("SUPERTREND(10,3).value", stop)
# TA-Lib fills whole numbers with 0 where it has none.
add("SUPERTREND(10,3).direction", np.where(np.isnan(stop), np.nan, direction))
add("SAR(0.02,0.2)", talib.SAR(h, l, 0.02, 0.2))
add("SAR(0.05,0.1)", talib.SAR(h, l, 0.05, 0.1))
add("MIDPRICE(14)", talib.MIDPRICE(h, l, 14))
add("MAX(30)", talib.MAX(c, 30))
add("MIN(30)", talib.MIN(c, 30))

# Statistics.
for n in (5, 20):
    add(f"STDDEV({n})", talib.STDDEV(c, n, 1.0))

# MACD and its relatives.
macd = ("line", "signal", "histogram")
add("MACD(12,26,9)", talib.MACD(c, 12, 26, 9), macd)
add("MACD(5,35,5)", talib.MACD(c, 5, 35, 5), macd)

# Oscillators.
for n in (2, 14):
    add(f"RSI({n})", talib.RSI(c, n))
    add(f"WILLR({n})", talib.WILLR(h, l, c, n))
    add(f"CCI({n})", talib.CCI(h, l, c, n))
    add(f"MFI({n})", talib.MFI(h, l, c, v, n))
    add(f"ATR({n})", talib.ATR(h, l, c, n))
    add(f"ADX({n})", talib.ADX(h, l, c, n))
    add(f"PLUS_DI({n})", talib.PLUS_DI(h, l, c, n))
    add(f"MINUS_DI({n})", talib.MINUS_DI(h, l, c, n))
for n in (1, 10):
    add(f"MOM({n})", talib.MOM(c, n))
    add(f"ROC({n})", talib.ROC(c, n))
    add(f"ROCR100({n})", talib.ROCR100(c, n))
stoch = ("k", "d")
add("STOCH(5,3,3)", talib.STOCH(h, l, c, 5, 3, 0, 3, 0), stoch)
add("STOCH(14,1,3)", talib.STOCH(h, l, c, 14, 1, 0, 3, 0), stoch)
add("STOCHF(5,3)", talib.STOCHF(h, l, c, 5, 3, 0), stoch)
add("AO(5,34)", talib.AO(h, l, 5, 34))
add("AC(5,34,5)", talib.AC(h, l, 5, 34, 5))
add("ERI(13)", talib.ERI(h, l, c, 13), ("bulls", "bears"))

# Volume.
add("OBV", talib.OBV(c, v))
add("AD", talib.AD(h, l, c, v))
add("ADOSC(3,10)", talib.ADOSC(h, l, c, v, 3, 10))
add("EFI(13)", talib.EFI(c, v, 13))

bars = [i for i in range(len(c)) if i < 400 or (i - 400) % 97 == 0]
text = io.StringIO()
out = csv.writer(text, lineterminator="\n")
out.writerow(["bar", *columns])
for i in bars:
    out.writerow([i, *("" if np.isnan(x[i]) else repr(float(x[i])) for x in columns.values())])
# No time stamp and no name in the archive: the same values give the same bytes.
with open(HERE / "values.csv.gz", "wb") as file:
    with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode())
print(f"{len(columns)} columns, {len(bars)} rows, TA-Lib {talib.__ta_version__.decode()}")
