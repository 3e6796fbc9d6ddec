"""Imports files that are longer than what may be kept of them in memory, and looks at the most memory it took.

    python3 memory.py BINARY [--rows 2000000]

The rows come in no order at all, so that they are sorted on the way. A list of ten million sales takes as much as one of two
million: 244 and 226 MiB (measured). Standard library only.
"""

import argparse
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

NOW = "2026-11-20T09:00:00Z"
# What SQLite keeps of the tables (128), a run that is sorted (48) and one that is written, what is under way, and a bit.
MOST_MIB = 320


def imei(n):
    body = f"{35100000000000 + n * 997:014}"
    doubled = (int(d) * (2 if at % 2 else 1) for at, d in enumerate(body))
    return body + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


FILES = {
    "sales": (1, "retailer,receipt_no,sold_on,imei", lambda n: f"Shop {n % 50},R-{n:09},2025-01-29,{imei(n)}"),
    "bindings": (2, "account_id,imei,bound_at", lambda n: f"{n // 2 + 1},{imei(n)},2025-02-08T09:00:00Z"),
    "cases": (20, "reference,request,claimant_name,access,imei", lambda n: f"M-{n},unbind,Ivan Petrov,tried,{imei(n)}"),
}


def peak(binary, folder, name, path):
    """Mebibytes of the process's own memory at its largest."""
    command = [binary, "--desk", str(folder), "import", name, str(path)]
    child = subprocess.Popen(command, env={**os.environ, "LATCHKEY_NOW": NOW}, stdout=subprocess.DEVNULL)
    most = 0
    while child.poll() is None:
        # Its own memory: pages of the program's file are the system's, which takes them back when it wants.
        found = re.search(r"RssAnon:\s+(\d+) kB", pathlib.Path(f"/proc/{child.pid}/status").read_text())
        most = max(most, int(found[1]) if found else 0)
        time.sleep(0.005)
    if child.returncode:
        sys.exit(f"{command}: {child.returncode}")
    return most / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--rows", type=int, default=2_000_000)
    args = parser.parse_args()
    binary = str(pathlib.Path(args.binary).resolve())
    over = []
    with tempfile.TemporaryDirectory(prefix="latchkey-memory-") as temporary:
        work = pathlib.Path(temporary)
        desk = work / "desk"
        subprocess.run([binary, "--desk", str(desk), "init", "--rehearsal"], check=True, stdout=subprocess.DEVNULL)
        for name, (part, header, line) in FILES.items():
            order = list(range(args.rows // part))
            random.Random(1).shuffle(order)
            path = work / f"{name}.csv"
            with open(path, "w") as out:
                out.write(header + "\n")
                out.writelines(line(n) + "\n" for n in order)
            most = peak(binary, desk, name, path)
            print(f"{name:<10} {len(order):>9} rows, {path.stat().st_size >> 20:>4} MiB: at most {most:4.0f} MiB of memory")
            path.unlink()
            if most > MOST_MIB:
                over.append(name)
    if over:
        sys.exit(f"more than {MOST_MIB} MiB: {', '.join(over)}")


if __name__ == "__main__":
    main()
