"""A disk that forgets: what a power cut may leave of writes, truncations and names that nobody synced.

What was written to a file is durable once that file was synced, in whatever order and torn at sectors or pages until
then; a name once a folder that it stands in was synced. A rename is one step, as on every file system with a journal.
Names that were not synced survive as a journal has them (up to some moment) or each for itself, which POSIX allows.
"""

import os
import pathlib
import stat

SECTOR, PAGE = 512, 4096


class File:
    def __init__(self, mode=0o600, data=b""):
        self.mode, self.durable, self.pending = mode, bytearray(data), []

    def now(self):
        data = bytearray(self.durable)
        for change in self.pending:
            apply(data, change)
        return data

    def size(self):
        size = len(self.durable)
        for what, offset, data in self.pending:
            size = offset if what == "cut" else max(size, offset + len(data))
        return size

    def sync(self, upto=None):
        upto = len(self.pending) if upto is None else min(upto, len(self.pending))
        for change in self.pending[:upto]:
            apply(self.durable, change)
        del self.pending[:upto]

    def after_cut(self, chance):
        """What may be left of it: any part of what was not synced, in any order, torn."""
        data, kept = bytearray(self.durable), [change for change in self.pending if chance.random() < chance.how]
        if chance.random() < 0.5:
            chance.shuffle(kept)
        for change in kept:
            what, offset, written = change
            if what == "cut" or chance.random() < 0.6:
                apply(data, change)
                continue
            unit = chance.choice((SECTOR, PAGE))
            for start in range(offset - offset % unit, offset + len(written), unit):
                if chance.random() < 0.5:
                    begin, end = max(start, offset), min(start + unit, offset + len(written))
                    apply(data, ("write", begin, written[begin - offset:end - offset]))
        return data


class Folder:
    def __init__(self, mode=0o700):
        self.mode, self.names = mode, {}


def apply(data, change):
    what, offset, written = change
    if what == "cut":
        del data[offset:]
        data.extend(bytes(offset - len(data)))
        return
    if len(data) < offset:
        data.extend(bytes(offset - len(data)))
    data[offset:offset + len(written)] = written


class Disk:
    """Files and folders below one root, as the running program sees them and as the disk holds them."""

    def __init__(self, root, kept):
        self.root = pathlib.Path(root)
        self.top, self.pending = read(pathlib.Path(kept)), []  # pending: [(folders, {(folder, name): node or None})]
        self.durable = {}  # names that differ from what the program sees: {(folder, name): node or None}

    def find(self, path):
        """Folder and last name of an absolute path below the root, or None."""
        try:
            parts = pathlib.PurePath(os.path.normpath(path)).relative_to(self.root).parts
        except ValueError:
            return None
        node = self.top
        for part in parts[:-1]:
            node = node.names.get(part)
            if not isinstance(node, Folder):
                return None
        return (node, parts[-1]) if parts else (None, None)

    def node(self, path):
        found = self.find(path)
        if not found:
            return None
        folder, name = found
        return self.top if folder is None else folder.names.get(name)

    def names(self, changes):
        """One step that changes names; each change is ((folder, name), node or None)."""
        before = {}
        for (folder, name), node in changes:
            before.setdefault((id(folder), name), (folder, folder.names.get(name)))
            if node is None:
                folder.names.pop(name, None)
            else:
                folder.names[name] = node
        for (_, name), (folder, node) in before.items():
            # What the disk still holds, unless something pending says it already.
            self.durable.setdefault((folder, name), node)
        self.pending.append(list(changes))

    def sync_folder(self, folder):
        kept = []
        for step in self.pending:
            if any(at is folder for (at, _), _ in step):
                for place, node in step:
                    self.durable[place] = node
            else:
                kept.append(step)
        self.pending = kept

    def sync_all(self):
        for step in self.pending:
            for place, node in step:
                self.durable[place] = node
        self.pending = []
        for node in everything(self.top):
            if isinstance(node, File):
                node.sync()

    def image(self, into, chance):
        """Lays out below `into` what a power cut at this moment may leave."""
        chance.how = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        if chance.random() < 0.5:
            steps = self.pending[:chance.randint(0, len(self.pending))]
        else:
            steps = [step for step in self.pending if chance.random() < 0.5]
        names = dict(self.durable)
        for step in steps:
            for place, node in step:
                names[place] = node
        cut = {}
        for (folder, name), node in names.items():
            cut.setdefault(id(folder), {})[name] = node
        lay(self.top, pathlib.Path(into), cut, chance)


def everything(folder):
    for node in folder.names.values():
        yield node
        if isinstance(node, Folder):
            yield from everything(node)


def read(path):
    """A folder as it lies on the real disk, all of it durable."""
    folder = Folder(stat.S_IMODE(path.stat().st_mode))
    for entry in sorted(path.iterdir()):
        if entry.is_dir():
            folder.names[entry.name] = read(entry)
        else:
            folder.names[entry.name] = File(stat.S_IMODE(entry.stat().st_mode), entry.read_bytes())
    return folder


def lay(folder, path, cut, chance):
    path.mkdir()
    os.chmod(path, folder.mode | 0o700)
    names = dict(folder.names)
    names.update(cut.get(id(folder), {}))
    for name, node in sorted(names.items()):
        # Shared memory is rebuilt by whoever comes first: its pages go through no call that could be recorded.
        if node is None or name.endswith("-shm"):
            continue
        if isinstance(node, Folder):
            lay(node, path / name, cut, chance)
        else:
            (path / name).write_bytes(node.after_cut(chance))
            os.chmod(path / name, node.mode)
