"""Running a command under strace: which file system calls it makes, and with one of them spoilt."""

import collections
import re
import shutil
import subprocess

import desk as desks

CALLS = (
    "open openat creat read readv pread64 write writev pwrite64 pwritev fsync fdatasync sync_file_range ftruncate "
    "fallocate rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat link linkat symlink symlinkat fcntl flock "
    "stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat lseek getdents64 "
    "chmod fchmod fchmodat fchown fchownat copy_file_range sendfile utimensat"
).split()
FAULTS = ("EIO", "ENOSPC", "EINTR", "KILL")
WRITING = (
    "open openat creat write writev pwrite64 pwritev fsync fdatasync ftruncate fallocate rename renameat renameat2 mkdir "
    "mkdirat link linkat symlink symlinkat copy_file_range sendfile"
).split()
SLOW = "open openat read readv pread64 write writev pwrite64 pwritev fsync fdatasync ftruncate fallocate".split()
# What a call can come back with by its manual page (a lock that is not waited for is not interrupted); an error of the disk or a kill may meet each of them.
CAN = {"ENOSPC": set(WRITING), "EINTR": set(SLOW)}
# Before this call of Rust's runtime it is the loader who reads: what it says of a fault is not ours.
BEGUN = "poll("
LINE = re.compile(r"^(\d+) +(\w+)\(")


def usable():
    """Why no program can be traced here, or None."""
    if not shutil.which("strace"):
        return "strace is not installed"
    done = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True, timeout=60)
    return None if done.returncode == 0 else f"ptrace is not allowed: {done.stderr.strip()[:200]}"


class Spoilt:
    """What came of a command with a fault in it."""

    def __init__(self, done, log):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.hits = [line for line in log.splitlines() if "(INJECTED)" in line]
        self.killed = self.code in (-9, 137)
        if self.killed:
            self.hits = ["killed"]


def run(desk, argv, agent, log, *options):
    """A command of the desk's under strace; `log` is the file that strace writes."""
    command = ["strace", "-f", "-qq", "-o", str(log), *options, *desk.command(*argv, agent=agent)]
    return subprocess.run(command, env=desk.env, capture_output=True, text=True, timeout=desks.PATIENCE)


def spoil(desk, argv, agent, log, call, number, fault):
    """The same with the `number`th `call` of each thread spoilt."""
    how = "signal=KILL" if fault == "KILL" else f"error={fault}"
    done = run(desk, argv, agent, log, "-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}")
    return Spoilt(done, log.read_text(encoding="utf-8", errors="replace"))


def counted(desk, argv, agent, log):
    """How often each thread makes each call: a list of (call, number), in the order in which they are first made."""
    done = run(desk, argv, agent, log, "-e", f"trace=poll,{','.join(CALLS)}")
    if done.returncode != 0:
        raise SystemExit(f"{argv} under strace: exit {done.returncode} {done.stderr[-500:]}")
    counts, begun, places, total = collections.Counter(), False, {}, 0
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        made = LINE.match(line)
        if not made:
            continue
        begun = begun or f" {BEGUN}" in line
        thread, call = made.groups()
        if call == "poll":
            continue
        counts[thread, call] += 1
        if begun:
            total += 1
            places.setdefault((call, counts[thread, call]), line.split(" ", 1)[1][:160])
    return places, total
