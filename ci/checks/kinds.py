"""Each kind of mistake in scenarios/KINDS.md has its scenario, that scenario's control, and a defect of the reference client."""

import re
from pathlib import Path

import common
import yaml

TABLE = "scenarios/KINDS.md"
DEFECTS = "fixtures/reference-client/defects"
ROW = re.compile(r"^\| (?P<kind>[^|]+) \| \[(?P<scenario>\S+)\]\((?P=scenario)\.yaml\) \| \[(?P<control>\S+)\]\((?P=control)\.yaml\)"
                 r" \| (?P<defect>[\w-]+) \|$")
HEAD = ("| kind |", "|---|")


def control_of(root: Path, scenario: str) -> str | None:
    file = root / f"scenarios/{scenario}.yaml"
    return yaml.load(file.read_text(), Loader=yaml.BaseLoader).get("control", "") if file.is_file() else None


def defects_of(root: Path) -> set[str]:
    tables = [yaml.load(file.read_text(), Loader=yaml.BaseLoader) for file in sorted((root / DEFECTS).glob("*.yaml"))]
    return {each["name"] for table in tables for each in table.get("defects", [])}


def check(root: Path) -> common.Report:
    report = common.Report()
    known = defects_of(root)
    for number, line in enumerate(common.read(root, TABLE).splitlines(), 1):
        if not line.startswith("|") or line.startswith(HEAD):
            continue
        report.looked_at += 1
        row = ROW.match(line)
        if not row:
            report.add(TABLE, number, "is no row of a kind, a scenario, its control and a defect")
            continue
        control = control_of(root, row["scenario"])
        if control is None:
            report.add(TABLE, number, f"no scenario {row['scenario']}")
        elif control != row["control"]:
            report.add(TABLE, number, f"the control of {row['scenario']} is {control}, and not {row['control']}")
        if row["defect"] not in known:
            report.add(TABLE, number, f"the reference client has no defect {row['defect']}")
    return report


if __name__ == "__main__":
    common.main(check, __doc__)
