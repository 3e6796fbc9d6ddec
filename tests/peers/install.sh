#!/usr/bin/env bash
# Installs what the peer verifiers need: PyJWT, npm's jose, Debian's Go with x/mod, age; strace, and the headers that an
# encrypted build links to. Nothing else in the house needs any of it. Versions are pinned: a peer that changes its
# mind should be noticed.
set -euo pipefail
cd "$(dirname "$0")"
SUDO=""
if [ "$(id -u)" -ne 0 ]; then SUDO="sudo"; fi

missing=()
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
command -v npm >/dev/null || missing+=(nodejs npm)
command -v openssl >/dev/null || missing+=(openssl)
command -v strace >/dev/null || missing+=(strace)
command -v age >/dev/null || missing+=(age)
[ -e /usr/include/openssl/evp.h ] || missing+=(libssl-dev)
if ! command -v go >/dev/null || [ ! -d /usr/share/gocode/src/golang.org/x/mod ]; then
  missing+=(golang-go golang-golang-x-mod-dev)
fi
if [ "${#missing[@]}" -gt 0 ]; then
  $SUDO apt-get update -qq
  $SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
fi

python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check 'PyJWT[crypto]==2.15.1'

npm install --silent --no-audit --no-fund --no-save --prefix . jose@6.2.17
