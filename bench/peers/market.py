"""The history and the reference rules that every engine gets alike."""

import pathlib

import numpy as np
import pandas as pd
import talib

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Beside the repository where Phoenix is built; not shipped with it.
SHARED = ROOT.parent / "shared" / "data"
SHIPPED_H1 = ROOT / "data" / "XAUUSD" / "H1.parquet"
M1 = SHARED / "XAUUSD_M1_1000000_tiled.csv.gz"

# The sweep: 1,000 sets, fast 5..24 by slow 26..75.
SETS = [(fast, slow) for fast in range(5, 25) for slow in range(26, 76)]


class Market:
    """Columns as contiguous arrays, loaded before any clock starts."""

    def __init__(self, frame: pd.DataFrame):
        frame = frame.rename(columns={"tick_volume": "volume"})
        self.time = pd.DatetimeIndex(frame["time"]).tz_localize(None)
        for name in ("open", "high", "low", "close", "volume"):
            setattr(self, name, np.ascontiguousarray(frame[name], dtype=np.float64))
        self.nanoseconds = self.time.values.astype("datetime64[ns]").astype(np.int64)

    def __len__(self) -> int:
        return len(self.close)


def load(task: str) -> Market:
    """The million M1 bars for `single`, the shipped H1 bars for `sweep`."""
    if task == "single":
        return Market(pd.read_csv(M1, parse_dates=["time"]))
    return Market(pd.read_parquet(SHIPPED_H1))


def strength(market: Market) -> np.ndarray:
    """Where ADX(14) is above 25. NaN is not."""
    return talib.ADX(market.high, market.low, market.close, 14) > 25


def signals(market: Market, fast: int, slow: int, strong: np.ndarray):
    """Buy and sell signals at the close of each bar, with TA-Lib's definitions."""
    line, signal, _ = talib.MACD(market.close, fast, slow, 9)
    above, below = line > signal, line < signal
    # "Was at or below before": false while there is no value yet.
    before = line[:-1] <= signal[:-1], line[:-1] >= signal[:-1]
    buy = np.zeros(len(market), dtype=bool)
    sell = np.zeros(len(market), dtype=bool)
    buy[1:] = above[1:] & before[0] & strong[1:]
    sell[1:] = below[1:] & before[1] & strong[1:]
    return buy, sell


def next_bar(column: np.ndarray) -> np.ndarray:
    """Signals moved to the bar at whose open they are filled; the last bar's are dropped."""
    moved = np.zeros_like(column)
    moved[1:] = column[:-1]
    return moved
