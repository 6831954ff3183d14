"""The stages of harness/CMakeLists.txt, in the order of a run, with what each links."""

import re
from dataclasses import dataclass
from pathlib import Path

import common

LIST = "harness/CMakeLists.txt"
_LINE = re.compile(r"^\s*guise_stage\(\s*([\w/]+)([^)]*)\)", re.M)


@dataclass(frozen=True)
class Stage:
    """One line of the list, with the stages that it names. A subfolder that is a separate stage has a slash."""

    name: str
    line: int
    links: tuple[str, ...]


def stages(root: Path) -> list[Stage]:
    """All stages in their order; empty if there is no list."""
    if not (root / LIST).is_file():
        return []
    text = common.read(root, LIST)
    found = []
    names = {"guise_" + match.group(1).replace("/", "_"): match.group(1) for match in _LINE.finditer(text)}
    for match in _LINE.finditer(text):
        words = [word for word in match.group(2).split() if word.startswith("guise_")]
        links = tuple(names.get(word, word[len("guise_") :]) for word in words)
        found.append(Stage(match.group(1), text.count("\n", 0, match.start(1)) + 1, links))
    return found


def reachable(every: list[Stage]) -> dict[str, set[str]]:
    """For each stage, itself and all that it links, directly or through others."""
    links = {stage.name: stage.links for stage in every}
    out: dict[str, set[str]] = {}
    for name in links:
        seen, todo = {name}, [name]
        while todo:
            fresh = [link for link in links.get(todo.pop(), ()) if link not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        out[name] = seen
    return out
