"""All combinations of answers, times and places are covered, and the scenarios do what the table says.

scenarios/prompt/ANSWERS.md has a row for each answer and each time, and a cell for each place. A cell names a scenario,
perhaps one of its variants, or gives a reason why no clause applies. A named scenario gives that answer, then the event
happens, and then there is a visit at that place.
"""

import re
from pathlib import Path

import common
import yaml

TABLE = "scenarios/prompt/ANSWERS.md"
ANSWERS = ("connect", "once", "decline", "ignore")
TIMES = ("same attempt", "later", "restart", "forgotten", "mode change", "second change")
PLACES = ("same host", "other host", "other port")
NAMED = re.compile(r"^`([\w./-]+)(?:\[answer=(\w+)\])?`$")
REASON = "no clause speaks: "


def rows(text: str) -> dict[tuple[str, str, str], tuple[int, str]]:
    """Each cell of the table with its line."""
    out = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0] in ANSWERS:
            for place, cell in zip(PLACES, cells[2:]):
                out[cells[0], cells[1], place] = (number, cell)
    return out


def place_of(visit: dict) -> str:
    at = visit.get("at", {})
    if at.get("host", "main") != "main":
        return "other host"
    return "other port" if at.get("port", "main") != "main" else "same host"


def happens(time: str, answered: dict, between: list[dict]) -> bool:
    """Whether this has happened between the answer and the last visit."""
    if time == "same attempt":
        return answered.get("connections", 1) > 1
    if time == "second change":
        return any("present" in each and each["present"].get("key") != answered["present"].get("key") for each in between)
    key = {"restart": "restart", "forgotten": "forget", "mode change": "mode"}.get(time)
    return key is None or any(key in each for each in between)


def does(visits: list[dict], answer: str, time: str, place: str) -> bool:
    """Whether a scenario gives this answer, then this happens, and then there is a visit at this place."""
    for first, answered in enumerate(visits):
        if "present" not in answered or answered.get("answer", "decline") != answer:
            continue
        if time == "same attempt" and place == place_of(answered) and happens(time, answered, []):
            return True
        for last in range(first + 1, len(visits)):
            there = "present" in visits[last] and place_of(visits[last]) == place
            if there and happens(time, answered, visits[first + 1 : last]):
                return True
    return False


def visits_of(root: Path, scenario: str, variant: str | None) -> list[dict] | None:
    """The visits of a scenario in one of its variants; None if there is none."""
    file = root / f"scenarios/{scenario}.yaml"
    if not file.is_file():
        return None
    data = yaml.load(file.read_text(), Loader=yaml.BaseLoader)
    if variant and variant not in data.get("variants", {}).get("answer", []):
        return None
    visits = data["visits"]
    for visit in visits:
        if visit.get("answer") == "$answer":
            visit["answer"] = variant
        if "connections" in visit:
            visit["connections"] = int(visit["connections"])
    return visits


def fault_of(root: Path, cell: str, answer: str, time: str, place: str) -> str | None:
    """What is wrong with a cell."""
    if cell.startswith(REASON) and len(cell) > len(REASON):
        return None
    named = NAMED.match(cell)
    if not named:
        return f"{answer}, {time}, {place}: names no scenario, and no reason for none"
    visits = visits_of(root, *named.groups())
    if visits is None:
        return f"{answer}, {time}, {place}: no scenario {cell}"
    if not does(visits, answer, time, place):
        return f"{answer}, {time}, {place}: {cell} does something else"
    return None


def check(root: Path) -> common.Report:
    report = common.Report()
    known = rows(common.read(root, TABLE))
    for cell in [(answer, time, place) for answer in ANSWERS for time in TIMES for place in PLACES]:
        if cell not in known:
            report.add(TABLE, 0, f"no cell for {', '.join(cell)}")
            continue
        report.looked_at += 1
        line, text = known[cell]
        if fault := fault_of(root, text, *cell):
            report.add(TABLE, line, fault)
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
