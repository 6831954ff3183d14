"""What comes from outside is read by the helpers of harness/base, which bound it, and by nothing else in harness/.

JSON    parse_json (base/bounded_json.hpp): size, depth, names in an object
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
)


def check(root: Path) -> common.Report:
    report = common.Report()
    for name in common.project_files(root):
        path = PurePosixPath(name)
        if path.suffix not in common.CPP or path.parts[0] != "harness" or path.parts[:2] == ("harness", "cpp"):
            continue
        report.looked_at += 1
        text = cpp.blanked(common.read(root, name))
        for pattern, why, exempt in RULES:
            for match in pattern.finditer(text) if name not in exempt else ():
                line = text.count("\n", 0, match.start()) + 1
                report.add(name, line, f"must not use {match.group()}: {why} ({', '.join(sorted(exempt))})")
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
