"""Cases per second, Latchkey against the script a support team would write, on the same situation.

    python3 run.py [--devices 1000000] [--cases 100000] [--rounds 5] [--peers DIR] [--latchkey BIN] [--work DIR]
                   [--against script,postgres,duckdb]

Generates registry and cases with the peers' generator, converts them (made.py), loads both registries, then
runs script and Latchkey in turn, each on a fresh copy, and prints every round, medians, spread and the ratio pair
by pair. Both are timed from the first row read to the commit, as each reports it; whole processes are printed
beside them. Needs cargo, sqlite3 and the script's two packages (python-stdnum, phonenumbers). With --work the data
stay there and are used again. PostgreSQL and DuckDB (package duckdb) are asked by name; all peers must come to the
same decisions, for what they decide is less than what a judgement is and cannot be compared with ours.
"""

import argparse
import ast
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

import made
from convert import TABLES
from databases import DuckDB, Postgres

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LISTS = list(TABLES)
# The generated cases lie before this moment.
NOW = {"LATCHKEY_NOW": "2026-11-20T09:00:00Z"}


def run(*command, **more):
    env = {**os.environ, **NOW}
    return subprocess.run([str(c) for c in command], check=True, env=env, **more)


def prepare(args, work):
    """Tables, lists and cases, and the registry with the lists in it. Of a large one only the registry and cases stay: no peer
    can be asked then."""
    large = args.devices > made.PART
    if not large:
        made.lists(args, work)
    for _ in made.once(work / f"made-{args.devices}-registry"):
        desk = work / "desk"
        shutil.rmtree(desk, ignore_errors=True)
        run(args.latchkey, "--desk", desk, "init", "--rehearsal", stdout=subprocess.DEVNULL)
        lists = ((name, work / f"lk/registry/{name}.csv") for name in LISTS)
        for name, path in made.parts(args, work) if large else lists:
            run(args.latchkey, "--desk", desk, "--json", "import", name, path, stdout=subprocess.DEVNULL)
    made.cases(args, work)


def settled():
    """What the preparation left for the disk is written before anybody is timed."""
    os.sync()
    time.sleep(0.5)


class Script:
    name = "script"

    def __init__(self, args, work):
        self.peers, self.work = args.peers, work
        self.registry = work / "text.db"

    def prepare(self):
        if not self.registry.exists():
            run("sh", self.peers / "build_registry_text.sh", self.work / "gen", self.registry)

    def run(self):
        out = self.work / "tickets.db"
        for path in self.work.glob("tickets.db*"):
            path.unlink()
        command = [sys.executable, self.peers / "case_import.py", self.registry, self.work / "gen/cases.csv", out]
        said = run(*command, capture_output=True, text=True).stdout
        seconds, counts = re.search(r"cases ([\d.]+)s \d+ cases/s (\{.*\})", said).groups()
        return float(seconds), ast.literal_eval(counts)

    def close(self):
        pass


class Latchkey:
    name = "Latchkey"

    def __init__(self, args, work):
        self.program, self.work, self.cases = args.latchkey, work, args.cases

    def fresh(self):
        desk = self.work / "desk-run"
        shutil.rmtree(desk, ignore_errors=True)
        shutil.copytree(self.work / "desk", desk)
        return desk

    def run(self):
        command = [self.program, "--desk", self.work / "desk-run", "--json", "import", "cases", self.work / "lk/cases.csv"]
        summary = json.loads(run(*command, capture_output=True, text=True).stdout)
        assert summary["imported"] == self.cases, summary
        return summary["seconds"], summary["recommendations"]


PEERS = {"script": Script, "postgres": Postgres, "duckdb": DuckDB}


def timed(one):
    """Seconds by its own clock and as a whole, and what it counted. What the preparation left for the disk is written
    before anybody is timed."""
    if isinstance(one, Latchkey):
        one.fresh()
    os.sync()
    time.sleep(0.5)
    start = time.perf_counter()
    own, counts = one.run()
    return own, time.perf_counter() - start, counts


def show(name, values, unit):
    print(f"{name:<34} median {statistics.median(values):>9.1f} {unit} [{min(values):.1f} .. {max(values):.1f}]")


def compare(ours, peers, args):
    """Every peer against ours, taking turns at going first, so that none always meets the other's leftovers."""
    pairs, agreed = {peer.name: [] for peer in peers}, None
    for n in range(args.rounds):
        for peer in peers:
            order = [peer, ours] if n % 2 == 0 else [ours, peer]
            pair = {one.name: timed(one) for one in order}
            pairs[peer.name].append((pair[peer.name], pair[ours.name]))
            counts = pair[peer.name][2]
            agreed = agreed or counts
            assert counts == agreed, f"{peer.name} decided {counts}, another peer {agreed}"
            load = os.getloadavg()[0]
            print(f"round {n + 1}: {peer.name} {pair[peer.name][0]:.2f} s, Latchkey {pair[ours.name][0]:.2f} s (load {load:.1f})", flush=True)
    print("decisions of the peers", agreed)
    print("recommendations       ", pair[ours.name][2])
    for name, rounds in pairs.items():
        for at, clock in enumerate(["own clock", "whole process"]):
            show(f"{name}, {clock}", [args.cases / theirs[at] / 1000 for theirs, _ in rounds], "k cases/s")
            show(f"Latchkey, {clock}", [args.cases / mine[at] / 1000 for _, mine in rounds], "k cases/s")
            show(f"Latchkey / {name}, {clock}", [theirs[at] / mine[at] for theirs, mine in rounds], "x")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=pathlib.Path, default=ROOT.parent / "shared/peers")
    parser.add_argument("--latchkey", type=pathlib.Path, default=ROOT / "target/release/latchkey")
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("--against", default="script", help="which of " + ", ".join(PEERS))
    args = parser.parse_args()
    # As the desk's folder is made for one run each, all of it goes unless --work names a place.
    with tempfile.TemporaryDirectory(prefix="latchkey-bench-") as temporary:
        work = args.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        prepare(args, work)
        peers = [PEERS[name](args, work) for name in args.against.split(",")]
        for peer in peers:
            peer.prepare()
        try:
            compare(Latchkey(args, work), peers, args)
        finally:
            for peer in peers:
                peer.close()


if __name__ == "__main__":
    main()
