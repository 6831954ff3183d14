"""A path in a page of the project exists: pages follow the code when it moves.

In README.md, CONTRIBUTING.md and the README.md of a folder, a text in backquotes that begins with one of the project's
folders (`tests/system`, `ci/test --quick`) names a file or a folder, from the root. In CONTRIBUTING.md one that begins
with a stage (`run/case.cpp`, `pki/mint` for mint.hpp) names one below harness/. Words in capitals are placeholders
(`harness/STAGE/NAME.cpp`), and so do `*` and `<name>`.
"""

import re
from pathlib import Path, PurePosixPath

import common
import stages

FOLDERS = ("harness", "scenarios", "certs", "fixtures", "tests", "ci", "cmake")
QUOTED = re.compile(r"(?<!`)`([a-z][\w.-]*(?:/[^\s`]*)+)[^`\n]*`(?!`)")
STANDS_FOR_OTHERS = re.compile(r"[*<>{}…$]|\.\.\.|[A-Z]{2,}(?!ME\b)")


def pages(root: Path) -> list[str]:
    return [name for name in common.project_files(root) if PurePosixPath(name).name in ("README.md", "CONTRIBUTING.md")]


def is_there(root: Path, named: str) -> bool:
    path = root / named
    return path.exists() or path.with_name(path.name + ".hpp").exists()


def check(root: Path) -> common.Report:
    report = common.Report()
    known = {stage.name.partition("/")[0] for stage in stages.stages(root)}
    for name in pages(root):
        report.looked_at += 1
        for number, line in enumerate(common.read(root, name).splitlines(), 1):
            for match in QUOTED.finditer(line):
                named = match.group(1).partition("::")[0].rstrip("/.,:")
                first = named.partition("/")[0]
                inside = first in known and name == "CONTRIBUTING.md"
                if STANDS_FOR_OTHERS.search(named) or not (first in FOLDERS or inside):
                    continue
                if not is_there(root, f"harness/{named}" if inside else named):
                    report.add(name, number, f"names {named}, which is not there")
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
