"""What may include what.

boost/asio and boost/beast   only harness/net, harness/clients, harness/run and their unit tests: the rest is pure
openssl                      only harness/pki, harness/tls and tests: one place knows BoringSSL's versions apart
another stage's header       only of stages that this one links, directly or through others, all of them above it in
                             harness/CMakeLists.txt
harness/main.cpp is above all stages and may include any. Folders beside harness/ and tests/ are programs of their own.
"""

import re
from pathlib import Path, PurePosixPath

import common
import stages

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
ASIO_STAGES = {"net", "clients", "run"}
OPENSSL_STAGES = {"pki", "tls"}


def stage_of(path: PurePosixPath) -> str:
    """The stage that a source or a unit test belongs to, or nothing."""
    if path.parts[0] == "harness" and len(path.parts) > 2:
        return path.parts[1]
    if path.parts[:2] == ("tests", "unit") and len(path.parts) > 3:
        return path.parts[2]
    return ""


def objection(path: PurePosixPath, header: str, reach: dict[str, set[str]]) -> str:
    """Why `path` may not include `header`; empty where it may."""
    stage = stage_of(path)
    top = header.split("/")[0]
    if header.startswith(("boost/asio", "boost/beast")) and stage not in ASIO_STAGES:
        return f"only the stages {', '.join(sorted(ASIO_STAGES))} do input and output"
    if top == "openssl" and stage not in OPENSSL_STAGES and path.parts[0] != "tests":
        return f"only the stages {', '.join(sorted(OPENSSL_STAGES))} know BoringSSL"
    if stage in reach and top in reach and "/" in header and top not in reach[stage]:
        return f"stage '{stage}' does not link stage '{top}' ({stages.LIST})"
    return ""


def check_order(every: list[stages.Stage], report: common.Report) -> None:
    above: set[str] = set()
    for stage in every:
        for link in stage.links:
            if link not in above:
                report.add(stages.LIST, stage.line, f"stage '{stage.name}' links '{link}', which is not above it")
        above.add(stage.name)


def check(root: Path) -> common.Report:
    report = common.Report()
    every = stages.stages(root)
    if not every:
        report.add(stages.LIST, 0, "names no stage")
    check_order(every, report)
    reach = stages.reachable(every)
    for name in common.project_files(root):
        path = PurePosixPath(name)
        if path.suffix not in common.CPP or path.parts[0] not in ("harness", "tests"):
            continue
        report.looked_at += 1
        text = common.read(root, name)
        for match in INCLUDE.finditer(text):
            if why := objection(path, match.group(1), reach):
                line = text.count("\n", 0, match.start(1)) + 1
                report.add(name, line, f"must not include {match.group(1)}: {why}")
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
