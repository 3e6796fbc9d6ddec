"""A desk in a known state, what can be seen of it, and what must hold of it after anything at all.

Everything of one desk lies in one folder, always under the same path: `desk`, `home` (the user's own state), `in`
(files that are read), `out` (files that are written). A state of it is kept by copying that folder.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess


def peer():
    """The desk as the kill loop and the storm have it."""
    place = pathlib.Path(__file__).resolve().parents[1] / "peers" / "desk.py"
    spec = importlib.util.spec_from_file_location("peer_desk", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Desk


FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures"
# Worked out from the rest, or where people are on their screens: no promise hangs on how many rows these have.
APART = {"search_state", "search_todo", "search_sheet", "kept", "reading", "looked_for", "leaf", "tree", "statement",
         "import_seen"}
# Leaves that a try may leave behind whatever comes of it.
NOISE = ("act.refused", "ticket.read", "registry.read", "evidence.read", "log.read", "evidence.verified")
PATIENCE = 600  # the machine is shared, and everything may be stopped for a while


class Broken(Exception):
    """A promise that did not hold."""

    def __str__(self):
        return " ".join(super().__str__().split())[:700]


class Desk(peer()):
    """A desk under `root`; as the kill loop has it, with an agent and a home of its own."""

    def __init__(self, binary, root, agent="anna", real=False):
        super().__init__(binary, pathlib.Path(root) / "desk")
        self.root, self.agent, self.real = pathlib.Path(root), agent, real
        for name in ("LATCHKEY_DESK", "LATCHKEY_AGENT", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            self.env.pop(name, None)
        self.env["HOME"] = str(self.root / "home")

    def command(self, *args, agent=None):
        secret = ["--passphrase-file", str(self.root / "in" / "passphrase")] if self.real else []
        who = ["--agent", agent or self.agent]
        return [self.binary, "--desk", str(self.folder), *who, *secret, "--json", *map(str, args)]

    def tried(self, *args, agent=None):
        """Runs a command whatever comes of it."""
        command = self.command(*args, agent=agent)
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=PATIENCE)

    def did(self, *args, agent=None, ok=(0,)):
        done = self.tried(*args, agent=agent)
        if done.returncode not in ok:
            raise SystemExit(f"{args}: exit {done.returncode}\n{done.stdout[-800:]}{done.stderr[-800:]}")
        return json.loads(done.stdout) if done.stdout.strip().startswith("{") else None

    def tables(self):
        """What the promises are about: rows of each table, where each ticket, message and grant stands, files."""
        seen = {}
        for name in ("desk", "registry"):
            with contextlib.closing(readable(self.folder / f"{name}.db")) as db:
                tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
                for table in sorted(set(tables) - APART):
                    seen[f"{name}.{table}"] = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
                if name == "desk":
                    seen.update(standing(db))
        signed = self.root / "out" / "tiles" / "checkpoint"
        seen["tiles"] = signed.read_text(encoding="utf-8").split("\n")[1:2] if signed.exists() else None
        for part in ("desk/attachments", "desk/keys", "out"):
            found = (self.root / part).rglob("*") if (self.root / part).exists() else []
            names = [path.relative_to(self.root) for path in found if path.is_file() and path.suffix not in (".head", ".places")]
            # What is temporary begins with a dot; heads and places of leaves are a memory, not a promise.
            seen[part] = sorted(str(name) for name in names if not any(p.startswith(".") for p in name.parts))
        return seen

    def whole(self):
        """Both files and the log are whole; raises Broken if not."""
        # First of all the program itself: it, and nobody else, recovers what a crash left.
        verdict = self.tried("audit", "verify")
        said = f"{verdict.stdout[-600:]}{verdict.stderr[-600:]}"
        if verdict.returncode != 0 or not json.loads(verdict.stdout or "{}").get("ok"):
            raise Broken(f"audit verify: exit {verdict.returncode} {said}")
        for name in ("desk.db", "registry.db"):
            with contextlib.closing(readable(self.folder / name)) as db:
                found = db.execute("PRAGMA quick_check").fetchone()[0]
            if found != "ok":
                raise Broken(f"quick_check of {name}: {found}")

    def healthy(self):
        """Nothing is left that the program itself would name as wrong."""
        seen = self.tried("doctor", agent="clara")
        found = json.loads(seen.stdout or "{}").get("problems", [])
        # The desk that a restore replaced is named as long as it lies there: that is no fault.
        if seen.returncode != 0 and (not found or any(p["problem"] != "replaced" for p in found)):
            raise Broken(f"doctor: exit {seen.returncode} {seen.stdout[-900:]}{seen.stderr[-300:]}")


def readable(path):
    return sqlite3.connect(f"file:{path}?mode=rw", uri=True)


def standing(db):
    acts = [json.loads(row[0])["act"] for row in db.execute("SELECT line FROM leaf")]
    return {
        "tickets": db.execute("SELECT reference, state, recommendation, assignee FROM ticket ORDER BY id").fetchall(),
        # On its way and not acknowledged is as good as waiting: it is given again under the same id.
        "messages": db.execute(
            "SELECT id, CASE state WHEN 'sending' THEN 'waiting' ELSE state END FROM message ORDER BY id").fetchall(),
        "grants": db.execute("SELECT ticket, redeemed_at, revoked_at FROM authorization ORDER BY ticket").fetchall(),
        "seen": db.execute("SELECT count(*) FROM evidence WHERE seen IS NOT NULL").fetchone()[0],
        "leaves": {act: acts.count(act) for act in sorted(set(acts)) if act not in NOISE},
    }


def mark(root):
    """A digest of everything that lies in a folder, shared memory and the names of temporary files left out."""
    found = hashlib.sha256()
    for path in sorted(pathlib.Path(root).rglob("*")):
        if path.is_file() and not path.name.endswith("-shm"):
            name = path.parent / ".temporary" if path.name.startswith(".") else path
            found.update(f"{name}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.digest()


def put(kept, root):
    """Lays a kept state where the desk is worked."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(kept, root, symlinks=True)


def settle(root):
    """Leaves no write-ahead log behind: what is kept as a known state is in the files themselves."""
    for name in ("desk.db", "registry.db"):
        with contextlib.closing(sqlite3.connect(pathlib.Path(root) / "desk" / name)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for tail in ("-shm", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(pathlib.Path(root) / "desk" / (name + tail))
