#!/usr/bin/env python3
"""Makes the wheel of an installed tree: the program, its data and manual, and the Python package.

    ci/packaging/make_wheel.py STAGE VERSION OUT     STAGE: the prefix of `cmake --install`

`pip install` puts bin/, share/ and libexec/ of the tree under the prefix of its environment, where the program finds its
data as it does elsewhere, and the package `guise` with the plugin of pytest among the other packages.
Needs: python3-wheel. Reproducible: SOURCE_DATE_EPOCH is the time of every file in it.
"""

import sys
import tomllib
from pathlib import Path

from wheel.wheelfile import WheelFile

ROOT = Path(__file__).resolve().parents[2]
TAG = "py3-none-manylinux_2_36_x86_64"
WHEEL = f"Wheel-Version: 1.0\nGenerator: guise\nRoot-Is-Purelib: false\nTag: {TAG}\n"
# Where the libraries that are linked into the program come from: their licenses go with it.
LIBRARIES = {"boost": "libboost1.81-dev", "fmt": "libfmt-dev", "libyaml": "libyaml-dev", "pugixml": "libpugixml-dev",
             "brotli": "libbrotli-dev", "zlib": "zlib1g-dev", "nlohmann-json": "nlohmann-json3-dev", "cli11": "libcli11-dev",
             "gcc-runtime": "libstdc++-12-dev"}


def metadata(version):
    """METADATA, of harness/python/pyproject.toml; its version must be that of the program."""
    project = tomllib.loads((ROOT / "harness/python/pyproject.toml").read_text())["project"]
    if project["version"] != version:
        sys.exit(f"harness/python/pyproject.toml has version {project['version']}, and the program {version}")
    lines = ["Metadata-Version: 2.1", f"Name: {project['name']}", f"Version: {version}", f"Summary: {project['description']}",
             "License: Apache-2.0", f"Requires-Python: {project['requires-python']}",
             *(f"Classifier: {each}" for each in project["classifiers"]), "Description-Content-Type: text/markdown"]
    for extra, needs in project["optional-dependencies"].items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f"Requires-Dist: {need} ; extra == '{extra}'" for need in needs]
    return "\n".join(lines) + "\n\n" + (ROOT / "harness/python" / project["readme"]).read_text()


def entry_points():
    points = tomllib.loads((ROOT / "harness/python/pyproject.toml").read_text())["project"]["entry-points"]
    return "".join(f"[{group}]\n" + "".join(f"{name} = {where}\n" for name, where in each.items())
                   for group, each in points.items())


def licenses():
    """{name: file} of the program and of all that is linked into it."""
    found = {"guise": ROOT / "LICENSE", "boringssl": ROOT / "build/boringssl/LICENSE",
             **{name: Path("/usr/share/doc") / package / "copyright" for name, package in LIBRARIES.items()}}
    missing = [str(file) for file in found.values() if not file.exists()]
    return found if not missing else sys.exit(f"no license: {', '.join(missing)}")


def files_of(folder):
    return sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    stage, version, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    info, data = f"guise-{version}.dist-info", f"guise-{version}.data"
    path = out / f"guise-{version}-{TAG}.whl"
    path.unlink(missing_ok=True)
    with WheelFile(path, "w") as wheel:
        for file in files_of(ROOT / "harness/python/guise"):
            wheel.write(file, f"guise/{file.relative_to(ROOT / 'harness/python/guise')}")
        for file in files_of(stage):
            inner = file.relative_to(stage)
            where = f"{data}/scripts/{inner.name}" if inner.parts[0] == "bin" else f"{data}/data/{inner}"
            wheel.write(file, where)
        for name, file in licenses().items():
            wheel.write(file, f"{info}/licenses/{name}.txt")
        wheel.writestr(f"{info}/METADATA", metadata(version))
        wheel.writestr(f"{info}/WHEEL", WHEEL)
        wheel.writestr(f"{info}/entry_points.txt", entry_points())
    print(path)


if __name__ == "__main__":
    main()
