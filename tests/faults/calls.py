"""A fault at every file system call of an operation."""

import pathlib
import random
import sys
import time

import desk as desks
import tracing
from judge import Judge


def campaign(shop, names, args):
    """Every call of every operation times every fault; returns how many promises were broken."""
    log, broken, totals = pathlib.Path(shop.scratch) / "strace.log", 0, [0, 0, 0]
    for name in names:
        start = time.monotonic()
        judge = Judge(shop, shop.operations[name])
        judge.lay()
        places, made = tracing.counted(judge.desk, judge.operation.argv, judge.operation.agent, log)
        runs = [(call, number, fault) for call, number in places for fault in args.faults
                if call in tracing.CAN.get(fault, {call}) or args.only]
        if args.only:
            runs = [run for run in runs if run == args.only[1:]]
        elif args.share < 1:
            runs = random.Random(f"{args.seed}/{name}").sample(runs, max(1, round(len(runs) * args.share)))
        hit = 0
        for call, number, fault in runs:
            try:
                hit += one(judge, log, call, number, fault, args.verbose)
            except desks.Broken as why:
                broken += 1
                print(f"BROKEN --only {name}:{call}.{number}:{fault}\n  at {places[call, number]}\n  {why}", flush=True)
        totals = [totals[0] + made, totals[1] + len(runs), totals[2] + hit]
        counts = ", ".join(f"{what} {count}" for what, count in sorted(judge.counts.items()))
        took = time.monotonic() - start
        print(f"{name}: {made} calls, {len(runs)} faults, {hit} of them met, {took:.0f} s; {counts}", flush=True)
    print(f"{len(names)} operations, {totals[0]} calls, {totals[1]} faults ({totals[2]} met), {broken} broken promises")
    return broken


def one(judge, log, call, number, fault, verbose=False):
    """One run with one fault; whether it met a call."""
    judge.lay()
    start = time.monotonic()
    spoilt = tracing.spoil(judge.desk, judge.operation.argv, judge.operation.agent, log, call, number, fault)
    took = time.monotonic() - start
    stood = judge.spoilt(spoilt)
    if verbose:
        said = f"exit {spoilt.code}, {stood}, {took:.1f} s; {spoilt.hits[:1]} {spoilt.err.strip()[:300]}"
        print(f"{judge.operation.name}:{call}.{number}:{fault} {said}", file=sys.stderr)
    return bool(spoilt.hits)
