#!/usr/bin/env bash
# Lets the verifiers of other houses judge what our tests emit. `bash tests/peers/install.sh` first.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
bash "$here/hostile.sh"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT

(cd "$here/../.." && LATCHKEY_EMIT="$out" cargo test --quiet --lib audit::emit_tests >/dev/null)

for token in token.jws token-two.jws; do
  "$here/.venv/bin/python" "$here/verify_tokens.py" "$out/jwks.json" "$out/$token" --audience centre-1 >/dev/null
  node "$here/verify_tokens.mjs" "$out/jwks.json" "$out/$token" --audience centre-1 >/dev/null
done
# What has run out must be refused by them too.
if "$here/.venv/bin/python" "$here/verify_tokens.py" "$out/jwks.json" "$out/expired.jws" --audience centre-1 >/dev/null 2>&1; then
  echo "PyJWT took an expired token" >&2
  exit 1
fi
if node "$here/verify_tokens.mjs" "$out/jwks.json" "$out/expired.jws" --audience centre-1 >/dev/null 2>&1; then
  echo "jose took an expired token" >&2
  exit 1
fi
export GOPATH=/usr/share/gocode GO111MODULE=off
go run "$here/verify_checkpoint.go" "$out/checkpoint.txt" "$(cat "$out/vkey.txt")" "$out/leaves.jsonl"
# One changed leaf, one lost leaf, one changed head: all refused.
sed '7s/anna/Anna/' "$out/leaves.jsonl" >"$out/changed.jsonl"
sed '7d' "$out/leaves.jsonl" >"$out/lost.jsonl"
sed '2s/1000/1001/' "$out/checkpoint.txt" >"$out/changed.txt"
for pair in checkpoint.txt:changed.jsonl checkpoint.txt:lost.jsonl changed.txt:leaves.jsonl; do
  if go run "$here/verify_checkpoint.go" "$out/${pair%:*}" "$(cat "$out/vkey.txt")" "$out/${pair#*:}" >/dev/null 2>&1; then
    echo "Go took $pair" >&2
    exit 1
  fi
done
echo "PyJWT, jose and Go agree with us"
