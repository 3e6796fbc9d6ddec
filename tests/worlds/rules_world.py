"""One scenario or more for every sentence of JUDGEMENT.md, with the edges of every threshold.

Built on /work/shared/acceptance/world.py; judge_rules.py runs a binary against it. `tell` states what
the text gives: the recommendation, one reason, and by keyword what else is compared.
"""

import datetime as dt
import inspect
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "shared" / "acceptance"))
import world as base  # noqa: E402
from world import NOW, Sim, day, luhn, moment, png, write_csv  # noqa: E402,F401

base.COLUMNS["notices"] += " serial"
SECOND = 1 / 3600  # in hours


def at(days=0, hours=0):
    """A moment after NOW."""
    return moment(days=-days, hours=-hours)


class World(base.World):
    def account(self, **over):
        """Every account has a name of its own, so that a leak can be told from a coincidence."""
        over.setdefault("name", f"Пётр Ильин{self.serial + 1}")
        return super().account(**over)

    def tell(self, case, recommendation, because="", codes="", note="", **extra):
        scenario = next(f.function for f in inspect.stack() if f.function.startswith("p_"))
        extra["note"] = f" [{note}]" if note else ""
        for key in [k for k in extra if "__" in k]:  # receipt__form="fail"
            extra.setdefault("checks", {})[key.replace("__", ".")] = extra.pop(key)
        self.expected.append(dict(reference=case["reference"], scenario=scenario, truth="", recommendation=recommendation, because=because, codes=codes, extra=extra))

    def strong(self, **device):
        """A device, account, SIM, binding, sale and what a claim with a full strong set says."""
        d, a, s, b, sale = self.owned(**device)
        return d, a, s, b, sale, {**self.receipt(sale), **self.sim(s)}

    def facts(self, a, **over):
        good = dict(name=a["name"], region="RU", registered=a["registered_at"][:4])
        return ";".join(f"{k}={v}" for k, v in {**good, **over}.items() if v)

    def notice(self, kind="stolen", status="confirmed", reported_at=None, **ids):
        return self.add("notices", kind=kind, status=status, reported_at=reported_at or moment(days=40), source="police", reference=f"N{self.number()}", **ids)

    def repair(self, old, new, ago=300):
        old, new = (x if isinstance(x, str) else x["imei"] for x in (old, new))
        return self.add("repairs", order_no=f"R{self.number():06d}", centre="Service", old_imei=old, new_imei=new, repaired_on=day(ago))

    def sight(self, imei, since, until, **ids):
        return self.add("sightings", imei=imei, first_seen=day(since), last_seen=day(until), **ids)

    def write(self, folder):
        folder = pathlib.Path(folder)
        rows = self.expected
        self.expected = [{k: v for k, v in row.items() if k != "extra"} for row in rows]
        for rows_of in self.lists.values():
            self.random.shuffle(rows_of)  # row order changes nothing
        super().write(folder)
        self.expected = rows
        fields = "also missing cautions proofs until at".split()
        write_csv(folder / "expected_findings.csv", ["reference", *fields, "checks"], [
            dict(reference=r["reference"], checks=" ".join(f"{k}={v}" for k, v in r["extra"].get("checks", {}).items()),
                 **{f: r["extra"].get(f, "") for f in fields}) for r in rows])


ALL_UNBIND = [["consent"], ["sim", "purchase"], ["facts", "purchase"], ["box", "purchase"], ["sim", "facts", "box"]]
ALL_RESET = [["consent"], ["sim", "purchase"], ["box", "purchase"], ["sim", "facts", "box"]]


# --- §2 normal forms -----------------------------------------------------------------------------
def p_imei_forms(w):
    for form in (
        lambda i: i, lambda i: i[:14], lambda i: i[:14] + "07", lambda i: i[:14] + "/07", lambda i: i + "/07",
        lambda i: f"{i[:8]}-{i[8:14]}-{i[14]}", lambda i: f"{i[:6]} {i[6:8]} {i[8:14]} {i[14]}", lambda i: f"  {i} ",
        lambda i: f"{i[:2]}.{i[2:8]}.{i[8:14]}.{i[14]}", lambda i: f"{i[:2]}-{i[2:8]}-{i[8:14]}/07",
    ):
        d, a, s, b, sale, strong = w.strong()
        claim = form(d["imei"])
        w.tell(w.case(device=d, **{**strong, "imei": claim, "serial": ""}), "approve", "sim", codes="sim", note=claim,
               all_because=["sim", "purchase"], missing=[], cautions=[], imei__form="pass", device__known="pass", device__one="skip")


def p_imei_bad_forms(w):
    i = w.imei()[0]
    wrong = i[:14] + str((int(i[14]) + 1) % 10)
    body = "11111111111111"
    for claim in (wrong, i[:13], i + "012", i[:14] + "A", "*#06#", "3.54E+14", "3,54178E+14", "000000000000000", "0" * 14, "0" * 16,
                  body, body + luhn(body), "9" * 15, "012345678901237", "01234567890123", "12345678901234", "123456789012347",
                  "00123456123456" + luhn("00123456123456"), "00123456123456", "imei", "?"):
        d, a, s, b, sale = w.owned()
        w.tell(w.case(imei=claim), "ask", "imei.form", note=claim, imei__form="fail", device__known="skip", device__model="skip",
               device__one="skip", device__notice="skip", device__lost_mode="skip", device__clone="skip", binding__current="skip",
               binding__age="skip", account__known="skip", account__match="skip", account__idle="skip", ticket__rival="skip", ticket__twin="skip",
               all_because=["imei.form"], missing=ALL_UNBIND)
        # beside a good serial it is a caution
        d, a, s, b, sale, strong = w.strong()
        w.tell(w.case(device=d, **{**strong, "imei": claim}), "approve-second", "imei.form", codes="sim", note=claim + " beside a serial",
               all_because=["imei.form"], cautions=["imei.form"], device__known="pass", device__one="skip")


def p_imei_check_digit_lists_neighbours(w):
    d = w.device()
    i = d["imei"]
    swapped = next(i[:n] + i[n + 1] + i[n] + i[n + 2:] for n in range(8, 13) if i[n] != i[n + 1])
    w.tell(w.case(imei=swapped), "ask", "imei.form", imei__form="fail", says={"imei.form": i})
    d = w.device()
    i = d["imei"]
    digit = i[:10] + str((int(i[10]) + 3) % 10) + i[11:]
    w.tell(w.case(imei=digit), "ask", "imei.form", imei__form="fail", says={"imei.form": i})


def p_imei_absent(w):
    band, a = w.band(), w.account()
    w.bind(a, band, 400)
    w.tell(w.case(device=band), "ask", imei__form="skip", device__known="pass", all_because=[])
    a = w.account()
    w.tell(w.case("password-reset", account_email=a["email"]), "ask", imei__form="missing", device__known="skip", binding__current="skip",
           account__known="pass", account__match="skip", missing=[["sim", "facts", "purchase"]])


def p_imei_second_is_damaged(w):
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, imei2="123", **strong), "approve-second", "imei.form", codes="sim", imei__form="fail", cautions=["imei.form"])


def p_phone_forms(w):
    for form in (lambda n: "8" + n, lambda n: n, lambda n: "+7 (" + n[:3] + ") " + n[3:6] + "-" + n[6:8] + "-" + n[8:],
                 lambda n: "7" + n, lambda n: "+7" + n, lambda n: "8 (" + n[:3] + ") " + n[3:]):
        d, a, s, b, sale, strong = w.strong()
        claim = form(s.msisdn[2:])
        w.tell(w.case(device=d, **{**strong, "sim_msisdn": claim}), "approve", codes="sim", note=claim, sim__form="pass", sim__seen="pass", sim__age="pass")


def p_serial_and_receipt_forms(w):
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "imei": "", "serial": d["serial"].lower()}), "approve", codes="sim", device__known="pass", imei__form="skip")
    for shop, given in (("DNS", " dns "), ("М.Видео", "М.ВИДЕО"), ("Эльдорадо", "эльдорадо\u00a0"), ("MediaMarkt", "mediamarkt"), ("Groß Markt", "GROSS  MARKT"), ("Groß Markt", "gross\u00a0markt")):
        d, a, s = w.device(), w.account(), Sim(w)
        w.bind(a, d)
        w.saw(d, s)
        sale = w.sale(shop, imei=d["imei"])
        w.tell(w.case(device=d, **{**w.receipt(sale), **w.sim(s), "receipt_retailer": given}), "approve", codes="sim", note=given, receipt__known="pass")
    for form in (str.lower, lambda n: n.replace("-", ""), lambda n: n.replace("-", " "), lambda n: n.replace("-", "/"), lambda n: " " + n.replace("-", ".") + " ", lambda n: n.replace("-", "_"), lambda n: n.replace("-", "–")):
        d, a, s, b, sale, strong = w.strong()
        claim = form(sale["receipt_no"])
        w.tell(w.case(device=d, **{**strong, "receipt_no": claim}), "approve", codes="sim", note=claim, receipt__known="pass")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "receipt_date": sale["sold_on"].replace("-", "")}), "approve", codes="sim", receipt__form="pass", receipt__date="pass")


# --- §2 the device -------------------------------------------------------------------------------
def p_device_order(w):
    """The first resolvable identifier: claimed IMEIs, serial, receipt's, box's."""
    d, a, s, b, sale, strong = w.strong()
    stranger = w.imei()[0]
    w.tell(w.case(device=d, **{**strong, "imei": stranger, "imei2": d["imei"], "serial": ""}), "approve", codes="sim", note="imei2", device__known="pass", device__one="unknown")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**w.receipt(sale), "imei": stranger}), "ask", "device.one", note="serial", device__known="pass", device__one="unknown", all_because=["device.one"])
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(**{**strong, "receipt_imei": d["imei"]}), "approve", codes="sim", note="receipt", device__known="pass", device__one="skip", imei__form="missing")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(**{**strong, "receipt_serial": d["serial"]}), "approve", codes="sim", note="receipt serial", device__known="pass")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(claimant_phone="+79990000001", **{**strong, **w.box(imei=d["imei2"])}), "approve", codes="sim", note="box", device__known="pass", box__match="pass")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "imei2": d["imei2"], "receipt_imei": d["imei2"]}), "approve", codes="sim", note="all one", device__one="pass")


def p_device_one_two_devices(w):
    for where in ("imei2", "serial", "receipt_imei", "receipt_serial", "box_imei", "box_serial"):
        d, a, s, b, sale, strong = w.strong()
        e = w.device()
        w.tell(w.case(device=d, **{**strong, where: e["serial" if where.endswith("serial") else "imei"]}), "refuse", "device.one", codes="sim", note=where, device__one="fail", all_because=["device.one"])
    # for a lost report it is no refusal
    d, a, s, b, sale, strong = w.strong()
    e = w.device()
    w.tell(w.case("lost-report", device=d, imei2=e["imei"], **w.receipt(sale)), "approve", device__one="fail", all_because=["purchase"])


def p_device_unknown(w):
    imei, model = w.imei()
    w.tell(w.case(imei=imei, model=model), "ask", "device.known", device__known="fail", device__model="skip", device__notice="skip", device__one="skip", all_because=["device.known"], missing=ALL_UNBIND)
    imei, model = w.imei()
    w.notice(imei=imei)
    w.tell(w.case(imei=imei), "refuse", "device.notice", device__known="fail", device__notice="fail")
    imei, other = w.imei()[0], w.imei()[0]
    w.notice(imei=other, status="pending")
    w.tell(w.case(imei=imei, imei2=other), "hold", "device.notice", device__known="fail", device__notice="unknown", device__one="skip")
    # an unknown device with consent from a claimed account: lines 6 and 7 need device.known
    a = w.account()
    w.tell(w.case(imei=w.imei()[0], account_email=a["email"]), "ask", "device.known", codes="contact", contact__code="pass", proofs=["consent"], all_because=["device.known"], missing=[])
    serial = f"NOSUCH{w.number()}"
    w.notice(serial=serial)
    w.tell(w.case(serial=serial), "refuse", "device.notice", device__known="fail")


def p_device_model(w):
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "model": "  oRBit  " + d["model"][6:].upper()}), "approve", codes="sim", device__model="pass")
    d, a, s, b, sale, strong = w.strong(tac="86753090", model="Orbit 11 Special")
    w.tell(w.case(device=d, **{**strong, "model": "Orbit 11"}), "approve", codes="sim", device__model="pass", note="TAC's")
    d, a, s, b, sale, strong = w.strong(tac="86753090", model="Orbit 11 Special")
    w.tell(w.case(device=d, **{**strong, "model": "Orbit 11 SPECIAL"}), "approve", codes="sim", device__model="pass", note="device's")
    d, a, s, b, sale, strong = w.strong(model="")
    w.tell(w.case(device=d, **{**strong, "model": "Orbit Pad 6"}), "approve-second", "device.model", codes="sim", device__model="fail", note="TAC only")
    band, a = w.band(), w.account()
    band["model"] = ""
    w.bind(a, band)
    w.tell(w.case(device=band, model="Orbit Band 7"), "ask", device__model="unknown", all_because=[])
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "model": ""}), "approve", codes="sim", device__model="skip")


# --- §2 repairs ----------------------------------------------------------------------------------
def repaired(w, ago=300, old_record=True):
    """A carrying repair: bought, seen and bound as the old IMEI, then as the new one."""
    d, a, s = w.device(), w.account(), Sim(w)
    old = w.device(d["imei"][:8]) if old_record else dict(imei=w.imei()[0])
    sale = w.sale(imei=old["imei"])
    w.bind(a, old, 650, released_at=moment(days=ago))
    w.saw(old, s, since=600, until=ago)
    w.repair(old, d, ago)
    w.bind(a, d, ago)
    w.saw(d, s, since=ago, until=5)
    return d, old, a, s, sale


def p_repair_carries(w):
    for record in (True, False):
        d, old, a, s, sale = repaired(w, old_record=record)
        w.tell(w.case(device=d, **w.box(imei=old["imei"]), **w.receipt(sale, receipt_imei=old["imei"]), **w.sim(s)), "approve", codes="sim", note=f"record {record}",
               device__one="pass", receipt__device="pass", receipt__date="pass", box__match="pass", sim__seen="pass")
        d, old, a, s, sale = repaired(w, old_record=record)
        w.tell(w.case(imei=old["imei"], **w.receipt(sale), **w.sim(s)), "approve", codes="sim", note=f"old claimed, record {record}", device__known="pass", receipt__device="pass")
    # both ways: a notice on the new one is a notice on the old one
    d, old, a, s, sale = repaired(w)
    w.notice(imei=d["imei"])
    w.tell(w.case(imei=old["imei"], **w.receipt(sale), **w.sim(s)), "refuse", "device.notice", codes="sim")
    d, old, a, s, sale = repaired(w)
    w.notice(imei=old["imei"])
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "refuse", "device.notice", codes="sim")


def p_repair_does_not_carry(w):
    """Six reasons, each also through the record's other IMEI or serial."""
    def bad(kind, through):
        d, old, a, s, sale = repaired(w)
        new_id = {"imei": d["imei"], "imei2": d["imei2"]}[through]
        old_id = {"imei": old["imei"], "imei2": old["imei2"]}[through]
        other = w.account()
        if kind == "new sold before":
            w.sale("MediaMarkt", 301, imei=new_id)
        elif kind == "new bound before":
            w.add("bindings", account_id=other["account_id"], imei=new_id, bound_at=moment(days=301), released_at=moment(days=300.5))
        elif kind == "new seen before":
            w.sight(new_id, 301, 301, iccid=Sim(w).iccid)
        elif kind == "old sold after":
            w.sale("MediaMarkt", 299, imei=old_id)
        elif kind == "old bound after":
            w.add("bindings", account_id=other["account_id"], imei=old_id, bound_at=moment(days=299), released_at=moment(days=298))
        elif kind == "old seen after":
            w.sight(old_id, 320, 299, iccid=Sim(w).iccid)
        return d, old, a, s, sale
    for kind in ("new sold before", "new bound before", "new seen before", "old sold after", "old bound after", "old seen after"):
        for through in ("imei", "imei2"):
            d, old, a, s, sale = bad(kind, through)
            w.tell(w.case(device=d, **w.sim(s), **w.box(imei=old["imei"])), "refuse", "device.one", codes="sim", note=f"{kind} through {through}", device__one="fail")
            d, old, a, s, sale = bad(kind, through)
            w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "refuse", "receipt.device", codes="sim", note=f"{kind} through {through}", receipt__device="fail")
            d, old, a, s, sale = bad(kind, through)
            w.notice(imei=old["imei"])
            w.tell(w.case(device=d, **w.sim(s)), "refuse", "device.notice", codes="sim", note=f"{kind} through {through}: old's notice")
            d, old, a, s, sale = bad(kind, through)
            w.notice(imei=d["imei"])
            w.tell(w.case(device=old, **w.sim(s)), "guide", "binding.current", codes="sim", note=f"{kind} through {through}: new's notice", device__notice="pass")


def p_repair_on_the_day_itself(w):
    """What happens on the day of the repair is neither before nor after it."""
    d, old, a, s, sale = repaired(w)
    w.sale("MediaMarkt", 300, imei=d["imei"])
    w.sale("MediaMarkt", 300, imei=old["imei"])
    other = w.account()
    w.add("bindings", account_id=other["account_id"], imei=d["imei"], bound_at=day(300) + "T00:00:00Z", released_at=day(300) + "T00:00:01Z")
    w.add("bindings", account_id=other["account_id"], imei=old["imei"], bound_at=day(300) + "T23:59:59Z", released_at=day(299) + "T00:00:00Z")
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", receipt__device="pass")
    d, old, a, s, sale = repaired(w)
    w.add("bindings", account_id=other["account_id"], imei=d["imei"], bound_at=day(301) + "T23:59:59Z", released_at=day(300) + "T00:00:01Z")
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "refuse", "receipt.device", codes="sim", note="bound a second before")
    d, old, a, s, sale = repaired(w)
    w.add("bindings", account_id=other["account_id"], imei=old["imei"], bound_at=day(299) + "T00:00:01Z", released_at=day(299) + "T00:00:02Z")
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "refuse", "receipt.device", codes="sim", note="bound a second after")


def p_repair_chain(w):
    """A → B → C, all carrying: one device. Judged before joining: B's own life does not hurt A → B."""
    a, s = w.account(), Sim(w)
    one, two, three = w.device(), w.device(), w.device()
    sale = w.sale(imei=one["imei"])
    w.bind(a, one, 650, released_at=moment(days=400))
    w.saw(one, s, 640, 401)
    w.repair(one, two, 400)
    w.bind(a, two, 399, released_at=moment(days=200))
    w.saw(two, s, 399, 201)
    w.repair(two, three, 200)
    w.bind(a, three, 199)
    w.saw(three, s, 199, 3)
    w.tell(w.case(device=three, **w.receipt(sale, receipt_imei=one["imei"]), **w.sim(s)), "approve", codes="sim", receipt__device="pass", receipt__date="pass", device__one="pass")
    # notices run down a chain of repairs that carry nothing else
    one, two, three = w.device(), w.device(), w.device()
    for x, sold in ((one, 660), (two, 650), (three, 640)):
        w.sale(imei=x["imei"], ago=sold)
    w.repair(one, two, 400)
    w.repair(two, three, 200)
    w.notice(imei=one["imei2"])
    w.bind(w.account(), three, 630)
    w.tell(w.case(device=three), "refuse", "device.notice", device__one="pass")
    # a ring of repairs ends
    one, two = w.device(), w.device()
    w.repair(one, two, 400)
    w.repair(two, one, 300)
    w.bind(w.account(), two, 250)
    w.tell(w.case(device=two), "ask", device__known="pass")


def p_repair_earliest_counts(w):
    """Of joined records the earliest made_on, allocation and binding count."""
    d, old, a, s, sale = repaired(w)
    d["made_on"] = day(310)  # made long after the sale of the old one
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", receipt__date="pass")
    d, old, a, s, sale = repaired(w)
    sale["sold_on"] = day(400)  # bound for 250 days before that
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "ask", codes="sim", receipt__date="fail", cautions=["receipt.date"])


# --- §2 the account ------------------------------------------------------------------------------
def p_account_bound_or_claimed(w):
    d, a, s, b, sale, strong = w.strong()
    other = w.account()
    w.tell(w.case(device=d, account_email=other["email"], **strong), "approve-second", "account.match", codes="sim", account__match="fail", cautions=["account.match"])
    # facts mean the bound account for unbind
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, account_email=other["email"], facts=w.facts(a), **w.receipt(sale)), "approve-second", "account.match", account__facts="pass")
    d, a, s, b, sale = w.owned()
    other = w.account()
    w.tell(w.case(device=d, account_email=other["email"], facts=w.facts(other), **w.receipt(sale)), "ask", account__facts="fail")
    # and the claimed one for password-reset, whose device must be bound to it
    d, a, s, b, sale, strong = w.strong()
    other = w.account()
    w.tell(w.case("password-reset", device=d, account_email=other["email"], facts=w.facts(other), **strong), "ask", codes="sim", account__facts="pass", account__match="fail", proofs=["sim", "facts", "purchase"], missing=[])
    # no login claimed: the bound account
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("password-reset", device=d, facts=w.facts(a), **strong), "approve-second", codes="sim", account__known="pass", all_because=["sim", "facts", "purchase"])
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("password-reset", device=d, account_phone="8" + a["phone"][2:], facts=w.facts(a), **strong), "approve-second", codes="sim", account__match="pass")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("password-reset", device=d, account_id=a["account_id"], account_email=a["email"].upper(), facts=w.facts(a), **strong), "approve-second", codes="sim", account__match="pass")


def p_account_two_logins(w):
    d, a, s, b, sale, strong = w.strong()
    other = w.account()
    w.tell(w.case("password-reset", device=d, account_email=a["email"], account_phone=other["phone"], facts=w.facts(a), **strong), "ask", "account.known", codes="sim", account__known="fail")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("password-reset", device=d, account_email=f"nobody{w.number()}@mail.example", facts=w.facts(a), **strong), "ask", "account.known", codes="sim", note="leads nowhere", account__known="fail")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("password-reset", device=d, account_email=a["email"], account_phone="+79990001122", facts=w.facts(a), **strong), "approve-second", codes="sim", note="one leads nowhere", account__known="pass")


def p_account_contacts_lead_while_current(w):
    a = w.account()
    old = f"old{w.number()}@mail.example"
    w.add("contacts", account_id=a["account_id"], kind="email", value=old, verified_at=day(600), replaced_at=day(100))
    w.tell(w.case("login-recovery", account_email=old), "ask", "account.known", account__known="fail")
    a = w.account()
    new = f"new{w.number()}@mail.example"
    w.add("contacts", account_id=a["account_id"], kind="email", value=new, verified_at=day(100))
    w.tell(w.case("login-recovery", account_email=new), "ask", account__known="pass")
    a = w.account()
    unverified = f"un{w.number()}@mail.example"
    w.add("contacts", account_id=a["account_id"], kind="email", value=unverified)
    w.tell(w.case("login-recovery", account_email=unverified), "ask", account__known="pass")


def p_account_states(w):
    for state in ("pending", "suspended", "deleted"):
        d, a, s, b, sale, strong = w.strong()
        a["state"] = state
        second = state == "suspended"
        w.tell(w.case(device=d, **strong), "approve-second" if second else "approve", "account.known" if second else "sim", codes="sim", note=state, account__known="fail", cautions=["account.known"] if second else [])
        d, a, s, b, sale, strong = w.strong()
        a["state"] = state
        w.tell(w.case("password-reset", device=d, account_email=a["email"], facts=w.facts(a), **strong), "ask", "account.known", codes="sim", note=state, account__known="fail")
        d, a, s, b, sale, strong = w.strong()
        a["state"] = state
        w.tell(w.case("login-recovery", device=d, **strong), "ask", "account.known", codes="sim", note=state, account__known="fail")


def p_account_idle(w):
    for signed, outcome in ((moment(days=14), "pass"), (moment(days=14, hours=-SECOND), "fail"), ("", "unknown"), (day(15), "pass"), (day(13), "fail")):
        d, a, s, b, sale, strong = w.strong()
        a["last_sign_in_at"] = signed
        w.tell(w.case(device=d, **strong), "approve-second" if outcome == "fail" else "approve", "account.idle" if outcome == "fail" else "", codes="sim", note=signed, account__idle=outcome)
    d, a, s, b, sale, strong = w.strong()
    a["last_sign_in_at"] = moment(days=14, hours=-1)
    w.tell(w.case(device=d, **strong), "approve", codes="sim", note="an hour later", at=at(hours=1), account__idle="pass")


# --- §4 notices, lost mode, clone, binding --------------------------------------------------------
def p_notice_kinds(w):
    for kind in ("lost", "stolen", "blocked", "fraud", "finance"):
        for status in ("confirmed", "pending", "cleared"):
            for where in ("imei", "imei2", "serial"):
                d, a, s, b, sale, strong = w.strong()
                ids = {"serial": d["serial"]} if where == "serial" else {"imei": d[where]}
                w.notice(kind, status, **ids, **({"cleared_at": moment(days=10)} if status == "cleared" else {}))
                rec = "refuse" if status == "confirmed" else "hold"
                w.tell(w.case(device=d, **strong), rec, "device.notice", codes="sim", note=f"{kind} {status} {where}", device__notice="fail" if rec == "refuse" else "unknown")


def p_notice_cooling(w):
    for cleared, outcome in ((moment(days=30), "pass"), (moment(days=30, hours=-SECOND), "unknown"), (moment(days=31), "pass"), (day(31), "pass"), (day(29), "unknown")):
        d, a, s, b, sale, strong = w.strong()
        w.notice(status="cleared", imei=d["imei"], cleared_at=cleared)
        w.tell(w.case("device-reset", device=d, **strong), "approve" if outcome == "pass" else "hold", codes="sim", note=cleared, device__notice=outcome)
    d, a, s, b, sale, strong = w.strong()
    w.notice(status="cleared", imei=d["imei"], cleared_at=moment(days=10))
    w.tell(w.case(device=d, **strong), "hold", "device.notice", codes="sim", until=at(days=20))
    d, a, s, b, sale, strong = w.strong()
    w.notice(status="cleared", imei=d["imei"], cleared_at=moment(days=10))
    w.notice("blocked", "confirmed", imei=d["imei2"])
    w.tell(w.case(device=d, **strong), "refuse", "device.notice", codes="sim", note="the worst counts", also=[])


def p_notice_for_other_requests(w):
    for status, outcome in (("confirmed", "fail"), ("pending", "unknown")):
        d, a, s, b, sale, strong = w.strong()
        w.notice(status=status, imei=d["imei"])
        w.tell(w.case("password-reset", device=d, facts=w.facts(a), **strong), "approve-second", "device.notice", codes="sim", note=status, device__notice=outcome, cautions=["device.notice"], all_because=["device.notice"])
        d, a, s, b, sale, strong = w.strong()
        w.notice(status=status, imei=d["imei"])
        w.tell(w.case("login-recovery", device=d, **strong), "guide", "login-recovery", codes="sim", note=status, device__notice=outcome)
        d, a, s, b, sale, strong = w.strong()
        w.notice(status=status, imei=d["imei"])
        w.tell(w.case("lost-report", device=d, **strong), "guide" if outcome == "fail" else "approve", "device.notice" if outcome == "fail" else "sim", codes="sim", note=status, device__notice=outcome)
        d, a, s, b, sale, strong = w.strong()
        w.notice(status=status, imei=d["imei"])
        w.tell(w.case("account-deletion", device=d), "guide", "account-deletion", note=status, device__notice=outcome, also=[], all_because=["account-deletion"])
    d, a, s, b, sale, strong = w.strong()
    b["lost_mode_since"] = day(3)
    w.tell(w.case("password-reset", device=d, facts=w.facts(a), **strong), "approve-second", "device.lost_mode", codes="sim", device__lost_mode="fail", cautions=["device.lost_mode"])
    d, a, s, b, sale, strong = w.strong()
    b["lost_mode_since"] = day(3)
    w.tell(w.case("lost-report", device=d, **strong), "guide", "device.lost_mode", codes="sim")
    d, a, s, b, sale, strong = w.strong()
    b["lost_mode_since"] = day(3)
    w.tell(w.case("device-reset", device=d, **strong), "refuse", "device.lost_mode", codes="sim", all_because=["device.lost_mode"])
    # a lost mode of a binding that ended is no lost mode
    d, a = w.device(), w.account()
    w.bind(a, d, 600, lost_mode_since=day(500), released_at=day(400))
    w.bind(w.account(), d, 390)
    w.tell(w.case(device=d), "ask", device__lost_mode="pass")


def p_clone(w):
    def with_sims(count, since=20, until=2, own=True, **kind):
        d, a, s = w.device(), w.account(), Sim(w)
        w.bind(a, d)
        sale = w.sale(imei=d["imei"])
        if own:
            w.saw(d, s)
        for _ in range(count):
            x = Sim(w)
            ids = {k: getattr(x, k) for k in kind.get("ids", ("iccid", "imsi", "msisdn"))}
            w.sight(d["imei"], since, until, **ids)
        return w.case(device=d, **w.receipt(sale), **w.sim(s))
    w.tell(with_sims(3), "approve", codes="sim", note="four in all", device__clone="pass")
    w.tell(with_sims(4), "refer", "device.clone", codes="sim", note="five in all", device__clone="fail")
    w.tell(with_sims(4, ids=("imsi",)), "refer", "device.clone", codes="sim", note="by IMSI", device__clone="fail")
    w.tell(with_sims(9, ids=("msisdn",)), "approve", codes="sim", note="numbers alone are no SIM", device__clone="pass")
    w.tell(with_sims(9, 60, 31), "approve", codes="sim", note="31 days ago", device__clone="pass")
    w.tell(with_sims(9, 60, 30), "refer", codes="sim", note="to the end of the 30th day", device__clone="fail")
    w.tell(with_sims(9, 60, 29), "refer", codes="sim", note="29 days ago", device__clone="fail")
    w.tell(with_sims(0, own=False), "ask", note="no sighting", device__clone="unknown", sim__seen="unknown", sim__age="unknown")
    # one card reported by ICCID here and by IMSI alone there is one SIM
    d, a, s, b, sale, strong = w.strong()
    for _ in range(3):
        x = Sim(w)
        w.saw(d, x, 20, 10)
        w.sight(d["imei"], 9, 2, imsi=x.imsi)
    w.tell(w.case(device=d, **strong), "approve", codes="sim", note="one SIM reported twice", device__clone="pass")
    # the two slots of one phone are one device; the same SIM in both is one
    d, a, s, b, sale, strong = w.strong()
    for n in range(4):
        w.saw({"imei": d["imei2"]}, s if n == 0 else Sim(w), 10 + n, 2)
    w.tell(w.case(device=d, **strong), "approve", codes="sim", note="two slots, four SIMs", device__clone="pass")
    d, a, s, b, sale, strong = w.strong()
    for _ in range(4):
        w.saw({"imei": d["imei2"]}, Sim(w), 10, 2)
    w.tell(w.case(device=d, **strong), "refer", codes="sim", note="two slots, five SIMs", device__clone="fail")
    # line 3 does not apply to a lost report
    d, a, s, b, sale, strong = w.strong()
    for _ in range(4):
        w.saw(d, Sim(w), 10, 2)
    w.tell(w.case("lost-report", device=d, **strong), "approve", codes="sim", device__clone="fail", also=[])


def p_binding(w):
    for bound, outcome in ((moment(days=30), "pass"), (moment(days=30, hours=-SECOND), "fail"), (day(30), "pass"), (day(29), "fail")):
        d, a, s = w.device(), w.account(), Sim(w)
        w.bind(a, d, bound_at=bound)
        w.saw(d, s)
        sale = w.sale(imei=d["imei"], ago=31)
        w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve-second" if outcome == "fail" else "approve", "binding.age" if outcome == "fail" else "", codes="sim", note=bound, binding__age=outcome)
    d, s = w.device(), Sim(w)
    w.bind(w.account(), d, released_at=moment(days=3))
    w.saw(d, s)
    sale = w.sale(imei=d["imei"])
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "guide", "binding.current", codes="sim", binding__current="fail", binding__age="skip", device__lost_mode="skip", all_because=["binding.current"], account__known="skip", account__idle="skip")
    d, s = w.device(), Sim(w)
    w.saw(d, s)
    sale = w.sale(imei=d["imei"])
    w.tell(w.case("lost-report", device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", binding__current="fail")
    for request in ("account-deletion", "activation"):
        d, a, s, b, sale = w.owned()
        w.tell(w.case(request, device=d), "guide", request, binding__current="skip", all_because=[request])
    # an account claimed where the device is bound to none
    d, a, s = w.device(), w.account(), Sim(w)
    w.saw(d, s)
    w.tell(w.case(device=d, account_email=a["email"]), "guide", "binding.current", account__known="pass", account__match="skip")


def p_bound_to_the_account(w):
    """password-reset and login-recovery: the device must be bound to that account."""
    a, s = w.account(), Sim(w)
    d = w.device()
    w.saw(d, s)
    sale = w.sale(imei=d["imei"])
    w.tell(w.case("password-reset", device=d, account_email=a["email"], facts=w.facts(a), **w.receipt(sale), **w.sim(s)), "ask", codes="sim", note="not bound", proofs=["sim", "facts", "purchase"], missing=[], binding__current="fail")
    a, s = w.account(), Sim(w)
    d = w.device()
    w.saw(d, s)
    sale = w.sale(imei=d["imei"])
    w.tell(w.case("login-recovery", device=d, account_email=a["email"], facts=w.facts(a), **w.receipt(sale), **w.sim(s)), "ask", codes="sim", note="not bound")
    d, a, s, b, sale, strong = w.strong()
    other = w.account()
    w.tell(w.case("login-recovery", device=d, account_email=other["email"], **strong), "ask", codes="sim", note="bound to another", account__match="fail")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("login-recovery", device=d, account_email=a["email"], **strong), "guide", "login-recovery", codes="sim", all_because=["login-recovery"])


# --- §4 self.service, codes, facts ---------------------------------------------------------------
def p_self_service(w):
    for access, rec in (("none", "approve"), ("", "approve"), ("tried", "approve"), ("contact", "guide"), ("signed-in", "guide")):
        d, a, s, b, sale, strong = w.strong()
        w.tell(w.case(device=d, **{**strong, "access": access}), rec, "self.service" if rec == "guide" else "", codes="sim", note=access, self__service="fail" if rec == "guide" else "pass")
    for field in ("email", "phone"):
        for access in ("none", "", "tried"):
            d, a, s, b, sale, strong = w.strong()
            given = a[field].upper() if field == "email" else "8" + a[field][2:]
            w.tell(w.case(device=d, **{**strong, "access": access, f"claimant_{field}": given}), "approve" if access == "tried" else "guide", "" if access == "tried" else "self.service", codes="sim", note=f"{field} {access!r}")
    # unverified or replaced contacts are not his
    for over in ({"verified_at": ""}, {"verified_at": day(600), "replaced_at": day(100)}):
        d, a, s, b, sale, strong = w.strong()
        mail = f"side{w.number()}@mail.example"
        w.add("contacts", account_id=a["account_id"], kind="email", value=mail, **over)
        w.tell(w.case(device=d, claimant_email=mail, **strong), "approve", codes="sim", note=str(over), self__service="pass")
    # line 5 of a lost report does not know it
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("lost-report", device=d, **{**strong, "access": "signed-in"}), "approve", codes="sim", self__service="fail", also=[])


def contact(w, a, kind, value, **over):
    for row in w.lists["contacts"]:
        if row["account_id"] == a["account_id"] and row["kind"] == kind:
            row.update(value=value, **over)


def p_contact_code(w):
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d), "approve", "consent", codes="contact", contact__code="pass", all_because=["consent"], proofs=["consent"], missing=[])
    d, a, s, b, sale = w.owned()
    w.tell(w.case("device-reset", device=d), "approve", "consent", codes="contact", all_because=["consent"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case("password-reset", device=d), "ask", codes="contact", contact__code="pass", proofs=["consent"], missing=[["sim", "facts", "purchase"]])
    d, a, s, b, sale = w.owned()
    w.tell(w.case("lost-report", device=d), "approve", "consent", codes="contact", all_because=["consent"])
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "approve", codes="sim contact", all_because=["consent", "sim", "purchase"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d), "ask", codes="contact!2", contact__code="missing")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d), "hold", "claim.tries", codes="contact!3", contact__code="fail", claim__tries="fail", until=at(days=1))
    # code_days: read back within 7 days
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d), "approve", codes="contact", at=at(days=7, hours=-SECOND), note="a second less than 7 days", contact__code="pass")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d), "ask", codes="contact", at=at(days=7, hours=SECOND), note="a second more than 7 days", contact__code="missing")


def p_contact_code_unknown(w):
    for verified, outcome in ((moment(days=30), "pass"), (moment(days=30, hours=-SECOND), "unknown"), (day(31), "pass"), (day(10), "unknown")):
        d, a, s, b, sale = w.owned()
        for row in w.lists["contacts"]:
            if row["account_id"] == a["account_id"]:
                row["verified_at"] = verified
        w.tell(w.case(device=d), "approve" if outcome == "pass" else "ask", codes="contact", note=verified, contact__code=outcome)
    def by_phone():
        d, a, s, b, sale = w.owned()
        mine = Sim(w)
        a["email"] = ""
        a["phone"] = mine.msisdn
        w.lists["contacts"][:] = [c for c in w.lists["contacts"] if not (c["account_id"] == a["account_id"] and c["kind"] == "email")]
        contact(w, a, "phone", mine.msisdn)
        return d, a, s, mine
    d, a, s, mine = by_phone()
    w.tell(w.case(device=d), "approve", codes="contact", note="by phone", contact__code="pass")
    d, a, s, mine = by_phone()
    w.add("sim-changes", msisdn=mine.msisdn, iccid=mine.iccid, changed_at=day(600))
    w.tell(w.case(device=d), "ask", codes="contact", note="SIM changed since verified", contact__code="unknown")
    d, a, s, mine = by_phone()
    w.add("sim-changes", msisdn=mine.msisdn, iccid=mine.iccid, changed_at=day(691))
    w.tell(w.case(device=d), "approve", codes="contact", note="SIM changed before verified", contact__code="pass")
    d, a, s, mine = by_phone()
    w.saw(d, mine, 300, 179)
    w.tell(w.case(device=d), "ask", codes="contact", note="number in this device", contact__code="unknown")
    d, a, s, mine = by_phone()
    w.saw({"imei": d["imei2"]}, mine, 300, 179)
    w.tell(w.case(device=d), "ask", codes="contact", note="number in the other slot", contact__code="unknown")
    for until, outcome in ((180, "unknown"), (181, "pass")):
        d, a, s, mine = by_phone()
        w.saw(d, mine, 300, until)
        w.tell(w.case(device=d), "approve" if outcome == "pass" else "ask", codes="contact", note=f"number in this device {until} days ago", contact__code=outcome)
    d, a, s, mine = by_phone()
    w.saw(d, mine, 300, 182)
    w.tell(w.case(device=d), "approve", codes="contact", note="number in this device long ago", contact__code="pass")
    d, a, s, mine = by_phone()
    w.saw(w.device(), mine, 300, 3)
    w.tell(w.case(device=d), "approve", codes="contact", note="number in another device", contact__code="pass")


def p_owner_notice(w):
    """Line 7 and no contact to notify: refer."""
    def mute(**over):
        d, a, s, b, sale, strong = w.strong()
        for row in w.lists["contacts"]:
            if row["account_id"] == a["account_id"]:
                row.update(over)
        return d, a, s, b, sale, strong
    for over, told in (({"verified_at": ""}, False), ({"replaced_at": moment(days=91)}, False), ({"replaced_at": moment(days=89)}, True)):
        d, a, s, b, sale, strong = mute(**over)
        w.tell(w.case(device=d, **w.receipt(sale), **w.box(imei=d["imei"])), "approve-second" if told else "refer", "" if told else "owner.notice", note=str(over))
        d, a, s, b, sale, strong = mute(**over)
        w.tell(w.case(device=d, **strong), "approve", codes="sim", note=f"one agent {over}")
        d, a, s, b, sale, strong = mute(**over)
        w.tell(w.case("password-reset", device=d, facts=w.facts(a), **strong), "approve-second" if told else "refer", "" if told else "owner.notice", codes="sim", note=str(over))
    d, a, s, b, sale, strong = mute(verified_at="")
    w.tell(w.case(device=d, **w.receipt(sale)), "ask", note="no set yet")
    d, a, s, b, sale, strong = mute(verified_at="")
    a["last_sign_in_at"] = moment(days=1)
    w.tell(w.case(device=d, **strong), "refer", "owner.notice", codes="sim", note="with a caution", cautions=["account.idle"])
    # line 3 does not apply to a lost report
    d, a, s, b, sale, strong = mute(verified_at="")
    a["last_sign_in_at"] = moment(days=1)
    w.tell(w.case("lost-report", device=d, **strong), "approve-second", "account.idle", codes="sim", note="lost-report")


def p_facts(w):
    def told(note, outcome, facts, request="unbind", **over):
        d, a, s, b, sale = w.owned()
        a.update(name=f"Иван Петров{w.number()}", region="RU", registered_at="2024-03-05", **over)
        text = facts(a) if callable(facts) else facts
        rec = "approve-second" if outcome == "pass" else "ask"
        w.tell(w.case(request, device=d, facts=text, **w.receipt(sale)), rec, note=note, account__facts=outcome, claim__tries="pass")
    told("all right", "pass", lambda a: f"name={a['name']};region=RU;registered=2024")
    told("the day", "pass", lambda a: f"name={a['name']};region=ru;registered=2024-03-05")
    told("the day, compact", "pass", lambda a: f"name={a['name']};region=RU;registered=20240305")
    told("the day before", "fail", lambda a: f"name={a['name']};region=RU;registered=2024-03-04")
    told("another year", "fail", lambda a: f"name={a['name']};region=RU;registered=2023")
    told("another region", "fail", lambda a: f"name={a['name']};region=KZ;registered=2024")
    told("two right", "unknown", lambda a: f"name={a['name']};region=RU")
    told("one wrong of four", "fail", lambda a: f"name={a['name']};region=RU;registered=2024;email=nobody@x.example")
    told("words in another order", "pass", lambda a: f"name={' '.join(reversed(a['name'].split())).upper()};region=RU;registered=2024")
    told("patronymic more", "pass", lambda a: f"name={a['name']} Сергеевич;region=RU;registered=2024")
    told("patronymic in the middle", "pass", lambda a: f"name={a['name'].split()[0]} Ильич {a['name'].split()[1]};region=RU;registered=2024")
    told("patronymic -вна", "pass", lambda a: f"name={a['name']} Петровна;region=RU;registered=2024")
    told("patronymic -чна", "pass", lambda a: f"name={a['name']} Ильинична;region=RU;registered=2024")
    told("patronymic latin", "pass", lambda a: f"name={a['name']} Sergeevich;region=RU;registered=2024")
    told("patronymic oglu", "pass", lambda a: f"name={a['name']} оглы;region=RU;registered=2024")
    told("patronymic kyzy", "pass", lambda a: f"name={a['name']} Кызы;region=RU;registered=2024")
    told("patronymic uly", "pass", lambda a: f"name={a['name']} Болатулы;region=RU;registered=2024")
    told("another extra word", "fail", lambda a: f"name={a['name']} Сидоров;region=RU;registered=2024")
    told("one name only", "fail", lambda a: f"name={a['name'].split()[0]};region=RU;registered=2024")
    told("one name and a patronymic", "fail", lambda a: f"name={a['name'].split()[0]} Сергеевич;region=RU;registered=2024")
    told("an e-mail of the account", "pass", lambda a: f"name={a['name']};region=RU;email={a['email'].upper()}")
    told("a phone of the account", "pass", lambda a: f"name={a['name']};region=RU;phone=8{a['phone'][2:]}")
    told("both", "pass", lambda a: f"email={a['email']};region=RU;phone={a['phone']}")
    told("a duplicate key counts once", "unknown", lambda a: f"region=RU;region=RU;name={a['name']}")
    told("nothing", "missing", "")
    # the registry holds the field empty: neither right nor wrong
    d, a, s, b, sale = w.owned()
    a["region"] = ""
    w.tell(w.case(device=d, facts=f"name={a['name']};region=KZ;registered={a['registered_at'][:4]}", **w.receipt(sale)), "ask", note="empty region", account__facts="unknown")
    d, a, s, b, sale = w.owned()
    a["name"], a["region"], a["registered_at"] = "", "", ""
    w.tell(w.case(device=d, facts="name=Иван;region=KZ;registered=2001", **w.receipt(sale)), "ask", note="all empty", account__facts="unknown")
    # a name with a patronymic in the registry, told without
    d, a, s, b, sale = w.owned()
    a["name"] = "Петров Иван Сергеевич"
    w.tell(w.case(device=d, facts=w.facts(a, name="иван петров"), **w.receipt(sale)), "approve-second", note="patronymic less", account__facts="pass")
    # was a contact
    d, a, s, b, sale = w.owned()
    w.add("contacts", account_id=a["account_id"], kind="email", value=f"was{a['account_id']}@mail.example", verified_at=day(680), replaced_at=day(300))
    w.tell(w.case(device=d, facts=f"name={a['name']};region=RU;email=was{a['account_id']}@mail.example", **w.receipt(sale)), "approve-second", note="was a contact", account__facts="pass")
    # one that also stands elsewhere in the claim is neither
    for where, key in (("account_email", "email"), ("claimant_email", "email"), ("account_phone", "phone"), ("claimant_phone", "phone"), ("sim_msisdn", "phone")):
        d, a, s, b, sale = w.owned()
        w.tell(w.case(device=d, **{where: a[key], "access": "tried"}, facts=f"name={a['name']};region=RU;{key}={a[key]}", **w.receipt(sale)), "ask", note=f"{where} stands elsewhere", account__facts="unknown")
        d, a, s, b, sale = w.owned()
        wrong = f"no{w.number()}@mail.example" if key == "email" else f"+7999{w.number():07d}"
        w.tell(w.case(device=d, **{where: wrong, "access": "tried"}, facts=f"name={a['name']};region=RU;registered={a['registered_at'][:4]};{key}={wrong}", **w.receipt(sale)), "approve-second", note=f"{where} wrong, stands elsewhere", account__facts="pass")
    # device: another one ever bound
    for bound, told_model, outcome in (("released", "Orbit Band 7", "pass"), ("released", "orbit band 7", "pass"), (None, "Orbit Band 7", "fail"), ("released", "Orbit Band 8", "fail")):
        d, a, s, b, sale = w.owned()
        if bound:
            w.bind(a, w.band(), 600, released_at=day(400))
        w.tell(w.case(device=d, facts=f"name={a['name']};region=RU;device={told_model}", **w.receipt(sale)), "approve-second" if outcome == "pass" else "ask", note=f"device {bound} {told_model}", account__facts=outcome)
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, facts=f"name={a['name']};region=RU;device={d['model']}", **w.receipt(sale)), "ask", note="the claimed device's own model", account__facts="fail")
    # facts wrong is a caution where a set is complete without
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, facts="region=KZ", **strong), "approve-second", "account.facts", codes="sim", cautions=["account.facts"], account__facts="fail")
    # no account
    d = w.device()
    w.tell(w.case("lost-report", device=d, facts="region=KZ;name=A B;registered=2020"), "ask", note="no account", account__facts="unknown", claim__tries="pass")


# --- §4 receipts ---------------------------------------------------------------------------------
def p_receipt_form(w):
    for over in ({"receipt_no": ""}, {"receipt_retailer": ""}, {"receipt_date": ""}, {"receipt_date": "soon"}, {"receipt_date": "2026-02-30"},
                 {"receipt_date": day(-1)}, {"receipt_no": "---"}):
        d, a, s, b, sale, strong = w.strong()
        w.tell(w.case(device=d, **{**strong, **over}), "ask", "receipt.form", codes="sim", note=str(over), receipt__form="fail", proofs=["sim"], missing=[["consent"], ["purchase"], ["facts", "box"]])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d), "ask", receipt__form="missing", receipt__known="missing", receipt__device="missing", receipt__date="missing", receipt__unique="missing", all_because=[], missing=ALL_UNBIND)
    d, a, s, b, sale = w.owned()
    w.tell(w.case("device-reset", device=d), "ask", missing=ALL_RESET)


def p_receipt_known(w):
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "receipt_no": "NO-SUCH-1"}), "ask", "receipt.known", codes="sim", receipt__known="fail", receipt__device="unknown", receipt__date="unknown", all_because=["receipt.known"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale, receipt_no="NO-SUCH-2")), "approve-second", "receipt.known", codes="contact", cautions=["receipt.known"], receipt__known="fail")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "receipt_retailer": "Ларёк"}), "ask", codes="sim", receipt__known="unknown", receipt__device="unknown", receipt__date="unknown", receipt__unique="pass", all_because=[])
    # the number is another retailer's
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "receipt_retailer": "MediaMarkt"}), "ask", "receipt.known", codes="sim", receipt__known="fail")


def p_receipt_device(w):
    # several rows: one names this device, others other devices
    d, a, s, b, sale, strong = w.strong()
    w.sale(number=sale["receipt_no"], imei=w.device()["imei"])
    w.sale(number=sale["receipt_no"])
    w.tell(w.case(device=d, **strong), "approve", codes="sim", receipt__device="pass")
    # by its other IMEI and by its serial
    for key in ("imei2", "serial"):
        d, a, s = w.device(), w.account(), Sim(w)
        w.bind(a, d)
        w.saw(d, s)
        sale = w.sale(**({"serial": d["serial"].lower()} if key == "serial" else {"imei": d["imei2"][:14]}))
        w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", note=key, receipt__device="pass")
    # none names one
    d, a, s = w.device(), w.account(), Sim(w)
    w.bind(a, d)
    w.saw(d, s)
    sale = w.sale()
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "ask", codes="sim", receipt__known="pass", receipt__device="unknown", receipt__date="pass", all_because=[])
    # one names none, the other another's: every row that names one names another's
    d, a, s, b, sale = w.owned()
    other = w.sale(imei=w.imei()[0])
    w.sale(number=other["receipt_no"])
    w.tell(w.case(device=d, **w.receipt(other)), "refuse", "receipt.device", receipt__device="fail")
    # no device known
    sale = w.sale(imei=w.device()["imei"])
    w.tell(w.case(**w.receipt(sale)), "ask", receipt__device="unknown", device__known="skip")
    # for a lost report line 2 is only an objection
    d, a, s, b, sale = w.owned()
    other = w.sale(imei=w.device()["imei"])
    w.tell(w.case("lost-report", device=d, **w.receipt(other), **w.sim(s)), "approve", "sim", codes="sim", receipt__device="fail", also=[])


def p_receipt_date(w):
    for off, outcome in ((0, "pass"), (1, "pass"), (-1, "pass"), (2, "fail"), (-2, "fail")):
        d, a, s, b, sale, strong = w.strong()
        w.tell(w.case(device=d, **{**strong, "receipt_date": day(660 + off)}), "ask" if outcome == "fail" else "approve", codes="sim", note=f"off {off}", receipt__date=outcome,
               cautions=["receipt.date"] if outcome == "fail" else [])
    # made after: impossible
    for made, sold, bound, rec in ((660, 660, 650, "approve"), (659, 660, 650, "refuse"), (661, 660, 650, "approve")):
        d, a, s = w.device(made_on=day(made)), w.account(), Sim(w)
        w.bind(a, d, bound)
        w.saw(d, s)
        sale = w.sale(imei=d["imei"], ago=sold)
        w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), rec, "receipt.date" if rec == "refuse" else "", codes="sim", note=f"made {made} sold {sold}", receipt__date="fail" if rec == "refuse" else "pass")
    # before the TAC was allocated
    tac = next(t for t in base.TACS if t[0] == "86012345")
    for back, rec in ((0, "approve"), (1, "refuse")):
        d, a, s = w.device(tac=tac[0], made_on=""), w.account(), Sim(w)
        sold = dt.date.fromisoformat(tac[5]) - dt.timedelta(days=back)
        ago = (NOW.date() - sold).days
        w.bind(a, d)
        w.saw(d, s)
        sale = w.sale(imei=d["imei"], ago=ago)
        w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), rec, codes="sim", note=f"TAC back {back}", receipt__date="fail" if back else "pass")
    # at most one day after it was first bound (though bound again since)
    for bound, outcome in ((660, "pass"), (661, "pass"), (662, "fail")):
        d, a, s = w.device(), w.account(), Sim(w)
        w.bind(w.account(), d, bound, released_at=moment(days=600))
        w.bind(a, d, 590)
        w.saw(d, s)
        sale = w.sale(imei=d["imei"])
        w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "ask" if outcome == "fail" else "approve", codes="sim", note=f"bound {bound}", receipt__date=outcome)
    # soft is a caution where a set is complete without it; impossible decides first
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale, receipt_date=day(600))), "approve-second", "receipt.date", codes="contact", cautions=["receipt.date"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale, receipt_date=day(800))), "refuse", "receipt.date", codes="contact", note="not the sale's and before it was made")
    d, a, s, b, sale = w.owned()
    w.tell(w.case("lost-report", device=d, **w.receipt(sale, receipt_date=day(800))), "approve", codes="contact", note="lost-report", receipt__date="fail", cautions=[])
    # rows of one invoice with two dates: either is the sale's
    d, a, s, b, sale, strong = w.strong()
    w.sale(number=sale["receipt_no"], ago=640, imei=w.device()["imei"])
    w.tell(w.case(device=d, **strong), "approve", codes="sim", note="two dates", receipt__date="pass")


def p_receipt_unique(w):
    # a stranger's sale row names another: the other ticket is for another device, this one is not named
    d, a, s, b, sale = w.owned()
    e, *_ = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale)), "ask", receipt__unique="pass", note="named by the sale")
    w.tell(w.case(device=e, **w.receipt(sale)), "investigate", "receipt.unique", receipt__unique="fail", also=["refuse"])
    # one invoice, two devices, two people of a company: both are named
    d, a, s, b, sale = w.owned()
    e = w.device()
    w.bind(w.account(), e)
    w.sale(number=sale["receipt_no"], imei=e["imei"])
    w.tell(w.case(device=d, **w.receipt(sale)), "ask", receipt__unique="pass", note="invoice")
    w.tell(w.case(device=e, **w.receipt(sale)), "ask", receipt__unique="pass", note="invoice")
    # the same claimant, this device: fine; another claimant: not
    d, a, s, b, sale = w.owned()
    mail = f"twin{w.number()}@post.example"
    w.tell(w.case(device=d, claimant_email=mail, **w.receipt(sale)), "ask", receipt__unique="pass", ticket__twin="fail", ticket__rival="pass")
    w.tell(w.case(device=d, claimant_email=mail.upper(), **w.receipt(sale, receipt_no=sale["receipt_no"].lower().replace("-", ""))), "ask", receipt__unique="pass", ticket__twin="fail")
    d, a, s, b, sale = w.owned()
    for _ in range(2):
        w.tell(w.case(device=d, **w.receipt(sale)), "investigate", "receipt.unique", receipt__unique="fail", also=["hold"], note="two claimants")
    # naming none
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale)), "investigate", "receipt.unique", note="other names none")
    w.tell(w.case("login-recovery", account_email=w.account()["email"], **w.receipt(sale)), "investigate", "receipt.unique", note="names none")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, claimant_email=mail + ".one", **w.receipt(sale)), "ask", receipt__unique="pass", note="same claimant, other names none")
    w.tell(w.case("login-recovery", account_email=w.account()["email"], claimant_email=mail + ".one", **w.receipt(sale)), "ask", receipt__unique="pass", note="same claimant names none")
    # unknown retailer, unknown device: the sale names neither
    for number in (f"K{w.number()}",):
        d, e = w.owned()[0], w.owned()[0]
        for x in (d, e):
            w.tell(w.case(device=x, claimant_email=mail + ".two", receipt_retailer="Ларёк", receipt_no=number, receipt_date=day(660)), "investigate", "receipt.unique", note="no feed, one claimant, two devices")
    # the same file
    photo = w.photo()[0]
    d, e = w.owned()[0], w.owned()[0]
    for x in (d, e):
        w.tell(w.case(device=x, attachments=f"receipt:{photo}", receipt_retailer="DNS", receipt_no=f"F{w.number()}", receipt_date=day(660)), "investigate", "receipt.unique", note="same file")
    # same number of two retailers is not the same receipt
    number = f"S{w.number()}"
    for shop in ("DNS", "MediaMarkt"):
        d = w.device()
        w.bind(w.account(), d)
        w.sale(shop, number=number, imei=d["imei"])
        w.tell(w.case(device=d, receipt_retailer=shop, receipt_no=number, receipt_date=day(660)), "ask", receipt__unique="pass", note=shop)
    # the device is a registry record: two that the registry does not know are named by nobody
    number = f"U{w.number()}"
    for _ in range(2):
        w.tell(w.case(imei=w.imei()[0], claimant_email=mail + ".three", receipt_retailer="Ларёк", receipt_no=number, receipt_date=day(60)), "ask", "device.known", note="two unknown devices", receipt__unique="pass")
    # no contact on either: nobody is the same
    d, a, s, b, sale = w.owned()
    for _ in range(2):
        w.tell(w.case(device=d, claimant_email="", claimant_name="Иван Петров", **w.receipt(sale)), "investigate", "receipt.unique", note="names do not count", claimant__rate="skip")


# --- §4 SIM --------------------------------------------------------------------------------------
def p_sim_form(w):
    d, a, s, b, sale, strong = w.strong()
    for over in ({"sim_iccid": s.iccid[:-1] + str((int(s.iccid[-1]) + 1) % 10)}, {"sim_iccid": "88" + s.iccid[2:]}, {"sim_iccid": s.iccid[:15]}, {"sim_msisdn": "12"}, {"sim_msisdn": "call me"}):
        d, a, s, b, sale = w.owned()
        w.tell(w.case(device=d, **{**w.receipt(sale), **w.sim(s), **over}), "ask", "sim.form", note=str(over), sim__form="fail", all_because=["sim.form"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale)), "ask", sim__form="missing", sim__seen="missing", sim__age="missing", sim__held="missing")


def p_sim_by_iccid_or_number(w):
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), sim_iccid=s.iccid), "approve", codes="sim", note="ICCID alone", sim__seen="pass", sim__age="pass", sim__held="pass")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), sim_msisdn=s.msisdn), "approve", codes="sim", note="number alone", sim__seen="pass", sim__age="pass")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), sim_iccid=s.iccid[:4] + " " + s.iccid[4:8] + "-" + s.iccid[8:]), "approve", codes="sim", note="ICCID with spaces")
    # ICCID alone: the number last seen with it; its change counts
    d, a, s, b, sale = w.owned()
    w.add("sim-changes", msisdn=s.msisdn, changed_at=moment(days=3))
    w.tell(w.case(device=d, **w.receipt(sale), sim_iccid=s.iccid), "hold", "sim.age", codes="sim", note="ICCID alone, changed", until=at(days=7))
    # number alone, seen with a fresh ICCID last: that one is meant, and it is too fresh to tell
    d, a, s, b, sale = w.owned()
    w.sight(w.device()["imei"], 4, 2, iccid=Sim(w).iccid, msisdn=s.msisdn)
    w.tell(w.case(device=d, **w.receipt(sale), sim_msisdn=s.msisdn), "ask", codes="sim", note="number alone, a fresh ICCID", sim__age="unknown")
    # sightings by card alone are the number's only if the card was seen with that number
    for linked, outcome in ((True, "pass"), (False, "fail")):
        d, a = w.device(), w.account()
        w.bind(a, d)
        sale, owner, thief = w.sale(imei=d["imei"]), Sim(w), Sim(w)
        w.sight(d["imei"], 600, 5, iccid=owner.iccid)
        who = owner if linked else thief
        w.sight(w.device()["imei"], 600, 500, iccid=who.iccid, msisdn=who.msisdn)
        w.add("sim-changes", msisdn=who.msisdn, changed_at=day(400))
        w.tell(w.case(device=d, **w.receipt(sale), sim_msisdn=who.msisdn, sim_iccid=owner.iccid), "approve" if linked else "ask", codes="sim", note=f"card alone, linked {linked}", sim__seen=outcome, sim__held="pass")
    # number and ICCID, the number with another ICCID later
    d, a, s, b, sale = w.owned()
    w.sight(w.device()["imei"], 4, 4, iccid=Sim(w).iccid, msisdn=s.msisdn)
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "hold", "sim.age", codes="sim", note="another ICCID a day later", sim__age="fail")
    d, a, s, b, sale = w.owned()
    w.sight(w.device()["imei"], 5, 5, iccid=Sim(w).iccid, msisdn=s.msisdn)
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", note="another ICCID the same day", sim__age="pass")
    d, a, s, b, sale = w.owned()
    w.sight(w.device()["imei"], 700, 601, iccid=Sim(w).iccid, msisdn=s.msisdn)
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", note="another ICCID before", sim__age="pass")
    # a recorded change, then another ICCID later
    d, a, s, b, sale = w.owned()
    w.add("sim-changes", msisdn=s.msisdn, iccid=s.iccid, changed_at=moment(days=100))
    w.sight(w.device()["imei"], 90, 4, iccid=Sim(w).iccid, msisdn=s.msisdn)
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "hold", "sim.age", codes="sim", note="change, another ICCID later", sim__age="fail")
    d, a, s, b, sale = w.owned()
    w.add("sim-changes", msisdn=s.msisdn, iccid=s.iccid, changed_at=moment(days=100))
    w.sight(w.device()["imei"], 300, 100, iccid=Sim(w).iccid, msisdn=s.msisdn)
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", note="change, another ICCID till that day", sim__age="pass")


def p_sim_seen(w):
    def seen(*spans, others=(), received=None, **over):
        d, a, s = w.device(), w.account(), Sim(w)
        w.bind(a, d)
        sale = w.sale(imei=d["imei"])
        w.saw(w.device(), s, 700, 601)
        for since, until in spans:
            w.saw(d, s, since, until)
        for since, until in others:
            w.saw(d, Sim(w), since, until)
        return w.case(device=d, **w.receipt(sale), **w.sim(s), **({"received_at": received} if received else {}), **over)
    w.tell(seen((35, 5)), "approve", codes="sim", note="30 days and one", sim__seen="pass")
    w.tell(seen((34, 5)), "approve", codes="sim", note="30 days to the end of the last", sim__seen="pass")
    w.tell(seen((33, 5)), "ask", codes="sim", note="29 days", sim__seen="fail")
    w.tell(seen((300, 300), (5, 5)), "approve", codes="sim", note="first to last sighting", sim__seen="pass")
    w.tell(seen((400, 179)), "approve", codes="sim", note="179 days ago", sim__seen="pass")
    w.tell(seen((400, 180)), "approve", codes="sim", note="180 days ago", sim__seen="pass")
    w.tell(seen((400, 181)), "ask", codes="sim", note="181 days ago", sim__seen="unknown")
    w.tell(seen((400, 182)), "ask", codes="sim", note="182 days ago", sim__seen="unknown")
    w.tell(seen((400, 182), others=[(100, 90)]), "ask", codes="sim", note="182 days ago, another since", sim__seen="fail")
    w.tell(seen(others=[(100, 90)]), "ask", codes="sim", note="never this one", sim__seen="fail")
    w.tell(seen(), "ask", codes="sim", note="no sightings", sim__seen="unknown")
    # counted to received_at: what was seen after the claim does not count
    w.tell(seen((60, 5), received=moment(days=40)), "ask", codes="sim", note="20 days before the claim", sim__seen="fail")
    w.tell(seen((400, 182), received=moment(days=20)), "approve", codes="sim", note="162 days before the claim", sim__seen="pass")
    w.tell(seen((30, 5), received=moment(days=40)), "ask", codes="sim", note="after the claim", sim__seen="unknown")


def p_sim_age(w):
    def aged(change=None, since=600, until=5, see=True, **over):
        d, a, s = w.device(), w.account(), Sim(w)
        w.bind(a, d)
        sale = w.sale(imei=d["imei"])
        if see:
            w.saw(d, s, since, until)
        if change:
            w.add("sim-changes", msisdn=s.msisdn, iccid=s.iccid, changed_at=change)
        return w.case(device=d, **w.receipt(sale), **w.sim(s), **over)
    w.tell(aged(moment(hours=240)), "approve", codes="sim", note="240 h", sim__age="pass")
    w.tell(aged(moment(hours=240 - SECOND)), "hold", "sim.age", codes="sim", note="a second less", sim__age="fail", until=at(hours=SECOND))
    w.tell(aged(moment(hours=239)), "approve", codes="sim", note="an hour later", at=at(hours=1), sim__age="pass")
    w.tell(aged(day(9)), "hold", "sim.age", codes="sim", note="given as a date", sim__age="fail")
    w.tell(aged(see=True, since=9, until=2), "ask", codes="sim", note="first seen 9 days ago", sim__age="unknown", sim__seen="fail")
    w.tell(aged(see=True, since=10, until=2), "ask", codes="sim", note="first seen 10 days ago", sim__age="pass", sim__seen="fail")
    w.tell(aged(see=False), "ask", codes="sim", note="neither", sim__age="unknown", says={"sim.age": "monitored period"})
    # the last of two changes
    d, a, s, b, sale, strong = w.strong()
    for ago in (100, 2):
        w.add("sim-changes", msisdn=s.msisdn, iccid=s.iccid, changed_at=moment(days=ago))
    w.tell(w.case(device=d, **strong), "hold", "sim.age", codes="sim", note="the last of two")
    d, a, s, b, sale, strong = w.strong()
    w.add("sim-changes", msisdn=s.msisdn, iccid=s.iccid, changed_at=moment(days=2))
    w.tell(w.case("lost-report", device=d, **strong), "approve", "purchase", codes="sim", note="lost-report: no hold", sim__age="fail")
    d, a, s, b, sale, strong = w.strong()
    w.add("sim-changes", msisdn=s.msisdn, iccid=s.iccid, changed_at=moment(days=2))
    w.tell(w.case("login-recovery", device=d, facts=w.facts(a), **strong), "hold", "sim.age", codes="sim", note="login-recovery", also=[])


def p_sim_held(w):
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "hold", "claim.tries", codes="sim!3", sim__held="fail", claim__tries="fail")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "approve", codes="sim!2 sim", sim__held="pass", claim__tries="pass", note="two wrong, one right")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "ask", sim__held="missing")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "approve", codes="sim", at=at(days=6, hours=23), sim__held="pass")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "ask", codes="sim", at=at(days=7, hours=1), sim__held="missing")


# --- §4 box --------------------------------------------------------------------------------------
def p_box(w):
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), **w.box(serial=d["serial"].lower())), "approve-second", "box", box__match="pass", box__unique="pass", all_because=["box", "purchase"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), **w.box(imei=d["imei2"][:14])), "approve-second", box__match="pass")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), **w.box(imei=w.imei()[0])), "ask", "device.one", box__match="fail", device__one="unknown", cautions=["box.match"], note="in no list")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), **w.box(imei=w.imei()[0])), "approve-second", "box.match", codes="contact", all_because=["box.match"], note="in no list, consent")
    d, a, s, b, sale = w.owned()
    name = f"photos/{w.number()}.png"
    w.files[name] = b"no picture at all"
    w.tell(w.case(device=d, **w.receipt(sale), **w.box(name, imei=d["imei"])), "ask", box__match="missing", note="a file that is no picture")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), **w.box()), "ask", box__match="missing", box__unique="pass", note="no identifier")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), box_imei=d["imei"]), "ask", box__match="missing", box__unique="missing", note="no picture")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.sim(s), facts=w.facts(a), **w.box(imei=d["imei"])), "approve-second", codes="sim", all_because=["sim", "facts", "box"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case("device-reset", device=d, **w.receipt(sale), facts=w.facts(a)), "ask", note="purchase+facts is no set for a reset", missing=[["consent"], ["sim"], ["box"]])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale)), "ask", missing=[["consent"], ["sim"], ["facts"], ["box"]], note="missing after purchase")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.sim(s)), "ask", codes="sim", missing=[["consent"], ["purchase"], ["facts", "box"]], note="missing after sim")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, facts=w.facts(a), **w.box(imei=d["imei"])), "ask", missing=[["consent"], ["sim"], ["purchase"]], note="missing after facts and box")


def smooth(w, size=9):
    """A coarse pattern whose neighbouring cells differ clearly."""
    return [[w.random.choice((20, 60, 100, 140, 180, 220)) for _ in range(size)] for _ in range(8)]


def blow(cells, x, y):
    return png([bytes(v for v in row for _ in range(x)) for row in cells for _ in range(y)])


def p_box_look_alike(w):
    def pair(first, second, same, note):
        for n, data in enumerate((first, second)):
            name = f"photos/{w.number():06d}.png"
            w.files[name] = data
            d, a, s, b, sale = w.owned()
            w.tell(w.case(device=d, **w.receipt(sale), **w.box(name, imei=d["imei"])), "investigate" if same else "approve-second", "box.unique" if same else "", note=f"{note} {n}", box__unique="fail" if same else "pass")
    cells = smooth(w)
    pair(blow(cells, 40, 40), blow(cells, 40, 40), True, "same picture")
    cells = smooth(w)
    pair(blow(cells, 40, 40), blow(cells, 20, 20), True, "rescaled")
    cells = smooth(w)
    pair(blow(cells, 40, 40), blow(cells, 31, 23), True, "rescaled and squeezed")
    for scale in (20, 23, 37, 80):  # the acceptance world's own pattern, whose cells do not fall on the hash's
        _, cells = w.photo()
        pair(blow(cells, 40, 40), blow(cells, scale, scale), True, f"16 × 16 cells by {scale}")
    cells = smooth(w)
    brighter = [[min(255, v + 9) for v in row] for row in cells]
    pair(blow(cells, 40, 40), blow(brighter, 40, 40), True, "brighter")
    # a brightness ramp: each cell darker than its left neighbour is one bit; flip exactly n bits
    for bits, same in ((0, True), (4, True), (5, False)):
        rows = [[w.random.randrange(100, 140) for _ in range(9)] for _ in range(8)]
        for r in rows:  # make every step at least 4 and of known sign
            signs = [w.random.choice((-1, 1)) for _ in range(8)]
            r[0] = 128
            for n, sign in enumerate(signs):
                r[n + 1] = r[n] + 8 * sign
        other = [list(r) for r in rows]
        for n in range(bits):  # the last step of a row, reversed, is one bit
            other[n][8] = 2 * other[n][7] - other[n][8]
        pair(blow(rows, 10, 10), blow(other, 10, 10), same, f"{bits} bits apart")
    pair(blow(smooth(w), 40, 40), blow(smooth(w), 40, 40), False, "different")
    # the same claimant and the same device: no abuse
    name, _ = w.photo()
    d, a, s, b, sale = w.owned()
    mail = f"boxer{w.number()}@post.example"
    for _ in range(2):
        w.tell(w.case(device=d, claimant_email=mail, **w.receipt(sale), **w.box(name, imei=d["imei"])), "approve-second", box__unique="pass", ticket__twin="fail", note="twins")
    name, _ = w.photo()
    d, a, s, b, sale = w.owned()
    for _ in range(2):
        w.tell(w.case(device=d, **w.box(name, imei=d["imei"])), "investigate", "box.unique", note="another claimant")
    # another claimant, naming no device
    name, _ = w.photo()
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.box(name, imei=d["imei"])), "investigate", "box.unique", note="other names none")
    w.tell(w.case("password-reset", account_email=w.account()["email"], **w.box(name)), "investigate", "box.unique", note="names none")


# --- §4 the queue --------------------------------------------------------------------------------
def p_claimant_rate(w):
    def batch(count, rec, note, claim=None, days=(), shared=None):
        mail, phone = f"many{w.number()}@post.example", f"+7999{w.number():07d}"
        for n in range(count):
            d = shared if shared else w.owned()[0]
            over = claim(n, mail, phone) if claim else {"claimant_email": mail}
            when = days[n] if n < len(days) else moment(hours=2)
            w.tell(w.case(device=d, received_at=when, **over), rec, "claimant.rate" if rec == "investigate" else "", note=f"{note} {n}", claimant__rate="fail" if rec == "investigate" else "pass")
    batch(3, "ask", "three")
    batch(4, "investigate", "four")
    batch(4, "investigate", "by phone", lambda n, mail, phone: {"claimant_phone": phone if n % 2 else "8" + phone[2:]})
    batch(4, "ask", "thirty days old", days=[moment(days=30)])
    batch(4, "investigate", "a second younger", days=[moment(days=30, hours=-SECOND)])
    batch(5, "ask", "one device", shared=w.owned()[0])
    # devices of one receipt count once
    mail = f"fleet{w.number()}@post.example"
    sale = w.sale(imei=w.device()["imei"])
    for n in range(6):
        d = w.device()
        w.bind(w.account(), d)
        w.sale(number=sale["receipt_no"], imei=d["imei"])
        w.tell(w.case(device=d, claimant_email=mail, **w.receipt(sale)), "ask", note=f"one receipt {n}", claimant__rate="pass", receipt__unique="pass")
    # nor are they counted
    mail = f"unknown{w.number()}@post.example"
    for n in range(4):
        w.tell(w.case(imei=w.imei()[0], claimant_email=mail), "ask", "device.known", note=f"unknown {n}", claimant__rate="pass")
    # tickets of it without a device name none
    mail = f"none{w.number()}@post.example"
    for n in range(5):
        w.tell(w.case("login-recovery", account_email=w.account()["email"], claimant_email=mail), "ask", note=f"no device {n}", claimant__rate="pass")


def p_rivals_and_twins(w):
    d, a, s, b, sale = w.owned()
    mail = f"pair{w.number()}@post.example"
    w.tell(w.case(device=d, claimant_email=mail), "ask", ticket__rival="pass", ticket__twin="fail", all_because=[])
    w.tell(w.case(device=None, imei=d["imei2"], claimant_email=mail), "ask", ticket__rival="pass", ticket__twin="fail")
    # share a phone only
    d, a, s, b, sale = w.owned()
    phone = f"+7999{w.number():07d}"
    w.tell(w.case(device=d, claimant_phone=phone), "ask", ticket__rival="pass", ticket__twin="fail", note="phone")
    w.tell(w.case(device=d, claimant_phone="8" + phone[2:]), "ask", ticket__rival="pass", ticket__twin="fail", note="phone")
    # different requests on one device are rivals too
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d), "hold", "ticket.rival", note="requests")
    w.tell(w.case("lost-report", device=d), "hold", "ticket.rival", note="requests")
    # on the account where none is named
    a = w.account()
    w.tell(w.case("password-reset", account_email=a["email"]), "hold", "ticket.rival", note="account")
    w.tell(w.case("password-reset", account_phone=a["phone"]), "hold", "ticket.rival", note="account")
    # two tickets on two devices of one account are none
    a = w.account()
    for _ in range(2):
        d = w.device()
        w.bind(a, d)
        w.tell(w.case(device=d), "ask", ticket__rival="pass", note="two devices, one account")
    # neither device nor account known
    imei = w.imei()[0]
    w.tell(w.case(imei=imei), "ask", "device.known", note="unknown device", ticket__rival="skip", ticket__twin="skip")
    w.tell(w.case(imei=imei[:14]), "ask", "device.known", note="unknown device", ticket__rival="skip")
    # a caution where this ticket has an accepted set and no rival a proof
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "approve-second", "ticket.rival", codes="sim", note="owner", cautions=["ticket.rival"], all_because=["ticket.rival"], also=[])
    w.tell(w.case(device=d), "hold", "ticket.rival", note="thief", cautions=[])
    # a rival with a proof, however weak
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "hold", "ticket.rival", codes="sim", note="owner of a rival with facts", cautions=[])
    w.tell(w.case(device=d, facts=w.facts(a)), "hold", "ticket.rival", note="rival with facts")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **strong), "approve-second", "ticket.rival", codes="sim", note="twin has proof, rival none")
    w.tell(w.case(device=d), "hold", "ticket.rival", note="no proof")
    # one that names none stands beside all on its account
    d, a, s, b, sale = w.owned()
    w.tell(w.case("password-reset", account_email=a["email"]), "hold", "ticket.rival", note="names none, beside one on the device")
    w.tell(w.case(device=d), "hold", "ticket.rival", note="on the device, beside one that names none")
    # through a carrying repair
    d, old, a, s, sale = repaired(w)
    w.tell(w.case(device=d), "hold", "ticket.rival", note="repaired: new")
    w.tell(w.case(imei=old["imei"]), "hold", "ticket.rival", note="repaired: old")


def p_claim_tries(w):
    def wrong(hours, rec, note, until=..., same=False, last=None):
        """Tickets of one claimant on one device, each with wrong facts, received `hours` ago."""
        d, a, s, b, sale = w.owned()
        mail = f"tries{w.number()}@post.example"
        for n, ago in enumerate(hours):
            extra = {} if until is ... else {"until": until}
            w.tell(w.case(device=d, claimant_email=mail, facts="region=KZ", received_at=moment(hours=ago)), rec, "claim.tries" if rec == "hold" else "", note=f"{note} {n}", claim__tries="fail" if rec == "hold" else "pass", **extra)
    wrong([2, 3], "ask", "two")
    wrong([2, 3, 4], "hold", "three", at(hours=20))
    wrong([1, 2, 3, 4], "hold", "four", at(hours=21))
    wrong([2, 3, 24], "ask", "the third 24 hours ago")
    wrong([2, 3, 24 - SECOND], "hold", "the third a second less", at(hours=SECOND))
    wrong([2, 3, 24 * 5, 24 * 10, 24 * 20], "ask", "five in 30 days")
    wrong([2, 3, 24 * 5, 24 * 10, 24 * 20, 24 * 29], "hold", "six in 30 days", at(days=1))
    wrong([2, 3, 24 * 5, 24 * 10, 24 * 20, 24 * 30], "ask", "the sixth 30 days ago")
    # over other claimants' tickets, with a wrong fact count one each
    d, a, s, b, sale = w.owned()
    for n in range(3):
        w.tell(w.case(device=d, facts="region=KZ;name=No One;registered=1999"), "hold", "claim.tries", note=f"others {n}")
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, facts="region=KZ;name=No One;registered=1999;email=x@y.example"), "ask", note="facts given together are one", claim__tries="pass")
    # on the account: through two devices of it
    a = w.account()
    for n in range(3):
        d = w.device()
        w.bind(a, d)
        w.tell(w.case(device=d, facts="region=KZ"), "hold", "claim.tries", note=f"one account, {n}", claim__tries="fail")
    # wrong codes count with wrong facts
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, facts="region=KZ", **strong), "hold", "claim.tries", codes="sim!2", note="facts and codes", claim__tries="fail")
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("lost-report", device=d, **strong), "hold", "claim.tries", codes="sim!3", note="lost-report")


# --- §6 lines ------------------------------------------------------------------------------------
def p_also(w):
    mail = f"also{w.number()}@post.example"
    for n in range(4):
        d, a, s, b, sale, strong = w.strong()
        w.notice(imei=d["imei"])
        for _ in range(5):
            w.saw(d, Sim(w), 9, 2)
        w.add("sim-changes", msisdn=s.msisdn, changed_at=moment(days=1))
        w.tell(w.case(device=d, claimant_email=mail, **{**strong, "access": "signed-in"}), "investigate", "claimant.rate", codes="sim", also=["refuse", "refer", "hold", "guide"], all_because=["claimant.rate"])
    d, a, s, b, sale, strong = w.strong()
    w.notice(imei=d["imei"])
    b["lost_mode_since"] = day(2)
    w.tell(w.case(device=d, **strong), "refuse", "device.lost_mode", codes="sim", all_because=["device.notice", "device.lost_mode"], also=[])
    d, a, s, b, sale, strong = w.strong()
    w.notice(status="pending", imei=d["imei"])
    w.add("sim-changes", msisdn=s.msisdn, changed_at=moment(days=1))
    w.tell(w.case(device=d, **strong), "hold", "sim.age", codes="sim", all_because=["device.notice", "sim.age"], also=[])
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("account-deletion", device=d, account_email=a["email"], **{**strong, "access": "signed-in"}), "guide", "account-deletion", also=[])
    d, a, s, b, sale, strong = w.strong()
    for _ in range(5):
        w.saw(d, Sim(w), 9, 2)
    w.tell(w.case("activation", device=d), "refer", "device.clone", also=["guide"])


def p_sets_complete(w):
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("device-reset", device=d, **strong), "approve", codes="sim", all_because=["sim", "purchase"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, facts=w.facts(a), **w.receipt(sale)), "approve-second", all_because=["facts", "purchase"])
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("password-reset", device=d, facts=w.facts(a), **strong), "approve-second", codes="sim", all_because=["sim", "facts", "purchase"])
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("password-reset", device=d, facts=w.facts(a), **strong), "ask", codes="contact", proofs=["consent", "facts", "purchase"], missing=[["sim"]])
    d, a, s, b, sale = w.owned()
    w.tell(w.case("login-recovery", device=d, facts=w.facts(a), **w.sim(s)), "guide", "login-recovery", codes="sim", proofs=["sim", "facts"])
    d, a, s, b, sale = w.owned()
    w.tell(w.case("login-recovery", device=d, **w.sim(s)), "ask", codes="sim", missing=[["facts"], ["purchase"]])
    for request_given, proofs in ((lambda d, a, s, sale: w.sim(s), ["sim"]), (lambda d, a, s, sale: {"facts": w.facts(a)}, ["facts"]), (lambda d, a, s, sale: w.receipt(sale), ["purchase"])):
        d, a, s, b, sale = w.owned()
        w.tell(w.case("lost-report", device=d, **request_given(d, a, s, sale)), "approve", codes="sim" if proofs == ["sim"] else "", all_because=proofs)
    d, a, s, b, sale = w.owned()
    w.tell(w.case("lost-report", device=d, **w.box(imei=d["imei"])), "ask", proofs=["box"], missing=[["consent"], ["sim"], ["facts"], ["purchase"]])


def p_two_cautions(w):
    d, a, s, b, sale, strong = w.strong()
    a["last_sign_in_at"] = moment(days=1)
    w.tell(w.case(device=d, **{**strong, "model": "Orbit Pad 6"}), "approve-second", "device.model", codes="sim", cautions=["device.model", "account.idle"])


def p_guides(w):
    # the masked login and the devices go only to who is entitled to them
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("login-recovery", device=d, **strong), "guide", "login-recovery", codes="sim", guide=(True, 0))
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case("login-recovery", device=d, **{**strong, "access": "signed-in"}), "guide", "self.service", note="nothing proven", guide=(False, 0))
    for entitled in (True, False):
        d, a, s, b, sale = w.owned()
        w.bind(a, w.band(), 400)
        w.bind(a, w.band(), 400, released_at=moment(days=100))
        mail = a["email"].upper() if entitled else f"stranger{w.number()}@post.example"
        w.tell(w.case("account-deletion", account_id=a["account_id"], claimant_email=mail, access="tried"), "guide", "account-deletion", note=f"entitled {entitled}", guide=(False, 2 if entitled else 0))
    a = w.account(state="pending", last_sign_in_at="")
    w.tell(w.case("activation", account_email=a["email"], claimant_email=a["email"], access="tried"), "guide", "activation", account__known="fail", all_because=["activation"])


def p_invoice_and_facts(w):
    """Odds and ends of §4."""
    # facts about an account reached by login alone, no device at all
    a = w.account()
    w.bind(a, w.band(), 300)
    w.tell(w.case("password-reset", account_email=a["email"], facts=f"name={a['name']};region=RU;device=Orbit Band 7"), "ask", proofs=["facts"], missing=[["sim", "purchase"]], account__facts="pass")
    # the model of another device by its TAC alone
    d, a, s, b, sale = w.owned()
    other = w.device("01332700", dual=False)
    other["model"] = ""
    w.bind(a, other, 300)
    w.tell(w.case(device=d, facts=f"name={a['name']};region=RU;device=orbit pad 6", **w.receipt(sale)), "approve-second", account__facts="pass", note="by TAC")
    # a sale row by the old IMEI of a repair; a receipt whose date lies in the future by a day
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "receipt_date": day(0)}), "ask", codes="sim", receipt__form="pass", receipt__date="fail", note="today's receipt")
    # two claimants, each naming no device, on two accounts
    for _ in range(2):
        w.tell(w.case("login-recovery", account_email=w.account()["email"]), "ask", ticket__rival="pass")
    # the claimed serial is damaged, the IMEI good
    d, a, s, b, sale, strong = w.strong()
    w.tell(w.case(device=d, **{**strong, "serial": "N/A"}), "approve", codes="sim", device__one="skip", imei__form="pass")
    # a box typed with a damaged IMEI identifies nothing
    d, a, s, b, sale = w.owned()
    w.tell(w.case(device=d, **w.receipt(sale), **w.box(imei="123")), "ask", box__match="missing", device__one="pass")
    # bound twice without a release: the newer one is the binding
    d, a, s, b, sale, strong = w.strong()
    buyer = w.account()
    w.bind(buyer, d, 40)
    w.tell(w.case(device=d, account_email=a["email"], **strong), "approve-second", "account.match", codes="sim", binding__age="pass")
    # a binding to an account that no list holds
    d, s = w.device(), Sim(w)
    w.add("bindings", account_id="999000111", imei=d["imei"], bound_at=moment(days=600))
    w.saw(d, s)
    sale = w.sale(imei=d["imei"])
    w.tell(w.case(device=d, **w.receipt(sale), **w.sim(s)), "approve", codes="sim", account__known="fail", binding__current="pass", account__idle="skip", note="no such account")


def scenarios(only=""):
    return [f for name, f in sorted(globals().items()) if name.startswith("p_") and only in name]


def build(only="", copies=1, seed=1):
    w = World(seed)
    for _ in range(copies):
        for scenario in scenarios(only):
            scenario(w)
    return w


if __name__ == "__main__":
    build().write(sys.argv[1])
