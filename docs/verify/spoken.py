#!/usr/bin/env python3
"""Spoken codes of a service centre, with nothing but Python's own library: what docs/service-centres.md says, as code.

  spoken.py code SECRET_FILE CHALLENGE DEVICE OP DAY    what the desk reads out
  spoken.py accepted SECRET_FILE CHALLENGE DEVICE OP DAY    what the centre reads back
  spoken.py vectors                                      test vectors as JSON (fixtures/tokens/spoken.json)
"""

import base64
import hashlib
import hmac
import json
import sys

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


def write(number):
    digits = "".join(SYMBOLS[number >> 5 * n & 31] for n in reversed(range(12)))
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}-{SYMBOLS[number % 37]}"


def read(text):
    text = "".join(text.upper().replace("-", " ").split()).replace("O", "0").replace("I", "1").replace("L", "1")
    if len(text) != 13 or any(c not in SYMBOLS[:32] for c in text[:12]) or text[12] not in SYMBOLS:
        raise ValueError("a code has twelve letters or digits and a check symbol")
    number = 0
    for c in text[:12]:
        number = number * 32 + SYMBOLS.index(c)
    if number % 37 != SYMBOLS.index(text[12]):
        raise ValueError("the check symbol does not fit")
    return number


def mac(secret, *lines):
    message = "".join(line + "\n" for line in lines).encode()
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:8], "big")


def device(text):
    kind, _, name = text.partition(":")
    return f"imei:{name[:14]}" if kind == "imei" else f"serial:{name.strip().upper()}"


def challenge(secret, dev, nonce):
    return (nonce << 20) | (mac(secret, "latchkey-device-1", device(dev)) >> 44)


def code(secret, what, desk, centre, dev, op, asked, day):
    digits = write(asked).replace("-", "")[:12]
    return mac(secret, what, desk, centre, device(dev), op, digits, day) >> 4


def name(secret):
    return hashlib.sha256(b"latchkey-centre-1\n" + secret).hexdigest()[:16]


def vectors():
    out = []
    devices = ["imei:867530900000017", "imei:86753090000001", "serial:r58m123abc", "imei:3569380356438012"]
    for n in range(16):
        secret = hashlib.sha256(b"vector %d" % n).digest()
        nonce = int.from_bytes(hashlib.sha256(b"nonce %d" % n).digest()[:5], "big") if n else 0
        dev, op = devices[n % 4], ["unbind", "reset-device"][n // 4 % 2]
        desk, centre = "0199c0de-0000-7000-8000-00000000000%x" % n, ["centre-3", "north.service_2"][n % 2]
        day = ["2026-11-20", "2026-12-31", "2028-02-29", "2027-01-01"][n // 2 % 4]
        asked = challenge(secret, dev, nonce)
        out.append({
            "secret": base64.urlsafe_b64encode(secret).decode().rstrip("="), "id": name(secret),
            "desk": desk, "centre": centre, "device": dev, "op": op, "day": day, "nonce": "%010x" % nonce,
            "challenge": write(asked),
            "code": write(code(secret, "latchkey-spoken-1", desk, centre, dev, op, asked, day)),
            "accepted": write(code(secret, "latchkey-accepted-1", desk, centre, dev, op, asked, day)),
        })
    return out


def main(args):
    if args == ["vectors"]:
        print(json.dumps(vectors(), indent=1))
    elif len(args) == 6 and args[0] in ("code", "accepted"):
        what, path, asked, dev, op, day = args
        with open(path, encoding="utf-8") as file:
            centre = json.load(file)
        secret = base64.urlsafe_b64decode(centre["secret"] + "=")
        asked = read(asked)
        if asked & 0xFFFFF != challenge(secret, dev, 0):
            sys.exit("this challenge was made for another device")
        what = "latchkey-spoken-1" if what == "code" else "latchkey-accepted-1"
        print(write(code(secret, what, centre["desk"], centre["centre"], dev, op, asked, day)))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
