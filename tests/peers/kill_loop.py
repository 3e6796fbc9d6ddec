"""Kills Latchkey with SIGKILL at random moments of import and issue, and looks at what is left.

    python3 kill_loop.py BINARY [--cycles 200] [--seed N]

Nothing acknowledged may be lost, nothing half done may be seen: after each kill a list or a batch is there
whole or not at all, an authorization is either issued (and its token valid) or can still be issued, both files
pass SQLite's own check, and the log verifies. Standard library only; uses ../../../shared/acceptance/world.py.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

NOW = "2026-11-20T09:00:00Z"
SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared"
ORDER = "tacs devices accounts contacts bindings sightings sim-changes sales repairs notices".split()


class Desk:
    def __init__(self, binary, folder):
        self.binary, self.folder = str(pathlib.Path(binary).resolve()), pathlib.Path(folder)
        self.env = {**os.environ, "LATCHKEY_NOW": NOW, "NO_COLOR": "1"}

    def command(self, *args):
        return [self.binary, "--desk", str(self.folder), "--agent", "anna", "--json", *map(str, args)]

    def run(self, *args, ok=(0,)):
        done = subprocess.run(self.command(*args), env=self.env, capture_output=True, text=True, timeout=120)
        if done.returncode not in ok:
            raise SystemExit(f"{args}: exit {done.returncode}\n{done.stdout[-800:]}{done.stderr[-800:]}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def kill(self, delay, *args):
        """Runs a command and kills it after `delay` seconds; returns its JSON if it was acknowledged."""
        child = subprocess.Popen(self.command(*args), env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            out, _ = child.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            child.kill()
            out, _ = child.communicate()
        try:
            return json.loads(out)
        except json.JSONDecodeError:
            return None

    def copy(self, to):
        shutil.copytree(self.folder, to)
        return Desk(self.binary, to)

    def sound(self):
        for name in ("desk.db", "registry.db"):
            with sqlite3.connect(self.folder / name) as db:
                found = db.execute("PRAGMA quick_check").fetchone()[0]
            db.close()
            assert found == "ok", f"{name}: {found}"
        verdict = self.run("audit", "verify", ok=(0, 4))
        assert verdict["ok"], verdict


def took(desk, *args):
    start = time.monotonic()
    desk.run(*args)
    return time.monotonic() - start


def kill_cases(desk, scratch, world, cases, length):
    desk = desk.copy(scratch / "cases")
    done = desk.kill(random.uniform(0, length * 1.2), "import", "cases", world / "cases.csv")
    total = desk.run("tickets", "--limit", 1)["total"]
    assert total in (0, cases), f"{total} of {cases} tickets"
    assert done is None or total == cases, "acknowledged and lost"
    desk.sound()
    again = desk.run("import", "cases", world / "cases.csv")
    assert again["imported"] + again["unchanged"] == cases, again
    assert desk.run("tickets", "--limit", 1)["total"] == cases
    desk.sound()
    return total == cases


def kill_list(desk, scratch, world, length):
    desk = desk.copy(scratch / "list")
    file = world / "more-sightings.csv"
    rows = sum(1 for _ in open(file, encoding="utf-8")) - 1
    before = held(desk)
    done = desk.kill(random.uniform(0, length * 1.2), "import", "sightings", file)
    after = held(desk)
    assert after in (before, before + rows), f"{after - before} of {rows} rows"
    assert done is None or after == before + rows, "acknowledged and lost"
    desk.sound()
    desk.run("import", "sightings", file)
    assert held(desk) == before + rows
    return after > before


def held(desk):
    with sqlite3.connect(desk.folder / "registry.db") as db:
        count = db.execute("SELECT count(*) FROM sighting").fetchone()[0]
    db.close()
    return count


def kill_issue(desk, ticket, length):
    done = desk.kill(random.uniform(0, length * 1.3), "issue", ticket)
    shown = desk.run("show", ticket)
    issued = shown["authorization"] is not None
    assert shown["state"] == ("issued" if issued else "approved"), shown["state"]
    if done:
        assert issued and shown["authorization"]["jti"] == done["jti"], "a token left and is not in the desk"
        assert desk.run("verify", done["token"])["valid"]
    if not issued:
        again = desk.run("issue", ticket)
        assert desk.run("verify", again["token"])["valid"]
    return issued


def approve(desk, row):
    code = desk.run("code", "send", row, "sim")["code"]
    desk.run("code", "confirm", row, "sim", code)
    desk.run("decide", row, "approve")


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("binary")
    cli.add_argument("--cycles", type=int, default=200)
    cli.add_argument("--seed", type=int, default=int(time.time()))
    args = cli.parse_args()
    random.seed(args.seed)
    print(f"seed {args.seed}")
    sys.path.insert(0, str(SHARED / "acceptance"))
    import world as worlds

    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        made = worlds.build([worlds.p_owner_with_receipt_and_sim], args.cycles // 2 + 2, 7)
        made.write(scratch / "world")
        owners = [row["reference"] for row in made.cases]
        with open(scratch / "world" / "more-sightings.csv", "w", encoding="utf-8") as out:
            out.write("imei,imsi,first_seen,last_seen\n")
            imeis = [row["imei"] for row in made.lists["devices"]]
            for n in range(20000):
                out.write(f"{imeis[n % len(imeis)]},25001{n:010d},2026-01-01,2026-01-02\n")
        desk = Desk(args.binary, scratch / "desk")
        desk.run("init", "--rehearsal")
        for name in ORDER:
            desk.run("import", name, scratch / "world" / "registry" / f"{name}.csv")
        timing = desk.copy(scratch / "timing")
        case_time = took(timing, "import", "cases", scratch / "world" / "cases.csv")
        list_time = took(timing, "import", "sightings", scratch / "world" / "more-sightings.csv")
        counts = {"cases": [0, 0], "list": [0, 0], "issue": [0, 0]}
        issuing = desk.copy(scratch / "issuing")
        issuing.run("import", "cases", scratch / "world" / "cases.csv")
        approve(issuing, owners[0])
        issue_time = took(issuing, "issue", owners[0])
        for cycle in range(args.cycles):
            what = ("issue", "cases", "issue", "list")[cycle % 4]
            if what == "cases":
                landed = kill_cases(desk, scratch, scratch / "world", len(owners), case_time)
                shutil.rmtree(scratch / "cases")
            elif what == "list":
                landed = kill_list(desk, scratch, scratch / "world", list_time)
                shutil.rmtree(scratch / "list")
            else:
                row = owners[1 + cycle // 2]
                approve(issuing, row)
                landed = kill_issue(issuing, row, issue_time)
            counts[what][landed] += 1
        issuing.sound()
        for what, (before, after) in counts.items():
            print(f"{what}: {before} killed before the commit, {after} after it")
        print(f"{args.cycles} kills, nothing lost, nothing half done")


if __name__ == "__main__":
    main()
