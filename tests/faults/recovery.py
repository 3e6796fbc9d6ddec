"""A kill in the middle of an operation, then a fault while the next start recovers; a clean start must be whole."""

import collections
import pathlib
import random

import desk as desks
import tracing
from judge import Judge

# Where a kill leaves something to recover.
WRITES = {"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat"}
NEXT = (["tickets"], ["audit", "verify"], ["show", "R-01"], ["doctor"])


def campaign(shop, names, args):
    log = pathlib.Path(shop.scratch) / "strace.log"
    judges = {name: Judge(shop, shop.operations[name]) for name in names}
    places = {name: killable(judge, log) for name, judge in judges.items()}
    counts, broken = collections.Counter(), 0
    wanted = int(args.only) if args.only else None
    for run in range(args.runs) if wanted is None else [wanted]:
        # Each run has a seed of its own, so that one can be repeated alone.
        own = random.Random(f"{args.seed}/{run}")
        judge = judges[own.choice(names)]
        try:
            counts.update(one(judge, places[judge.operation.name], own, log))
        except desks.Broken as why:
            broken += 1
            print(f"BROKEN --seed {args.seed} --only {run} ({judge.operation.name})\n  {why}", flush=True)
    for what, count in sorted(counts.items()):
        print(f"  {what} {count}")
    print(f"{1 if wanted is not None else args.runs} faults while recovering, {broken} broken promises")
    return broken


def killable(judge, log):
    judge.lay()
    places, _ = tracing.counted(judge.desk, judge.operation.argv, judge.operation.agent, log)
    return [place for place in places if place[0] in WRITES]


def one(judge, places, chance, log):
    judge.lay()
    call, number = chance.choice(places)
    killed = tracing.spoil(judge.desk, judge.operation.argv, judge.operation.agent, log, call, number, "KILL")
    acknowledged = not killed.killed and killed.code == 0
    counts = collections.Counter({"killed in the middle": killed.killed})
    # One or two faulty starts, then a clean one.
    for _ in range(chance.choice((1, 1, 2))):
        same = [] if judge.operation.once else [judge.operation.argv]
        argv = chance.choice([*NEXT, *same])
        call = chance.choice(("pread64", "pwrite64", "fsync", "openat", "fcntl", "ftruncate", "newfstatat", "statx", "unlink", "read", "mmap"))
        fault, number = chance.choice(tracing.FAULTS), skewed(chance, call)
        # What reads programs and libraries before ours begins is the loader.
        spoilt = tracing.spoil(judge.desk, argv, judge.operation.agent, log, call, number, fault)
        if "panicked" in spoilt.err:
            raise desks.Broken(f"{argv} {call}.{number}:{fault}: a panic: {spoilt.err[-400:]}")
        counts[f"{'met' if spoilt.hits else 'not met'}"] += 1
        counts[f"{fault}"] += bool(spoilt.hits)
        # A carrier that finds nothing due acknowledges nothing.
        acknowledged |= argv is judge.operation.argv and spoilt.code == 0 and not judge.operation.again
    stood = judge.judge(acknowledged)
    counts[f"at last {stood}"] += 1
    return counts


def skewed(chance, call):
    """Most of what a start does it does early; the loader's calls are skipped."""
    first = {"openat": 8, "read": 8, "newfstatat": 8, "mmap": 22}.get(call, 1)
    return first + min(int(chance.expovariate(1 / 12)), 60)
