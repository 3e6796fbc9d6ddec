"""What is made once for a comparison and kept in its work folder: the peers' tables, Latchkey's lists and cases of them.

Each part is marked once it is whole, so that a run that was cut short goes on where it was, and cases of another number
are made for the lists that are there.
"""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def once(mark):
    """`for _ in once(mark):` runs what is in it, but not where that was done before."""
    if not mark.exists():
        yield
        mark.touch()


def _run(*command, **more):
    subprocess.run([str(c) for c in command], check=True, **more)


def _generate(args, work, kind, *count):
    target = work / "gen-target"
    for _ in once(work / "made-generator"):
        source = work / "gen-source"
        shutil.copytree(args.peers / "gen", source, dirs_exist_ok=True)
        for path in [source, *source.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        _run("cargo", "build", "--release", "--quiet", "--manifest-path", source / "Cargo.toml", "--target-dir", target)
    [generator] = [p for p in (target / "release").iterdir() if p.is_file() and os.access(p, os.X_OK)]
    tables = work / "gen"
    tables.mkdir(exist_ok=True)
    with open(tables / f"{kind}.csv", "wb") as out:
        _run(generator, kind, args.devices, *count, stdout=out)


def lists(args, work):
    """The peers' tables in `gen`, ours in `lk/registry`."""
    for _ in once(work / f"made-{args.devices}-lists"):
        for kind in "devices stolen receipts accounts bindings sightings".split():
            _generate(args, work, kind)
        _run(sys.executable, HERE / "convert.py", "lists", work / "gen", work / "lk")


def cases(args, work):
    """The peers' cases in `gen`, ours in `lk`."""
    mark, wanted = work / "made-cases", f"{args.cases} of {args.devices}"
    if not mark.exists() or mark.read_text() != wanted:
        mark.unlink(missing_ok=True)
        _generate(args, work, "cases", args.cases)
        _run(sys.executable, HERE / "convert.py", "cases", work / "gen", work / "lk")
        mark.write_text(wanted)
