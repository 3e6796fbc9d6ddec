#!/usr/bin/env python3
"""PyJWT judges fixtures/tokens/hostile.json by docs/verify/rules.py: each token by the same rule as Latchkey.

usage: hostile.py FILE

docs/verify/check_token.py answers the same, and as a program too for who may sign and who has to agree.

Says too how many of them PyJWT refuses without those rules, asked as its documentation says one should.
"""
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import jwt
import jwt.api_jwt

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "docs" / "verify"))
import check_token  # noqa: E402
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


def as_program(command, file, row, folder):
    """The rule that check_token names for a token, asked for what the token says it is for; None for a good one."""
    ask, (keyset, token) = row["ask"], (folder / "keyset.jws", folder / "token.jws")
    keyset.write_text(file["keysets"][ask.get("keyset", "usual")])
    token.write_text(row["token"])
    claims = rules.strict_json(row["token"].split(".")[1])
    asked = [ask.get("audience", claims["aud"]), ask.get("op", claims["op"]), ask.get("device", claims["dev"][0])]
    more = ["--at", str(ask.get("now", file["now"]))]
    run = [*command, str(keyset), file["root"]["kid"], str(token), *asked, *more]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 4):
        sys.exit(f"{row['name']}: {done.stderr}")
    return None if done.returncode == 0 else done.stderr.strip().removeprefix("refused: ")


def judged_as_programs(file):
    """Both check_token, on who may sign and who has to agree; then by the name of another root."""
    here = pathlib.Path(__file__).resolve().parents[2] / "docs" / "verify"
    modules = pathlib.Path(__file__).resolve().parent / "node_modules" / ".hostile"
    families = [family for family in file["families"] if family["family"] in ("signer", "approval", "keyset")]
    rows = [row for family in families for row in family["tokens"]]
    with tempfile.TemporaryDirectory() as folder:
        for command in ([sys.executable, str(here / "check_token.py")], ["node", str(modules / "check_token.mjs")]):
            for row in rows:
                rule = as_program(command, file, row, pathlib.Path(folder))
                if rule != row["rule"]:
                    sys.exit(f"{row['name']}: {command[-1]} says {rule}, Latchkey {row['rule']}")
            good = next(row for row in rows if row["rule"] is None and not row["ask"])
            other = {**file, "root": {**file["root"], "kid": "A" * 43}}
            if as_program(command, other, good, pathlib.Path(folder)) != "keyset":
                sys.exit(f"{command[-1]} takes another root for the desk's")
    return len(rows)


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
            signed_by = file["keysets"][row["ask"].get("keyset", "usual")]
            program = check_token.judge(signed_by, file["root"]["kid"], row["token"], now, **ask)
            alone = library_alone(row["token"], keyset, ask)
            if program != rule:
                sys.exit(f"{family['family']}: {row['name']}: check_token.py says {program}, rules.py {rule}")
            if rule != row["rule"]:
                sys.exit(f"{family['family']}: {row['name']}: PyJWT says {rule}, Latchkey {row['rule']}")
            if rule is None and not alone and not keyset["rehearsal"]:
                sys.exit(f"{family['family']}: {row['name']}: PyJWT alone refuses a good token")
            count["good" if rule is None else "hostile"] += 1
            count["alone"] += rule is not None and not alone
    programs = judged_as_programs(file)
    print(f"check_token.py and check_token.mjs: {programs} tokens, each by Latchkey's rule")
    print(
        f"PyJWT {jwt.__version__}: {count['hostile']} hostile tokens refused, each by Latchkey's rule,"
        f" {count['good']} good ones taken (without docs/verify/rules.py it refuses {count['alone']})"
    )


main()
