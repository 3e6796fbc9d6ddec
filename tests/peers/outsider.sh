#!/usr/bin/env bash
# What docs/verifiers-guide.md tells an outsider to do, done with a rehearsal desk: openssl, PyJWT and Go accept what the
# desk hands out, and refuse it once anything of it was changed.
#   outsider.sh BINARY
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
docs="$here/../../docs/verify"
bin="$(realpath "$1")"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
unset LATCHKEY_NOW
export GOPATH=/usr/share/gocode GO111MODULE=off
go build -o "$out/verify" "$docs/verify.go"
desk=("$bin" --desk "$out/desk")
cd "$out"

"$bin" demo "$out/desk" </dev/null >/dev/null
code="$("${desk[@]}" --json code send R-06 contact | python3 -c 'import json,sys; print(json.load(sys.stdin)["code"])')"
"${desk[@]}" code confirm R-06 contact "$code" >/dev/null
"${desk[@]}" decide R-06 approve >/dev/null
"${desk[@]}" issue R-06 --audience centre-1 --proof r06.tlog-proof >token.jws 2>/dev/null
"${desk[@]}" keyset export --jwks >jwks.json
"${desk[@]}" keyset export >keyset.jws
"${desk[@]}" keyset export --log-keys >keys.txt
"${desk[@]}" audit checkpoint >old.txt 2>vkey.txt
"${desk[@]}" audit export tiles >/dev/null
"${desk[@]}" note R-06 "told the centre" >/dev/null
size="$(sed -n 2p old.txt)"
"${desk[@]}" audit checkpoint --since "$size" >request.txt 2>/dev/null
"${desk[@]}" audit export tiles >/dev/null
vkey="$(sed -n 's/^verifier key: //p' vkey.txt)"
read -r x device < <(python3 - <<'PYTHON'
import base64, json
token = open("token.jws").read().strip().split(".")
part = lambda n: json.loads(base64.urlsafe_b64decode(token[n] + "=="))
keys = {k["kid"]: k["x"] for k in json.load(open("jwks.json"))["keys"]}
print(keys[part(0)["kid"]], part(1)["dev"][0].split(":")[-1])
PYTHON
)

# Everything as it is: accepted.
bash "$docs/jws.sh" token.jws "$x" >/dev/null
bash "$docs/checkpoint.sh" old.txt "$vkey" >/dev/null
root="$("${desk[@]}" --json keyset show | python3 -c 'import json,sys; print(json.load(sys.stdin)["root"]["kid"])')"
check=("$here/.venv/bin/python" "$docs/check_token.py" keyset.jws)
"${check[@]}" "$root" token.jws centre-1 unbind "$device" --rehearsal >/dev/null
./verify keys.txt proof r06.tlog-proof
./verify keys.txt since old.txt request.txt
./verify keys.txt tiles tiles
"$bin" audit check-proof r06.tlog-proof --keyset keyset.jws --token token.jws >/dev/null

# A witness, and its cosignature in the note that Go reads as before.
echo "a passphrase for the witness" >pass
"$bin" --passphrase-file pass witness --state witness init witness.example/w1 >witness.key
"$bin" witness --state witness trust keys.txt >/dev/null
"$bin" --passphrase-file pass witness --state witness cosign tiles --out tiles/checkpoint.seen >/dev/null
mv tiles/checkpoint.seen tiles/checkpoint
./verify keys.txt tiles tiles >/dev/null

# Anything changed: refused, by each of them.
refuses() {
  if "$@" >/dev/null 2>&1; then
    echo "accepted: $*" >&2
    exit 1
  fi
}
sed '4s/./#/;4s/#\(.\)/\1#/' r06.tlog-proof >bad; refuses ./verify keys.txt proof bad
sed 's/^index .*/index 3/' r06.tlog-proof >bad; refuses ./verify keys.txt proof bad
python3 - <<'PYTHON'
lines = open("r06.tlog-proof").read().split("\n")
lines[1] = lines[1][:60] + ("A" if lines[1][60] != "A" else "B") + lines[1][61:]
open("bad", "w").write("\n".join(lines))
PYTHON
refuses ./verify keys.txt proof bad
refuses "$bin" audit check-proof bad --keyset keyset.jws
awk 'NR==2{$0=$0+1}1' old.txt >bad; refuses bash "$docs/checkpoint.sh" bad "$vkey"; refuses ./verify keys.txt since bad request.txt
sed "s/^old .*/old $((size - 1))/" request.txt >bad; refuses ./verify keys.txt since old.txt bad
"$bin" demo "$out/other" </dev/null >/dev/null
"$bin" --desk "$out/other" keyset export --log-keys >other.txt
refuses ./verify other.txt proof r06.tlog-proof
refuses ./verify other.txt tiles tiles
cp -r tiles bad-tiles
python3 - <<'PYTHON'
import pathlib
for path in pathlib.Path("bad-tiles/tile/entries").rglob("*"):
    if path.is_file():
        path.write_bytes(path.read_bytes().replace(b"anna", b"Anna"))
PYTHON
refuses ./verify keys.txt tiles bad-tiles
sed 's/./#/40' token.jws >bad; refuses bash "$docs/jws.sh" bad "$x"
refuses "${check[@]}" "$root" bad centre-1 unbind "$device" --rehearsal
refuses "${check[@]}" "$root" token.jws centre-1 unbind "$device"
refuses "${check[@]}" "$root" token.jws centre-2 unbind "$device" --rehearsal
refuses "${check[@]}" "$root" token.jws centre-1 reset-device "$device" --rehearsal
refuses "${check[@]}" "$root" token.jws centre-1 unbind 000000000000000 --rehearsal
refuses "${check[@]}" "$(tail -c 44 keys.txt | tr -d '\n')" token.jws centre-1 unbind "$device" --rehearsal
echo "openssl, PyJWT and Go check a desk from outside"
