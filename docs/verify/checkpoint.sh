#!/usr/bin/env bash
# Checks a checkpoint's signature with openssl alone.
#   checkpoint.sh CHECKPOINT KEY      KEY is a verifier key: NAME+ID+BASE64
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
name="${2%%+*}"
rest="${2#*+}"
id="${rest%%+*}"
# The first byte says Ed25519 (01); the other 32 are the key.
printf '%s' "${rest#*+}" | base64 -d >"$dir/raw"
[ "$(head -c 1 "$dir/raw" | od -An -tx1 | tr -d ' ')" = 01 ] || { echo "not an Ed25519 key of a log" >&2; exit 1; }
{ printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; tail -c 32 "$dir/raw"; } >"$dir/key.der"
# What is signed: everything before the blank line.
sed '/^$/,$d' "$1" >"$dir/text"
# A signature line: a dash, the name, base64 of the key's id and the signature.
while read -r dash signer encoded; do
  [ "$dash $signer" = "— $name" ] || continue
  printf '%s' "$encoded" | base64 -d >"$dir/line"
  [ "$(head -c 4 "$dir/line" | od -An -tx1 | tr -d ' ')" = "$id" ] || continue
  tail -c 64 "$dir/line" >"$dir/signature"
  openssl pkeyutl -verify -pubin -inkey "$dir/key.der" -keyform DER -rawin -in "$dir/text" -sigfile "$dir/signature"
  exit
done < <(sed '1,/^$/d' "$1")
echo "this key has not signed it" >&2
exit 1
