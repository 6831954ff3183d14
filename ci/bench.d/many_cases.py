"""Makes the results of a large run from those of a small one, by repeating its sessions under other client names.

usage: many_cases.py results.jsonl CASES > large.jsonl

Evidence, verdicts and the order of the records are those of the small run. A client of another name has the profile of its
model and no known deviations.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

Record = dict[str, object]


def sessions_of(lines: list[str]) -> dict[str, list[str]]:
    """The records of each session that has ended, in their order."""
    out: dict[str, list[str]] = {}
    ended = set()
    for line in lines:
        record = json.loads(line)
        if "session" in record:
            out.setdefault(record["session"], []).append(line)
            if record["type"] == "session.end":
                ended.add(record["session"])
    return {session: records for session, records in out.items() if session in ended}


def renamed(line: str, client: str, name: str) -> str:
    return line.replace(f'"session":"{client}/', f'"session":"{name}/', 1).replace(
        f'"client":"{client}"', f'"client":"{name}"', 1
    )


def copies(sessions: dict[str, list[str]], cases: int) -> Iterator[tuple[str, str, list[str]]]:
    """The client, the name of its copy and the records of each session, until there are `cases` cases."""
    number = 0
    while cases > 0:
        number += 1
        for session, lines in sessions.items():
            client = session.partition("/")[0]
            yield client, f"{client}-{number:05}", lines
            cases -= sum(line.startswith('{"type":"case"') for line in lines)
            if cases <= 0:
                return


def main() -> None:
    source, cases = Path(sys.argv[1]), int(sys.argv[2])
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    start, end = json.loads(lines[0]), json.loads(lines[-1])
    models = {client["name"]: client for client in start["clients"]}
    made = list(copies(sessions_of(lines), cases))
    named = {name: client for client, name, _ in made}
    start["clients"] = [{**models[client], "name": name} for name, client in named.items()]
    start["cases"] = sum(line.startswith('{"type":"case"') for _, _, records in made for line in records)
    sys.stdout.write(json.dumps(start, separators=(",", ":")) + "\n")
    for client, name, records in made:
        sys.stdout.writelines(renamed(line, client, name) for line in records)
    sys.stdout.write(json.dumps(end, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
