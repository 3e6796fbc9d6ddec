"""Disturbs Latchkey where it touches the disk, and looks at what is left.

    python3 run.py BINARY calls      a fault at every file system call (EIO, ENOSPC, EINTR, a kill)
    python3 run.py BINARY recovery   a kill in the middle, then a fault while the next start recovers
    python3 run.py BINARY cuts       power cuts: what was not synced is dropped, reordered, torn

Nothing acknowledged may be lost and nothing half done may be seen; both files and the log are whole, the same command
once more works or says that it is done, and `doctor` finds nothing. Each run is repeated by its seed, a single one by
`--only` as the report names it. Needs Python 3 and strace, nothing else.
"""

import argparse
import pathlib
import shutil
import sys
import tempfile
import time

import operations
import tracing


def one(text):
    """OPERATION:CALL.NUMBER:FAULT"""
    name, place, fault = text.split(":")
    call, number = place.split(".")
    return name, call, int(number), fault


def arguments():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("binary")
    cli.add_argument("what", choices=("calls", "recovery", "cuts"))
    cli.add_argument("--seed", type=int, default=int(time.time()))
    cli.add_argument("--operations", help="only these, with commas between them")
    cli.add_argument("--share", type=float, default=1.0, help="only this part of the runs, drawn by the seed")
    cli.add_argument("--faults", default=",".join(tracing.FAULTS), type=lambda text: text.split(","))
    cli.add_argument("--only", type=str, help="one run, as a report names it")
    cli.add_argument("--runs", type=int, default=1000, help="how many recoveries")
    cli.add_argument("--images", type=int, default=20, help="how many disks for each power cut")
    cli.add_argument("--seconds", type=float, help="stop after so long, and say how far it came")
    cli.add_argument("--deaf", action="store_true", help="a disk that ignores every sync: promises must break")
    cli.add_argument("--keep", type=pathlib.Path, help="leave the last state here")
    cli.add_argument("--verbose", action="store_true")
    return cli.parse_args()


def main():
    args = arguments()
    why = tracing.usable()
    if why:
        print(f"SKIPPED: no fault was injected and no promise tried here: {why}")
        return 0
    print(f"seed {args.seed}", flush=True)
    # In memory if there is room for it: nothing here waits for a real disk.
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as scratch:
        shop = operations.Workshop(args.binary, scratch)
        names = args.operations.split(",") if args.operations else list(shop.operations)
        if args.what == "calls":
            import calls
            args.only = one(args.only) if args.only else None
            broken = calls.campaign(shop, [args.only[0]] if args.only else names, args)
        elif args.what == "recovery":
            import recovery
            broken = recovery.campaign(shop, names, args)
        else:
            import cuts
            broken = cuts.campaign(shop, names, args)
        if args.keep and args.what != "cuts":
            shutil.copytree(shop.root, args.keep, symlinks=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
