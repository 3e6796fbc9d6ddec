#!/usr/bin/env bash
# A rehearsal desk issues a token and signs its log's head; PyJWT, jose and Go judge both.
#   demo.sh BINARY
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
bin="$(realpath "$1")"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
unset LATCHKEY_NOW # a stock library goes by the machine's clock

"$bin" demo "$out/desk" </dev/null >/dev/null
desk=("$bin" --desk "$out/desk" --json)
# R-06 lacks one proof; the account's owner says yes by a code.
ticket=R-06
code="$("${desk[@]}" code send "$ticket" contact | python3 -c 'import json,sys; print(json.load(sys.stdin)["code"])')"
"${desk[@]}" code confirm "$ticket" contact "$code" >/dev/null
"${desk[@]}" decide "$ticket" approve >/dev/null
"${desk[@]}" issue "$ticket" --audience centre-1 | python3 -c 'import json,sys; print(json.load(sys.stdin)["token"], end="")' >"$out/token.jws"
"${desk[@]}" keyset export --jwks >"$out/jwks.json"
"$bin" --desk "$out/desk" verify "$(cat "$out/token.jws")" --audience centre-1 >/dev/null
"$here/.venv/bin/python" "$here/verify_tokens.py" "$out/jwks.json" "$out/token.jws" --audience centre-1 >/dev/null
node "$here/verify_tokens.mjs" "$out/jwks.json" "$out/token.jws" --audience centre-1 >/dev/null

"$bin" --desk "$out/desk" audit checkpoint >"$out/checkpoint.txt" 2>"$out/vkey.txt"
python3 - "$out" <<'PYTHON'
import pathlib, sqlite3, sys
out = pathlib.Path(sys.argv[1])
with sqlite3.connect(out / "desk" / "desk.db") as db, open(out / "leaves.jsonl", "w", encoding="utf-8") as leaves:
    for (line,) in db.execute("SELECT line FROM leaf ORDER BY seq"):
        leaves.write(line + "\n")
PYTHON
export GOPATH=/usr/share/gocode GO111MODULE=off
go run "$here/verify_checkpoint.go" "$out/checkpoint.txt" "$(sed -n 's/^verifier key: //p' "$out/vkey.txt")" "$out/leaves.jsonl"
echo "PyJWT, jose and Go accept what a desk issued"
