"""What may include what.

boost/asio and boost/beast   only the stages that do input and output (ASIO_STAGES) and their unit tests: the rest is pure
openssl                      only harness/pki, harness/tls and tests: one place handles the versions of BoringSSL
another stage's header       only of stages that this one links, directly or through others, all of them above it in
                             harness/CMakeLists.txt
judge, report, docs          link no stage that acts: evidence from a file is judged and shown without client or network
verdicts                     come from judge::judge_session: its parts are called only in harness/judge and its tests
harness/main.cpp is above all stages and may include any. Folders beside harness/ and tests/ are programs of their own.
"""

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import common
import stages

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
ASIO_STAGES = {"net", "process", "clients", "server", "run", "serve", "import"}
OPENSSL_STAGES = {"pki", "tls"}
READING_STAGES = ("judge", "report", "docs")
ACTING_STAGES = {"net", "process", "clients"}
VERDICT = re.compile(r"\b(judge_case|judge_corpus_case|standing_of)\s*\(")


def folder_stage(folder: str, known: Iterable[str]) -> str:
    """The stage of a folder below harness/: the longest matching name, otherwise its first part."""
    leading = [name for name in known if f"{folder}/".startswith(f"{name}/")]
    return max(leading, key=len, default=folder.split("/")[0])


def stage_of(path: PurePosixPath, known: Iterable[str]) -> str:
    """The stage that a source or a unit test belongs to, or None."""
    if path.parts[0] == "harness" and len(path.parts) > 2:
        return folder_stage("/".join(path.parts[1:-1]), known)
    if path.parts[:2] == ("tests", "unit") and len(path.parts) > 3:
        return path.parts[2]  # a test program belongs to a stage and its subfolders
    return ""


def objection(path: PurePosixPath, header: str, reach: dict[str, set[str]]) -> str:
    """Why `path` must not include `header`; empty if it may."""
    stage = stage_of(path, reach)
    folder = header.rpartition("/")[0]
    top = folder_stage(folder, reach)
    if header.startswith(("boost/asio", "boost/beast")) and stage not in ASIO_STAGES:
        return f"only the stages {', '.join(sorted(ASIO_STAGES))} do input and output"
    if top == "openssl" and stage not in OPENSSL_STAGES and path.parts[0] != "tests":
        return f"only the stages {', '.join(sorted(OPENSSL_STAGES))} know BoringSSL"
    if stage in reach and top in reach and top not in reach[stage]:
        return f"stage '{stage}' does not link stage '{top}' ({stages.LIST})"
    return ""


def check_order(every: list[stages.Stage], report: common.Report) -> None:
    above: set[str] = set()
    for stage in every:
        for link in stage.links:
            if link not in above:
                report.add(stages.LIST, stage.line, f"stage '{stage.name}' links '{link}', which is not above it")
        above.add(stage.name)


def check_readers(every: list[stages.Stage], reach: dict[str, set[str]], report: common.Report) -> None:
    """Stages that only read evidence do not depend on stages that act."""
    for stage in every:
        for acting in sorted(ACTING_STAGES & reach[stage.name] if stage.name in READING_STAGES else ()):
            report.add(stages.LIST, stage.line, f"stage '{stage.name}' reads evidence, and links '{acting}', which acts")


def check_verdicts(name: str, text: str, report: common.Report) -> None:
    """The parts of verdicts are called only where verdicts are made."""
    if PurePosixPath(name).parts[:2] == ("harness", "judge") or not name.startswith("harness/"):
        return
    for match in VERDICT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        report.add(name, line, f"calls {match.group(1)}: verdicts come from judge_session alone")


def check(root: Path) -> common.Report:
    report = common.Report()
    every = stages.stages(root)
    if not every:
        report.add(stages.LIST, 0, "names no stage")
    check_order(every, report)
    reach = stages.reachable(every)
    check_readers(every, reach, report)
    for name in common.project_files(root):
        path = PurePosixPath(name)
        if path.suffix not in common.CPP or path.parts[0] not in ("harness", "tests"):
            continue
        report.looked_at += 1
        text = common.read(root, name)
        check_verdicts(name, text, report)
        for match in INCLUDE.finditer(text):
            if why := objection(path, match.group(1), reach):
                line = text.count("\n", 0, match.start(1)) + 1
                report.add(name, line, f"must not include {match.group(1)}: {why}")
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
