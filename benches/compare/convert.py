"""From the peers' generated tables to Latchkey's lists and cases: the same situation in both shapes.

    python3 convert.py LIST < TABLE.csv > LIST.csv
    python3 convert.py cases GEN_DIR OUT_DIR

A table is one of ../../../shared/peers/gen (TABLES names the one that a list is made of); GEN_DIR holds receipts.csv and cases.csv,
OUT_DIR gets cases.csv. Standard library only.
"""

import csv
import pathlib
import sys
from operator import itemgetter

TABLES = {
    "tacs": "devices",
    "devices": "devices",
    "accounts": "accounts",
    "contacts": "accounts",
    "bindings": "bindings",
    "sightings": "sightings",
    "sales": "receipts",
    "notices": "stolen",
}
# What a list calls its columns, and what its table calls them; a word with "=" is the same in every row.
COLUMNS = {
    "tacs": "tac:tac model:model",
    "devices": "imei:imei model:model made_on:sold_on",
    "accounts": "account_id:account_id email:login phone:phone state:status registered_at:created_on",
    "contacts": "account_id:account_id kind:=phone value:phone verified_at:created_on",
    "bindings": "account_id:account_id imei:imei bound_at:bound_on released_at:unbound_on",
    "sightings": "imei:imei iccid:iccid msisdn:msisdn first_seen:first_seen last_seen:last_seen",
    "sales": "retailer:shop receipt_no:receipt_no sold_on:sold_on imei:imei amount:amount",
    "notices": "imei:imei kind:=stolen status:=confirmed reported_at:reported_on reference:reference",
}
STATES = {"active": "active", "locked": "suspended"}


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def convert(name, table, out):
    """One list of its table."""
    table, out = csv.reader(table), csv.writer(out)
    heads, wanted = next(table), [pair.split(":") for pair in COLUMNS[name].split()]
    out.writerow(head for head, _ in wanted)
    # A constant is a column more of every row.
    constants = [of[1:] for _, of in wanted if of.startswith("=")]
    if constants:
        table = (row + constants for row in table)
    if name == "accounts":
        at = heads.index("status")
        table = ([*row[:at], STATES[row[at]], *row[at + 1 :]] for row in table)
    heads += [f"={constant}" for constant in constants]
    lines = map(itemgetter(*(heads.index(of) for _, of in wanted)), table)
    out.writerows(dict.fromkeys(lines) if name == "tacs" else lines)


def cases(gen, out):
    named = {row["receipt_no"] for row in rows(gen / "cases.csv")}
    shops = {r["receipt_no"]: r["shop"] for r in rows(gen / "receipts.csv") if r["receipt_no"] in named}
    out.mkdir(parents=True, exist_ok=True)
    header = "reference request received_at claimant_name claimant_phone access imei account_phone receipt_retailer receipt_no receipt_date sim_msisdn sim_iccid note".split()
    with open(out / "cases.csv", "w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(header)
        lines.writerows(
            (
                r["case_id"], "unbind", r["received_on"], r["name"], r["phone"], "tried", r["imei"], r["phone"],
                shops.get(r["receipt_no"], ""), r["receipt_no"], r["purchase_date"], r["phone"], r["iccid"],
                r["subject"] + ": " + r["note"],
            )
            for r in rows(gen / "cases.csv")
        )


if __name__ == "__main__":
    if sys.argv[1] == "cases":
        cases(*map(pathlib.Path, sys.argv[2:4]))
    else:
        with open(0, newline="", encoding="utf-8") as read, open(1, "w", newline="", encoding="utf-8") as written:
            convert(sys.argv[1], read, written)
