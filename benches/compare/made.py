"""What is made once for a comparison and kept in its work folder: the peers' tables, Latchkey's lists and cases of them.

Each part is marked once it is whole, so that a run that was cut short goes on where it was, and cases of another number
are made for the lists that are there.
"""

import concurrent.futures
import itertools
import os
import pathlib
import shutil
import subprocess
import sys

from convert import TABLES

# Rows of a part.
PART = 50_000_000
HERE = pathlib.Path(__file__).resolve().parent


def once(mark):
    """`for _ in once(mark):` runs what is in it, but not where that was done before."""
    if not mark.exists():
        yield
        mark.touch()


def _run(*command, **more):
    subprocess.run([str(c) for c in command], check=True, **more)


def _generator(args, work):
    target = work / "gen-target"
    for _ in once(work / "made-generator"):
        source = work / "gen-source"
        shutil.copytree(args.peers / "gen", source, dirs_exist_ok=True)
        for path in [source, *source.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        _run("cargo", "build", "--release", "--quiet", "--manifest-path", source / "Cargo.toml", "--target-dir", target)
    [generator] = [p for p in (target / "release").iterdir() if p.is_file() and os.access(p, os.X_OK)]
    return generator


def _generate(args, work, kind, *count):
    generator, tables = _generator(args, work), work / "gen"
    tables.mkdir(exist_ok=True)
    with open(tables / f"{kind}.csv", "wb") as out:
        _run(generator, kind, args.devices, *count, stdout=out)


def lists(args, work):
    """The peers' tables in `gen`, ours in `lk/registry`."""
    ours = work / "lk/registry"
    for _ in once(work / f"made-{args.devices}-lists"):
        for kind in sorted(set(TABLES.values())):
            _generate(args, work, kind)
        ours.mkdir(parents=True, exist_ok=True)
        for name, kind in TABLES.items():
            with open(work / f"gen/{kind}.csv", "rb") as table, open(ours / f"{name}.csv", "wb") as out:
                _run(sys.executable, HERE / "convert.py", name, stdin=table, stdout=out)


def parts(args, work):
    """The same lists for who has no room for them as files: each in parts of so many rows, as name and path. A part is gone
    once the next is asked for; meanwhile that is made."""
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        for name, kind in TABLES.items():
            table = subprocess.Popen([_generator(args, work), kind, str(args.devices)], stdout=subprocess.PIPE)
            made = subprocess.Popen([sys.executable, HERE / "convert.py", name], stdin=table.stdout, stdout=subprocess.PIPE)
            table.stdout.close()
            head = made.stdout.readline()
            numbers = itertools.count()

            def part():
                rows = list(itertools.islice(made.stdout, 1))
                path = work / f"{name}-{next(numbers)}.csv"
                if not rows:
                    return None
                with open(path, "wb") as out:
                    out.writelines([head, *rows])
                    out.writelines(itertools.islice(made.stdout, PART - 1))
                return path

            coming = beside.submit(part)
            while path := coming.result():
                coming = beside.submit(part)
                yield name, path
                path.unlink()
            assert table.wait() == 0 and made.wait() == 0, name


def cases(args, work):
    """The peers' cases in `gen`, ours in `lk`."""
    mark, wanted = work / "made-cases", f"{args.cases} of {args.devices}"
    if not mark.exists() or mark.read_text() != wanted:
        mark.unlink(missing_ok=True)
        for kind, count in [("receipts", []), ("cases", [args.cases])]:
            if count or not (work / f"gen/{kind}.csv").exists():
                _generate(args, work, kind, *count)
        _run(sys.executable, HERE / "convert.py", "cases", work / "gen", work / "lk")
        mark.write_text(wanted)
