"""What grows with the registry and with the desk, as a table and a plot.

    python3 growth.py [--devices 1000000,10000000] [--tickets 10000,100000,1000000] [--cases 100000] [--rounds 5]
                      [--peers DIR] [--latchkey BIN] [--work DIR] [--out DIR]

For every number of devices it makes the lists (as run.py does), loads them, and in turns over all sizes imports the
same number of cases; then it asks for the facts of single cases (`cargo bench --bench facts`). For every number of
tickets it types at the screen (`cargo bench --bench screen`). growth.md and growth.svg are written into --out. A
hundred million devices need 120 GB of disk and an hour; with --work what was made stays there and is used again.
"""

import argparse
import json
import math
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile

from run import LISTS, ROOT, prepare, run, settled

KEYS = {"a key of the filter": "key, queue's filter", "a key of the search": "key, search of all", "first useful frame": "first useful frame", "down": "one row down"}


class Size:
    """A registry of so many devices."""

    def __init__(self, args, work, devices):
        self.args, self.devices, self.work = args, devices, work / f"devices-{devices}"
        self.work.mkdir(parents=True, exist_ok=True)
        prepare(argparse.Namespace(**{**vars(args), "devices": devices}), self.work)
        self.desk, self.fresh = self.work / "desk", self.work / "desk-fresh"
        if not self.fresh.exists():
            self.fresh.mkdir()
            for path in self.desk.iterdir():
                if not path.name.startswith("registry.db") and path.is_file():
                    shutil.copy2(path, self.fresh / path.name)
        self.microseconds = []

    def empty(self):
        """The queue as it began; the registry stays."""
        # The head that was seen last as well: an emptied desk would be refused as rolled back.
        for path in [*self.desk.glob("desk.db*"), *self.desk.glob("keys/*.head")]:
            path.unlink()
        for path in self.fresh.iterdir():
            shutil.copy2(path, self.desk / path.name)

    def import_cases(self):
        self.empty()
        settled()
        command = [self.args.latchkey, "--desk", self.desk, "--json", "import", "cases", self.work / "lk/cases.csv"]
        summary = json.loads(run(*command, capture_output=True, text=True).stdout)
        assert summary["imported"] == self.args.cases, summary
        self.microseconds.append(summary["seconds"] / self.args.cases * 1e6)

    def facts(self):
        said = bench("facts", self.desk, self.work / "lk/cases.csv", "5")
        return float(re.search(r"facts of one case\s+median\s+([\d.]+) us", said)[1])

    def bytes(self):
        return (self.desk / "registry.db").stat().st_size / self.devices


def bench(name, *words, **env):
    command = ["cargo", "bench", "--quiet", "--bench", name, "--", *map(str, words)]
    return subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.PIPE, text=True).stdout


def typed(tickets, work):
    """Median milliseconds until what a key asked for is on the screen, for every number of tickets."""
    said = bench("screen", LATCHKEY_TICKETS=",".join(map(str, tickets)), LATCHKEY_DESKS=str(work))
    rows, now = {}, None
    for line in said.splitlines():
        if found := re.fullmatch(r"(\d+) open tickets", line):
            now = int(found[1])
        elif found := re.match(r"(.+?)\s+\d+((?:\s+[\d.]+){6})$", line):
            name, values = found[1], [float(v) for v in found[2].split()]
            if now is not None and name in KEYS:
                rows.setdefault(KEYS[name], {})[now] = (values[2], values[3])
    return rows


def table(heads, lines):
    rows = [heads, ["---"] * len(heads), *lines]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def plot(panels):
    """Panels beside each other, both axes by powers of ten."""
    wide, high, left, top = 440, 300, 60, 30
    colours = ["#0b6e4f", "#c84630", "#3a6ea5", "#8d6a9f"]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide * len(panels)}" height="{high + 60}" font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>']
    for at, (title, unit, below, lines) in enumerate(panels):
        points = [p for line in lines.values() for p in line.items()]
        low = math.floor(min(math.log10(y) for _, y in points))
        up = math.ceil(max(math.log10(y) for _, y in points))
        first, last = (f(math.log10(x) for x, _ in points) for f in (min, max))
        x0, y0, w, h = at * wide + left, top, wide - left - 30, high - top - 30
        place = lambda x, y: (x0 + w * (math.log10(x) - first) / max(last - first, 1e-9), y0 + h * (1 - (math.log10(y) - low) / max(up - low, 1)))
        out.append(f'<text x="{x0}" y="{top - 12}" font-weight="bold">{title}</text>')
        for power in range(low, up + 1):
            _, y = place(10**first, 10**power)
            out.append(f'<line x1="{x0}" x2="{x0 + w}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/><text x="{x0 - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:g} {unit}</text>')
        for x in sorted({x for x, _ in points}):
            px, _ = place(x, 10**low)
            out.append(f'<text x="{px:.1f}" y="{y0 + h + 18}" text-anchor="middle">{x:,}</text>')
        out.append(f'<text x="{x0 + w / 2}" y="{y0 + h + 36}" text-anchor="middle">{below}</text>')
        for n, (name, line) in enumerate(lines.items()):
            colour, path = colours[n % len(colours)], [place(x, y) for x, y in sorted(line.items())]
            out.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in path)}"/>')
            out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in path]
            out.append(f'<text x="{x0 + 8}" y="{y0 + 14 + 15 * n}" fill="{colour}">{name}</text>')
    return "\n".join([*out, "</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", default="1000000,10000000")
    parser.add_argument("--tickets", default="10000,100000,1000000")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=pathlib.Path, default=ROOT.parent / "shared/peers")
    parser.add_argument("--latchkey", type=pathlib.Path, default=ROOT / "target/release/latchkey")
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latchkey-growth-") as temporary:
        work = args.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        sizes = [Size(args, work, int(n)) for n in args.devices.split(",")]
        for n in range(args.rounds):
            for size in sizes if n % 2 == 0 else sizes[::-1]:
                size.import_cases()
        facts = {size.devices: size.facts() for size in sizes}
        # As others find it who compare with the same files.
        for size in sizes:
            size.empty()
        keys = typed([int(n) for n in args.tickets.split(",")], work)
    cases = {size.devices: statistics.median(size.microseconds) for size in sizes}
    spread = {size.devices: f"[{min(size.microseconds):.1f} .. {max(size.microseconds):.1f}]" for size in sizes}
    first = sizes[0].devices
    lines = [
        [f"{s.devices:,}", f"{cases[s.devices]:.1f} {spread[s.devices]}", f"{cases[s.devices] / cases[first]:.2f}", f"{facts[s.devices]:.1f}", f"{facts[s.devices] / facts[first]:.2f}", f"{s.bytes():.0f}"]
        for s in sizes
    ]
    text = "# What grows\n\nWritten by `benches/compare/growth.py`; medians of one run, in turns.\n\n"
    text += table(["devices", f"a case of {args.cases:,}, us", "times", "facts of one case, us", "times", "bytes per device"], lines)
    counts = sorted({n for row in keys.values() for n in row})
    text += "\n" + table(["tickets: p50 and p99, ms", *(f"{n:,}" for n in counts)], [[name, *("{:.2f}, {:.2f}".format(*row[n]) for n in counts)] for name, row in keys.items()])
    text += "\n![the same as lines](growth.svg)\n"
    print(text)
    args.out.mkdir(exist_ok=True)
    (args.out / "growth.md").write_text(text)
    panels = [
        ("What a case costs", "us", "devices in the registry", {"a case of a batch": cases, "facts of one case": facts}),
        ("What a key costs (p50)", "ms", "tickets on the desk", {name: {n: max(row[n][0], 1e-3) for n in row} for name, row in keys.items()}),
    ]
    (args.out / "growth.svg").write_text(plot(panels))


if __name__ == "__main__":
    main()
