"""Power cuts at and between every sync of an operation, with what was not synced dropped, reordered and torn."""

import pathlib
import random
import shutil
import time

import desk as desks
import disk as disks
import recording
import tracing
from judge import Judge


def campaign(shop, names, args):
    broken, total, started = 0, 0, time.monotonic()
    for name in names:
        start, judge = time.monotonic(), Judge(shop, shop.operations[name])
        log = pathlib.Path(shop.scratch) / f"{name}.trace"
        made = record(judge, log)
        cuts = chosen(made, args, name)
        images, syncs = 0, sum(1 for step in made if step[1] in ("fsync", "fdatasync", "sync", "syncfs"))
        for cut, disk, acknowledged in play(judge, made, cuts, args.deaf):
            for image in range(args.images):
                if args.only and args.only != f"{name}:{cut}.{image}":
                    continue
                if args.seconds and time.monotonic() - started > args.seconds:
                    break
                images += 1
                try:
                    one(judge, disk, random.Random(f"{args.seed}/{name}/{cut}/{image}"), acknowledged)
                except desks.Broken as why:
                    broken += 1
                    print(f"BROKEN --seed {args.seed} --only {name}:{cut}.{image}"
                          f"{' (acknowledged)' if acknowledged else ''}\n  after {shown(made[cut])}\n  {why}", flush=True)
                    if args.keep:
                        shutil.copytree(shop.root, args.keep / f"{name}.{cut}.{image}", symlinks=True)
        total += images
        counts = ", ".join(f"{what} {count}" for what, count in sorted(judge.counts.items()))
        print(f"{name}: {len(made)} calls, {syncs} syncs, {len(cuts)} cuts, {images} disks, "
              f"{time.monotonic() - start:.0f} s; {counts}", flush=True)
        log.unlink()
    print(f"{len(names)} operations, {total} disks after a power cut, {broken} broken promises")
    return broken


def shown(step):
    return f"{step[1]}({step[2][:120]})"


def record(judge, log):
    """The calls of one undisturbed run."""
    judge.lay()
    done = tracing.run(judge.desk, judge.operation.argv, judge.operation.agent, log,
                       "-xx", "-s", "100000000", "-e", f"trace={','.join(recording.TRACED)}")
    if done.returncode != 0:
        raise SystemExit(f"{judge.operation.name} while it was recorded: exit {done.returncode} {done.stderr[-500:]}")
    with open(log, encoding="ascii", errors="replace") as lines:
        return list(recording.steps(lines))


def chosen(made, args, name):
    """Before and after each sync, somewhere between two, and at the end."""
    chance, cuts, last = random.Random(f"{args.seed}/{name}"), set(), 0
    for index, step in enumerate(made):
        if step[1] in ("fsync", "fdatasync", "sync", "syncfs") and step[0] != "begin":
            cuts.update((max(index - 1, 0), index, chance.randint(last, index)))
            last = index
    cuts.update((chance.randint(last, len(made) - 1), len(made) - 1))
    cuts = sorted(cuts)
    return cuts if args.share >= 1 else sorted(chance.sample(cuts, max(1, round(len(cuts) * args.share))))


def play(judge, made, cuts, deaf=False):
    """The disk at each cut, and whether the answer was out by then."""
    disk = disks.Disk(judge.shop.root, judge.kept)
    player, wanted = recording.Player(disk, deaf), set(cuts)
    answered = max((i for i, step in enumerate(made) if step[1] == "write" and step[2].startswith("1,")), default=len(made) - 1)
    for index, step in enumerate(made):
        player.play(*step)
        if index in wanted:
            yield index, disk, index >= answered


def one(judge, disk, chance, acknowledged):
    shutil.rmtree(judge.shop.root, ignore_errors=True)
    disk.image(judge.shop.root, chance)
    stood = judge.judge(acknowledged)
    judge.counts[f"{'acknowledged, ' if acknowledged else ''}{stood}"] += 1
