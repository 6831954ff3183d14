"""Texts use the words of the field: TLS, PKI, testing, C++. Each word of WORDS has a better one, which the finding names.

The check reads pages and data files completely, except keys; of sources it reads the comments, in Python also strings
with spaces, and in shell scripts also here-documents. Identifiers pass (one-octet-records, told.append), and so does text
in backquotes. A quotation passes, too: text in double quotes in a paragraph that names its source, such as RFC 5280.
ALLOWED lists all other exceptions; an entry that matches nothing is a finding.
"""

import io
import re
import tokenize
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Iterator

import common

# Not read: texts by others, and output of the program.
SKIPPED = {".xsd"}
OTHERS_TEXTS = ("LICENSE", "fixtures/reports/*")
# Sources by the start of their comments: # or //.
HASHES = {"", ".sh", ".cmake", ".toml", ".ini", ".in"}
SLASHES = {*common.CPP, ".js", ".css", ".go", ".rs"}

DATA = {".yaml", ".json"}
PYTHON = re.compile(r"#!.*\bpython")

# A regular expression, and what to write instead.
WORDS = {
    r"twists?|forgers?|rewriters?": "handshake mutation, mutator",
    r"workshops?|worlds?": "chain provider, run inputs",
    r"draws?|drew|drawn": "seeded generator, random",
    r"paces?|lanes?|slots?|held|loans?": "limiter, permit, lease; for a rule: enforce, keep, hold",
    r"reach(?:es)?": "routing; to connect to, to find",
    r"manners|script\s+of\s+prompts": "prompt script",
    r"talks?|partners?": "control connection, peer",
    r"told|heard|hears": "received, on_request, reported",
    r"owed?|owes": "expected, expected behaviour",
    r"ledgers?": "clause list",
    r"known\s+behaviours?": "known deviation",
    r"kill\s+tables?": "mutation matrix",
    r"marks\s+of\s+certificate\s+transparency": "SCTs",
    r"octets?": "byte",
    r"f[ae]lls?\s+silent": "stalls, stalled",
    r"spoilt": "corrupted, invalid",
    r"mend(?:s|ed)?": "fix, fixed",
    r"nobody": "none, no one, unknown, unauthenticated",
    r"nothing\s+but": "only",
    r"minds?|minded": "checks, refuses, enforces",
}
# (files, word, reason)
ALLOWED = (
    ("fixtures/adapters/README.md", "nobody", "output of the program"),
    ("fixtures/ledgers/*.yaml", "reach", "the text of a clause"),
    ("tests/system/model/ledgers/*.yaml", "reach", "the text of a clause"),
    ("tests/system/test_broken_files.py", "octet", "output of the program"),
    ("tests/system/test_broken_files.py", "ledger", "the key of a file that the test writes"),
    ("tests/system/test_broken_files.py", "owes", "the key of a file that the test writes"),
    ("tests/system/test_pytest_runner.py", "nobody", "the name of a client that does not exist"),
    ("tests/system/test_routing.py", "reach", "the former name of a key"),
)

# Not part of an identifier, a path, a file name or a call.
NAMED = "|".join(f"(?P<w{number}>{word})" for number, word in enumerate(WORDS))
WORD = re.compile(rf"(?<![\w/.$-])(?:{NAMED})(?![\w/(-]|\.\w)", re.I)
# Names, which are not prose: in backquotes; in data, keys and single words in quotes; in Python, replacement fields.
CODE = re.compile(r"`[^`\n]*`")
NAME = re.compile(r'"[\w.-]+"')
FIELD = re.compile(r"\{[^{}\n]*\}")
KEY = re.compile(r"(?:^\s*(?:- )?|[{,]\s*)[\"']?[\w-]+[\"']?(?=:(?:\s|$))", re.M)
QUOTATION = re.compile(r'"[^"]*"')
SOURCE = re.compile(r"\b(?:RFC|X\.|CA/B BR|FIPS|CVE-|DK-|MB-|TC-|TF-|TP-|TL-|BR-|SV-)\s?\d")
COMMENT_SIGN = re.compile(r"^\s*(?:#+|//+!?|/?\*+)?")


def blank(found: re.Match[str]) -> str:
    """Spaces in place of a match; lines and columns stay the same."""
    return re.sub(r"[^\n]", " ", found[0])


def texts_of_python(text: str) -> Iterator[tuple[int, str]]:
    """Comments, and strings with spaces: others are keys and names."""
    parts = (tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1))
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in parts and " " in token.string:
            for number, line in enumerate(token.string.strip("\"'").split("\n"), token.start[0]):
                yield number, line
            if token.type != tokenize.COMMENT:
                yield token.end[0], ""


def texts_of_hashes(text: str) -> Iterator[tuple[int, str]]:
    """Comments, and here-documents."""
    end = ""
    for number, line in enumerate(text.split("\n"), 1):
        if end:
            end = "" if line == end else end
            yield number, line if end else ""
        elif comment := re.search(r"(?:^|\s)#.*", line):
            yield number, comment[0]
        elif begin := re.search(r"<<-?'?(\w+)'?$", line):
            end = begin[1]


def texts_of_slashes(text: str) -> Iterator[tuple[int, str]]:
    """Comments of one line or more."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if inside:
            comment, end, _ = line.partition("*/")
            inside = not end
            yield number, comment
        elif found := re.search(r"(?:^|\s)(//.*|/\*.*)", line):
            inside = found[1].startswith("/*") and "*/" not in line
            yield number, found[1].partition("*/")[0]


def texts(path: str, text: str) -> list[tuple[int, str]]:
    """The lines of a file that are prose, with their numbers."""
    suffix = PurePosixPath(path).suffix
    if suffix == ".py" or PYTHON.match(text):
        return list(texts_of_python(FIELD.sub(blank, text)))
    if suffix in SLASHES:
        return list(texts_of_slashes(text))
    if suffix in HASHES:
        return list(texts_of_hashes(text))
    if suffix in DATA:
        text = NAME.sub(blank, KEY.sub(blank, text))
    return list(enumerate(text.split("\n"), 1))


def paragraphs(lines: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Consecutive lines, either comments or not; an empty line ends a paragraph."""
    paragraph: list[tuple[int, str]] = []
    for number, line in lines:
        empty = not COMMENT_SIGN.sub("", line).strip()
        follows = paragraph and number <= paragraph[-1][0] + 1 and is_comment(line) == is_comment(paragraph[-1][1])
        if paragraph and (empty or not follows):
            yield paragraph
            paragraph = []
        if not empty:
            paragraph.append((number, line))
    if paragraph:
        yield paragraph


def is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def prose_of(path: str, paragraph: list[tuple[int, str]]) -> str:
    """Without signs of comments, code, and quotations of a named source. Values of data files are no quotations."""
    text = CODE.sub(blank, "\n".join(COMMENT_SIGN.sub("", line) for _, line in paragraph))
    is_data = PurePosixPath(path).suffix in DATA and not is_comment(paragraph[0][1])
    return QUOTATION.sub(blank, text) if SOURCE.search(text) and not is_data else text


def found_in(path: str, text: str) -> Iterator[tuple[int, str, str]]:
    """The words that a file should not use: line, word, and what to write instead."""
    instead = list(WORDS.values())
    for paragraph in paragraphs(texts(path, text)):
        prose = prose_of(path, paragraph)
        for found in WORD.finditer(prose):
            line = paragraph[prose.count("\n", 0, found.start())][0]
            yield line, " ".join(found[0].split()).lower(), instead[int((found.lastgroup or "w0")[1:])]


def is_looked_at(root: Path, path: str) -> bool:
    if PurePosixPath(path).suffix in SKIPPED or any(fnmatch(path, other) for other in OTHERS_TEXTS):
        return False
    return b"\0" not in (root / path).read_bytes()


def check(root: Path, allowed: tuple[tuple[str, str, str], ...] = ALLOWED) -> common.Report:
    report = common.Report()
    used = set()
    for path in filter(lambda each: is_looked_at(root, each), common.project_files(root)):
        report.looked_at += 1
        for line, word, instead in found_in(path, common.read(root, path)):
            entries = {entry for entry in allowed if entry[1] == word and fnmatch(path, entry[0])}
            used |= entries
            if not entries:
                report.add(path, line, f"'{word}': write {instead}")
    for files, word, _ in sorted(set(allowed) - used):
        report.add("ci/checks/glossary.py", 0, f"allows '{word}' in {files}, where it is not")
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
