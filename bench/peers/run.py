"""Phoenix and its peers on the same data, side by side.

    python bench/peers/run.py [--phoenix target/release/phoenix] [--repeats 5]

The best of several warm runs; loading and compiling are not counted. Each engine and task has a
process of its own, so that the peak memory is its own too (data and Python included).
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import time

from market import M1, ROOT, SHIPPED_H1

TITLES = {
    "single": "One run, 1,000,000 M1 bars",
    "sweep": "1,000 parameter sets, 57,600 H1 bars",
}
STRATEGY = ROOT / "strategies" / "gold-macd-adx.json"


def measure(engine: str, task: str, repeats: int) -> dict:
    """Runs in the engine's own process."""
    from engines import ENGINES
    from market import load

    work, describe = ENGINES[engine, task](load(task))
    result = work()  # warm: caches filled, code compiled
    best = float("inf")
    for _ in range(repeats):
        del result  # two results at once would double the peak
        start = time.perf_counter()
        result = work()
        took = time.perf_counter() - start
        best = min(best, took)
        # Enough is known of a slow one.
        if took > 5:
            break
    # Before the results are looked at: that is our doing, not the engine's.
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    trades, profit = describe(result)
    return {"engine": engine, "ms": best * 1e3, "mb": megabytes, "trades": trades, "profit": profit}


def peer(engine: str, task: str, repeats: int) -> dict:
    command = [sys.executable, __file__, "--one", engine, task, "--repeats", str(repeats)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        return {"engine": engine, "fault": lines[-1] if lines else f"exit status {done.returncode}"}
    return json.loads(done.stdout.strip().splitlines()[-1])


def phoenix(binary: pathlib.Path, task: str, repeats: int) -> dict:
    """Ours as a user runs it. Its own clock leaves loading out; each run is a new, cold process."""
    row = {"engine": "Phoenix (command line)"}
    bars = M1 if task == "single" else SHIPPED_H1
    command = [str(binary), "backtest" if task == "single" else "sweep", "--ideal", "--json"]
    command += ["--strategy", str(STRATEGY), "--bars", str(bars)]
    if task == "sweep":
        command += ["--set", "fast=5..24", "--set", "slow=26..75", "--top", "1000"]
    best = float("inf")
    for _ in range(repeats):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return row | {"fault": (done.stderr.strip().splitlines() or ["failed"])[-1]}
        report = json.loads(done.stdout)
        best = min(best, report["elapsed_ms"])
    sets = report["best"] if task == "sweep" else [report]
    row |= {"ms": best, "trades": sum(s["trades"] for s in sets)}
    row |= {"profit": sum(s["net_profit"] for s in sets)}
    # The greatest of all children so far: only true because ours runs first.
    row["mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return row


def table(title: str, rows: list[dict]) -> None:
    print(f"\n{title}")
    print(f"{'engine':<30}{'ms':>12}{'peak MB':>10}{'trades':>12}{'net, 1 unit':>14}")
    for row in rows:
        if "fault" in row:
            print(f"{row['engine']:<30}  {row['fault']}")
            continue
        numbers = f"{row['ms']:>12,.1f}{row['mb']:>10,.0f}{row['trades']:>12,}{row['profit']:>14,.2f}"
        print(f"{row['engine']:<30}{numbers}")
    times = [row for row in rows if "ms" in row]
    if len(times) > 1 and times[0]["engine"].startswith("Phoenix"):
        fastest = min(times[1:], key=lambda row: row["ms"])
        print(f"Phoenix is {fastest['ms'] / times[0]['ms']:.1f} times as fast as {fastest['engine']}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phoenix", type=pathlib.Path, help="our binary")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "TASK"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(*options.one, options.repeats)))
        return
    from engines import ENGINES

    tasks = [task for task in TITLES if task != "single" or M1.exists()]
    if "single" not in tasks:
        print("The million-bar file is not shipped (its licence is unknown): no single run.")
    rows = {task: [] for task in tasks}
    if options.phoenix and options.phoenix.exists():
        # Least memory first: see `phoenix`.
        for task in reversed(tasks):
            rows[task].append(phoenix(options.phoenix, task, options.repeats))
    else:
        print("Phoenix's own binary is not built: `make run` builds it.")
    for task in tasks:
        rows[task] += [peer(engine, t, options.repeats) for engine, t in ENGINES if t == task]
        table(TITLES[task], rows[task])


if __name__ == "__main__":
    main()
