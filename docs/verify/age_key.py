#!/usr/bin/env python3
"""A custodian's key as `age` reads it, to open an encrypted backup without Latchkey.

  openssl pkey -in clara.pem -outform DER | age_key.py > clara.txt      (openssl asks for the passphrase)
  age -d -i clara.txt monday.age | tar -x

It is the secret itself: write it where only you read, and remove it afterwards.
"""
import hashlib
import sys

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
PREFIX = "age-secret-key-"


def checksum(values):
    sum = 1
    for value in values:
        top = sum >> 25
        sum = (sum & 0x1FFFFFF) << 5 ^ value
        for n, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            sum ^= part if (top >> n) & 1 else 0
    return sum


def bech32(prefix, data):
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    fives = [int(bits[n : n + 5], 2) for n in range(0, len(bits), 5)]
    head = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    end = checksum(head + fives + [0] * 6) ^ 1
    return prefix + "1" + "".join(LETTERS[n] for n in fives + [end >> 5 * (5 - n) & 31 for n in range(6)])


key = sys.stdin.buffer.read()
# PKCS #8 of an Ed25519 key (RFC 8410): the seed is the last 32 of 48 bytes.
if len(key) != 48 or not key.startswith(bytes.fromhex("302e020100300506032b657004220420")):
    sys.exit("this is no Ed25519 key in DER")
scalar = bytearray(hashlib.sha512(key[16:]).digest()[:32])
scalar[0] &= 248
scalar[31] = scalar[31] & 127 | 64
print(bech32(PREFIX, scalar).upper())
