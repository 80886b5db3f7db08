#!/usr/bin/env python3
"""What a program is made of, for one target: the licences of all its parts, and a bill of materials (CycloneDX 1.5).

    components.py TARGET LICENCES.txt ctsd.cdx.json

Both say the same on every run: nothing in them comes from the clock or from the machine.
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import uuid

target, licences, bill = sys.argv[1:]
metadata = json.loads(subprocess.run(
    ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target],
    check=True, capture_output=True, text=True).stdout)
lock = pathlib.Path("Cargo.lock").read_text(encoding="utf-8")
sums = {(name, version): checksum for name, version, checksum in re.findall(
    r'name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([0-9a-f]{64})"', lock)}

packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]


def parts_of(package):
    """What a package is built of that stays in the program: neither for tests nor for its building alone."""
    return sorted({dependency["pkg"] for dependency in nodes[package]["deps"]
                   if any(kind["kind"] is None for kind in dependency["dep_kinds"])
                   and not any("proc-macro" in it["kind"] for it in packages[dependency["pkg"]]["targets"])})


reached, waiting = set(), [root]
while waiting:
    package = waiting.pop()
    if package not in reached:
        reached.add(package)
        waiting.extend(parts_of(package))
parts = sorted((packages[it] for it in reached if it != root), key=lambda it: (it["name"], it["version"]))


def reference(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def texts(package):
    """The texts of its licences, as its authors ship them."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [it for it in folder.iterdir() if it.is_file() and re.match(r"(?i)(licen[cs]e|copying|notice|copyright)", it.name)]
    return [(it.name, it.read_text(encoding="utf-8", errors="replace").strip()) for it in sorted(files)]


own = packages[root]
known = {}
lines = [f"{own['name']} {own['version']} is under the MIT licence. It holds the parts below, each under its own.", ""]
lines += [f"{it['name']} {it['version']}: {it['license'] or 'see below'}" for it in parts]
lines += ["Liberation Sans 2 (fonts): OFL-1.1", ""]
fonts = pathlib.Path("templates/fonts/LICENSE").read_text(encoding="utf-8").strip()
for package in [*parts, None]:
    name, those = (f"{package['name']} {package['version']}", texts(package)) if package else ("Liberation Sans 2", [("LICENSE", fonts)])
    if not those:
        those = [("", f"It ships no text of its licence, {package['license']}; see {package['repository']}.")]
    lines += ["=" * 80, name, "=" * 80, ""]
    for file, text in those:
        text = text.replace("\r\n", "\n")
        digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
        first = known.setdefault(digest, f"{file} of {name}")
        lines += [text if first == f"{file} of {name}" else f"{file}: the same text as {first}, above.", ""]
pathlib.Path(licences).write_text("\n".join(lines), encoding="utf-8", newline="\r\n" if "windows" in target else "\n")


def component(package, kind="library"):
    entry = {"type": kind, "bom-ref": reference(package), "name": package["name"], "version": package["version"],
             "purl": reference(package), "scope": "required"}
    if package["license"]:
        entry["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if package["description"]:
        entry["description"] = " ".join(package["description"].split())
    if (package["name"], package["version"]) in sums:
        entry["hashes"] = [{"alg": "SHA-256", "content": sums[package["name"], package["version"]]}]
    if package["repository"]:
        entry["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return entry


whole = hashlib.sha256((lock + target).encode()).digest()
document = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "serialNumber": f"urn:uuid:{uuid.UUID(bytes=whole[:16], version=5)}",
    "version": 1,
    "metadata": {"component": component(own, "application"), "properties": [{"name": "target", "value": target}]},
    "components": [component(it) for it in parts],
    "dependencies": [{"ref": reference(packages[it]), "dependsOn": [reference(packages[on]) for on in parts_of(it)]}
                     for it in sorted(reached, key=lambda it: reference(packages[it]))],
}
pathlib.Path(bill).write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
print(f"{len(parts)} parts")
