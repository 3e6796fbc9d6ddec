#!/usr/bin/env python3
"""Mutation testing of judgement, authority and audit: every mutant of cargo-mutants' list, all in one build.

    cargo install cargo-mutants           # the list is its own
    python3 .ci/mutants/run.py            # the rooms' own unit tests: a quarter of an hour on two cores
    python3 .ci/mutants/run.py --again --built --tests '^(cli_|desk_|judgement_)'  # what they left, by other tests
    python3 .ci/mutants/run.py --only 'checks/sim.rs'

A copy of the sources under target/mutants gets all mutants behind a switch (src/main.rs here); what does not compile is
left out. Each test is run once to see which mutants it reaches, then each mutant with the tests that reach it, the
quickest first, until one fails. What is left is compared with `equivalent.txt`, which gives a reason for each.
MUTANTS_CARGO is the command for cargo, where it is another.
"""
import argparse, json, os, re, subprocess, sys, time
from pathlib import Path

CARGO = os.environ.get("MUTANTS_CARGO", "cargo").split()
HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent
ROOMS = ["judgement", "authority", "audit"]
# Tests that look at the machine, the sources or a real terminal say nothing of a mutant.
NOT_ASKED = re.compile(r"^(arch|supply|words|catalogue|pty_|import_kill|cli_help|tui_russian|tui_mouse)")


def sh(args, **more):
    return subprocess.run(args, text=True, capture_output=True, **more)


class Campaign:
    def __init__(self, work):
        self.work, self.tree = work, work / "tree"
        self.env = dict(os.environ, CARGO_TARGET_DIR=str(work / "target"), INSTA_UPDATE="no", INSTA_WORKSPACE_ROOT=str(self.tree))
        for name in ("LATCHKEY_NOW", "LATCHKEY_DESK"):
            self.env.pop(name, None)
        work.mkdir(parents=True, exist_ok=True)
        self.active = work / "active"

    def list(self):
        args = ["cargo", "mutants", "--list", "--json", "--no-config"]
        for room in ROOMS:
            args += ["--file", f"src/{room}/**"]
        text = subprocess.run(args, cwd=HOME, text=True, stdout=subprocess.PIPE, check=True).stdout
        (self.work / "list.json").write_text(text)
        self.mutants = json.loads(text)

    def plant(self):
        """Copies the sources and plants the mutants, until what is planted compiles."""
        tool = [*CARGO, "run", "--quiet", "--manifest-path", str(HERE / "Cargo.toml"), "--target-dir", str(self.work / "tool"), "--"]
        left_out = self.work / "left_out"
        gone = set()
        left_out.write_text("")
        while True:
            sh(["mkdir", "-p", str(self.tree)])
            # Times are kept, so that cargo builds anew only what has changed.
            copy = "tar c --exclude=./target --exclude=./.git --exclude=./.ci . | tar x -C " + str(self.tree)
            subprocess.run(copy, shell=True, cwd=HOME, check=True)
            done = sh([*tool, str(self.work / "list.json"), str(self.tree), str(left_out)])
            if done.returncode:
                sys.exit(done.stderr)
            self.unplanted = {int(n) for n in done.stdout.split()}
            out = sh([*CARGO, "check", "--lib", "--message-format=json"], cwd=self.tree, env=self.env).stdout
            wrong = set()
            for line in out.splitlines():
                message = json.loads(line)
                if message.get("reason") == "compiler-message" and message["message"]["level"] == "error":
                    wrong |= self.blame(message["message"])
            if not wrong - gone:
                if wrong:
                    sys.exit(f"does not compile for another reason than {wrong}")
                break
            gone |= wrong
            left_out.write_text("\n".join(map(str, sorted(gone))))
        self.gone = gone
        (self.work / "gone.json").write_text(json.dumps([sorted(gone), sorted(self.unplanted)]))
        print(f"{len(gone)} mutants do not compile, {len(self.unplanted)} could not be planted")

    def blame(self, message):
        """The mutants that an error of the compiler is about."""
        if message["code"] and message["code"]["code"] == "E0004":
            span = message["spans"][0]
            after = (self.tree / span["file_name"]).read_bytes()[span["byte_end"] :].decode(errors="ignore")
            return {int(n) for n in re.findall(r" if !crate::mutants::on\((\d+)\)", after[:1500])}
        for span in message["spans"]:
            if span["is_primary"]:
                text = (self.tree / span["file_name"]).read_bytes()
                own = message["code"] and message["code"]["code"] == "E0015"
                before = text[: span["byte_end" if own else "byte_start"]].decode(errors="ignore")
                if found := re.findall(r"mutants::on\((\d+)\)", before):
                    return {int(found[-1])}
        return set()

    def build(self):
        """The test binaries: of the library, and of the integration tests."""
        args = [*CARGO, "test", "--lib", "--test", "it", "--no-run", "--message-format=json"]
        done = sh(args, cwd=self.tree, env=self.env)
        if done.returncode:
            sys.exit(done.stderr)
        self.binaries = {}
        for line in done.stdout.splitlines():
            message = json.loads(line)
            if message.get("executable") and message.get("profile", {}).get("test"):
                self.binaries[message["target"]["name"]] = message["executable"]

    def tests(self):
        found = []
        for name, path in self.binaries.items():
            for line in sh([path, "--list", "--format", "terse"], cwd=self.tree, env=self.env).stdout.splitlines():
                test = line.removesuffix(": test")
                if test != line and re.search(self.asked, line) and not (name == "it" and NOT_ASKED.match(test)):
                    found.append(f"{name} {test}")
        return found

    def run(self, tests, limit):
        """Runs some tests of one binary; whether all pass, and what failed."""
        binary, names = tests[0].split()[0], [t.split()[1] for t in tests]
        args = ["nice", "-n", "15", self.binaries[binary], "--exact", *names, "--test-threads", "2"]
        child = subprocess.Popen(args, cwd=self.tree, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True)
        try:
            out, _ = child.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            child.communicate()
            return False, "time"
        if child.returncode == 0:
            return True, ""
        failed = re.findall(r"^test (\S+) .*FAILED$", out, re.M)
        return False, failed[0] if failed else "abort"

    def cover(self):
        """Which mutants each test reaches, and how long it takes."""
        kept = self.work / "cover.json"
        old = json.loads(kept.read_text()) if kept.exists() and self.again else {}
        reached = {}
        seen = self.work / "seen"
        for test in self.tests():
            if test in old:
                reached[test] = old[test]
                continue
            seen.write_text("")
            self.active.write_text(f"cover {seen}")
            start = time.time()
            ok, why = self.run([test], 600)
            took = time.time() - start
            if not ok:
                print("fails by itself, not asked:", test, why, flush=True)
            else:
                reached[test] = [round(took, 2), sorted({int(n) for n in seen.read_text().split()})]
        self.active.write_text("0")
        kept.write_text(json.dumps(reached))
        self.reached = reached

    def judge(self, only, seconds):
        """Every mutant with the tests that reach it."""
        kept = self.work / "verdicts.json"
        verdicts = json.loads(kept.read_text()) if kept.exists() else {}
        by = {}
        for test, (took, ids) in self.reached.items():
            for n in ids:
                by.setdefault(n, []).append((took, test))
        start, asked = time.time(), 0
        for n, mutant in enumerate(self.mutants, 1):
            name = mutant["name"]
            if n in self.gone or n in self.unplanted:
                verdicts[name] = "unbuilt"
                continue
            if only and not re.search(only, name) or self.again and verdicts.get(name, "").startswith("killed"):
                continue
            verdicts[name] = self.verdict(n, sorted(by.get(n, [])), seconds)
            asked += 1
            if not verdicts[name].startswith("killed"):
                print(verdicts[name], name, flush=True)
            if asked % 25 == 0:
                print(f"-- {n} of {len(self.mutants)}, {time.time() - start:.0f}s", flush=True)
                kept.write_text(json.dumps(verdicts, indent=1))
        self.active.write_text("0")
        kept.write_text(json.dumps(verdicts, indent=1))

    def verdict(self, n, tests, seconds):
        if not tests:
            return "unreached"
        self.active.write_text(str(n))
        spent = 0.0
        for binary in self.binaries:
            for part in batches([t for t in tests if t[1].startswith(binary + " ")]):
                took = sum(t for t, _ in part)
                if spent and spent + took > seconds:
                    return f"left after {spent:.0f}s of tests"
                spent += took
                ok, failed = self.run([t for _, t in part], 4 * took + 3)
                if not ok:
                    return f"killed by {failed}"
        return "left"


def report(mutants, verdicts):
    """A table by room, and what lives without a reason."""
    known = {}
    for line in (HERE / "equivalent.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            # A mutant's name may have the mark itself: `replace | with ^`.
            name, at, _ = line.rsplit(" | ", 2)
            known.setdefault(name, []).append(at)
    count, left = {}, []
    for mutant in mutants:
        name = mutant["name"]
        room = count.setdefault(name.split("/")[1], {"mutants": 0, "killed": 0, "equivalent": 0, "left": 0, "unbuilt": 0})
        verdict = verdicts.get(name, "not run")
        if verdict == "unbuilt":
            room["unbuilt"] += 1
            continue
        room["mutants"] += 1
        if verdict.startswith("killed"):
            room["killed"] += 1
            continue
        source = (HOME / mutant["file"]).read_text().splitlines()[mutant["span"]["start"]["line"] - 1]
        if any(at in source for at in known.get(re.sub(r":\d+:\d+:", ":", name), [])):
            room["equivalent"] += 1
        else:
            room["left"] += 1
            left.append(f"{verdict}: {name} | {source.strip()}")
    print("\n".join(["", "lives without a reason in equivalent.txt:", *left, ""]))
    for name, room in count.items():
        print(name, " ".join(f"{n} {what}" for what, n in room.items()))


def batches(tests):
    """The quick tests together, since starting costs more than they do; the slow ones one by one."""
    part = []
    for test in tests:
        if part and (sum(t for t, _ in part) + test[0] > 0.5 or len(part) >= 24):
            yield part
            part = []
        part.append(test)
    if part:
        yield part


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", help="mutants whose name this expression finds")
    ask.add_argument("--again", action="store_true", help="only what was not killed before")
    ask.add_argument("--built", action="store_true", help="what was built before")
    ask.add_argument("--seconds", type=float, default=20, help="tests to try on one mutant, in seconds")
    ask.add_argument("--work", type=Path, default=HOME / "target" / "mutants")
    ask.add_argument("--tests", default=r"^(judgement|authority|audit)::", help="tests whose name this expression finds")
    asked = ask.parse_args()
    c = Campaign(asked.work.resolve())
    c.again = asked.again
    if asked.built:
        c.mutants = json.loads((c.work / "list.json").read_text())
        c.gone, c.unplanted = (set(part) for part in json.loads((c.work / "gone.json").read_text()))
        c.binaries = json.loads((c.work / "binaries.json").read_text())
    else:
        c.list()
        c.plant()
        c.build()
        (c.work / "binaries.json").write_text(json.dumps(c.binaries))
    c.asked = asked.tests
    c.cover()
    c.judge(asked.only, asked.seconds)
    report(c.mutants, json.loads((c.work / "verdicts.json").read_text()))


if __name__ == "__main__":
    main()
