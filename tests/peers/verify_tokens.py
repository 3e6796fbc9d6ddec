#!/usr/bin/env python3
"""Verifies an authorization with PyJWT alone: signature, audience, expiry and type.

usage: verify_tokens.py JWKS_FILE TOKEN_FILE [--audience CENTRE]

Prints the claims as JSON. Then tampers with the token in a dozen ways and fails if any passes.
"""
import argparse
import base64
import hashlib
import hmac
import json
import sys

import jwt

TYP = "latchkey-auth+jwt"


def verify(token, keys, audience):
    """What a service centre with a stock library does: the key fixes the algorithm."""
    header = jwt.get_unverified_header(token)
    if set(header) != {"alg", "typ", "kid"}:
        raise jwt.InvalidTokenError("a header that is not ours")
    if header["typ"] != TYP:
        raise jwt.InvalidTokenError("another type")
    if header["kid"] not in keys:
        raise jwt.InvalidTokenError("an unknown key")
    options = {"require": ["iss", "sub", "aud", "op", "dev", "jti", "iat", "nbf", "exp"]}
    return jwt.decode(
        token, keys[header["kid"]], algorithms=["EdDSA"], audience=audience, leeway=120, options=options
    )


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def tampered(token, jwks):
    header, claims, signature = token.split(".")
    head, body = json.loads(unb64(header)), json.loads(unb64(claims))

    def with_head(**edit):
        return ".".join([b64(json.dumps({**head, **edit}).encode()), claims, signature])

    def with_body(**edit):
        return ".".join([header, b64(json.dumps({**body, **edit}).encode()), signature])

    key = next(k for k in jwks["keys"] if k["kid"] == head["kid"])
    other = next(k for k in jwks["keys"] if k["kid"] != head["kid"])
    hs = b64(json.dumps({**head, "alg": "HS256"}).encode()) + "." + claims
    mac = hmac.new(unb64(key["x"]), hs.encode(), hashlib.sha256).digest()
    bits = bytearray(unb64(signature))
    bits[0] ^= 1
    yield "alg none", b64(json.dumps({**head, "alg": "none"}).encode()) + "." + claims + "."
    yield "HS256 with the public key", hs + "." + b64(mac)
    yield "alg in lower case", with_head(alg="eddsa")
    yield "typ", with_head(typ="JWT")
    yield "another agent's kid", with_head(kid=other["kid"])
    yield "unknown kid", with_head(kid="../../etc/passwd")
    yield "jwk in the header", with_head(jwk=other)
    yield "jku in the header", with_head(jku="https://evil.example/jwks")
    yield "crit in the header", with_head(crit=["x"])
    yield "one bit of the signature", ".".join([header, claims, b64(bytes(bits))])
    yield "no signature", header + "." + claims + "."
    yield "four parts", token + ".x"
    edits = {
        "iss": "x", "sub": "device:imei:111111111111119", "aud": "any", "op": "reset-account", "dev": [],
        "acc": "A-2", "jti": "AAAAAAAAAAAAAAAAAAAAAA", "ticket": 18, "evd": "x", "pol": "x", "iat": 1,
        "nbf": 1, "exp": body["exp"] + 3600, "log": {}, "apv": [],
    }
    for claim, value in edits.items():
        if body.get(claim) != value:
            yield "claim " + claim, with_body(**{claim: value})


def main():
    args = argparse.ArgumentParser()
    args.add_argument("jwks")
    args.add_argument("token")
    args.add_argument("--audience", default="any")
    args = args.parse_args()
    with open(args.jwks, encoding="utf-8") as file:
        jwks = json.load(file)
    with open(args.token, encoding="utf-8") as file:
        token = file.read().strip()
    keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(jwks).keys}
    try:
        claims = verify(token, keys, args.audience)
    except jwt.PyJWTError as error:
        sys.exit(f"refused: {error}")
    print(json.dumps(claims, indent=2, ensure_ascii=False))
    count = 0
    variants = list(tampered(token, jwks))
    for name, variant in variants:
        try:
            verify(variant, keys, args.audience)
        except (jwt.PyJWTError, ValueError):
            count += 1
        else:
            sys.exit(f"PyJWT took a tampered token: {name}")
    try:
        verify(token, keys, "some-other-centre")
    except jwt.InvalidAudienceError:
        count += 1
    else:
        sys.exit("PyJWT took a token for another audience")
    print(f"PyJWT {jwt.__version__}: valid; {count} tampered variants refused", file=sys.stderr)


main()
