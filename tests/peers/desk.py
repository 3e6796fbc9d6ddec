"""A rehearsal desk as another program meets it: commands, their JSON, and both files as SQLite sees them."""

import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

NOW = "2026-11-20T09:00:00Z"
SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared"
ORDER = "tacs devices accounts contacts bindings sightings sim-changes sales repairs notices".split()


def worlds():
    """The world builder of the acceptance checks."""
    sys.path.insert(0, str(SHARED / "acceptance"))
    import world

    return world


class Desk:
    def __init__(self, binary, folder, state=None):
        self.binary, self.folder = str(pathlib.Path(binary).resolve()), pathlib.Path(folder)
        self.env = {**os.environ, "LATCHKEY_NOW": NOW, "NO_COLOR": "1"}
        for name in ("LATCHKEY_DESK", "LATCHKEY_AGENT"):
            self.env.pop(name, None)
        # What users keep outside the desk (the last head seen): kept with it, so that runs do not meet.
        self.state = pathlib.Path(state or f"{folder}.state")
        self.env["XDG_STATE_HOME"] = str(self.state)

    def command(self, *args, by="anna"):
        return [self.binary, "--desk", str(self.folder), "--agent", by, "--json", *map(str, args)]

    def ask(self, *args, by="anna", now=NOW):
        """Runs a command whatever comes of it."""
        env = {**self.env, "LATCHKEY_NOW": now}
        return subprocess.run(self.command(*args, by=by), env=env, capture_output=True, text=True, timeout=300)

    def run(self, *args, ok=(0,), by="anna", now=NOW):
        """Runs a command that has to succeed, and reads what it says."""
        done = self.ask(*args, by=by, now=now)
        if done.returncode not in ok:
            raise SystemExit(f"{args}: exit {done.returncode}\n{done.stdout[-800:]}{done.stderr[-800:]}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def kill(self, delay, *args, by="anna"):
        """Runs a command and kills it after `delay` seconds; returns its JSON if it was acknowledged."""
        child = subprocess.Popen(
            self.command(*args, by=by), env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            out, _ = child.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            child.kill()
            out, _ = child.communicate()
        try:
            return json.loads(out)
        except json.JSONDecodeError:
            return None

    def fill(self, world):
        """Makes the desk and imports the lists of a written world."""
        self.run("init", "--rehearsal")
        for name in ORDER:
            self.run("import", name, world / "registry" / f"{name}.csv")
        return self

    def copy(self, to):
        shutil.copytree(self.folder, to)
        if self.state.exists():
            shutil.copytree(self.state, f"{to}.state")
        return Desk(self.binary, to)

    def drop(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.state, ignore_errors=True)

    def query(self, sql, *values, file="desk.db"):
        """Reads one of the two files and changes nothing in it."""
        for mode in ("ro", "rw"):
            db = sqlite3.connect(f"file:{self.folder / file}?mode={mode}", uri=True, timeout=60)
            try:
                return db.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                # What a kill left half written may have to be rolled back before anybody can read.
                if mode == "rw" or "readonly" not in str(error):
                    raise
            finally:
                db.close()

    def whole(self):
        """Both files pass SQLite's own check."""
        for name in ("desk.db", "registry.db"):
            found = self.query("PRAGMA quick_check", file=name)[0][0]
            assert found == "ok", f"{name}: {found}"

    def sound(self, now=NOW, by="anna"):
        """Both files are whole, and so is the log."""
        self.whole()
        verdict = self.run("audit", "verify", ok=(0, 4), now=now, by=by)
        assert verdict["ok"], verdict
        return verdict
