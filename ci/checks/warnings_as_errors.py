"""Warnings are errors in the developers' presets only.

An unknown compiler may have other warnings than ours, and must still build guise. So -Werror is used in CMake
files only between if(GUISE_WERROR) and its endif(), GUISE_WERROR is OFF by default, and each preset that is not hidden
sets it or inherits it.
"""

import json
import re
from pathlib import Path, PurePosixPath

import common

PRESETS = "CMakePresets.json"
_GUARD, _IF, _END = re.compile(r"^\s*if\s*\(\s*GUISE_WERROR\s*\)"), re.compile(r"^\s*if\s*\("), re.compile(r"^\s*endif\s*\(")
_DEFAULT = re.compile(r"option\s*\(\s*GUISE_WERROR\s+\"[^\"]*\"\s*(\w*)")


def check_cmake(path: str, text: str, report: common.Report) -> None:
    guards: list[bool] = []
    for number, line in enumerate(text.splitlines(), 1):
        code = line.partition("#")[0]
        if _IF.match(code):
            guards.append(bool(_GUARD.match(code)))
        elif _END.match(code) and guards:
            guards.pop()
        elif "-Werror" in code and True not in guards:
            report.add(path, number, "-Werror outside of if(GUISE_WERROR): a build by another compiler fails for its warnings")
        default = _DEFAULT.search(code)
        if default and default.group(1).upper() not in ("", "OFF"):
            report.add(path, number, "GUISE_WERROR must be OFF by default")


def sets_it(name: str, presets: dict[str, dict]) -> bool:
    """Whether a preset, or one that it inherits, sets GUISE_WERROR."""
    preset = presets.get(name, {})
    if "GUISE_WERROR" in preset.get("cacheVariables", {}):
        return preset["cacheVariables"]["GUISE_WERROR"] in ("ON", True)
    parents = preset.get("inherits", [])
    return any(sets_it(parent, presets) for parent in ([parents] if isinstance(parents, str) else parents))


def check_presets(text: str, report: common.Report) -> None:
    presets = {preset["name"]: preset for preset in json.loads(text)["configurePresets"]}
    for name, preset in presets.items():
        if not preset.get("hidden") and not sets_it(name, presets):
            report.add(PRESETS, 0, f"the preset '{name}' does not set GUISE_WERROR")


def check(root: Path) -> common.Report:
    report = common.Report()
    for name in common.project_files(root):
        path = PurePosixPath(name)
        if path.name == "CMakeLists.txt" or path.suffix == ".cmake":
            report.looked_at += 1
            check_cmake(name, common.read(root, name), report)
        elif name == PRESETS:
            report.looked_at += 1
            check_presets(common.read(root, name), report)
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
