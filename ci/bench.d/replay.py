"""Turns the curl commands of a run into commands against an idle `guise serve`, one script line each.

usage: replay.py results.jsonl ready.json > commands

Each visit's command stays the same, except that the address, the host and the root file are those of the server,
because the listeners of the run are gone. The liveness controls are not served; they use another trusted chain.
"""

import json
import shlex
import sys
from pathlib import Path


def served_command(argv: list[str], served: dict[str, str | int]) -> list[str]:
    """The command with the server's address, URL and root instead of the run's."""
    out = list(argv)
    for at, word in enumerate(argv):
        if word == "--connect-to":
            out[at + 1] = f"::{served['address']}:{served['port']}"
        elif word == "--cacert":
            out[at + 1] = str(served["trust"])
        elif word == "--capath":
            out[at + 1] = str(Path(str(served["trust"])).parent)
        elif word.startswith("https://"):
            out[at] = f"https://{served['host']}:{served['port']}/"
    return out


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 4
    scenarios = json.loads(Path(sys.argv[2]).read_text().splitlines()[0])["scenarios"]
    by_id = {each["id"]: each for each in scenarios}
    trusted = next(each for each in scenarios if each["id"].startswith("trust/ca-signed"))
    for line in Path(sys.argv[1]).read_text().splitlines():
        record = json.loads(line)
        if record["type"] == "visit":
            argv = record["evidence"]["process"]["argv"]
            print(shlex.join(served_command(argv, by_id.get(record["scenario"], trusted))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
