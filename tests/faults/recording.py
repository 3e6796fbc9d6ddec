"""What a program did to the disk: the calls that strace wrote down, played on a `Disk`."""

import os
import re

import disk as disks

TRACED = (
    "open openat creat close dup dup2 dup3 fcntl read readv write writev pwrite64 pwritev ftruncate truncate fallocate "
    "fsync fdatasync sync syncfs rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat link linkat symlink "
    "symlinkat lseek copy_file_range sendfile chmod fchmod fchmodat"
).split()
WHOLE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)")
BEGUN = re.compile(r"^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
ENDED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+|\?)")
PART = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|\{[^{}]*\}|[^,\s\[\]]+')
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def steps(log):
    """(kind, call, arguments, result) of each call; a sync that takes a while begins and ends."""
    waiting = {}
    for line in log:
        if made := BEGUN.match(line):
            thread, call, said = made.groups()
            waiting[thread] = said
            if call in ("fsync", "fdatasync"):
                yield "begin", call, said, thread
        elif made := ENDED.match(line):
            thread, call, said, result = made.groups()
            said = waiting.pop(thread, "") + said
            if result not in ("?", "-1"):
                yield ("end" if call in ("fsync", "fdatasync") else "whole"), call, said, (int(result), thread)
        elif (made := WHOLE.match(line)) and made[4] not in ("?", "-1"):
            yield "whole", made[2], made[3], (int(made[4]), made[1])


def text(said):
    return bytes.fromhex("".join(TEXT.findall(said)).replace("\\x", ""))


def parts(said):
    return [part.group(0) for part in PART.finditer(said)]


def name(part):
    return os.fsdecode(text(part))


class Open:
    """What a descriptor stands for."""

    def __init__(self, node, path, append=False):
        self.node, self.path, self.append, self.at = node, path, append, 0


class Player:
    """Plays calls on a disk, one at a time."""

    def __init__(self, disk, deaf=False):
        self.deaf, self.disk, self.open, self.begun, self.said = deaf, disk, {}, {}, b""

    def play(self, kind, call, said, result):
        """Whether this was the moment of a sync."""
        if kind == "begin":
            held = self.open.get(int(parts(said)[0]))
            self.begun[result] = len(held.node.pending) if held and isinstance(held.node, disks.File) else None
            return False
        value, thread = result
        if call in ("sync", "syncfs"):
            if not self.deaf:
                self.disk.sync_all()
            return True
        if call in ("fsync", "fdatasync"):
            upto = self.begun.pop(thread, None) if kind == "end" else None
            if not self.deaf:
                self.sync(int(parts(said)[0]), upto)
            return True
        getattr(self, f"on_{call}", self.ignored)(said, value)
        return False

    def ignored(self, said, value):
        pass

    def sync(self, fd, upto):
        held = self.open.get(fd)
        if held is None:
            return
        if isinstance(held.node, disks.Folder):
            self.disk.sync_folder(held.node)
        elif held.node:
            held.node.sync(upto)

    def path(self, at, part):
        given = name(part)
        if given.startswith("/"):
            return given
        held = self.open.get(int(at)) if at.lstrip("-").isdigit() else None
        return os.path.join(held.path if held else os.getcwd(), given)

    # Descriptors

    def on_open(self, said, fd):
        self.opened(["AT_FDCWD", *parts(said)], fd)

    def on_openat(self, said, fd):
        self.opened(parts(said), fd)

    def opened(self, given, fd):
        path, flags = self.path(given[0], given[1]), given[2].split("|")
        if "O_TMPFILE" in flags:
            self.open[fd] = Open(disks.File(), path)
            return
        place = self.disk.find(path)
        node = self.disk.node(path) if place else None
        if place and node is None and "O_CREAT" in flags:
            node = disks.File(int(given[3], 8) & ~0o022)
            self.disk.names([(place, node)])
        elif isinstance(node, disks.File) and "O_TRUNC" in flags:
            node.pending.append(("cut", 0, b""))
        self.open[fd] = Open(node, path, "O_APPEND" in flags)

    def on_close(self, said, _):
        self.open.pop(int(parts(said)[0]), None)

    def on_dup(self, said, fd):
        self.open[fd] = self.open.get(int(parts(said)[0]))

    on_dup2 = on_dup3 = on_dup

    def on_fcntl(self, said, value):
        if "F_DUPFD" in said:
            self.on_dup(said, value)

    def held(self, said):
        held = self.open.get(int(parts(said)[0]))
        return held if held and isinstance(held.node, disks.File) else None

    # Bytes

    def on_read(self, said, count):
        if held := self.held(said):
            held.at += count

    on_readv = on_read

    def on_lseek(self, said, at):
        if held := self.held(said):
            held.at = at

    def on_write(self, said, count):
        if parts(said)[0] == "1":
            self.said += text(said)[:count]
        elif held := self.held(said):
            if held.append:
                held.at = held.node.size()
            held.node.pending.append(("write", held.at, text(said)[:count]))
            held.at += count

    on_writev = on_write

    def on_pwrite64(self, said, count):
        if held := self.held(said):
            held.node.pending.append(("write", int(said.rsplit(", ", 1)[1]), text(said)[:count]))

    def on_ftruncate(self, said, _):
        if held := self.held(said):
            held.node.pending.append(("cut", int(parts(said)[1]), b""))

    def on_fallocate(self, said, _):
        held, given = self.held(said), parts(said)
        if held and given[1] == "0" and int(given[2]) + int(given[3]) > held.node.size():
            held.node.pending.append(("cut", int(given[2]) + int(given[3]), b""))

    def on_copy_file_range(self, said, count):
        given = parts(said)
        source, to = self.open.get(int(given[0])), self.open.get(int(given[2]))
        if not (source and to and isinstance(source.node, disks.File) and isinstance(to.node, disks.File)):
            return
        data = bytes(source.node.now()[source.at:source.at + count])
        to.node.pending.append(("write", to.at, data))
        source.at, to.at = source.at + count, to.at + count

    def on_sendfile(self, said, count):
        given = parts(said)
        self.on_copy_file_range(f"{given[1]}, NULL, {given[0]}, NULL", count)

    # Names

    def on_mkdir(self, said, _):
        self.made_folder(["AT_FDCWD", *parts(said)])

    def on_mkdirat(self, said, _):
        self.made_folder(parts(said))

    def made_folder(self, given):
        if place := self.disk.find(self.path(given[0], given[1])):
            self.disk.names([(place, disks.Folder(int(given[2], 8) & ~0o022))])

    def on_unlink(self, said, _):
        self.gone(["AT_FDCWD", *parts(said)])

    on_rmdir = on_unlink

    def on_unlinkat(self, said, _):
        self.gone(parts(said))

    def gone(self, given):
        if place := self.disk.find(self.path(given[0], given[1])):
            self.disk.names([(place, None)])

    def on_rename(self, said, _):
        given = parts(said)
        self.renamed(["AT_FDCWD", given[0], "AT_FDCWD", given[1]])

    def on_renameat(self, said, _):
        self.renamed(parts(said))

    on_renameat2 = on_renameat

    def renamed(self, given):
        one, two = self.path(given[0], given[1]), self.path(given[2], given[3])
        a, b = self.disk.find(one), self.disk.find(two)
        if not a or not b:
            return
        moved = self.disk.node(one)
        there = self.disk.node(two) if "RENAME_EXCHANGE" in given[-1] else None
        self.disk.names([(a, there), (b, moved)])

    def on_link(self, said, _):
        given = parts(said)
        self.linked(["AT_FDCWD", given[0], "AT_FDCWD", given[1]])

    def on_linkat(self, said, _):
        self.linked(parts(said))

    def linked(self, given):
        node = self.disk.node(self.path(given[0], given[1]))
        if node and (place := self.disk.find(self.path(given[2], given[3]))):
            self.disk.names([(place, node)])

    def on_chmod(self, said, _):
        given = parts(said)
        self.mode(self.disk.node(self.path("AT_FDCWD", given[0])), given[1])

    def on_fchmod(self, said, _):
        given = parts(said)
        held = self.open.get(int(given[0]))
        self.mode(held and held.node, given[1])

    def on_fchmodat(self, said, _):
        given = parts(said)
        self.mode(self.disk.node(self.path(given[0], given[1])), given[2])

    @staticmethod
    def mode(node, given):
        if node:
            node.mode = int(given, 8)
