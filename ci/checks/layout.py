"""A folder of harness/ is a stage, and tests mirror sources file by file.

harness/STAGE/NAME.cpp includes its own header first and has tests/unit/STAGE/NAME_test.cpp, and no test is without
its source (a .cpp or a .hpp). A stage may have subfolders, and the tests have the same.
Stages are those of harness/CMakeLists.txt. harness/main.cpp and harness/cpp, which is for other programs, have no unit
tests: tests/system tests them.
"""

import re
from pathlib import Path, PurePosixPath

import common
import stages

INCLUDE = re.compile(r"^#include (\S+)", re.M)
CASE = re.compile(r"^\s*(?:TEST_CASE|TEMPLATE_TEST_CASE|SCENARIO)\s*\(", re.M)


def expected_test(source: PurePosixPath) -> str:
    return f"tests/unit/{source.parent.relative_to('harness')}/{source.stem}_test.cpp"


def check_source(path: PurePosixPath, known: set[str], files: set[str], report: common.Report) -> None:
    if str(path) == "harness/main.cpp":
        return
    if len(path.parts) < 3:
        report.add(str(path), 0, "a source is in a stage, harness/STAGE; nothing builds this one")
        return
    stage = path.parts[1]
    if stage not in known:
        report.add(str(path), 0, f"no stage '{stage}' in {stages.LIST}")
    if path.suffix == ".cpp" and expected_test(path) not in files:
        report.add(str(path), 0, f"MUST have a matching test: {expected_test(path)}")


def check_own_header(root: Path, path: PurePosixPath, files: set[str], report: common.Report) -> None:
    """The compiler sees a header on its own only if its source includes it first."""
    own = path.with_suffix(".hpp")
    if path.suffix != ".cpp" or str(own) not in files:
        return
    first = INCLUDE.search(common.read(root, str(path)))
    wanted = f'"{own.relative_to("harness")}"'
    if first is None or first.group(1) != wanted:
        report.add(str(path), 0, f"MUST include its own header first: #include {wanted}")


def check_test(root: Path, path: PurePosixPath, known: set[str], files: set[str], report: common.Report) -> None:
    if str(path) == "tests/unit/main.cpp":
        return
    if len(path.parts) < 4 or path.parts[2] not in known:
        report.add(str(path), 0, "a unit test is in the folder of a stage, tests/unit/STAGE; no program holds this one")
        return
    if not path.stem.endswith("_test"):
        if CASE.search(common.read(root, str(path))):
            report.add(str(path), 0, "has test cases, so its name must end in _test.cpp")
        return
    source = f"harness/{path.parent.relative_to('tests/unit')}/{path.stem[: -len('_test')]}"
    if f"{source}.cpp" not in files and f"{source}.hpp" not in files:
        report.add(str(path), 0, f"MUST have a matching source: {source}.cpp or .hpp")


def check(root: Path) -> common.Report:
    report = common.Report()
    files = set(common.project_files(root))
    known = {stage.name for stage in stages.stages(root)}
    for name in sorted(files):
        path = PurePosixPath(name)
        if path.suffix not in common.CPP:
            continue
        if path.parts[0] == "harness":
            report.looked_at += 1
            if path.parts[1] not in ("python", "cpp"):
                check_source(path, known, files, report)
                check_own_header(root, path, files, report)
        elif path.parts[:2] == ("tests", "unit"):
            report.looked_at += 1
            if path.suffix != ".hpp":
                check_test(root, path, known, files, report)
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
