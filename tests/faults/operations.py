"""The operations that are disturbed: how the desk stands before each, the command, and what may stand in between."""

import contextlib
import dataclasses
import json
import pathlib
import shutil
import sqlite3
import time

import desk as desks

LISTS = "tacs devices accounts contacts bindings sightings sim-changes sales repairs".split()


@dataclasses.dataclass
class Operation:
    name: str
    ready: callable  # (desk): brings a desk that holds the lists to where the operation begins
    argv: list
    agent: str = "anna"
    again: callable = None  # (desk): what else makes it done, where the same command alone does not
    late: tuple = ()  # what may still change after everything else has landed, and is made good by whoever comes next
    unheard: tuple = ()  # leaves that follow what was done, and may be missing after a crash
    base: str = "cases"
    more: callable = None  # (desk): what must hold besides once the operation is done
    once: bool = False  # done twice it would be two acts


def nothing(_desk):
    pass


def code(desk):
    sent = desk.did("code", "send", "R-01", "sim")["code"]
    desk.did("code", "confirm", "R-01", "sim", sent)


def decided(desk):
    code(desk)
    desk.did("decide", "R-01", "approve")


def issued(desk):
    decided(desk)
    (desk.root / "in" / "token").write_text(desk.did("issue", "R-01")["token"], encoding="utf-8")


def decided_by_two(desk):
    desk.did("decide", "R-02", "approve-second")


def exported(desk):
    desk.did("audit", "export", desk.root / "out" / "tiles", agent="clara")
    decided(desk)


def backed_up(desk):
    desk.did("backup", desk.root / "in" / "backup.tar", agent="clara")
    decided(desk)


def valid_backup(desk):
    desk.did("backup", "verify", next((desk.root / "out").glob("backup.*")), agent="clara")


def old_desk_kept(desk):
    """The desk that was replaced lies beside it, whole: by its own name, or in the folder where it was exchanged."""
    kept = [*desk.root.glob("desk.before-*/desk.db"), *desk.root.glob(".*/desk/desk.db")]
    for path in kept:
        with contextlib.closing(desks.readable(path)) as db:
            if db.execute("SELECT count(*) FROM decision").fetchone()[0]:
                return
    raise desks.Broken(f"the desk that was replaced is nowhere: {kept}")


def valid_token(desk):
    shown = desk.did("show", "R-01")
    if not shown["authorization"]:
        raise desks.Broken("R-01 is issued and shows no authorization")


def whole_tiles(desk):
    """Whatever size the checkpoint names is there."""
    size = int(desk.tables()["tiles"][0])
    for level in ("entries", "0"):
        if not (desk.root / "out" / "tiles" / "tile" / level / f"000.p/{size}").exists():
            raise desks.Broken(f"the checkpoint says {size}, and tile/{level} of that size is not there")


def closed(desk):
    desk.did("close", "R-14")


def queued(desk):
    """A reply that a carrier refused, tried again as soon as somebody says so and its time has come."""
    desk.did("reply", "R-06", "--send", ok=(0, 1))
    with contextlib.closing(sqlite3.connect(desk.folder / "desk.db")) as db:
        while db.execute("SELECT max(due_at) FROM message WHERE state = 'waiting'").fetchone()[0] > time.time():
            time.sleep(0.05)
    config(desk, "folder = {}".format(json.dumps(str(desk.root / "out" / "mail"))))
    (desk.root / "out" / "mail").mkdir(mode=0o700)


def config(desk, way):
    text = f"[dispatch]\n{way}\nbackoff_seconds = 1\ntries = 9\ntimeout_seconds = 5\n"
    (desk.folder / "config.toml").write_text(text, encoding="utf-8")
    # What is carried, and by which program, is the custodian's to say.
    desk.did("config", "accept", agent="clara")


def carry_on(desk):
    """A carrier that was lost, or that refused, is waited for; here that time is over."""
    with contextlib.closing(sqlite3.connect(desk.folder / "desk.db")) as db, db:
        db.execute("UPDATE message SET due_at = 1 WHERE state IN ('sending', 'waiting')")
    desk.did("outbox", "run")


def carried(desk):
    mails = sorted(path.name for path in (desk.root / "out" / "mail").glob("*.eml"))
    if len(mails) != 1:
        raise desks.Broken(f"one message was acknowledged, and the folder holds {mails}")


def operations(root):
    into, out = pathlib.Path(root) / "in", pathlib.Path(root) / "out"
    return {op.name: op for op in [
        Operation("import-list", nothing, ["import", "notices", into / "notices.csv"], base="lists",
                  late=("leaves", "desk.setting", "tickets")),
        Operation("import-cases", nothing, ["import", "cases", into / "cases.csv"], base="lists",
                  late=("seen", "leaves", "tickets", "desk/attachments")),
        Operation("evidence", nothing, ["evidence", "add", "R-01", "document", "--file", into / "receipt.pdf"],
                  late=("seen", "leaves", "tickets", "desk/attachments"), once=True),
        Operation("take", nothing, ["take", "R-06"], once=True),
        Operation("decide", code, ["decide", "R-01", "approve"], once=True),
        Operation("approve", decided_by_two, ["approve", "R-02", "--saw-number"], agent="boris"),
        Operation("issue", decided, ["issue", "R-01"], more=valid_token),
        Operation("redeem", issued, ["redeem", into / "token"], late=("leaves", "tickets")),
        Operation("outbox", queued, ["outbox", "run"], again=carry_on, base="real", more=carried, late=("out",)),
        Operation("backup", code, ["backup", out / "backup.tar"], agent="clara", more=valid_backup,
                  late=("leaves",), unheard=("desk.backed-up",)),
        Operation("sealed backup", code, ["backup", out / "backup.age", "--encrypt"], agent="clara", more=valid_backup,
                  late=("leaves",), unheard=("desk.backed-up",)),
        Operation("restore", backed_up, ["restore", into / "backup.tar", "--reason", "a try"], agent="clara", once=True,
                  # Whoever opens it next judges by the lists, which are to be imported again.
                  more=old_desk_kept, late=("tickets", "leaves")),
        Operation("tiles", exported, ["audit", "export", out / "tiles"], agent="clara", more=whole_tiles,
                  late=("out", "desk.checkpoint")),
        Operation("checkpoint", code, ["audit", "checkpoint", "--out", out / "head"], agent="clara",
                  late=("desk.checkpoint",)),
        Operation("agents", nothing, ["agents", "add", "dora", "--role", "agent"], agent="clara", once=True,
                  late=("desk/keys",)),
        Operation("erase", closed, ["erase", "R-14"], agent="clara", late=("leaves", "desk.setting")),
    ]}


def lists(desk):
    (desk.root / "home").mkdir(parents=True)
    (desk.root / "in").mkdir()
    (desk.root / "out").mkdir()
    shutil.copytree(desks.FIXTURES / "photos", desk.root / "in" / "photos")
    for name in ("cases.csv", "registry/notices.csv"):
        shutil.copy(desks.FIXTURES / name, desk.root / "in")
    (desk.root / "in" / "receipt.pdf").write_bytes(b"%PDF-1.4\n" + b"% a receipt\n" * 1000 + b"%%EOF\n")
    if desk.real:
        phrase = "a long and secret phrase for trying"
        (desk.root / "in" / "passphrase").write_text(f"{phrase}\n" * 4, encoding="utf-8")
        desk.did("init", agent="clara")
        desk.did("agents", "add", "anna", "--role", "agent", agent="clara")
        config(desk, 'command = ["/bin/false"]')
    else:
        desk.did("init", "--rehearsal")
    for name in LISTS:
        desk.did("import", name, desks.FIXTURES / "registry" / f"{name}.csv", agent="clara")


def cases(desk):
    desk.did("import", "cases", desk.root / "in" / "cases.csv", ok=(0, 3))


class Workshop:
    """Where desks are made ready, once each, and laid out again and again."""

    def __init__(self, binary, scratch):
        self.binary, self.scratch, self.root = binary, pathlib.Path(scratch), pathlib.Path(scratch) / "here"
        self.operations = operations(self.root)

    def desk(self, operation, agent=None):
        return desks.Desk(self.binary, self.root, agent or operation.agent, operation.base == "real")

    def kept(self, name, make, of):
        kept = self.scratch / name
        if not kept.exists():
            make(of)
            desks.settle(self.root)
            shutil.copytree(self.root, kept, symlinks=True)
        return kept

    def ready(self, operation):
        """The folder in which the state before an operation is kept."""
        kept = self.scratch / f"before-{operation.name}"
        if kept.exists():
            return kept
        anna = self.desk(operation, "anna")
        shutil.rmtree(self.root, ignore_errors=True)
        base = "real-lists" if operation.base == "real" else "lists"
        start = self.kept(base, lists, anna)
        desks.put(start, self.root)
        if operation.base != "lists":
            start = self.kept(f"{base}-cases", cases, anna)
            desks.put(start, self.root)
        return self.kept(kept.name, operation.ready, anna)
