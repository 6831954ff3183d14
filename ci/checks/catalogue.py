"""scenarios/CATALOGUE.md and the counts in the READMEs of scenarios/ match ci/catalogue.yaml and the files.

Each scenario in a row exists, each scenario of the covered areas is in a row or among `ours`, each row occurs
once, with scenarios or with a reason, and no row of the reference list is missing.
"""

import fnmatch
import re
from pathlib import Path

import common
import made
import yaml

ROWS = "ci/catalogue.yaml"
TABLE = "scenarios/CATALOGUE.md"
OVERVIEW = "scenarios/README.md"
HEAD = """# Earlier tools' cases, and ours

Made by `ci/checks/catalogue.py --write` from [ci/catalogue.yaml](../ci/catalogue.yaml): what five earlier tools
(TLSPretense, certmitm, qsslcaudit, nogotofail, badssl.com) present to a client, merged and reworded, with the
scenarios that cover it, or why none does. Groups K, L, M and O of that list (cipher suites, client certificates,
stripped channels, browser windows) do not concern server certificates and are left out.
"""
AREA_COUNT = re.compile(r"^\d+ scenarios?, \d+ cases?\.$", re.M)
AREAS_END = "\n## "
OVERVIEW_ROW = re.compile(r"^\| `(?P<area>[a-z]+)` \|(?: \d+ \| \d+ \|)? (?P<about>[^|]+) \|$", re.M)


def counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def matches(known: dict[str, int], pattern: str) -> list[str]:
    return sorted(fnmatch.filter(known, pattern))


def areas_of(known: dict[str, int]) -> list[str]:
    return sorted({each.split("/")[0] for each in known})


def cases_of(known: dict[str, int], area: str) -> list[int]:
    return [cases for each, cases in known.items() if each.startswith(f"{area}/")]


def link(scenario: str) -> str:
    return f"[{scenario}]({scenario}.yaml)"


def row_text(known: dict[str, int], row: list) -> str:
    name, case, what = row
    if isinstance(what, str):
        return f"| {name} | {case} | out of scope: {what} |"
    found = dict.fromkeys(each for pattern in what for each in matches(known, pattern))
    areas = [pattern for pattern in what if pattern.endswith("/*")]
    shown = [f"all of [{each[:-2]}]({each[:-2]}/README.md)" for each in areas] or [link(each) for each in found]
    return f"| {name} | {case} | {', '.join(shown)} |"


def rows_of(group: dict) -> list[list]:
    rows = group.get("rows", []) + group.get("out", [])
    return sorted(rows, key=lambda row: int(row[0][1:]))


def table(known: dict[str, int], data: dict) -> str:
    """The text of scenarios/CATALOGUE.md."""
    out = [HEAD]
    for group in data["groups"]:
        out += [f"## {group['group']}. {group['title']}", "", "| row | what is presented | scenarios |", "|---|---|---|"]
        out += [row_text(known, row) for row in rows_of(group)] + [""]
    out += ["## Ours alone", ""]
    for area, names in data["ours"].items():
        out.append(f"- {area}: " + ", ".join(f"[{name}]({area}/{name}.yaml)" for name in names))
    return "\n".join(out) + "\n"


def area_readme(known: dict[str, int], area: str, text: str) -> str:
    cases = cases_of(known, area)
    return AREA_COUNT.sub(f"{counted(len(cases), 'scenario')}, {counted(sum(cases), 'case')}.", text, count=1)


def overview(known: dict[str, int], text: str) -> str:
    def row(found: re.Match) -> str:
        cases = cases_of(known, found["area"])
        return f"| `{found['area']}` | {len(cases)} | {sum(cases)} | {found['about']} |"

    areas, heading, rest = text.partition(AREAS_END)  # the tables below it have other contents
    return OVERVIEW_ROW.sub(row, areas) + heading + rest


def check_rows(known: dict[str, int], data: dict, report: common.Report) -> set[str]:
    """The scenarios in rows; findings if they do not exist, or if a row is duplicate or empty."""
    named: set[str] = set()
    seen: set[str] = set()
    for group in data["groups"]:
        for name, _, what in rows_of(group):
            if name in seen or not name.startswith(group["group"]):
                report.add(ROWS, 0, f"row {name} is there twice, or in another group's place")
            seen.add(name)
            if not what:
                report.add(ROWS, 0, f"row {name} has neither scenarios nor a reason")
            for pattern in [] if isinstance(what, str) else what:
                found = matches(known, pattern)
                named.update(found)
                if not found:
                    report.add(ROWS, 0, f"row {name} names no scenario: {pattern}")
    return named


def check_reference(data: dict, report: common.Report) -> None:
    """Findings for missing rows of the reference list, and for rows that it does not have."""
    there = [row[0] for group in data["groups"] for row in rows_of(group)]
    listed = [f"{group}{number + 1}" for group, rows in data["reference"].items() for number in range(rows)]
    for each in listed:
        if each not in there:
            report.add(ROWS, 0, f"row {each} of the reference list is missing")
    for each in there:
        if each[0] in data["reference"] and each not in listed:
            report.add(ROWS, 0, f"row {each} is not in the reference list, whose group {each[0]} has fewer rows")


def check_ours(known: dict[str, int], data: dict, named: set[str], report: common.Report) -> None:
    ours = {f"{area}/{name}" for area, names in data["ours"].items() for name in names}
    for each in sorted(ours - known.keys()):
        report.add(ROWS, 0, f"`ours` names no scenario: {each}")
    for each in sorted(ours & named):
        report.add(ROWS, 0, f"`ours` has a scenario that a row names: {each}")
    for each in sorted(known.keys() - named - ours):
        if each.split("/")[0] in data["areas"]:
            report.add(f"scenarios/{each}.yaml", 0, f"in no row of {ROWS}, and not among `ours`")


def generated(root: Path, known: dict[str, int], data: dict, report: common.Report) -> dict[str, str]:
    """The files that are generated, in whole or in part, with their expected texts."""
    out = {TABLE: table(known, data)}
    text = common.read(root, OVERVIEW) if (root / OVERVIEW).exists() else ""
    out[OVERVIEW] = overview(known, text)
    told = {found["area"] for found in OVERVIEW_ROW.finditer(text.partition(AREAS_END)[0])}
    for area in areas_of(known):
        readme = f"scenarios/{area}/README.md"
        if area not in told:
            report.add(OVERVIEW, 0, f"no row for the area {area}")
        text = common.read(root, readme) if (root / readme).exists() else ""
        if not AREA_COUNT.search(text):
            report.add(readme, 0, "MUST have a README with a line such as '3 scenarios, 5 cases.'")
        else:
            out[readme] = area_readme(known, area, text)
    return out


def check(root: Path, write: bool = False) -> common.Report:
    report = common.Report()
    known = {scenario: len(cases) for scenario, cases in made.cases_of(root).items()}
    data = yaml.safe_load(common.read(root, ROWS))
    report.looked_at = len(known)
    check_ours(known, data, check_rows(known, data, report), report)
    check_reference(data, report)
    made.hold(root, generated(root, known, data, report), write, report, "ci/checks/catalogue.py")
    report.notes.append(f"scenarios: {counted(len(known), 'file')}, {counted(sum(known.values()), 'case')}")
    return report


if __name__ == "__main__":
    made.main(check, __doc__)
