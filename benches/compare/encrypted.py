"""What encryption at rest costs: three ways to keep the same desk, in turns.

    python3 encrypted.py --plain BIN --cipher BIN [--devices 1000000] [--cases 100000] [--rounds 3] [--peers DIR] [--work DIR]

`plain` is the usual build; `cipher` the one with `--features sqlcipher`, once without a key (what the build alone costs)
and once with one. Every round makes a new desk, imports all lists and the cases, shows tickets, verifies the log, and
weighs both files. Seconds of imports are those the program reports, of everything else those of whole processes; CPU
seconds, which a busy machine disturbs least, are whole processes' too.
"""

import argparse
import json
import os
import pathlib
import resource
import secrets
import shutil
import statistics
import subprocess
import tempfile
import time

from run import LISTS, NOW, ROOT, prepare, settled

OPENINGS = 25


class Kind:
    def __init__(self, name, program, work, key=None):
        self.name, self.program, self.work, self.found = name, program, work, {}
        self.desk = work / f"desk-{name.split(',')[0].replace(' ', '-')}-{'key' if key else 'none'}"
        self.env = {**os.environ, **NOW, **({"LATCHKEY_DB_KEY_FILE": str(key)} if key else {})}

    def latchkey(self, *words):
        command = [str(word) for word in (self.program, "--desk", self.desk, *words)]
        return subprocess.run(command, check=True, env=self.env, capture_output=True, text=True).stdout

    def note(self, what, value):
        self.found.setdefault(what, []).append(value)

    def whole(self, what, *words, times=OPENINGS):
        took, before = [], spent()
        for _ in range(times):
            start = time.perf_counter()
            self.latchkey(*words)
            took.append((time.perf_counter() - start) * 1000)
        self.note(f"{what}, ms", statistics.median(took))
        self.note(f"{what}, CPU ms", (spent() - before) / times * 1000)

    def round(self, cases):
        shutil.rmtree(self.desk, ignore_errors=True)
        self.latchkey("init", "--rehearsal")
        others, before = 0.0, spent()
        for name in LISTS:
            settled()
            said = json.loads(self.latchkey("--json", "import", name, self.work / f"lk/registry/{name}.csv"))
            seconds = sum(one["seconds"] for one in said["files"]) if "files" in said else said["seconds"]
            if name == "devices":
                self.note("import devices, s", seconds)
            others += seconds
        self.note("import all lists, s", others)
        self.note("import all lists, CPU s", spent() - before)
        settled()
        before = spent()
        said = json.loads(self.latchkey("--json", "import", "cases", self.work / "lk/cases.csv"))
        assert said["imported"] == cases, said
        self.note("a case of a batch, us", said["seconds"] / cases * 1e6)
        self.note("a case of a batch, CPU us", (spent() - before) / cases * 1e6)
        settled()
        self.whole("`tickets`, 20 of the queue", "--readonly", "tickets", "--limit", "20")
        self.whole("`show`, one ticket", "--readonly", "show", str(cases // 2))
        self.whole("`note`, one act", "--agent", "anna", "note", str(cases // 2), "again")
        self.whole("`audit verify`", "audit", "verify", times=3)
        for file in ("desk.db", "registry.db"):
            self.note(f"{file}, MiB", (self.desk / file).stat().st_size / 2**20)
        shutil.rmtree(self.desk)


def spent():
    """CPU seconds of all programs that were run and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plain", type=pathlib.Path, required=True)
    parser.add_argument("--cipher", type=pathlib.Path, required=True)
    parser.add_argument("--devices", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=pathlib.Path, default=ROOT.parent / "shared/peers")
    parser.add_argument("--work", type=pathlib.Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latchkey-encrypted-") as temporary:
        work = args.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        args.latchkey = args.plain
        prepare(args, work)
        key = pathlib.Path(temporary) / "key"
        key.touch(mode=0o600)
        key.write_text(secrets.token_hex(32))
        kinds = [
            Kind("plain", args.plain, work),
            Kind("cipher, no key", args.cipher, work),
            Kind("cipher, key", args.cipher, work, key),
        ]
        for n in range(args.rounds):
            for kind in kinds if n % 2 == 0 else kinds[::-1]:
                kind.round(args.cases)
                print(f"round {n + 1}: {kind.name} (load {os.getloadavg()[0]:.1f})", flush=True)
    print("| measured | " + " | ".join(k.name for k in kinds) + " | key / plain, round by round |")
    print("| --- " * (len(kinds) + 2) + "|")
    for what, base in kinds[0].found.items():
        cells = [f"{statistics.median(v):.1f} [{min(v):.1f} .. {max(v):.1f}]" for v in (k.found[what] for k in kinds)]
        ratios = [key / plain for key, plain in zip(kinds[-1].found[what], base)]
        cells.append(f"{statistics.median(ratios):.2f} [{min(ratios):.2f} .. {max(ratios):.2f}]")
        print(f"| {what} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
