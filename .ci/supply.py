#!/usr/bin/env python3
"""What came into the program from outside: checked against deny.toml, and written down as a bill of materials.

  supply.py check         licences, sources, two versions of one part, wildcards: what `cargo deny check` reads in
                          deny.toml, without the ten minutes of compiling it (advisories need its database: see there)
  supply.py sbom [FILE]   CycloneDX 1.5 JSON of what a release build for this machine is made of; the same bytes for the
                          same Cargo.lock
"""
import json
import pathlib
import re
import subprocess
import sys
import tomllib
import uuid

HOME = pathlib.Path(__file__).resolve().parents[1]
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


def cargo(*args):
    return subprocess.run(["cargo", *args], cwd=HOME, check=True, capture_output=True, text=True).stdout


def built(edges):
    """Name and version of what is compiled for this machine: `cargo metadata` lists parts that no feature asks for."""
    lines = cargo("tree", "--locked", "--edges", edges, "--prefix", "none", "--format", "{p}").splitlines()
    return {(line.split()[0], line.split()[1].removeprefix("v")) for line in lines if line}


def metadata(edges):
    found = json.loads(cargo("metadata", "--locked", "--format-version", "1"))
    here = built(edges)
    packages = {p["id"]: p for p in found["packages"] if (p["name"], p["version"]) in here}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"] if node["id"] in packages}
    return found["resolve"]["root"], nodes, packages


def permits(expression, allowed):
    """An SPDX expression: some way through it, each licence on it allowed."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    at = 0

    def atom():
        nonlocal at
        token = tokens[at]
        at += 1
        if token == "(":
            holds = either()
            at += 1
            return holds
        if at + 1 < len(tokens) and tokens[at] == "WITH":
            token = f"{token} WITH {tokens[at + 1]}"
            at += 2
        return token in allowed

    def both():
        nonlocal at
        holds = atom()
        while at < len(tokens) and tokens[at] == "AND":
            at += 1
            holds &= atom()
        return holds

    def either():
        nonlocal at
        holds = both()
        while at < len(tokens) and tokens[at] == "OR":
            at += 1
            holds |= both()
        return holds

    return either()


def check():
    rules = tomllib.loads((HOME / "deny.toml").read_text())
    root, _, packages = metadata("normal,build,dev")
    inside = built("normal,build")
    allowed, wrong = set(rules["licenses"]["allow"]), []
    banned = {entry["name"] for entry in rules["bans"]["deny"]}
    twice = {entry["crate"] for entry in rules["bans"]["skip"]}
    versions = {}
    for package in packages.values():
        name, label = package["name"], f"{package['name']}@{package['version']}"
        if (name, package["version"]) in inside:
            versions.setdefault(name, []).append(label)
        if not package["license"] or not permits(package["license"], allowed):
            wrong.append(f"{label}: licence {package['license']}")
        if package["id"] != root and package["source"] != REGISTRY:
            wrong.append(f"{label}: comes from {package['source']}")
        if name in banned:
            wrong.append(f"{label}: is not wanted here")
    for dep in packages[root]["dependencies"]:
        if dep["req"] == "*":
            wrong.append(f"{dep['name']}: any version would do")
    for labels in versions.values():
        extra = [label for label in labels if label not in twice]
        if len(extra) > 1:
            wrong.append(f"more than one version, and deny.toml names none of them: {', '.join(labels)}")
    present = {label for labels in versions.values() for label in labels}
    wrong += [f"deny.toml names {label}, which is not here" for label in sorted(twice - present)]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(packages)} packages keep to deny.toml, {len(built('normal'))} of them in the program")


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, checksums):
    entry = {
        "type": "library",
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "purl": purl(package),
        "licenses": [{"expression": package["license"].replace("/", " OR ")}],
    }
    if package.get("description"):
        entry["description"] = " ".join(package["description"].split())
    checksum = checksums.get((package["name"], package["version"]))
    if checksum:
        entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package["name"] == "libsqlite3-sys":
        entry["components"] = [bundled_sqlite(package)]
    if package.get("repository"):
        entry["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return entry


def bundled_sqlite(package):
    """The C code that matters most has no crate of its own."""
    header = pathlib.Path(package["manifest_path"]).parent / "sqlite3" / "sqlite3.h"
    version = re.search(r'#define SQLITE_VERSION +"([0-9.]+)"', header.read_text()).group(1)
    return {
        "type": "library",
        "bom-ref": f"pkg:generic/sqlite@{version}",
        "name": "SQLite",
        "version": version,
        "purl": f"pkg:generic/sqlite@{version}",
        "licenses": [{"license": {"name": "public domain"}}],
    }


def sbom():
    root, nodes, packages = metadata("normal")
    lock = tomllib.loads((HOME / "Cargo.lock").read_text())
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
    parts = sorted((component(packages[p], checksums) for p in packages if p != root), key=lambda c: c["bom-ref"])
    program = component(packages[root], checksums) | {"type": "application"}
    depends = [
        {"ref": purl(packages[p]), "dependsOn": sorted({purl(packages[d["pkg"]]) for d in nodes[p]["deps"] if d["pkg"] in packages})}
        for p in packages
    ]
    lock_id = uuid.uuid5(uuid.NAMESPACE_URL, (HOME / "Cargo.lock").read_text())
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{lock_id}",
        "version": 1,
        "metadata": {"component": program},
        "components": parts,
        "dependencies": sorted(depends, key=lambda d: d["ref"]),
    }


if sys.argv[1:] == ["check"]:
    check()
elif sys.argv[1:2] == ["sbom"] and len(sys.argv) <= 3:
    text = json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n"
    if len(sys.argv) == 3:
        pathlib.Path(sys.argv[2]).write_text(text)
    else:
        sys.stdout.write(text)
else:
    sys.exit(__doc__)
