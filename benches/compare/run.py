"""Cases per second, Latchkey against the script a support team would write, on the same situation.

    python3 run.py [--devices 1000000] [--cases 100000] [--rounds 5] [--peers DIR] [--latchkey BIN] [--work DIR]

Generates registry and cases with the peers' generator, converts them (convert.py), loads both registries, then
runs script and Latchkey in turn, each on a fresh copy, and prints every round, medians, spread and the ratio pair
by pair. Both are timed from the first row read to the commit, as each reports it; whole processes are printed
beside them. Needs cargo, sqlite3 and the script's two packages (python-stdnum, phonenumbers). With --work the data
stay there and are used again.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LISTS = "tacs devices accounts contacts bindings sightings sales notices".split()
# The generated cases lie before this moment.
NOW = {"LATCHKEY_NOW": "2026-11-20T09:00:00Z"}


def run(*command, **more):
    env = {**os.environ, **NOW}
    return subprocess.run([str(c) for c in command], check=True, env=env, **more)


def prepare(args, work):
    """Everything that is made once: generator, CSV files, both registries."""
    done = work / f"made-{args.devices}-{args.cases}"
    if done.exists():
        return
    source = work / "gen-source"
    shutil.copytree(args.peers / "gen", source, dirs_exist_ok=True)
    for path in [source, *source.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    run("cargo", "build", "--release", "--quiet", "--manifest-path", source / "Cargo.toml", "--target-dir", work / "gen-target")
    [generator] = [p for p in (work / "gen-target/release").iterdir() if p.is_file() and os.access(p, os.X_OK)]
    tables = work / "gen"
    tables.mkdir(exist_ok=True)
    for kind in "devices stolen receipts accounts bindings sightings cases".split():
        count = [args.cases] if kind == "cases" else []
        with open(tables / f"{kind}.csv", "wb") as out:
            run(generator, kind, args.devices, *count, stdout=out)
    run(sys.executable, HERE / "convert.py", tables, work / "lk")
    run("sh", args.peers / "build_registry_text.sh", tables, work / "text.db")
    desk = work / "desk"
    shutil.rmtree(desk, ignore_errors=True)
    run(args.latchkey, "--desk", desk, "init", "--rehearsal", stdout=subprocess.DEVNULL)
    for name in LISTS:
        run(args.latchkey, "--desk", desk, "--json", "import", name, work / f"lk/registry/{name}.csv", stdout=subprocess.DEVNULL)
    done.touch()


def settled():
    """What the preparation left for the disk is written before anybody is timed."""
    os.sync()
    time.sleep(0.5)


def script(args, work):
    out = work / "tickets.db"
    for path in work.glob("tickets.db*"):
        path.unlink()
    settled()
    start = time.perf_counter()
    said = run(sys.executable, args.peers / "case_import.py", work / "text.db", work / "gen/cases.csv", out, capture_output=True, text=True).stdout
    whole = time.perf_counter() - start
    return float(re.search(r"cases ([\d.]+)s", said).group(1)), whole, said.strip()


def latchkey(args, work):
    desk = work / "desk-run"
    shutil.rmtree(desk, ignore_errors=True)
    shutil.copytree(work / "desk", desk)
    settled()
    start = time.perf_counter()
    said = run(args.latchkey, "--desk", desk, "--json", "import", "cases", work / "lk/cases.csv", capture_output=True, text=True).stdout
    whole = time.perf_counter() - start
    summary = json.loads(said)
    assert summary["imported"] == args.cases, summary
    return summary["seconds"], whole, str(summary["recommendations"])


def show(name, values, unit):
    print(f"{name:<28} median {statistics.median(values):>9.1f} {unit} [{min(values):.1f} .. {max(values):.1f}]")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=pathlib.Path, default=ROOT.parent / "shared/peers")
    parser.add_argument("--latchkey", type=pathlib.Path, default=ROOT / "target/release/latchkey")
    parser.add_argument("--work", type=pathlib.Path)
    args = parser.parse_args()
    # As the desk's folder is made for one run each, all of it goes unless --work names a place.
    with tempfile.TemporaryDirectory(prefix="latchkey-bench-") as temporary:
        work = args.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        prepare(args, work)
        rounds = []
        for n in range(args.rounds):
            # Taking turns at going first, so that neither always meets the other's leftovers.
            pair = {run.__name__: run(args, work) for run in ([script, latchkey], [latchkey, script])[n % 2]}
            rounds.append(pair)
            load = os.getloadavg()[0]
            print(f"round {n + 1}: script {pair['script'][0]:.2f} s, Latchkey {pair['latchkey'][0]:.2f} s (load {load:.1f})", flush=True)
        print("script  ", rounds[-1]["script"][2])
        print("Latchkey", rounds[-1]["latchkey"][2])
        for name in ("script", "latchkey"):
            show(f"{name}, its own clock", [args.cases / r[name][0] / 1000 for r in rounds], "k cases/s")
            show(f"{name}, whole process", [args.cases / r[name][1] / 1000 for r in rounds], "k cases/s")
        show("ratio, own clocks", [r["script"][0] / r["latchkey"][0] for r in rounds], "x")
        show("ratio, whole processes", [r["script"][1] / r["latchkey"][1] for r in rounds], "x")


if __name__ == "__main__":
    main()
