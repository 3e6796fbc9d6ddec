#!/usr/bin/env bash
# PyJWT and jose judge the hostile tokens that our own verifier is tested with: the same verdict, by the same rule.
# `bash tests/peers/install.sh` first.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
tokens="$here/../../fixtures/tokens/hostile.json"
# Node looks for jose beside the file that names it.
work="$here/node_modules/.hostile"
mkdir -p "$work"
cp "$here/hostile.mjs" "$here/../../docs/verify/rules.mjs" "$here/../../docs/verify/check_token.mjs" "$work"
"$here/.venv/bin/python" "$here/hostile.py" "$tokens"
node "$work/hostile.mjs" "$tokens"
