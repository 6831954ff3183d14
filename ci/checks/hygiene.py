"""No file of the project contains what does not belong into a repository.

No private keys or certificates (all material is made when it is used), no machine-specific paths, no notes to self, no
trailing whitespace; every file ends in a newline and has LF line ends; links of Markdown files lead to files that exist.
A line that must break a rule gives the reason: `hygiene: allow, REASON`.
"""

import re
from pathlib import Path, PurePosixPath

import common

# A marker alone is no material: code may mention it. The data after it is.
PEM = re.compile(
    r"-----BEGIN (?P<what>[A-Z0-9 ]*PRIVATE KEY|[A-Z0-9 ]*CERTIFICATE)-----(?:[\s\"',+]|\\n)*(?:Proc-Type|[A-Za-z0-9+/=]{16})"
)
MATERIAL = {".pem", ".key", ".p12", ".pfx", ".jks", ".crt", ".cer", ".der"}
MACHINE_PATH = re.compile(r"(?<![\w.)}*\]-])/(?:home|root|work|tmp)/")
NOTE = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
ALLOWED = re.compile(r"hygiene: allow, \w+")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|!\[[^\]]*\]\(([^)\s]+)\)")


def check_lines(path: str, text: str, report: common.Report) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if ALLOWED.search(line):
            continue
        if match := MACHINE_PATH.search(line):
            report.add(path, number, f"a path of one machine: {match.group()}")
        if match := NOTE.search(line):
            report.add(path, number, f"a note to self: {match.group()}")
        if line.rstrip("\r") != line.rstrip("\r").rstrip():
            report.add(path, number, "trailing whitespace")


def check_shape(path: str, text: str, report: common.Report) -> None:
    if "\r" in text:
        report.add(path, text[: text.index("\r")].count("\n") + 1, "a carriage return; line ends are LF")
    if text and not text.endswith("\n"):
        report.add(path, text.count("\n") + 1, "no newline at the end of the file")


def check_material(path: str, text: str, report: common.Report) -> None:
    if PurePosixPath(path).suffix in MATERIAL:
        report.add(path, 0, "key or certificate material by its name; it is made when it is used")
    for match in PEM.finditer(text):
        report.add(path, text.count("\n", 0, match.start()) + 1, f"a {match.group('what').lower()}")


def check_links(root: Path, path: str, text: str, report: common.Report) -> None:
    fenced = False
    for number, line in enumerate(text.split("\n"), start=1):
        fenced ^= line.lstrip().startswith("```")
        for match in [] if fenced else LINK.finditer(line):
            target = (match.group(1) or match.group(2)).split("#")[0]
            if target and "://" not in target and not target.startswith("mailto:"):
                if not (root / path).parent.joinpath(target).exists():
                    report.add(path, number, f"a link to nothing: {target}")


def check(root: Path) -> common.Report:
    report = common.Report()
    for path in common.project_files(root):
        report.looked_at += 1
        octets = (root / path).read_bytes()
        text = octets.decode("utf-8", errors="replace")
        check_material(path, text, report)
        if b"\0" in octets:  # no text
            continue
        check_lines(path, text, report)
        check_shape(path, text, report)
        if path.endswith(".md"):
            check_links(root, path, text, report)
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
