"""Writes expected.json and synthetic.trades.csv: what other programs say of the same trades.

    python3.11 -m venv venv && venv/bin/pip install quantstats==0.0.86 backtesting==0.6.6
    venv/bin/python tests/golden/statistics/make.py     # needs ../shared/data beside the repository

Every value stands under the name that it has in our JSON, so that the test can compare tree with
tree. The comment beside a value says whose it is:

  [bt]  backtesting.py 0.6.6, `backtesting._stats.compute_stats`, fed our trades and bar equity
  [qs]  quantstats 0.0.86, fed daily returns of the same equity
  [np]  plain numpy/pandas, written here from the definition, because neither library has the
        metric or defines it otherwise (README.md says how they differ)
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import quantstats as qs
from backtesting._stats import compute_stats

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
DATA = ROOT.parent / "shared/data"
REFERENCE = ROOT / "tests/golden/reference"
INITIAL = 10_000.0
AT_OPEN = ["opposite_signal", "exit_rule", "time_exit", "command"]


def read_bars():
    return pd.read_csv(DATA / "XAUUSD_H1_ejtrader.csv.gz", parse_dates=["time"], index_col="time")


def reference_trades(name, fee=0.0):
    """A list of the reference strategy: one unit, every exit at an open but the last."""
    trades = pd.read_csv(REFERENCE / name, parse_dates=["entry_time", "exit_time"])
    trades["volume"] = 1.0
    trades["commission"] = 2 * fee
    trades["swap"] = 0.0
    trades["exit"] = "opposite_signal"
    trades.loc[trades.index[-1], "exit"] = "end_of_data"
    return trades


def synthetic_trades(bars, count=600):
    """Overlapping trades with every kind of exit, at prices that the bars allow."""
    rng = np.random.default_rng(20240229)
    o, h, l, c = (bars[k].to_numpy() for k in ["open", "high", "low", "close"])
    rows = []
    kinds = AT_OPEN + ["stop_loss", "take_profit", "stop_out", "take_profit", "stop_loss"]
    for entry in np.sort(rng.integers(0, len(bars) - 300, count)):
        kind = kinds[rng.integers(len(kinds))]
        x = int(entry + rng.integers(0 if kind not in AT_OPEN else 1, 200))
        long = bool(rng.integers(2))
        # A third of the exits inside a bar happen at its very open, as after a gap.
        u = 0.0 if rng.random() < 1 / 3 else rng.random()
        if kind in AT_OPEN:
            price = o[x]
        elif (kind == "take_profit") == long:
            price = round(o[x] + u * (h[x] - o[x]), 2)
        else:
            price = round(o[x] - u * (o[x] - l[x]), 2)
        rows.append((int(entry), x, "long" if long else "short", o[entry], price, kind))
    for entry in (len(bars) - 20, len(bars) - 1):
        rows.append((entry, len(bars) - 1, "long", o[entry], c[-1], "end_of_data"))
    t = pd.DataFrame(rows, columns="entry_bar exit_bar side entry_price exit_price exit".split())
    t["volume"] = np.round(rng.uniform(0.01, 0.3, len(t)), 2)
    t["commission"] = np.round(7 * t.volume, 2)
    t["swap"] = np.round(rng.normal(-0.5, 1.0, len(t)), 2)
    sign = np.where(t.side == "long", 1.0, -1.0)
    t["profit"] = np.round((t.exit_price - t.entry_price) * sign * t.volume * 100 - t.commission + t.swap, 6)
    # A few that end at exactly nothing: neither wins nor losses.
    t.loc[::97, "profit"] = 0.0
    # In the order of closing, as an engine lists them.
    t["late"] = ~t.exit.isin(AT_OPEN)
    t = t.sort_values(["exit_bar", "late"], kind="stable").drop(columns="late").reset_index(drop=True)
    t.to_csv(HERE / "synthetic.trades.csv", index=False)
    t["entry_time"] = bars.index[t.entry_bar]
    t["exit_time"] = bars.index[t.exit_bar]
    return t


def bar_equity(trades, close, lot_value):
    """Balance plus open profit at each close; half the commission is paid at the entry."""
    equity = np.full(len(close), INITIAL)
    for t in trades.itertuples():
        sign = 1.0 if t.side == "long" else -1.0
        held = slice(t.entry_bar, t.exit_bar)
        equity[held] += (close[held] - t.entry_price) * sign * t.volume * lot_value - t.commission / 2
        equity[t.exit_bar:] += t.profit
    return equity


def runs(profits):
    """Consecutive profits of one sign as (sign, count, sum); zeros separate."""
    sign = np.sign(profits)
    group = (sign != sign.shift()).cumsum()
    return [(g.iloc[0] > 0, len(g), g.sum()) for _, g in profits.groupby(group) if g.iloc[0] != 0]


def streaks(profits):  # [np]
    def pick(win, key):
        chosen = max((r for r in runs(profits) if r[0] == win), key=key, default=(win, 0, 0.0))
        return {"trades": chosen[1], "profit": chosen[2]}
    return {
        "longest_winning": pick(True, lambda r: r[1]),
        "longest_losing": pick(False, lambda r: r[1]),
        "largest_winning": pick(True, lambda r: r[2]),
        "largest_losing": pick(False, lambda r: -r[2]),
    }


def slots(trades, key, count):  # [np]
    out = []
    for slot in range(count):
        p = trades.profit[key == slot]
        out.append({"slot": slot, "trades": len(p), "profit": p.sum(),
                    "win_rate_percent": (p > 0).mean() * 100 if len(p) else None})
    return out


def from_trades(trades):
    """What needs no bars."""
    p = trades.profit
    wins, losses = p[p > 0], p[p < 0]
    order = AT_OPEN[:2] + ["stop_loss", "take_profit", "time_exit", "stop_out", "command", "end_of_data"]
    return {  # [np] up to here; sqn, win rate and profit factor are compared with [bt] below
        "trades": len(p),
        "long_trades": int((trades.side == "long").sum()),
        "short_trades": int((trades.side == "short").sum()),
        "winning_trades": len(wins),
        "losing_trades": len(losses),
        "net_profit": p.sum(),
        "gross_profit": wins.sum(),
        "gross_loss": losses.sum(),
        "profit_factor": wins.sum() / -losses.sum(),
        "expectancy": p.mean(),
        "win_rate_percent": len(wins) / len(p) * 100,
        "average_win": wins.mean(),
        "average_loss": losses.mean(),
        "payoff_ratio": wins.mean() / -losses.mean(),
        "largest_win": wins.max(),
        "largest_loss": losses.min(),
        "sqn": np.sqrt(len(p)) * p.mean() / p.std(ddof=1),
        "average_bars_held": (trades.exit_bar - trades.entry_bar).mean(),
        "total_commission": trades.commission.sum(),
        "total_swap": trades.swap.sum(),
        "streaks": streaks(p),
        "by_exit": [
            {"exit": e, "trades": int((trades.exit == e).sum()), "profit": p[trades.exit == e].sum(),
             "win_rate_percent": (p[trades.exit == e] > 0).mean() * 100}
            for e in order if (trades.exit == e).any()
        ],
        "by_hour": slots(trades, trades.entry_time.dt.hour, 24),
        "by_weekday": slots(trades, trades.entry_time.dt.day_of_week, 7),
    }


def excursions(trades, bars, lot_value):  # [np]
    """Worst and best open profit; README.md says what counts of the last bar."""
    o, h, l = (bars[k].to_numpy() for k in ["open", "high", "low"])
    out = []
    for t in trades.itertuples():
        seen = [t.entry_price, t.exit_price]
        last = t.exit_bar + (t.exit == "end_of_data")
        for i in range(t.entry_bar, last):
            seen += [l[i], h[i]]
        x = t.exit_bar
        if t.exit == "take_profit":
            if t.side == "long" and o[x] < t.exit_price:
                seen.append(l[x])
            if t.side == "short" and o[x] > t.exit_price:
                seen.append(h[x])
        sign = 1.0 if t.side == "long" else -1.0
        open_profit = [(price - t.entry_price) * sign * t.volume * lot_value for price in seen]
        out.append((min(open_profit), max(open_profit)))
    return np.array(out)


def exposure(trades, bars):  # [np]
    held = np.zeros(len(bars), bool)
    for t in trades.itertuples():
        held[t.entry_bar : t.exit_bar + (t.exit not in AT_OPEN)] = True
    return held.mean() * 100


def millis(times):
    return [int(t.value // 1_000_000) for t in times]


def deepest(equity, bars):  # [np]
    peak = np.maximum.accumulate(np.r_[INITIAL, equity])[1:]
    depth = peak - equity
    trough = int(depth.argmax())
    before = int(np.flatnonzero(equity[: trough + 1] == peak[trough])[-1])
    after = np.flatnonzero(equity[trough:] >= peak[trough])
    end = trough + int(after[0]) if len(after) else len(equity) - 1
    times = millis(bars.index[[before, trough, end]])
    return {
        "money": depth[trough],
        "percent": depth[trough] / peak[trough] * 100,
        "peak": times[0],
        "trough": times[1],
        "recovery": times[2] if len(after) else None,
        "bars": end - before,
        "millis": times[2] - times[0],
    }


def months(daily):
    returns = daily.pct_change()
    returns.iloc[0] = daily.iloc[0] / INITIAL - 1
    percent = qs.stats.monthly_returns(returns, eoy=False)  # [qs], a table of years and months
    ends = daily.resample("ME").last().dropna()
    money = ends.diff()
    money.iloc[0] = ends.iloc[0] - INITIAL
    return [
        {"year": d.year, "month": d.month, "money": m,
         "percent": percent.loc[str(d.year)].iloc[d.month - 1] * 100}
        for d, m in money.items()
    ]


def complete(trades, bars, lot_value):
    equity = bar_equity(trades, bars.close.to_numpy(), lot_value)
    daily = pd.Series(equity, bars.index).resample("D").last().dropna()
    returns = daily.pct_change()
    returns.iloc[0] = daily.iloc[0] / INITIAL - 1

    table = pd.DataFrame({
        "EntryBar": trades.entry_bar, "ExitBar": trades.exit_bar, "PnL": trades.profit,
        # Its profit factor is of returns; given money, it is of money.
        "ReturnPct": trades.profit, "Duration": trades.exit_time - trades.entry_time,
    })
    bt = compute_stats(table, equity, bars.rename(columns=str.capitalize), None)

    expected = from_trades(trades)
    # Two opinions on the same number must agree before ours is asked for its own.
    for ours, theirs in [("sqn", "SQN"), ("win_rate_percent", "Win Rate [%]"), ("profit_factor", "Profit Factor")]:
        assert np.isclose(expected[ours], bt[theirs], rtol=1e-12), (ours, expected[ours], bt[theirs])

    mae_mfe = excursions(trades, bars, lot_value)
    fall = deepest(equity, bars)
    max_percent = -bt["Max. Drawdown [%]"]
    expected |= {
        "bars": len(bars),
        "initial_balance": INITIAL,
        "final_equity": bt["Equity Final [$]"],  # [bt]
        "return_percent": (equity[-1] / INITIAL - 1) * 100,  # [np]
        "max_drawdown": fall["money"],  # [np]
        "max_drawdown_percent": max_percent,  # [bt]
        "drawdown": fall,  # [np]
        "longest_drawdown": {"millis": int(bt["Max. Drawdown Duration"] / pd.Timedelta(milliseconds=1))},  # [bt]
        "recovery_factor": expected["net_profit"] / fall["money"],  # [np]
        "sharpe": float(qs.stats.sharpe(returns, periods=252)),  # [qs]
        "sortino": float(qs.stats.sortino(returns, periods=252)),  # [qs]
        "cagr_percent": bt["CAGR [%]"],  # [bt]
        "calmar": bt["CAGR [%]"] / max_percent,  # [bt], both parts
        "exposure_percent": exposure(trades, bars),  # [np]
        "buy_and_hold": {
            "return_percent": bt["Buy & Hold Return [%]"],  # [bt]
            "max_drawdown_percent": -qs.stats.max_drawdown(bars.close) * 100,  # [qs]
        },
        "excursion": {
            "average_adverse": mae_mfe[:, 0].mean(),
            "average_favourable": mae_mfe[:, 1].mean(),
            "worst_adverse": mae_mfe[:, 0].min(),
            "best_favourable": mae_mfe[:, 1].max(),
        },
        "monthly": months(daily),
    }
    return {
        "statistics": expected,
        # Every 25th trade's own.
        "excursions": [{"trade": i, "adverse": mae_mfe[i, 0], "favourable": mae_mfe[i, 1]}
                       for i in range(0, len(trades), 25)],
        "days": len(daily),
        # Drawdown of daily equity, for our function on the same points.
        "daily_drawdown_percent": -float(qs.stats.max_drawdown(returns)) * 100,  # [qs]
    }


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) + 0.0
    return value


def main():
    bars = read_bars()
    cases = {
        "H1": complete(reference_trades("gold-macd-adx_XAUUSD_H1.trades.csv"), bars, 1.0),
        "H1_cost": complete(reference_trades("gold-macd-adx_XAUUSD_H1_cost.trades.csv", 0.15), bars, 1.0),
        "M1_1000000": {"statistics": from_trades(reference_trades("gold-macd-adx_XAUUSD_M1_1000000.trades.csv.gz"))},
        "synthetic": complete(synthetic_trades(bars), bars, 100.0),
    }
    text = json.dumps(plain(cases), indent=1, allow_nan=False)
    (HERE / "expected.json").write_text(text + "\n")


main()
