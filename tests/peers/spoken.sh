#!/usr/bin/env bash
# Spoken codes, with docs/verify/spoken.py on the other side: the vectors are its own, and in a real call it works out
# what the desk says and what the centre reads back. Usage: spoken.sh [LATCHKEY]
set -euo pipefail
here="$(cd "$(dirname "$0")/../.." && pwd)"
bin="$(realpath "${1:-$here/target/debug/latchkey}")"
python3 "$here/docs/verify/spoken.py" vectors | cmp - "$here/fixtures/tokens/spoken.json"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME="$work" LATCHKEY_DESK="$work/desk" LATCHKEY_NOW=2026-11-24T09:00:00Z
unset XDG_DATA_HOME LATCHKEY_AGENT
field() { python3 -c "import json,sys; print(json.load(sys.stdin)['$1'])"; }
LATCHKEY_NOW=2026-11-20T09:00:00Z "$bin" demo "$work/desk" </dev/null >/dev/null
ticket=R-02
"$bin" issue "$ticket" >/dev/null 2>&1
sed 's/codes = false/codes = true/' "$here/policy.toml" >"$work/desk/policy.toml"
"$bin" --agent clara centres add north --out north.json >/dev/null
device="$("$bin" show "$ticket" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["device"]["imeis"][0])')"
challenge="$("$bin" --json centre --secret north.json challenge "$device" 2>/dev/null | field challenge)"
said="$("$bin" --json speak "$ticket" --centre north "$challenge" | field code)"
ours="$(python3 "$here/docs/verify/spoken.py" code north.json "$challenge" "imei:$device" unbind 2026-11-24)"
[ "$said" = "$ours" ] || { echo "the desk says $said, Python $ours" >&2; exit 1; }
# The desk takes what Python reads back for a centre of its own.
back="$(python3 "$here/docs/verify/spoken.py" accepted north.json "$challenge" "imei:$device" unbind 2026-11-24)"
[ "$("$bin" --json centre --secret north.json check "$challenge" "$said" 2>/dev/null | field acceptance)" = "$back" ]
"$bin" redeem "$ticket" --accepted "$back" >/dev/null
"$bin" audit verify >/dev/null
echo "Python says the same codes as we"
