"""Rows per second of the registry's lists, Latchkey against the `sqlite3` shell on the same files.

    python3 lists.py [--devices 1000000] [--rounds 5] [--only devices,shuffled,all,beside] [--peers DIR] [--latchkey BIN] [--work DIR]

Makes the lists with the peers' generator (made.py), then runs in turn, each into a fresh file:

    devices    `import devices` (6 columns, in key order, everything validated, in the log) against `.import` of the
               same file into the same columns, with the IMEI as integer key
    shuffled   the same rows in another order
    all        tacs devices accounts contacts bindings sightings sales notices against `.import` of the same files into
               text columns and one CREATE INDEX for each thing that is looked up by

    beside     whole processes of `take`, `lookup` and `release` while nothing else runs, and while the lists are loaded

and prints medians with the spread, the ratio pair by pair, peak memory and bytes per device. Whole processes are timed.
Both must end with the same number of rows. Needs cargo and sqlite3. With --work the data stay there and are used again.
"""

import argparse
import csv
import os
import pathlib
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

import made
from run import LISTS, NOW, ROOT, run, show

DEVICES = ["imei", "imei2", "serial", "model", "made_on", "region"]
REGIONS = ["RU", "KZ", "BY", "AM"]
INDEXES = """
CREATE UNIQUE INDEX device_imei ON devices(imei);
CREATE INDEX account_id ON accounts(account_id);
CREATE INDEX account_phone ON accounts(phone);
CREATE INDEX contact_value ON contacts(value);
CREATE INDEX binding_imei ON bindings(imei, account_id);
CREATE INDEX sighting_imei ON sightings(imei, iccid);
CREATE INDEX sale_receipt ON sales(retailer, receipt_no);
CREATE INDEX notice_imei ON notices(imei);
"""


def prepare(args, work):
    """The generator's files, and of them Latchkey's lists."""
    done, registry = work / f"lists-{args.devices}", work / "lk/registry"
    if done.exists():
        return
    made.lists(args, work)
    # Room for the databases.
    shutil.rmtree(work / "gen")
    widen(registry / "devices.csv")
    shuffle(registry / "devices.csv", registry / "shuffled.csv")
    done.touch()


def widen(path):
    """The columns that a maker sends; these devices have one IMEI and no serial number of their own."""
    wide = path.with_suffix(".wide")
    with open(path, newline="") as old, open(wide, "w", newline="") as new:
        out = csv.writer(new, lineterminator="\n")
        out.writerow(DEVICES)
        for n, (imei, model, made_on) in enumerate(csv.reader(old)):
            if n > 0:
                out.writerow([imei, "", "", model, made_on, REGIONS[n % len(REGIONS)]])
    wide.rename(path)


def shuffle(path, to):
    lines = path.read_bytes().splitlines(keepends=True)
    header, rows = lines[0], lines[1:]
    random.Random(1).shuffle(rows)
    with open(to, "wb") as out:
        out.write(header)
        out.writelines(rows)


def columns(path):
    with open(path, newline="") as file:
        return next(csv.reader(file))


def timed(*command, stdin=None):
    """Seconds and peak memory (MiB) of a command and its children."""
    start = time.perf_counter()
    child = subprocess.Popen([str(c) for c in command], env={**os.environ, **NOW}, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    if stdin:
        child.stdin.write(stdin.encode())
    child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit(f"{command}: {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def shell(work, files, text):
    """`.import` of each (table, file), and the indexes where the key is text."""
    db = work / "shell.db"
    db.unlink(missing_ok=True)
    said = []
    for table, path in files:
        key = "imei TEXT" if text else "imei INTEGER PRIMARY KEY"
        cells = [key if c == "imei" and table == "devices" else f"{c} TEXT" for c in columns(path)]
        said += [f"CREATE TABLE {table}({', '.join(cells)});", f".import --csv --skip 1 {path} {table}"]
    said += INDEXES.splitlines() if text else []
    seconds, peak = timed("sqlite3", db, stdin="\n".join(said) + "\n")
    with sqlite3.connect(db) as conn:
        rows = sum(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table, _ in files)
    return seconds, peak, db.stat().st_size, rows


def latchkey(args, work, files):
    desk = work / "desk"
    shutil.rmtree(desk, ignore_errors=True)
    run(args.latchkey, "--desk", desk, "init", "--rehearsal", stdout=subprocess.DEVNULL)
    seconds, peak = 0.0, 0.0
    for table, path in files:
        took, most = timed(args.latchkey, "--desk", desk, "import", table, path)
        seconds, peak = seconds + took, max(peak, most)
    registry = desk / "registry.db"
    with sqlite3.connect(registry) as conn:
        rows = conn.execute("SELECT sum(row_count) FROM list_state").fetchone()[0]
    return seconds, peak, registry.stat().st_size, rows


def text_key(work, path):
    """Bytes of the devices list in text columns with the IMEI as key."""
    db = work / "text.db"
    db.unlink(missing_ok=True)
    cells = ", ".join("imei TEXT PRIMARY KEY" if c == "imei" else f"{c} TEXT" for c in columns(path))
    timed("sqlite3", db, stdin=f"CREATE TABLE devices({cells});\n.import --csv --skip 1 {path} devices\n")
    size = db.stat().st_size
    db.unlink()
    return size


def compare(args, work, name, files, text=False):
    rounds = []
    for n in range(args.rounds):
        # Taking turns at going first, so that neither always meets the other's leftovers.
        peers = {"sqlite3": lambda: shell(work, files, text), "latchkey": lambda: latchkey(args, work, files)}
        order = list(peers) if n % 2 == 0 else list(peers)[::-1]
        pair = {who: peers[who]() for who in order}
        assert pair["sqlite3"][3] == pair["latchkey"][3], pair
        rounds.append(pair)
        load = os.getloadavg()[0]
        print(f"{name}, round {n + 1}: sqlite3 {pair['sqlite3'][0]:.2f} s, Latchkey {pair['latchkey'][0]:.2f} s (load {load:.1f})", flush=True)
    rows = rounds[0]["latchkey"][3]
    for who in ("sqlite3", "latchkey"):
        show(f"{name}, {who}", [rows / r[who][0] / 1000 for r in rounds], "k rows/s")
        size, peak = rounds[-1][who][2], max(r[who][1] for r in rounds)
        print(f"{'':<28} {rows} rows, {size / args.devices:.1f} bytes per device, at most {peak:.0f} MiB of memory")
    show(f"{name}, ratio", [r["sqlite3"][0] / r["latchkey"][0] for r in rounds], "x")
    return rounds[-1]["latchkey"][2]


def beside(args, work, files):
    """What an agent waits for while lists are loaded."""
    desk = work / "desk"
    shutil.rmtree(desk, ignore_errors=True)
    run(args.latchkey, "--desk", desk, "init", "--rehearsal", stdout=subprocess.DEVNULL)
    with open(files[1][1], newline="") as file:
        imeis = [row["imei"] for row, _ in zip(csv.DictReader(file), range(300))]
    cases = work / "beside.csv"
    cases.write_text("reference,request,claimant_name,access,imei\n" + "".join(f"B-{n},unbind,Ivan Petrov,tried,{i}\n" for n, i in enumerate(imeis)))
    run(args.latchkey, "--desk", desk, "import", "cases", cases, stdout=subprocess.DEVNULL)

    def acts():
        for words in (["take", "B-1"], ["lookup", imeis[7]], ["release", "B-1"]):
            start = time.perf_counter()
            run(args.latchkey, "--desk", desk, *words, stdout=subprocess.DEVNULL)
            yield words[0], (time.perf_counter() - start) * 1000

    idle = [act for _ in range(30) for act in acts()]
    usual = {name: statistics.median(ms for which, ms in idle if which == name) for name, _ in idle}
    busy = []
    for name, path in files:
        child = subprocess.Popen([str(args.latchkey), "--desk", str(desk), "import", name, str(path)], env={**os.environ, **NOW}, stdout=subprocess.DEVNULL)
        while child.poll() is None:
            busy += acts()
        assert child.returncode == 0
    for name in usual:
        show(f"{name}, nothing else", [ms for which, ms in idle if which == name], "ms")
        show(f"{name}, lists loading", [ms for which, ms in busy if which == name], "ms")
    longer, name = max((ms - usual[which], which) for which, ms in busy)
    print(f"{'':<28} of {len(busy)} acts the longest, a {name}, took {longer:.0f} ms more than usual")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="devices,shuffled,all,beside")
    parser.add_argument("--peers", type=pathlib.Path, default=ROOT.parent / "shared/peers")
    parser.add_argument("--latchkey", type=pathlib.Path, default=ROOT / "target/release/latchkey")
    parser.add_argument("--work", type=pathlib.Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latchkey-lists-") as temporary:
        # Of its own: the lists are widened here.
        work = (args.work or pathlib.Path(temporary)) / "lists"
        work.mkdir(parents=True, exist_ok=True)
        prepare(args, work)
        lists = work / "lk/registry"
        only = args.only.split(",")
        if "devices" in only:
            ours = compare(args, work, "devices", [("devices", lists / "devices.csv")])
            theirs = text_key(work, lists / "devices.csv")
            print(f"devices, text columns with a key: {theirs / args.devices:.1f} bytes per device; ours 1/{theirs / ours:.2f}")
        if "shuffled" in only:
            compare(args, work, "shuffled", [("devices", lists / "shuffled.csv")])
        if "beside" in only:
            beside(args, work, [(name, lists / f"{name}.csv") for name in LISTS])
        if "all" in only:
            compare(args, work, "all", [(name, lists / f"{name}.csv") for name in LISTS], text=True)


if __name__ == "__main__":
    main()
