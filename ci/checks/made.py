"""Shared by the checks of generated files: the cases of the scenarios, expected texts, and `--write`."""

import itertools
from pathlib import Path, PurePosixPath
from typing import Callable

import common
import yaml


def cases_of(root: Path) -> dict[str, list[str]]:
    """The ids of all cases, by the id of their scenario file: `area/name`, and `area/name[axis=value]` for variants."""
    out = {}
    for path in common.project_files(root):
        parts = PurePosixPath(path).parts
        if len(parts) == 3 and parts[0] == "scenarios" and path.endswith(".yaml"):
            scenario = f"{parts[1]}/{PurePosixPath(path).stem}"
            axes = sorted((yaml.safe_load(common.read(root, path)) or {}).get("variants", {}).items())
            values = itertools.product(*([f"{name}={value}" for value in axis] for name, axis in axes))
            out[scenario] = [f"{scenario}[{','.join(each)}]" if each else scenario for each in values]
    return out


def hold(root: Path, texts: dict[str, str], write: bool, report: common.Report, command: str) -> None:
    """Writes each text to its file if asked to; otherwise reports the files with other texts."""
    for path, text in texts.items():
        if write:
            (root / path).write_text(text, encoding="utf-8")
        elif not (root / path).exists() or common.read(root, path) != text:
            report.add(path, 0, f"is not what {command} --write makes")


def main(check: Callable[..., common.Report], description: str) -> None:
    """As `common.main`; with --write it generates the files, prints other findings, and succeeds."""
    parser = common.command_line(description)
    parser.add_argument("--write", action="store_true", help="make the files anew, and succeed")
    given = parser.parse_args()
    report = check(given.root, write=given.write)
    if not given.write:
        common.tell(report)
    for finding in report.findings:
        print(finding)
