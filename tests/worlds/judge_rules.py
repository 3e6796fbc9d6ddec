"""Judges rules_world.py: like /work/shared/acceptance/judge.py, and every stated finding as well.

    python3 judge_rules.py target/debug/latchkey [--only WORD] [--seed 1] [--keep DESK_DIR]

Builds the world, imports it, plays the codes and compares recommendation, because, also, missing,
cautions, proofs, until and the outcome of single checks. Every difference is printed.
"""

import argparse
import csv
import json
import pathlib
import sys
import tempfile

import rules_world

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "shared" / "acceptance"))
import judge  # noqa: E402


def play(desk, reference, token):
    """`sim`: sent and read back; `sim!2`: sent and read back wrong twice."""
    channel, _, wrong = token.partition("!")
    code = desk.run("code", "send", reference, channel)["code"]
    for turn in range(int(wrong or 0)):
        desk.run("code", "confirm", reference, channel, f"{(int(code) + turn + 1) % 1000000:06d}", ok=(0, 1))
    if not wrong:
        desk.run("code", "confirm", reference, channel, code)


def differences(ticket, want):
    if ticket["recommendation"] != want["recommendation"]:
        yield "recommendation", want["recommendation"], f"{ticket['recommendation']} {ticket['because']}"
    if want["because"] and want["because"] not in ticket["because"]:
        yield "because", want["because"], ticket["because"]
    for field in ("because", "also", "missing", "cautions", "proofs", "until"):
        wanted = want["extra"].get("all_because" if field == "because" else field, ...)
        if wanted is ... or wanted == ticket[field]:
            continue
        if field == "cautions" and sorted(wanted) == sorted(ticket[field]):
            continue
        yield field, wanted, ticket[field]
    if "guide" in want["extra"]:
        told = (bool(ticket["guide"]["login"]), len(ticket["guide"]["devices"]))
        if told != want["extra"]["guide"]:
            yield "guide", want["extra"]["guide"], told
    found = {f["check"]: f for f in ticket["findings"]}
    for check, outcome in want["extra"].get("checks", {}).items():
        if found[check]["outcome"] != outcome:
            yield check, outcome, f"{found[check]['outcome']}: {found[check]['reason']}"
    for check, words in want["extra"].get("says", {}).items():
        if words not in found[check]["reason"]:
            yield f"{check} says", words, found[check]["reason"]


def leaks(ticket, secrets):
    """What the registry knows of a person and the claim does not say must not stand in a sentence."""
    claimed = json.dumps(ticket["claimed"], ensure_ascii=False)
    for finding in ticket["findings"]:
        for secret in secrets:
            if secret in finding["reason"] and secret not in claimed:
                yield f"{finding['check']} leaks", "masked", finding["reason"]


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("binary")
    cli.add_argument("--only", default="")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--copies", type=int, default=1)
    cli.add_argument("--keep")
    args = cli.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        world = rules_world.build(args.only, args.copies, args.seed)
        folder = pathlib.Path(scratch) / "world"
        world.write(folder)
        desk = judge.Desk(args.binary, args.keep or pathlib.Path(scratch) / "desk")
        summary = judge.load(desk, folder)
        bad = 0
        if summary["imported"] != len(world.cases):
            print(f"imported {summary['imported']} of {len(world.cases)}")
            bad += 1
        expected = world.expected
        for row in expected:
            for token in row["codes"].split():
                play(desk, row["reference"], token)
        secrets = {a[k] for a in world.lists["accounts"] for k in ("email", "phone", "name") if a[k]} - {"Иван"}
        for row in sorted(expected, key=lambda r: r["extra"].get("at", "")):
            ticket = desk.run("show", row["reference"], now=row["extra"].get("at"))
            for what, want, got in [*differences(ticket, row), *leaks(ticket, secrets)]:
                bad += 1
                print(f"{row['reference']} {row['scenario']}{row['extra'].get('note', '')}: {what}: expected {want}, got {got}")
        scenarios = {row["scenario"] for row in expected}
        print(f"{len(expected)} cases of {len(scenarios)} scenarios, {bad} differences")
        sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
