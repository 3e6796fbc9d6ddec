"""The two databases a maker might use for the same work, for run.py: PostgreSQL (a cluster of its own under the work
folder, by its socket alone) and DuckDB. Both make six look-ups and one decision a case and keep no log.

Each class: `prepare` loads the registry once, `run` imports the cases anew and returns the seconds by its own clock
and the counts of its decisions, `close` leaves nothing running.
"""

import ast
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys

# As reference/performance.md tuned it: memory for the whole registry, and no wait for the disk.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "4GB",
    "work_mem": "512MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "synchronous_commit": "off",
}


class Postgres:
    name = "PostgreSQL"

    def __init__(self, args, work):
        self.peers, self.work = args.peers.resolve(), work.resolve()
        self.home = self.work / "postgres"
        self.cluster = self.home / "cluster"
        found = shutil.which("pg_ctl") or next(map(str, pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")), None)
        if not found:
            sys.exit("PostgreSQL is not installed (Debian: apt install postgresql).")
        self.programs = pathlib.Path(found).resolve().parent
        # The server refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def _as_user(self, *command, **more):
        first = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        return subprocess.run([*first, *map(str, command)], check=True, **more)

    def _psql(self, *arguments):
        said = self._as_user("psql", "-X", "-q", "-h", self.home, "-d", "postgres", *arguments, capture_output=True, text=True, cwd="/")
        return said.stdout

    def _start(self):
        options = " ".join(f"-c {name}={value!r}" for name, value in {**SETTINGS, "unix_socket_directories": str(self.home)}.items())
        self._as_user(self.programs / "pg_ctl", "-D", self.cluster, "-w", "-s", "-l", self.home / "log", "-o", options, "start", cwd="/")

    def prepare(self):
        if not self.cluster.exists():
            self.home.mkdir(exist_ok=True)
            shutil.chown(self.home, self.user)
            self._as_user(self.programs / "initdb", "-D", self.cluster, "-A", "trust", "-U", self.user, stdout=subprocess.DEVNULL, cwd="/")
            self._start()
            self._psql("-v", f"dir={self.work / 'gen'}", "-f", self.peers / "pg_registry.sql")
        else:
            self._start()

    def run(self):
        said = self._psql("-v", f"cases={self.work / 'gen/cases.csv'}", "-f", self.peers / "pg_case_import.sql")
        seconds = sum(float(ms) for ms in re.findall(r"Time: ([\d.]+) ms", said)) / 1000
        return seconds, {name: int(count) for name, count in re.findall(r"^ ([a-z-]+) +\| +(\d+)$", said, re.M)}

    def close(self):
        self._as_user(self.programs / "pg_ctl", "-D", self.cluster, "-s", "-m", "fast", "stop", cwd="/")


class DuckDB:
    name = "DuckDB"

    def __init__(self, args, work):
        self.program, self.work = args.peers / "duckdb_case_import.py", work
        self.registry = work / "registry.duckdb"

    def _call(self, *arguments):
        command = [sys.executable, self.program, *arguments]
        return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout

    def prepare(self):
        if not self.registry.exists():
            self._call("load", self.registry, self.work / "gen")

    def run(self):
        said = self._call("cases", self.registry, self.work / "gen/cases.csv", 2)
        seconds, counts = re.search(r"cases ([\d.]+)s \d+ cases/s (\[.*\])", said).groups()
        return float(seconds), dict(ast.literal_eval(counts))

    def close(self):
        pass
