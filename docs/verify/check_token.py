#!/usr/bin/env python3
"""Checks a token by the rules of rules.py: check_token.py KEYSET ROOT TOKEN_FILE AUDIENCE OPERATION DEVICE

KEYSET is the file of `latchkey keyset export`, ROOT the name of the desk's root key, which you compared on paper once:
who may sign alone, and what takes a second person, stands in the keyset and in no JWK Set. Ends with 0, or with 4 and the
first rule that fails. What no file here can know: whether the token was withdrawn or used since. `latchkey verify
--revoked` asks the one, the desk alone knows the other.
"""
import argparse
import json
import sys
import time

import rules


def judge(keyset, root, token, now, **asks):
    """The first rule that fails, or None, for the texts of a keyset and a token."""
    try:
        opened = rules.open_keyset(keyset, rules.root_in(keyset, root))
    except rules.Refused:
        return "keyset"
    return rules.verify(token, opened, now, **asks)


def main():
    args = argparse.ArgumentParser()
    for name in ("keyset", "root", "token", "audience", "op", "device"):
        args.add_argument(name)
    args.add_argument("--challenge", metavar="HEX", help="the device's nonce, where it gave one")
    args.add_argument("--seen", metavar="VERSION", type=int, default=0, help="the newest keyset that you have seen")
    args.add_argument("--rehearsal", action="store_true", help="take tokens of a rehearsal desk")
    args.add_argument("--at", metavar="SECONDS", type=int, help="as of another moment than now (Unix seconds)")
    args = args.parse_args()
    keyset, token = (open(name, encoding="ascii").read().strip() for name in (args.keyset, args.token))
    now = int(time.time()) if args.at is None else args.at
    rule = judge(
        keyset, args.root, token, now, audience=args.audience, op=args.op, device=args.device,
        challenge=args.challenge, keyset_seen=args.seen, rehearsal=args.rehearsal,
    )
    if rule is not None:
        print(f"refused: {rule}", file=sys.stderr)
        return 4
    claims = rules.strict_json(token.split(".")[1])
    print(json.dumps({name: claims[name] for name in ("op", "sub", "aud", "jti", "log")}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
