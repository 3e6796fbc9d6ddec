"""Every rule for a token, in Python: PyJWT checks the signatures, the rest is what no library can know.

verify(token, keyset, now, …) names the first rule that fails, or None for a token that holds. It answers as
`latchkey verify` does: CI lets both, and rules.mjs, judge each token of fixtures/tokens/hostile.json.
"""
import base64
import hashlib
import json
import re

import jwt

SKEW, WEEK, DAY = 120, 7 * 24 * 3600, 24 * 3600
OPS = ("unbind", "reset-device", "reset-account")
TEXTS = ("iss", "sub", "aud", "op", "jti", "evd", "pol")


class Refused(Exception):
    """The rule that was broken."""


def require(holds, rule):
    if not holds:
        raise Refused(rule)


def unbase64(part):
    """One spelling for one value: no padding, no other alphabet, no stray bits."""
    require(re.fullmatch(r"[A-Za-z0-9_-]*", part), "form")
    require(len(part) % 4 != 1, "form")
    data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    require(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == part, "form")
    return data


def strict_json(part):
    """An object; no key twice, nothing that JSON is not."""

    def no_key_twice(pairs):
        require(len(dict(pairs)) == len(pairs), "form")
        return dict(pairs)

    def finite(text):
        require(abs(float(text)) != float("inf"), "form")
        return float(text)

    def whole(text):
        return -0.0 if text == "-0" else int(text)  # no second spelling of nought

    def no_constant(_):
        raise Refused("form")

    try:
        text = unbase64(part).decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=no_key_twice,
            parse_constant=no_constant,
            parse_float=finite,
            parse_int=whole,
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # no half of a surrogate pair
    except (ValueError, RecursionError):
        raise Refused("form") from None
    require(isinstance(value, dict), "form")
    return value


def take_apart(text, most):
    require(len(text.encode("utf-8")) <= most, "form")
    parts = text.split(".")
    require(len(parts) == 3, "form")
    header = strict_json(parts[0])
    require(set(header) <= {"alg", "typ", "kid"}, "form")
    unbase64(parts[2])
    return header, strict_json(parts[1])


def is_count(value, least=0):
    return type(value) is int and least <= value < 2**64


def is_time(value):
    return type(value) is int and -(2**63) <= value < 2**63


def texts(claims, names):
    require(all(isinstance(claims.get(name), str) for name in names), "form")


def check_form(claims):
    texts(claims, TEXTS)
    require(all(is_time(claims.get(name)) and claims[name] >= 0 for name in ("iat", "nbf", "exp")), "form")
    require(is_count(claims.get("ticket")), "form")
    log = claims.get("log")
    require(isinstance(log, dict) and isinstance(log.get("origin"), str) and log["origin"], "form")
    require(is_count(log.get("index")), "form")
    for name in ("dev", "apv"):
        require(isinstance(claims.get(name), list), "form")
        require(all(isinstance(entry, str) for entry in claims[name]), "form")
    for name in ("acc", "chal"):
        require(claims.get(name) is None or isinstance(claims[name], str), "form")
    require(all(claims[name] for name in ("iss", "sub", "aud", "evd", "pol")), "form")
    require(len(unbase64(claims["jti"])) == 16, "form")
    require(claims.get("chal") is None or re.fullmatch(r"[0-9a-fA-F]+", claims["chal"]), "form")


def check_header(header, typ, keys):
    """The key fixes the algorithm; the header may only agree."""
    require(header.get("alg") == "EdDSA", "alg")
    require(header.get("typ") == typ, "typ")
    require(isinstance(header.get("kid"), str) and header["kid"] in keys, "kid")
    return keys[header["kid"]]


def check_signature(text, jwk):
    only_signature = {name: False for name in ("verify_aud", "verify_exp", "verify_nbf", "verify_iat", "verify_iss")}
    only_signature.update({name: False for name in ("verify_sub", "verify_jti")})
    try:
        jwt.decode(text, jwt.PyJWK(jwk).key, algorithms=["EdDSA"], options=only_signature)
    except jwt.PyJWTError:
        raise Refused("signature") from None


def root_in(text, kid):
    """The root key that a keyset names, if it is the one whose name (RFC 7638) you were given on paper."""
    jwk = take_apart(text, 256 * 1024)[1].get("root")
    require(isinstance(jwk, dict) and isinstance(jwk.get("x"), str) and len(unbase64(jwk["x"])) == 32, "keyset")
    named = '{"crv":"Ed25519","kty":"OKP","x":"%s"}' % jwk["x"]
    name = base64.urlsafe_b64encode(hashlib.sha256(named.encode()).digest()).rstrip(b"=").decode()
    require(name == kid, "keyset")
    return {"kty": "OKP", "crv": "Ed25519", "x": jwk["x"], "kid": kid}


def open_keyset(text, root):
    """A keyset as the desk's root signed it; `root` is the JWK that you got by a way you trust."""
    header, claims = take_apart(text, 256 * 1024)
    check_signature(text, check_header(header, "latchkey-keyset+jwt", {root["kid"]: root}))
    return claims


def imei(digits):
    return ("imei", digits[:14]) if re.fullmatch(r"[0-9]{14,16}", digits) else None


def serial(text):
    return ("serial", text.strip().upper()) if text.strip() else None


def entry(text):
    """An identifier as a token names it."""
    kind, _, rest = text.partition(":")
    return {"imei": imei, "serial": serial}.get(kind, lambda _: None)(rest)


def given(text):
    """What a person at the counter may mean: grouped digits, a software version, a serial."""
    text = text.strip().removeprefix("device:")
    main, slash, version = text.removeprefix("imei:").partition("/")
    spaced = None if slash and not re.fullmatch(r"[0-9]{0,2}", version) else imei(re.sub(r"[ .-]", "", main))
    if text.startswith("imei:"):
        return [spaced]
    if text.startswith("serial:"):
        return [entry(text)]
    return [spaced, serial(text)]


def check_subject(claims, asked):
    known = [entry(text) for text in claims["dev"]]
    kind, _, rest = claims["sub"].partition(":")
    if claims["op"] == "reset-account":
        require(kind == "account" and rest and claims.get("acc") == rest, "sub")
    else:
        require(kind == "device" and entry(rest) is not None and entry(rest) in known, "sub")
    require(None not in known, "dev")
    require(asked is None or any(one in known for one in given(asked) if one), "dev")


def check_time(claims, now):
    require(claims["nbf"] <= now + SKEW and claims["iat"] <= now + SKEW, "nbf")
    life = claims["exp"] - claims["iat"]
    require(now < claims["exp"] + SKEW and claims["exp"] > claims["nbf"] and life > 0, "exp")
    require(life <= (DAY if claims.get("chal") is not None else WEEK), "exp")


def open_approval(text, keyset, keys):
    header, claims = take_apart(text, 4096)
    agent = check_header(header, "latchkey-approval+jwt", keys)
    require(not agent["disabled"], "kid")
    check_signature(text, agent["jwk"])
    texts(claims, ("iss", "jti", "op", "sub", "evd", "by", "decision"))
    require(claims["op"] in OPS and claims["decision"] == "approve" and is_time(claims.get("iat")), "form")
    require(agent["nbf"] <= claims["iat"] < agent["exp"] and claims["by"] == agent["name"], "kid")
    require(claims["iss"] == keyset["iss"], "keyset")
    return claims, agent


def check_approvals(claims, issuer, keyset, keys):
    """Every yes in the token must be a real one, needed or not: a false one shows that somebody tried."""
    names = []
    for text in claims["apv"]:
        try:
            approval, agent = open_approval(text, keyset, keys)
        except Refused:
            raise Refused("approvals") from None
        require(all(approval[name] == claims[name] for name in ("jti", "op", "sub", "evd")), "approvals")
        require(agent["name"] != issuer["name"] and agent["name"] not in names, "approvals")
        require("approver" in agent["roles"] and claims["op"] in agent["ops"], "approvals")
        require(agent.get("approves_from", 0) <= approval["iat"] <= claims["iat"] + SKEW, "approvals")
        names.append(agent["name"])
    alone = claims["op"] != "reset-account" and claims["op"] in keyset["solo"]
    require(names or alone, "approvals")


def check(token, keyset, now, audience, op, device, challenge, keyset_seen, rehearsal, revoked, used):
    header, claims = take_apart(token, 4096)
    if header.get("typ") == "latchkey-auth+jwt":
        check_form(claims)
    keys = {agent["kid"]: agent for agent in keyset["agents"]}
    signer = check_header(header, "latchkey-auth+jwt", keys)
    require(not signer["disabled"] and {"agent", "approver"} & set(signer["roles"]), "kid")
    check_signature(token, signer["jwk"])
    require(signer["nbf"] <= claims["iat"] < signer["exp"], "kid")
    require(claims["aud"] in ("any", audience), "aud")
    require(claims["op"] in OPS and op in (None, claims["op"]) and claims["op"] in signer["ops"], "op")
    check_subject(claims, device)
    signed = claims.get("chal")
    require((signed is None) == (challenge is None), "chal")
    require(signed is None or signed.lower() == challenge.lower(), "chal")
    check_time(claims, now)
    check_approvals(claims, signer, keyset, keys)
    require(claims["iss"] == keyset["iss"] and keyset["version"] >= keyset_seen, "keyset")
    require(keyset["rehearsal"] or keyset["iat"] <= now + SKEW, "keyset")
    require(claims["jti"] not in revoked, "revoked")
    require(rehearsal or not keyset["rehearsal"], "rehearsal")
    require(claims["jti"] not in used, "used")


def verify(
    token, keyset, now, *, audience=None, op=None, device=None, challenge=None,
    keyset_seen=0, rehearsal=False, revoked=(), used=(),
):
    """The first rule that fails, or None."""
    try:
        check(token, keyset, now, audience, op, device, challenge, keyset_seen, rehearsal, revoked, used)
    except Refused as refused:
        return str(refused)
    return None
