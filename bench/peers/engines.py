"""One function for each engine and task: gives (work, describe).

`work()` is what is timed: indicators, signals, simulation, and the engine's statistics where named.
`describe(result)` is not: it gives the number of trades and the net profit of one unit, so that a
fast engine that does something else is seen. Engines are imported where used: each task runs in a
process of its own and pays only for its own.
"""

import numpy as np

from market import SETS, Market, next_bar, signals, strength

CASH = 1e6


# --- vectorbt, its Rust engine -----------------------------------------------------------------


def _vectorbt(market: Market, entries, short_entries, **options):
    import vectorbt as vbt

    shape = (len(market), 1) if entries.ndim == 2 else (len(market),)
    return vbt.Portfolio.from_signals(
        market.close.reshape(shape),
        entries=entries,
        short_entries=short_entries,
        price=market.open.reshape(shape),
        size=1.0,
        init_cash=CASH,
        upon_opposite_entry="reverse",
        freq="1min",
        engine="rust",
        **options,
    )


def vectorbt_single(market: Market):
    def work():
        buy, sell = signals(market, 12, 26, strength(market))
        return _vectorbt(market, next_bar(buy), next_bar(sell))

    return work, lambda p: (int(p.trades.count()), float(p.total_profit()))


def vectorbt_single_stats(market: Market):
    run, describe = vectorbt_single(market)

    def work():
        portfolio = run()
        portfolio.stats(silence_warnings=True)
        return portfolio

    return work, describe


def vectorbt_sweep(market: Market):
    # Blocks of 50 sets, row by row in memory: the fastest way found, twice as fast as all at once
    # and with a third of the memory.
    block = 50

    def work():
        strong = strength(market)
        trades, profit = 0, 0.0
        for start in range(0, len(SETS), block):
            sets = SETS[start : start + block]
            buys = np.zeros((len(market), len(sets)), dtype=bool)
            sells = np.zeros_like(buys)
            for column, (fast, slow) in enumerate(sets):
                buy, sell = signals(market, fast, slow, strong)
                buys[:, column], sells[:, column] = next_bar(buy), next_bar(sell)
            # Room for the orders there are: by default there is some for every bar of every set.
            result = _vectorbt(market, buys, sells, max_orders=4_000 * len(sets)).trades
            trades += int(np.sum(result.count()))
            profit += float(np.sum(result.pnl.sum()))
        return trades, profit

    return work, lambda totals: totals


# --- raptorbt ----------------------------------------------------------------------------------
# A run of raptorbt holds one direction, so a reversing strategy is two runs, long and short: both
# are timed. It sizes by capital, so one unit's profit is each trade's profit over its size.


def _raptor_config():
    import raptorbt

    return raptorbt.BacktestConfig(
        initial_capital=CASH, fees=0.0, slippage=0.0, fill_timing="next_bar_open", periods_per_year=6000.0
    )


def _raptor_columns(m: Market):
    return m.nanoseconds, m.open, m.high, m.low, m.close, m.volume


def _raptor_totals(results):
    trades = [trade for result in results for trade in result.trades()]
    return len(trades), float(sum(trade.pnl / trade.size for trade in trades))


def raptorbt_single(market: Market):
    import raptorbt

    config, columns = _raptor_config(), _raptor_columns(market)

    def work():
        buy, sell = signals(market, 12, 26, strength(market))
        return [
            raptorbt.run_single_backtest(*columns, entries, exits, direction, 1.0, "XAUUSD", config)
            for entries, exits, direction in ((buy, sell, 1), (sell, buy, -1))
        ]

    return work, _raptor_totals


def raptorbt_sweep(market: Market):
    import raptorbt

    config, columns = _raptor_config(), _raptor_columns(market)

    def work():
        strong = strength(market)
        items = []
        for fast, slow in SETS:
            buy, sell = signals(market, fast, slow, strong)
            items.append(raptorbt.BatchSingleItem(f"L{fast},{slow}", buy, sell, 1, 1.0, "XAUUSD", config))
            items.append(raptorbt.BatchSingleItem(f"S{fast},{slow}", sell, buy, -1, 1.0, "XAUUSD", config))
        return raptorbt.batch_single_backtest(*columns, items, config)

    return work, lambda results: _raptor_totals(result for _, result in results)


# --- backtesting.py ----------------------------------------------------------------------------


def _backtesting(market: Market):
    import pandas as pd
    from backtesting import Backtest, Strategy

    frame = pd.DataFrame(
        {"Open": market.open, "High": market.high, "Low": market.low, "Close": market.close},
        index=market.time,
    )

    class Reference(Strategy):
        def init(self):
            buy, sell = signals(market, 12, 26, strength(market))
            # float: its arrays of signals must hold NaN.
            self.buy_at = self.I(lambda: buy.astype(float), plot=False)
            self.sell_at = self.I(lambda: sell.astype(float), plot=False)

        def next(self):
            if self.buy_at[-1] and not self.position.is_long:
                self.buy(size=1)
            elif self.sell_at[-1] and not self.position.is_short:
                self.sell(size=1)

    # exclusive_orders closes what is open first: a reversal.
    return Backtest(frame, Reference, cash=CASH, exclusive_orders=True, finalize_trades=True)


def backtesting_single(market: Market):
    backtest = _backtesting(market)
    return backtest.run, lambda s: (int(s["# Trades"]), float(s["Equity Final [$]"]) - CASH)


ENGINES = {
    ("vectorbt 1.2 (Rust)", "single"): vectorbt_single,
    ("vectorbt 1.2 (Rust), stats", "single"): vectorbt_single_stats,
    ("raptorbt 0.13, stats", "single"): raptorbt_single,
    ("backtesting.py 0.6.6, stats", "single"): backtesting_single,
    ("vectorbt 1.2 (Rust)", "sweep"): vectorbt_sweep,
    ("raptorbt 0.13, stats", "sweep"): raptorbt_sweep,
}
