#!/usr/bin/env bash
# Checks the signature of a JWS (token, approval, keyset) with openssl alone; no claim is judged.
#   jws.sh TOKEN_FILE X      X is the key's `x` in `latchkey keyset export --jwks`
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
unbase64url() {
  local text
  text="$(tr '_-' '/+' | tr -d '\n')"
  while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
  printf '%s' "$text" | base64 -d
}
# An Ed25519 public key for openssl: twelve fixed bytes (RFC 8410), then the key.
{ printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; printf '%s' "$2" | unbase64url; } >"$dir/key.der"
token="$(tr -d '\n' <"$1")"
printf '%s' "${token%.*}" >"$dir/signed"
printf '%s' "${token##*.}" | unbase64url >"$dir/signature"
openssl pkeyutl -verify -pubin -inkey "$dir/key.der" -keyform DER -rawin -in "$dir/signed" -sigfile "$dir/signature"
