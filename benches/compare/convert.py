"""From the peers' generated tables to Latchkey's lists and cases: the same situation in both shapes.

    python3 convert.py lists GEN_DIR OUT_DIR
    python3 convert.py cases GEN_DIR OUT_DIR

GEN_DIR holds devices.csv, stolen.csv, receipts.csv, accounts.csv, bindings.csv and sightings.csv of
../../../shared/peers/gen, for cases receipts.csv and cases.csv; OUT_DIR gets registry/*.csv, or cases.csv. Standard library only.
"""

import csv
import pathlib
import sys


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def write(path, header, lines):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(lines)


def registry(gen, out):
    lists = out / "registry"
    lists.mkdir(parents=True, exist_ok=True)
    tacs = {}
    def devices():
        for row in rows(gen / "devices.csv"):
            tacs.setdefault(row["tac"], row["model"])
            yield row["imei"], row["model"], row["sold_on"]
    write(lists / "devices.csv", ["imei", "model", "made_on"], devices())
    write(lists / "tacs.csv", ["tac", "model"], tacs.items())
    states = {"active": "active", "locked": "suspended"}
    write(
        lists / "accounts.csv",
        ["account_id", "email", "phone", "state", "registered_at"],
        ((r["account_id"], r["login"], r["phone"], states[r["status"]], r["created_on"]) for r in rows(gen / "accounts.csv")),
    )
    write(
        lists / "contacts.csv",
        ["account_id", "kind", "value", "verified_at"],
        ((r["account_id"], "phone", r["phone"], r["created_on"]) for r in rows(gen / "accounts.csv")),
    )
    write(
        lists / "bindings.csv",
        ["account_id", "imei", "bound_at", "released_at"],
        ((r["account_id"], r["imei"], r["bound_on"], r["unbound_on"]) for r in rows(gen / "bindings.csv")),
    )
    write(
        lists / "sightings.csv",
        ["imei", "iccid", "msisdn", "first_seen", "last_seen"],
        ((r["imei"], r["iccid"], r["msisdn"], r["first_seen"], r["last_seen"]) for r in rows(gen / "sightings.csv")),
    )
    write(
        lists / "sales.csv",
        ["retailer", "receipt_no", "sold_on", "imei", "amount"],
        ((r["shop"], r["receipt_no"], r["sold_on"], r["imei"], r["amount"]) for r in rows(gen / "receipts.csv")),
    )
    write(
        lists / "notices.csv",
        ["imei", "kind", "status", "reported_at", "reference"],
        ((r["imei"], "stolen", "confirmed", r["reported_on"], r["reference"]) for r in rows(gen / "stolen.csv")),
    )


def cases(gen, out):
    named = {row["receipt_no"] for row in rows(gen / "cases.csv")}
    shops = {r["receipt_no"]: r["shop"] for r in rows(gen / "receipts.csv") if r["receipt_no"] in named}
    out.mkdir(parents=True, exist_ok=True)
    header = "reference request received_at claimant_name claimant_phone access imei account_phone receipt_retailer receipt_no receipt_date sim_msisdn sim_iccid note".split()
    write(
        out / "cases.csv",
        header,
        (
            (
                r["case_id"], "unbind", r["received_on"], r["name"], r["phone"], "tried", r["imei"], r["phone"],
                shops.get(r["receipt_no"], ""), r["receipt_no"], r["purchase_date"], r["phone"], r["iccid"],
                r["subject"] + ": " + r["note"],
            )
            for r in rows(gen / "cases.csv")
        ),
    )


if __name__ == "__main__":
    {"lists": registry, "cases": cases}[sys.argv[1]](*map(pathlib.Path, sys.argv[2:4]))
