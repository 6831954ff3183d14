"""Shared by the checks: the files of the project, findings, and the command line.

A check is a function from the root of a tree to a Report. A report without any file is a failure: a check that
silently checks nothing is worse than none.
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

CPP = (".cpp", ".hpp", ".cc", ".h")


@dataclass(frozen=True)
class Finding:
    """One violation; line 0 means the file as a whole."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{max(self.line, 1)}: {self.message}"


@dataclass
class Report:
    """The number of files that a check has read, its findings, and notes."""

    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, path: str, line: int, message: str) -> None:
        self.findings.append(Finding(path, line, message))


def project_files(root: Path) -> list[str]:
    """Paths of the files of the project, committed or not, without ignored ones."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, check=True, stdout=subprocess.PIPE
    ).stdout.decode()
    paths = {path for path in listing.split("\0") if path}
    return sorted(path for path in paths if (root / path).is_file() and not (root / path).is_symlink())


def read(root: Path, path: str) -> str:
    """The text of a file; bytes that are not UTF-8 are replaced."""
    return (root / path).read_text(encoding="utf-8", errors="replace")


def command_line(description: str) -> argparse.ArgumentParser:
    """The command line of every check."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).resolve().parents[2]
    parser.add_argument("--root", type=Path, default=here, help="the tree to check (default: this one)")
    return parser


def main(check: Callable[[Path], Report], description: str) -> None:
    """Runs a check from the command line, and ends as `tell` does."""
    tell(check(command_line(description).parse_args().root))


def tell(report: Report) -> None:
    """Prints a report and exits: code 1 on findings, or if there was no file to check."""
    name = Path(sys.argv[0]).stem
    for finding in sorted(set(report.findings), key=lambda each: (each.path, each.line, each.message)):
        print(finding)
    for note in report.notes:
        print(f"{name}: {note}")
    print(f"{name}: {report.looked_at} files, {len(set(report.findings))} findings")
    if report.looked_at == 0:
        print(f"{name}: looked at no file, which is a failure")
    sys.exit(1 if report.findings or report.looked_at == 0 else 0)
