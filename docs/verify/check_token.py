#!/usr/bin/env python3
"""Checks a token with PyJWT: check_token.py JWKS TOKEN_FILE AUDIENCE OPERATION DEVICE

A library checks the signature and the times. The five lines after it are the verifier's own business: without them
a token for another device, centre or operation passes.
"""
import json
import sys

import jwt

jwks, token_file, audience, operation, device = sys.argv[1:]
token = open(token_file, encoding="ascii").read().strip()
header = jwt.get_unverified_header(token)
assert header["typ"] == "latchkey-auth+jwt" and header["alg"] == "EdDSA", "another kind of token"
keys = {key["kid"]: key for key in json.load(open(jwks, encoding="utf-8"))["keys"]}
claims = jwt.decode(
    token,
    jwt.PyJWK(keys[header["kid"]]).key,
    algorithms=["EdDSA"],
    audience=[audience, "any"],
    leeway=120,
    options={"require": ["exp", "nbf", "iat", "aud", "jti", "sub", "op"]},
)
assert claims["op"] == operation, "for another operation"
assert any(known.split(":")[-1] == device for known in claims["dev"]), "for another device"
print(json.dumps({name: claims[name] for name in ("op", "sub", "aud", "jti", "log")}))
