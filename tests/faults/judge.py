"""What must hold of a desk after something went wrong in an operation."""

import collections

import desk as desks

CODES = (0, 1, 2, 3, 4, 5, 70)


def differ(*states):
    """The parts in which states differ."""
    if all(isinstance(state, dict) for state in states):
        keys = sorted(set().union(*states))
        return {key: [state.get(key, 0) for state in states] for key in keys if len({state.get(key, 0) for state in states}) > 1}
    return [sorted(set(state) - set(states[0]), key=str) or len(state) if isinstance(state, list) else state for state in states]


class Judge:
    """One operation, undisturbed, and what any disturbed one is compared with."""

    def __init__(self, shop, operation):
        self.shop, self.operation = shop, operation
        self.kept = shop.ready(operation)
        self.desk = shop.desk(operation)
        desks.put(self.kept, shop.root)
        self.before = self.desk.tables()
        done = self.desk.tried(*operation.argv)
        if done.returncode != 0:
            raise SystemExit(f"{operation.name} undisturbed: exit {done.returncode} {done.stderr[-500:]}")
        self.answer = done.stdout
        self.desk.whole()
        self.after = self.desk.tables()
        changed = [key for key in self.after if self.after[key] != self.before.get(key)]
        self.core = [key for key in changed if key not in operation.late] or changed
        self.known = {}
        self.counts = collections.Counter()

    def lay(self):
        desks.put(self.kept, self.shop.root)

    def stands(self):
        """Where the operation stands now: before, after; anything else is half done."""
        seen = self.desk.tables()
        sides = {side: all(self.same(key, seen.get(key), then.get(key), side) for key in self.core)
                 for side, then in (("before", self.before), ("after", self.after))}
        if sides["before"] or sides["after"]:
            return "before" if sides["before"] else "after", seen
        half = [f"{key}: {differ(self.before.get(key), seen.get(key), self.after.get(key))}" for key in self.core]
        raise desks.Broken(f"half done (before, now, after): {'; '.join(half)[:1500]}")

    @staticmethod
    def same(key, seen, then, side):
        if key == "tiles" and side == "after" and seen and then:
            # A log that grew meanwhile is exported as far as it goes.
            return int(seen[0]) >= int(then[0])
        # Names that are drawn anew each time: as many as there should be.
        return len(seen) == len(then) if key in ("out", "desk/attachments") and seen and then else seen == then

    def judge(self, acknowledged):
        """Looks at what a fault left; says where the operation stood. Raises Broken."""
        left = desks.mark(self.shop.root)
        if (left, acknowledged) in self.known:
            self.counts["seen before"] += 1
            return self.known[left, acknowledged]
        self.desk.whole()
        stood, _ = self.stands()
        if acknowledged and stood != "after":
            raise desks.Broken("acknowledged and lost")
        if stood == "after" and self.operation.more:
            self.operation.more(self.desk)
        self.once_more(stood)
        self.known[left, acknowledged] = stood
        return stood

    def once_more(self, stood):
        """Doing it again works or says that it is done; then nothing is left to be done."""
        operation = self.operation
        if not (stood == "after" and operation.once):
            done = self.desk.tried(*operation.argv)
            allowed = (0,) if stood == "before" else CODES[:-1]
            if done.returncode not in allowed or (done.returncode and not done.stderr.strip()):
                raise desks.Broken(f"again: exit {done.returncode} {done.stdout[-300:]}{done.stderr[-600:]}")
            if operation.again and self.stands()[0] == "before":
                operation.again(self.desk)
        self.desk.whole()
        self.desk.healthy()
        if stood == "before":
            again, seen = self.stands()
            if again != "after":
                raise desks.Broken(f"done again, and it stands {again}")
            if operation.more:
                operation.more(self.desk)
        else:
            seen = self.desk.tables()
        for act, count in self.after["leaves"].items():
            if seen["leaves"].get(act, 0) < count and act not in self.operation.unheard:
                raise desks.Broken(f"the log never heard of {act}: {seen['leaves']}")

    def answered(self, said):
        """Whether a command's output is its whole answer."""
        said = said.strip()
        if not self.answer.strip():
            return False
        return said.endswith("}") if self.answer.strip().startswith("{") else len(said) >= len(self.answer.strip())

    def spoilt(self, spoilt):
        """Judges a run in which a fault was injected."""
        if "error while loading shared libraries" in spoilt.err:
            self.counts["the loader's"] += 1
            return "before"
        if "panicked" in spoilt.err:
            raise desks.Broken(f"a panic: {spoilt.err[-500:]}")
        if not spoilt.killed:
            self.counts[f"exit {spoilt.code}"] += 1
            if spoilt.code not in CODES:
                raise desks.Broken(f"exit {spoilt.code} {spoilt.err[-300:]}")
            if spoilt.code and not (spoilt.err + spoilt.out).strip():
                raise desks.Broken(f"exit {spoilt.code} without a word")
        if spoilt.code == 3:
            # A row whose attachment could not be read is told as rejected; the others landed.
            self.desk.whole()
            self.counts["in part, and told so"] += 1
            return "in part"
        acknowledged = spoilt.code == 0 or (spoilt.killed and self.answered(spoilt.out))
        stood = self.judge(acknowledged)
        if stood == "after" and not acknowledged:
            self.counts["landed without an answer" if spoilt.killed else "landed, told as failed"] += 1
        self.counts[stood] += 1
        return stood
