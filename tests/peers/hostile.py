#!/usr/bin/env python3
"""PyJWT judges fixtures/tokens/hostile.json by docs/verify/rules.py: each token by the same rule as Latchkey.

usage: hostile.py FILE

Says too how many of them PyJWT refuses without those rules, asked as its documentation says one should.
"""
import datetime
import json
import pathlib
import sys

import jwt
import jwt.api_jwt

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "docs" / "verify"))
import rules  # noqa: E402


def library_alone(token, keyset, ask):
    """The algorithm fixed, the audience, the times, the claims that must be there."""
    keys = {agent["kid"]: agent["jwk"] for agent in keyset["agents"] if not agent["disabled"]}
    try:
        key = jwt.PyJWK(keys[jwt.get_unverified_header(token)["kid"]]).key
        require = ["iss", "sub", "aud", "op", "dev", "jti", "iat", "nbf", "exp"]
        audience = ["any", ask.get("audience", "any")]
        options = {"require": require}
        jwt.decode(token, key, algorithms=["EdDSA"], audience=audience, leeway=120, options=options)
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, OverflowError):
        return False
    return True


class Clock(datetime.datetime):
    """What PyJWT takes for the clock."""

    stands_at = 0

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(cls.stands_at, tz)


def main():
    file = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    keysets = {name: rules.open_keyset(text, file["root"]) for name, text in file["keysets"].items()}
    jwt.api_jwt.datetime = Clock
    count = {"good": 0, "hostile": 0, "alone": 0}
    for family in file["families"]:
        for row in family["tokens"]:
            ask = dict(row["ask"])
            now = ask.pop("now", file["now"])
            keyset = keysets[ask.pop("keyset", "usual")]
            Clock.stands_at = min(max(now, 0), 2**35)
            rule = rules.verify(row["token"], keyset, now, **ask)
            alone = library_alone(row["token"], keyset, ask)
            if rule != row["rule"]:
                sys.exit(f"{family['family']}: {row['name']}: PyJWT says {rule}, Latchkey {row['rule']}")
            if rule is None and not alone and not keyset["rehearsal"]:
                sys.exit(f"{family['family']}: {row['name']}: PyJWT alone refuses a good token")
            count["good" if rule is None else "hostile"] += 1
            count["alone"] += rule is not None and not alone
    print(
        f"PyJWT {jwt.__version__}: {count['hostile']} hostile tokens refused, each by Latchkey's rule,"
        f" {count['good']} good ones taken (without docs/verify/rules.py it refuses {count['alone']})"
    )


main()
