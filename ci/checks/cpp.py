"""Finds the functions of clang-formatted C++ by matching braces.

No parser: comments and literals are blanked, then each opening brace is classified by the text before it. The
formatter makes that reliable: a body has a space before its brace, an initialiser has none or an equals sign.
"""

import re
from dataclasses import dataclass

# Comments, raw strings, strings, characters; a digit separator (1'000) is not a character.
_OPAQUE = re.compile(
    r"//[^\n]*"
    r"|/\*.*?\*/"
    r'|R"(?P<mark>[^ ()\\\n]*)\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)
_TYPE = re.compile(r"^\s*(?:template\s*<.*>\s*)?(?:typedef\s+)?(?:class|struct|union|enum)\b", re.DOTALL)
_SCOPE = re.compile(r'^\s*(?:inline\s+)?(?:namespace\b|extern\s*""\s*$)')
_ACCESS = re.compile(r"^\s*(?:public|private|protected)\s*:")


@dataclass(frozen=True)
class Function:
    """A function from the first line of its head to the line of its last brace."""

    name: str
    first: int
    last: int

    @property
    def lines(self) -> int:
        return self.last - self.first + 1


def blanked(text: str) -> str:
    """The text without comments, contents of literals and preprocessor lines; every line break stays."""

    def blank(match: re.Match[str]) -> str:
        piece = match.group()
        kept = re.sub(r"[^\n]", " ", piece)
        return '"' + kept[1:-1] + '"' if piece[0] in "\"R" and len(piece) > 1 else kept

    text = _OPAQUE.sub(blank, text)
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.M)


def _kind(head: str, inside: list[str]) -> str:
    """What an opening brace opens: `scope`, `function`, or `other` (a block, an initialiser)."""
    if "function" in inside or "other" in inside:
        return "other"
    head = _ACCESS.sub("", head)
    if _SCOPE.match(re.sub(r'"\s*"', '""', head)) or _TYPE.match(head):
        return "scope"
    before = head.rstrip()
    if "(" not in head or before.endswith(("=", ",", "(")) or before == head:
        return "other"
    return "function"


def _name(head: str) -> str:
    match = re.search(r"([\w:~]+|operator\s*\S+?)\s*\(", head)
    return match.group(1) if match else "?"


def functions(text: str) -> list[Function]:
    """All functions outside of other functions, in the order of the file. Lambdas count as part of their function."""
    code = blanked(text)
    found: list[Function] = []
    inside: list[str] = []
    head_start = 0
    open_name, open_line = "", 0
    for at, char in enumerate(code):
        if char == ";" and (not inside or inside[-1] == "scope"):
            head_start = at + 1
        elif char == "{":
            head = code[head_start:at]
            inside.append(_kind(head, inside))
            if inside[-1] == "function":
                skipped = len(head) - len(_ACCESS.sub("", head).lstrip())
                open_name, open_line = _name(head), code.count("\n", 0, head_start + skipped) + 1
            if inside[-1] == "scope":
                head_start = at + 1
        elif char == "}" and inside:
            kind = inside.pop()
            if kind == "function":
                found.append(Function(open_name, open_line, code.count("\n", 0, at) + 1))
            if kind != "other":
                head_start = at + 1
    return found
