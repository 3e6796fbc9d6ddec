"""Sixteen hands at one desk: real processes that take, note, decide, approve, issue, redeem, import, search, back up.

    python3 storm.py BINARY [--minutes 5] [--seed N]

Half of the hands fight for the same few tickets. At the end: nobody was told that the desk is busy, no case has two
authorizations, no two people held one ticket (by what they were told, and again by the log), everything acknowledged is
there, every backup verifies, the log is whole. Standard library only; uses ../../../shared/acceptance/world.py.
"""

import argparse
import collections
import datetime as dt
import json
import pathlib
import random
import re
import sys
import tempfile
import threading
import time

from desk import Desk, worlds

AGENTS = [f"agent{n}" for n in range(1, 9)]
APPROVERS = ["boris", "bella"]
WINDOW = 6  # tickets for which the agents fight
CHUNK = 12  # cases a file
DAYS = 73 / 24  # the clock goes on by so much between rounds: the cool-down is 72 hours


class Storm:
    def __init__(self, desk, rng, cases):
        self.desk, self.rng, self.lock = desk, rng, threading.Lock()
        self.files, self.live, self.tokens = cases, collections.deque(), {}
        self.faults, self.refusals, self.told = [], collections.Counter(), collections.Counter()
        self.longest, self.acts = (0.0, ""), 0
        self.notes, self.items, self.decisions, self.issued, self.redeemed = [], [], [], [], []
        self.holds, self.rows, self.landed, self.files_made, self.people = [], 0, [], 0, []
        self.base, self.began, self.over = dt.datetime(2026, 11, 24, 9, tzinfo=dt.timezone.utc), 0.0, False

    # --- the clock ---------------------------------------------------------------------------------------------
    def now(self):
        return (self.base + dt.timedelta(seconds=time.monotonic() - self.began)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def later(self):
        self.base += dt.timedelta(days=DAYS)

    # --- one command -------------------------------------------------------------------------------------------
    def do(self, by, *args, fail=()):
        """What a command answers, or None if it was refused; `fail` lists exit codes that are answers too."""
        start = time.monotonic()
        done = self.desk.ask(*args, by=by, now=self.now())
        took = time.monotonic() - start
        what = " ".join(str(a) for a in args[:2]) if args[0] in ("code", "evidence", "audit", "backup", "import") else args[0]
        what = what if args[0] != "backup" else "backup"
        with self.lock:
            self.acts += 1
            self.told[what] += done.returncode == 0
            self.longest = max(self.longest, (took, f"{what} by {by}"))
            if done.returncode in (0, *fail):
                return json.loads(done.stdout) if done.stdout.strip() else {}
            said = re.sub(r"\d+", "#", (done.stderr.strip().splitlines() or ["nothing said"])[0].removeprefix("error: "))
            self.refusals[f"{done.returncode} {what}: {re.sub(r'agent#|boris|bella', 'NAME', said)[:110]}"] += 1
            plain = done.returncode in (1, 5) or (what, done.returncode) == ("redeem", 4)
            if not plain or re.search("busy|locked|another Latchkey|try again|internal", said, re.I):
                self.faults.append(f"exit {done.returncode} of {what} by {by} after {took:.1f} s: {done.stderr.strip()[:400]}")
        return None

    # --- hands -------------------------------------------------------------------------------------------------
    def agent(self, name):
        rng = random.Random(f"{name}{self.rng.random()}")
        while not self.over:
            with self.lock:
                row = rng.choice(list(self.live)[:WINDOW]) if self.live else None
            if row is None:
                time.sleep(0.1)
                continue
            shown = self.do(name, "show", row)
            if shown:
                self.step(rng, name, row, shown)

    def step(self, rng, name, row, shown):
        state = shown["state"]
        if state == "open":
            self.work(rng, name, row)
        elif state == "approved":
            given = self.do(name, "issue", row)
            if given:
                if not self.do(name, "verify", given["token"], fail=(4,)).get("valid"):
                    self.faults.append(f"{row}: a fresh token does not verify")
                with self.lock:
                    self.issued.append((row, given["jti"], given["token"]))
                    self.tokens[row] = given["token"]
        elif state == "issued" and row in self.tokens:
            used = self.do(name, "redeem", self.tokens[row])
            if used:
                with self.lock:
                    self.redeemed.append(used["jti"])
        if state in ("closed", "decided"):
            with self.lock:
                if row in self.live:
                    self.live.remove(row)

    def work(self, rng, name, row):
        began = time.monotonic()
        if not self.do(name, "take", row):
            return
        held = time.monotonic()
        text = f"note {rng.getrandbits(64):x}"
        if self.do(name, "note", row, text) is not None:
            self.notes.append((row, text))
        if rng.random() < 0.5:
            added = self.do(name, "evidence", "add", row, "facts", "region=RU")
            if added:
                self.items.append((row, added["item"]))
        code = self.do(name, "code", "send", row, "sim")
        if code and self.do(name, "code", "confirm", row, "sim", code["code"]):
            shown = self.do(name, "show", row)
            if shown and shown["recommendation"] in ("approve", "approve-second"):
                if self.do(name, "decide", row, shown["recommendation"]):
                    self.decisions.append((row, name))
        if self.over or rng.random() < 0.3:
            time.sleep(rng.random() * 0.3)
        ends = time.monotonic()
        given_back = self.do(name, "release", row)
        with self.lock:
            self.holds.append((row, name, began, held, ends if given_back else float("inf")))

    def approver(self, name):
        while not self.over:
            listed = self.do(name, "tickets", "--state", "decided", "--limit", 4)
            waiting = (listed or {}).get("tickets", [])
            for ticket in waiting:
                if not self.over:
                    self.do(name, "approve", ticket["reference"])
            time.sleep(0.05 if waiting else 0.5)

    def brings_cases(self):
        while not self.over and self.files:
            with self.lock:
                short = len(self.live) < 3 * WINDOW
            if not short:
                time.sleep(0.2)
                continue
            file, rows = self.files.pop(0)
            done = self.do("anna", "import", "cases", file)
            if done:
                self.landed.append((rows, done["imported"]))
                with self.lock:
                    self.live.extend(rows)

    def brings_lists(self, scratch, imeis):
        while not self.over:
            self.files_made += 1
            n = self.files_made
            size = 20 if n % 5 else 4000
            file = scratch / f"sightings-{n}.csv"
            with open(file, "w", encoding="utf-8") as out:
                out.write("imei,imsi,first_seen,last_seen\n")
                for at in range(size):
                    out.write(f"{imeis[at % len(imeis)]},25001{n:05d}{at:05d},2026-01-01,2026-01-02\n")
            done = self.do("clara", "import", "sightings", file)
            if done:
                self.rows += done["added"]
            time.sleep(0.3)

    def looks(self, words):
        rng = random.Random(self.rng.random())
        while not self.over:
            self.do("anna", "search", rng.choice(words))
            self.do("anna", "tickets", "--limit", 20)
            self.do("anna", "lookup", rng.choice(words))

    def audits(self):
        while not self.over:
            verdict = self.do("boris", "audit", "verify", fail=(4,))
            if not verdict or not verdict.get("ok"):
                self.faults.append(f"audit verify in the middle: {verdict}")
            found = self.do("clara", "doctor", fail=(4,))
            bad = [p for p in (found or {}).get("problems", []) if p.get("severity") == "damage"]
            if bad:
                self.faults.append(f"doctor in the middle: {bad}")

    def backs_up(self, scratch):
        while not self.over:
            self.files_made += 1
            n = self.files_made
            file = scratch / f"backup-{n}.tar"
            if self.do("clara", "backup", file):
                checked = self.do("clara", "backup", "verify", file, fail=(4,))
                if not checked or not checked.get("ok"):
                    self.faults.append(f"backup {n} does not verify: {checked}")
                file.unlink()
            time.sleep(1)

    def hires(self):
        while not self.over:
            name = f"new{len(self.people) + 1}"
            if self.do("clara", "agents", "add", "--role", "agent", name):
                self.people.append(name)
            for _ in range(50):
                if not self.over:
                    time.sleep(0.1)

    def run(self, hands, seconds):
        """Lets all hands work until the time is over."""
        self.over, threads = False, [threading.Thread(target=self.guarded, args=hand) for hand in hands]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.over = True
        for thread in threads:
            thread.join()

    def guarded(self, hand, *args):
        try:
            hand(*args)
        except Exception as error:  # noqa: BLE001 - a hand that falls off is a fault, whatever it was
            self.faults.append(f"{hand.__name__}{args[:1]}: {error!r}")

    # --- what is left --------------------------------------------------------------------------------------------
    def judge(self):
        desk, faults = self.desk, self.faults
        number = dict(desk.query("SELECT reference, id FROM ticket"))
        grants = desk.query("SELECT jti, ticket, redeemed_at FROM authorization")
        twice = [t for t, n in collections.Counter(t for _, t, _ in grants).items() if n > 1]
        faults += [f"ticket {t} has two authorizations" for t in twice]
        staff = {agent["name"] for agent in desk.run("agents", "list", now=self.now())["agents"]}
        faults += [f"{name} was taken on and is not there" for name in self.people if name not in staff]
        told = collections.Counter(row for row, _, _ in self.issued)
        faults += [f"{row}: two were told that they issued it" for row, n in told.items() if n > 1]
        here = {jti: (ticket, used) for jti, ticket, used in grants}
        faults += [f"{row}: its token left and is not in the desk" for row, jti, _ in self.issued if here.get(jti, (0,))[0] != number[row]]
        faults += [f"{len(grants)} grants, {len(self.issued)} acknowledged"] if len(grants) != len(self.issued) else []
        uses = collections.Counter(self.redeemed)
        faults += [f"{jti}: used {n} times" for jti, n in uses.items() if n > 1]
        faults += [f"{jti}: its use is lost" for jti in uses if not here[jti][1]]
        self.kept(number)
        faults += [f"{rows[0]}: {n} of {len(rows)} cases landed" for rows, n in self.landed if n != len(rows) or not set(rows) <= set(number)]

    def kept(self, number):
        shown = {}
        for row in {r for r, _ in self.notes} | {r for r, _ in self.items} | {r for r, _ in self.decisions}:
            shown[row] = self.desk.run("show", row, now=self.now())
        for row, text in self.notes:
            if not any(n.get("text") == text for n in shown[row]["notes"]):
                self.faults.append(f"{row}: an acknowledged note is lost")
        for row, item in self.items:
            if not any(e["id"] == item for e in shown[row]["evidence"]):
                self.faults.append(f"{row}: acknowledged evidence {item} is lost")
        for row, who in self.decisions:
            if not any(h["act"] == "decision.made" and h["actor"] == who for h in shown[row]["history"]):
                self.faults.append(f"{row}: the decision of {who} is lost")

    def leases(self):
        """Two people never held one ticket: by what each was told, and by the log."""
        by_row = collections.defaultdict(list)
        for row, name, began, held, ends in self.holds:
            by_row[row].append((held, ends, began, name))
        for row, holds in by_row.items():
            for held, ends, _, name in holds:
                for other_held, _, began, other in holds:
                    if other != name and began >= held and other_held <= ends:
                        self.faults.append(f"{row}: {other} took it while {name} held it")
        holder = {}
        for ticket, line in self.desk.query("SELECT ticket, line FROM leaf WHERE ticket IS NOT NULL ORDER BY seq"):
            leaf = json.loads(line)
            act, actor = leaf["act"], leaf["actor"]
            if act == "ticket.taken":
                if holder.get(ticket, (actor,))[0] != actor and leaf["at"] < holder[ticket][1]:
                    self.faults.append(f"leaf {leaf['seq']}: {actor} took ticket {ticket}, which {holder[ticket][0]} holds")
                until = dt.datetime.fromisoformat(leaf["at"].replace("Z", "+00:00")) + dt.timedelta(minutes=30)
                holder[ticket] = (actor, until.strftime("%Y-%m-%dT%H:%M:%SZ"))
            elif act == "ticket.released":
                holder.pop(ticket, None)
        return sum(len(holds) for holds in by_row.values())


def prepare(args, scratch):
    made_of = worlds()
    copies = int(40 + args.minutes * 120)
    kinds = [made_of.p_owner_with_receipt_and_sim, made_of.p_owner_with_receipt_and_sim, made_of.p_owner_is_active]
    made = made_of.build(kinds, copies, args.seed)
    made.write(scratch / "world")
    desk = Desk(args.binary, scratch / "desk").fill(scratch / "world")
    for name in AGENTS:
        desk.run("agents", "add", "--role", "agent", name, by="clara")
    desk.run("agents", "add", "--role", "agent", "--role", "approver", "bella", by="clara")
    files = []
    for at in range(0, len(made.cases), CHUNK):
        rows = made.cases[at : at + CHUNK]
        file = scratch / f"cases-{at:06d}.csv"
        made_of.write_csv(file, made_of.CASE, rows)
        files.append((file, [row["reference"] for row in rows]))
    imeis = [row["imei"] for row in made.lists["devices"]]
    words = ["Иван", "Kowalski", "8675", "orbit", *[row["reference"] for row in made.cases[:20]], *imeis[:20]]
    return desk, files, imeis, words


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("binary")
    cli.add_argument("--minutes", type=float, default=5)
    cli.add_argument("--seed", type=int, default=int(time.time()))
    args = cli.parse_args()
    print(f"seed {args.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="storm-") as folder:
        scratch = pathlib.Path(folder)
        desk, files, imeis, words = prepare(args, scratch)
        before = desk.query("SELECT count(*) FROM sighting", file="registry.db")[0][0]
        storm = Storm(desk, random.Random(args.seed), files)
        hands = [(storm.agent, name) for name in AGENTS] + [(storm.approver, name) for name in APPROVERS]
        hands += [(storm.brings_cases,), (storm.brings_lists, scratch, imeis), (storm.looks, words)]
        hands += [(storm.audits,), (storm.backs_up, scratch), (storm.hires,)]
        began = time.monotonic()
        rounds = 3 if args.minutes >= 2 else 2
        for turn in range(rounds):
            storm.began = time.monotonic()
            if turn:
                storm.later()
                ripe = [r for (r,) in desk.query("SELECT reference FROM ticket WHERE state IN ('decided', 'approved', 'issued')")]
                storm.live.extendleft(r for r in ripe if r not in storm.live)
            storm.run(hands, args.minutes * 60 / rounds)
        seconds = time.monotonic() - began
        storm.judge()
        holds = storm.leases()
        after = desk.query("SELECT count(*) FROM sighting", file="registry.db")[0][0]
        if after - before != storm.rows:
            storm.faults.append(f"{storm.rows} rows of lists were acknowledged, {after - before} are there")
        verdict = desk.sound(now=storm.now())
        report(storm, len(hands), seconds, holds, verdict)


def report(storm, hands, seconds, holds, verdict):
    print(f"{hands} hands, {seconds:.0f} s: {storm.acts} commands, {storm.acts / seconds:.1f} a second; longest {storm.longest[0]:.1f} s ({storm.longest[1]})")
    print("done: " + ", ".join(f"{what} {n}" for what, n in sorted(storm.told.items()) if n))
    print(f"{holds} leases, {len(storm.notes)} notes, {len(storm.decisions)} decisions, {len(storm.issued)} authorizations, {len(storm.redeemed)} used")
    print(f"refused {sum(storm.refusals.values())}:")
    for what, n in storm.refusals.most_common():
        print(f"  {n:6} {what}")
    if storm.faults:
        print(f"{len(storm.faults)} FAULTS:")
        sys.exit("\n".join(f"  {fault}" for fault in storm.faults[:40]))
    print(f"nobody heard that the desk is busy, nothing lost, nothing twice; the log is whole with {verdict['size']} leaves")


if __name__ == "__main__":
    main()
