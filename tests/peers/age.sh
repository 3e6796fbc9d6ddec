#!/usr/bin/env bash
# Encrypted backups and the reference `age` (Debian's, in Go): it opens ours, by a key of its own and by a custodian's,
# and we open what it made.
#   age.sh BINARY
set -euo pipefail
docs="$(cd "$(dirname "$0")/../../docs/verify" && pwd)"
bin="$(realpath "$1")"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
unset LATCHKEY_NOW LATCHKEY_DESK LATCHKEY_AGENT
umask 077
cd "$out"
"$bin" demo desk </dev/null >/dev/null
desk=("$bin" --desk desk --agent clara)

age-keygen -o owner.txt 2>/dev/null
owner="$(age-keygen -y owner.txt)"
"${desk[@]}" backup ours.age --encrypt --recipient "$owner" >/dev/null
"${desk[@]}" backup plain.tar >/dev/null

# By the owner's key, and by clara's.
openssl pkey -in desk/keys/clara.pem -outform DER | python3 "$docs/age_key.py" >clara.txt
for key in owner.txt clara.txt; do
  age -d -i "$key" ours.age | tar -t >names
  grep -qx desk.db names
  grep -qx latchkey-backup.json names
  age -d -i "$key" ours.age | tar -xO latchkey-backup.json | python3 -m json.tool >/dev/null
done

# What `age` made of a plain one.
age -r "$owner" -r "$(age-keygen -y clara.txt)" -o theirs.age plain.tar
"$bin" backup verify theirs.age --identity owner.txt >/dev/null
"${desk[@]}" backup verify theirs.age >/dev/null
"$bin" --desk restored --agent clara restore theirs.age --identity desk/keys/clara.pem >/dev/null 2>&1
"$bin" --desk restored audit verify >/dev/null

# Not for everybody, and not cut short.
age-keygen -o other.txt 2>/dev/null
if age -d -i other.txt ours.age >/dev/null 2>&1; then echo "another key opens it" >&2; exit 1; fi
head -c -1 ours.age >cut.age
if age -d -i owner.txt cut.age >/dev/null 2>&1; then echo "age takes it cut short" >&2; exit 1; fi
if "$bin" backup verify cut.age --identity owner.txt >/dev/null 2>&1; then echo "cut short, it verifies" >&2; exit 1; fi
echo "age and Latchkey open each other's backups"
