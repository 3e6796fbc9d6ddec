"""Kills Latchkey with SIGKILL at random moments of eight acts, and looks at what is left.

    python3 kill_loop.py BINARY [--cycles 200] [--minutes M] [--seed N] [--acts take,issue]

The acts: imports of cases and of a list, take, decide, approve, issue, redeem, backup, restore. Nothing acknowledged
may be lost, nothing half done may be seen. After each kill both files pass SQLite's own check and the act is there whole
or not at all, with its leaf; after each tenth, and whenever a desk has done its service, the log verifies and the act
that was cut off is done again. The moments crowd around the commit, which each act's outcomes lead to: too early and the
next one comes later, too late and it comes earlier. Standard library only; uses ../../../shared/acceptance/world.py.
"""

import argparse
import collections
import json
import pathlib
import random
import shutil
import tempfile
import time

from desk import Desk, worlds

STOCK = 60  # tickets that a prepared desk has for one act
LISTED = 400  # rows of a list that is imported
CASES = 8  # cases of a file


class Act:
    """One kind of act: a desk that is prepared once, copied, worked on until used up, and thrown away."""

    name = ""

    def __init__(self, kit):
        self.kit, self.desk, self.turn, self.center = kit, None, 0, 0.0
        self.counts = collections.Counter()

    def prepared(self):
        return self.kit.open

    def close(self):
        """Looks at a desk for the last time."""
        if self.desk:
            self.desk.sound()
            self.desk.drop()
        self.desk = None

    def fresh(self):
        self.close()
        self.turn = 0
        self.desk = self.prepared().copy(self.kit.scratch / f"{self.name}-{self.kit.number()}")

    def used_up(self):
        return self.turn >= STOCK

    def delay(self):
        """Mostly about when the commit seems to be, sometimes anywhere."""
        if random.random() < 0.75:
            return self.center * random.uniform(0.75, 1.25)
        return random.uniform(0, self.center * 2)

    def cycle(self, thorough):
        if self.desk is None or self.used_up():
            self.fresh()
        if not self.center:
            start = time.monotonic()
            self.desk.run(*self.args(), by=self.by)
            self.center = (time.monotonic() - start) * 0.6
            self.turn += 1
            if self.used_up():
                self.fresh()
        self.wrote = self.writings()
        answer = self.desk.kill(self.delay(), *self.args(), by=self.by)
        begun = self.begun()
        self.desk.whole()
        landed = self.landed(answer)
        assert landed or answer is None, f"{self.name}: acknowledged and lost: {answer}"
        step = 0.03 if self.counts.total() > 30 else 0.1
        self.center *= 1 - step if landed else 1 + step
        when = "acknowledged" if answer else "landed, not told" if landed else "in the middle" if begun else "before"
        self.counts[when] += 1
        if thorough:
            self.desk.sound()
            if not landed:
                self.desk.run(*self.args(), by=self.by)
                assert self.landed(None), f"{self.name}: done again, and not there"
                landed = True
        self.done(landed)

    def begun(self):
        """Whether pages were on their way: something was written to a log ahead of its file."""
        return self.writings() != self.wrote

    def writings(self):
        logs = (self.desk.folder / name for name in ("desk.db-wal", "registry.db-wal"))
        return [(log.stat().st_size, log.stat().st_mtime_ns) for log in logs if log.exists() and log.stat().st_size]

    by = "anna"

    def args(self):
        raise NotImplementedError

    def landed(self, answer):
        raise NotImplementedError

    def done(self, landed):
        self.turn += landed


class Ticketed(Act):
    """An act on one ticket after another of a prepared desk."""

    leaf, word = "", ""

    def ticket(self):
        return self.kit.rows[self.turn]

    def args(self):
        return (self.name, self.ticket(), *([self.word] if self.word else []))

    def state(self):
        (ticket, state, assignee), = self.desk.query("SELECT id, state, assignee FROM ticket WHERE reference = $1", self.ticket())
        lines = self.desk.query("SELECT line FROM leaf WHERE ticket = $1 ORDER BY seq", ticket)
        acts = [json.loads(line)["act"] for (line,) in lines]
        return ticket, state, assignee, acts.count(self.leaf)


class Take(Ticketed):
    name, leaf = "take", "ticket.taken"

    def landed(self, answer):
        _, state, assignee, leaves = self.state()
        before = self.kit.taken
        assert (assignee == "anna", leaves - before) in ((False, 0), (True, 1)), (assignee, leaves)
        return assignee == "anna"


class Decide(Ticketed):
    name, leaf, word = "decide", "decision.made", "approve"

    def prepared(self):
        return self.kit.proven

    def landed(self, answer):
        ticket, state, _, leaves = self.state()
        rows = self.desk.query("SELECT count(*) FROM decision WHERE ticket = $1", ticket)[0][0]
        assert (state, leaves, rows) in (("open", 0, 0), ("approved", 1, 1)), (state, leaves, rows)
        return rows == 1


class Approve(Ticketed):
    name, leaf, by = "approve", "decision.approved", "boris"

    def prepared(self):
        return self.kit.decided

    def ticket(self):
        return self.kit.pairs[self.turn]

    def landed(self, answer):
        ticket, state, _, leaves = self.state()
        rows = self.desk.query("SELECT count(*) FROM approval WHERE ticket = $1", ticket)[0][0]
        assert (state, leaves, rows) in (("decided", 0, 0), ("approved", 1, 1)), (state, leaves, rows)
        return rows == 1


class Issue(Ticketed):
    name, leaf = "issue", "authorization.issued"

    def prepared(self):
        return self.kit.approved

    def landed(self, answer):
        ticket, state, _, leaves = self.state()
        tokens = self.desk.query("SELECT jti, token FROM authorization WHERE ticket = $1", ticket)
        assert (state, leaves, len(tokens)) in (("approved", 0, 0), ("issued", 1, 1)), (state, leaves, len(tokens))
        if answer:
            assert tokens == [(answer["jti"], answer["token"])], "a token left and is not in the desk"
        return bool(tokens)


class Redeem(Ticketed):
    name, leaf = "redeem", "authorization.redeemed"

    def prepared(self):
        return self.kit.issued

    def args(self):
        return ("redeem", self.kit.tokens[self.ticket()])

    def landed(self, answer):
        ticket, state, _, leaves = self.state()
        used = self.desk.query("SELECT redeemed_at IS NOT NULL FROM authorization WHERE ticket = $1", ticket)[0][0]
        assert (state, leaves, used) in (("issued", 0, 0), ("closed", 1, 1)), (state, leaves, used)
        return used == 1


class ImportCases(Act):
    name = "import cases"

    def prepared(self):
        return self.kit.empty

    def used_up(self):
        return self.turn >= len(self.kit.case_files)

    def args(self):
        return ("import", "cases", self.kit.case_files[self.turn])

    def landed(self, answer):
        rows = self.desk.query("SELECT count(*) FROM ticket")[0][0]
        leaves = self.desk.query("SELECT count(*) FROM leaf WHERE line LIKE '{\"act\":\"case.imported\"%'")[0][0]
        assert rows == leaves and rows in (self.turn * CASES, (self.turn + 1) * CASES), (rows, leaves, self.turn)
        return rows == (self.turn + 1) * CASES


class ImportList(Act):
    name = "import list"

    def prepared(self):
        return self.kit.empty

    def used_up(self):
        return self.turn >= len(self.kit.list_files)

    def args(self):
        return ("import", "sightings", self.kit.list_files[self.turn])

    def landed(self, answer):
        rows = self.desk.query("SELECT count(*) FROM sighting", file="registry.db")[0][0] - self.kit.sightings
        assert rows in (self.turn * LISTED, (self.turn + 1) * LISTED), (rows, self.turn)
        return rows == (self.turn + 1) * LISTED

    def done(self, landed):
        super().done(landed)
        if landed and self.turn % 10 == 0:  # whoever came next has written the leaf, once
            self.desk.run("registry", "status")
            leaves = self.desk.query("SELECT count(*) FROM leaf WHERE line LIKE '{\"act\":\"list.imported\"%'")[0][0]
            assert leaves == self.kit.lists_logged + self.turn, (leaves, self.kit.lists_logged, self.turn)


class Backup(Act):
    name, by = "backup", "clara"

    def prepared(self):
        return self.kit.approved

    @property
    def file(self):
        return self.kit.scratch / "backup.tar"

    def fresh(self):
        super().fresh()
        self.file.unlink(missing_ok=True)

    def args(self):
        self.file.unlink(missing_ok=True)
        return ("backup", self.file)

    def landed(self, answer):
        if not self.file.exists():
            return False
        assert self.desk.run("backup", "verify", self.file, ok=(0, 4))["ok"], "a backup bears its name and does not verify"
        return True

    def begun(self):
        left = [p for p in self.kit.scratch.iterdir() if p.name.startswith(".") or "backup" in p.name and p != self.file and p.is_file()]
        for path in left:
            path.unlink() if path.is_file() else shutil.rmtree(path)
        return bool(left)


class Restore(Act):
    """A desk with more leaves than the backup is replaced, for a reason, which becomes a leaf."""

    name, by = "restore", "clara"

    def prepared(self):
        return self.kit.ahead

    def used_up(self):
        return self.turn >= 1

    def args(self):
        return ("restore", self.kit.backup, "--reason", "a rehearsal of the worst day")

    def begun(self):
        here = self.desk.folder
        left = [p for p in here.parent.iterdir() if p != here and p != self.desk.state and here.name in p.name]
        self.beside = left
        return bool(left)

    def landed(self, answer):
        notes = self.desk.query("SELECT count(*) FROM note")[0][0]
        assert notes in (0, 3), notes
        accepted = self.desk.query("SELECT count(*) FROM leaf WHERE line LIKE '%log.rollback-accepted%'")[0][0]
        assert accepted == 0 or notes == 0, (accepted, notes)
        if answer:
            assert accepted == 1, "restored, and the log does not say why"
        self.swapped = notes == 0
        return notes == 0 and accepted == 1

    def cycle(self, thorough):
        super().cycle(thorough=False)
        if thorough and not self.turn:
            if self.swapped:  # the log does not say why yet: nobody works on until it does
                refused = self.desk.ask("note", self.kit.rows[0], "too soon")
                assert refused.returncode == 4 and "rolled back" in refused.stderr, refused.stderr
            self.desk.run(*self.args(), by=self.by)
            self.desk.sound(by=self.by)
        for path in self.beside:
            shutil.rmtree(path, ignore_errors=True)
        self.turn = 1

    def close(self):
        if self.desk and not self.swapped:
            self.desk.sound(by=self.by)
        if self.desk:
            self.desk.drop()
        self.beside, self.swapped, self.desk = [], False, None


class Kit:
    """Desks prepared up to just before each act."""

    def __init__(self, binary, scratch, seed):
        made_of = worlds()
        self.scratch, self.copies = scratch, 0
        made = made_of.build([made_of.p_owner_with_receipt_and_sim, made_of.p_owner_is_active], STOCK + 1, seed)
        made.write(scratch / "world")
        self.rows = [row["reference"] for row in made.cases[0::2]]
        self.pairs = [row["reference"] for row in made.cases[1::2]]
        self.case_files, self.list_files = [], []
        for at in range(0, len(made.cases) - CASES + 1, CASES):
            self.case_files.append(scratch / f"cases-{at}.csv")
            made_of.write_csv(self.case_files[-1], made_of.CASE, made.cases[at : at + CASES])
        imeis = [row["imei"] for row in made.lists["devices"]]
        for turn in range(STOCK):
            self.list_files.append(scratch / f"sightings-{turn}.csv")
            with open(self.list_files[-1], "w", encoding="utf-8") as out:
                out.write("imei,imsi,first_seen,last_seen\n")
                out.writelines(f"{imeis[n % len(imeis)]},25001{turn:05d}{n:05d},2026-01-01,2026-01-02\n" for n in range(LISTED))
        self.empty = Desk(binary, scratch / "empty").fill(scratch / "world")
        self.sightings = self.empty.query("SELECT count(*) FROM sighting", file="registry.db")[0][0]
        self.lists_logged = self.empty.query("SELECT count(*) FROM leaf WHERE line LIKE '{\"act\":\"list.imported\"%'")[0][0]
        self.open = self.empty.copy(scratch / "open")
        self.open.run("import", "cases", scratch / "world" / "cases.csv")
        self.taken = 0
        self.proven = self.open.copy(scratch / "proven")
        for row in self.rows + self.pairs:
            code = self.proven.run("code", "send", row, "sim")["code"]
            self.proven.run("code", "confirm", row, "sim", code)
        self.decided = self.proven.copy(scratch / "decided")
        self.decided.run("decide", *self.pairs, "approve-second")
        self.approved = self.proven.copy(scratch / "approved")
        self.approved.run("decide", *self.rows, "approve")
        self.issued = self.approved.copy(scratch / "issued")
        self.tokens = {row: self.issued.run("issue", row)["token"] for row in self.rows}
        self.backup = scratch / "kept.tar"
        self.open.run("backup", self.backup, by="clara")
        self.ahead = self.open.copy(scratch / "ahead")
        for row in self.rows[:3]:
            self.ahead.run("note", row, "after the backup", by="anna")

    def number(self):
        self.copies += 1
        return self.copies


ACTS = [ImportCases, ImportList, Take, Decide, Approve, Issue, Redeem, Backup, Restore]


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("binary")
    cli.add_argument("--cycles", type=int, default=200)
    cli.add_argument("--seed", type=int, default=int(time.time()))
    cli.add_argument("--minutes", type=float, default=0, help="end after so long, however many it were")
    cli.add_argument("--acts", default="", help="only these, separated by commas")
    args = cli.parse_args()
    random.seed(args.seed)
    print(f"seed {args.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        kit = Kit(args.binary, pathlib.Path(folder), 7)
        wanted = [name for name in args.acts.split(",") if name]
        acts = [act(kit) for act in ACTS if not wanted or act.name in wanted]
        began = time.monotonic()
        cycle = 0
        while cycle < args.cycles and not (args.minutes and time.monotonic() - began > args.minutes * 60):
            turn, act = divmod(cycle, len(acts))
            acts[act].cycle(thorough=turn % 10 == 9)
            cycle += 1
            if cycle % 1000 == 0:
                print(f"{cycle} kills after {time.monotonic() - began:.0f} s", flush=True)
        for act in acts:
            act.close()
        seconds = time.monotonic() - began
        for act in acts:
            told = ", ".join(f"{act.counts[when]} {when}" for when in ("before", "in the middle", "landed, not told", "acknowledged"))
            print(f"{act.name:13} {act.counts.total():5}: {told}")
        print(f"{cycle} kills in {seconds:.0f} s: nothing lost, nothing half done")


if __name__ == "__main__":
    main()
