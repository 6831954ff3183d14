"""fixtures/clients/ACCEPTED.md matches the known deviations of the clients: who accepts what must be refused.

Each entry of fixtures/clients/known/ names cases that exist.
"""

import re
from pathlib import Path

import common
import made
import yaml

TABLE = "fixtures/clients/ACCEPTED.md"
KNOWN = "fixtures/clients/known/"
HEAD = """# Who accepts what

Made by `ci/checks/accepted.py --write` from [known/](known/), which has the reason for each cell, and the command to repeat
it. An entry that no longer applies fails the run, so the table is as current as the last run of the clients, in the versions
of Debian 12. An empty cell: as expected. In brackets: only these cases of the scenario, or another mode than strict.
"""
# The tables: title, the verdict of the check, and what the client does.
TABLES = (
    ("Accepted, and must be refused", "fail", "accept"),
    ("Accepted, and should be refused", "note", "accept"),
    ("Refused, and must be accepted", "fail", "refuse"),
    ("Refused, and should be accepted", "note", "refuse"),
)


def known(root: Path) -> dict[str, list[dict]]:
    """The entries of all clients."""
    paths = [path for path in common.project_files(root) if path.startswith(KNOWN) and path.endswith(".yaml")]
    files = [yaml.safe_load(common.read(root, path)) for path in paths]
    return {file["known"]: file["entries"] for file in files}


def matches(pattern: str, case: str) -> bool:
    """As in harness/base/glob.hpp: `*` matches anything, all else is literal."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), case) is not None


def cell(verb: str, which: list[str], cases: list[str], modes: set[str]) -> str:
    """The text of a cell: the verb, and in brackets the cases and modes, if not all."""
    parts = [] if len(which) == len(cases) else [each.partition("[")[2].rstrip("]") for each in which]
    too = " too" if "strict" in modes else ""
    brackets = [*parts, *(f"{mode}{too}" for mode in sorted(modes - {"strict"}))]
    return f"{verb}s ({'; '.join(brackets)})" if brackets else f"{verb}s"


def cells(entries: list[dict], cases: dict[str, list[str]], verdict: str, verb: str) -> dict[str, str]:
    """One client's column: {scenario: cell}."""
    out = {}
    for scenario, ids in cases.items():
        which, modes = set(), set()
        for entry in entries:
            match, fails = entry["match"], entry["fails"]
            if (match["check"], fails["verdict"]) != ("decision", verdict) or not fails["observed"].startswith(verb):
                continue
            found = {each for each in ids if matches(match["scenario"], each)}
            which |= found
            modes |= {match.get("mode", "any mode")} if found else set()
        if which:
            out[scenario] = cell(verb, [each for each in ids if each in which], ids, modes)
    return out


def section(title: str, columns: dict[str, dict[str, str]]) -> list[str]:
    """One table; empty if it has no client."""
    clients = [client for client in columns if columns[client]]
    rows = sorted({scenario for column in columns.values() for scenario in column})
    if not rows:
        return []
    out = [f"## {title}", "", f"| scenario | {' | '.join(clients)} |", "|---|" + "---|" * len(clients)]
    for row in rows:
        shown = " | ".join(columns[client].get(row, "") for client in clients)
        out.append(f"| [{row}](../../scenarios/{row}.yaml) | {shown} |")
    return [*out, ""]


def table(entries: dict[str, list[dict]], cases: dict[str, list[str]]) -> str:
    """The text of ACCEPTED.md."""
    out = [HEAD]
    for title, verdict, verb in TABLES:
        out += section(title, {client: cells(entries[client], cases, verdict, verb) for client in sorted(entries)})
    return "\n".join(out)


def check(root: Path, write: bool = False) -> common.Report:
    report = common.Report()
    entries, cases = known(root), made.cases_of(root)
    report.looked_at = sum(map(len, entries.values()))
    every = [case for ids in cases.values() for case in ids]
    for client, own in entries.items():
        for pattern in sorted({entry["match"]["scenario"] for entry in own}):
            if not any(matches(pattern, case) for case in every):
                report.add(f"{KNOWN}{client}.yaml", 0, f"names no case: {pattern}")
    made.hold(root, {TABLE: table(entries, cases)}, write, report, "ci/checks/accepted.py")
    report.notes.append(f"known deviations: {report.looked_at} entries of {len(entries)} clients")
    return report


if __name__ == "__main__":
    made.main(check, __doc__)
