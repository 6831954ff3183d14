"""Only the helpers of harness/base read untrusted input in harness/; they limit its size.

JSON                  parse_json (base/bounded_json.hpp): size, depth, names in an object
files                 read_file, read_part, LineReader (base/read_file.hpp, base/line_reader.hpp): size; pipes and devices
                      are refused
regular expressions   Pattern (base/pattern.hpp): stack and work
harness/cpp is exempt: it is compiled into other people's tests, and reads what guise itself wrote.
"""

import re
from pathlib import Path, PurePosixPath

import common
import cpp

RULES = (
    (
        re.compile(r"\b\w*[jJ]son::(?:parse|sax_parse|accept|from_(?:cbor|msgpack|ubjson|bjdata|bson))\b"),
        "JSON is parsed by parse_json, which bounds it",
        {"harness/base/bounded_json.cpp"},
    ),
    (
        re.compile(r"\bstd::(?:basic_)?(?:ifstream|filebuf|fstream)\b"),
        "files are read by read_file, which refuses pipes, devices and what is too large",
        {"harness/base/read_file.cpp"},
    ),
    (
        re.compile(r"\bstd::\w?regex\w*"),
        "std::regex takes stack for each character of a text, Pattern does not",
        {"harness/base/pattern.cpp"},
    ),
)
REGEX = re.compile(r"^[ \t]*#\s*include\s*<boost/regex[^>]*>", re.M)
# The second has one fixed pattern, and limits the text.
REGEX_HOMES = ("harness/base/pattern.cpp", "harness/docs/prose.cpp")


def line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def check(root: Path) -> common.Report:
    report = common.Report()
    for name in common.project_files(root):
        path = PurePosixPath(name)
        if path.suffix not in common.CPP or path.parts[0] != "harness" or path.parts[:2] == ("harness", "cpp"):
            continue
        report.looked_at += 1
        source = common.read(root, name)
        for match in REGEX.finditer(source) if name not in REGEX_HOMES else ():
            report.add(name, line_of(source, match.start()), f"must not include boost/regex: {REGEX_HOMES[0]} bounds it")
        text = cpp.blanked(source)
        for pattern, why, exempt in RULES:
            for match in pattern.finditer(text) if name not in exempt else ():
                line = line_of(text, match.start())
                report.add(name, line, f"must not use {match.group()}: {why} ({', '.join(sorted(exempt))})")
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
