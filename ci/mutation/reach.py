"""The scenarios in which a defect can show at all.

A defect of the reference client is data: what is done wrong, and in which attempts. The program prints the second part
(`--list-defects`: modes, and circumstances such as `after-restart`), and a scenario defines what happens in it. A scenario
without a restart cannot trigger a defect that is limited to attempts after one: there the client behaves like the correct
client, which is run through everything. Those cases are left out, and counted.
"""

import functools
import subprocess

from mutation import defects as table

# The start modes of a session, each with its mode.
SESSION_MODES = {"disabled": "disabled", "basic": "basic", "recommended": "recommended", "strict": "strict",
                 "default": "recommended"}


def connecting(scenario):
    return [visit for visit in scenario["visits"] if "present" in visit]


def connections(scenario):
    return sum(int(visit.get("connections", 1)) for visit in connecting(scenario))


def has_visit(*keys):
    return lambda scenario: any(key in visit for visit in scenario["visits"] for key in keys)


def again(scenario):
    return connections(scenario) > 1


# A circumstance of a defect -> whether a scenario can trigger it. Those not listed occur in any scenario.
NEEDS = {
    "later-visit": again, "known-server": again, "same-pin": again, "changed-pin": again, "renewed": again,
    "another-is-pinned": again, "key-pinned-elsewhere": again, "was-declined": again, "was-asked-expired": again,
    "was-refused": again, "was-resumed": again, "once-for-change": again, "declined-elsewhere": again,
    "second-login": lambda scenario: connections(scenario) > len(connecting(scenario)),
    "after-restart": has_visit("restart"),
    "mode-changed": has_visit("mode"),
    "mode-ever-changed": has_visit("mode"),
    "forgotten-unpinned": has_visit("forget"),
    "second-instance": lambda scenario: "clients" in scenario,
    "resumed": has_visit("resume"),
    "outdated": has_visit("claims"),
    "contradicted": has_visit("claims", "swap"),
    "by-address": lambda scenario: "host" in scenario,
}


@functools.cache
def scenarios():
    """id -> contents of the file."""
    folder = table.ROOT / "scenarios"
    return {str(path.relative_to(folder).with_suffix("")): table.read(path) for path in sorted(folder.glob("*/*.yaml"))}


def add_limits(defects, program):
    """Asks the program for the limits of each defect. Both have to know the same defects."""
    listed = subprocess.run([program, "--list-defects"], capture_output=True, text=True, check=True).stdout
    rows = dict(line.split("\t", 1) for line in listed.splitlines())
    if set(rows) != {defect.name for defect in defects}:
        differ = sorted(set(rows) ^ {defect.name for defect in defects})
        raise SystemExit(f"{program} and {table.FOLDER} differ: {', '.join(differ[:9])}")
    for defect in defects:
        modes, is_ = rows[defect.name].split("\t")
        defect.limits = {"modes": set(modes.split()), "is": set(is_.split())}


def may_be_in(modes, session_mode, scenario):
    """Whether a client that starts in this mode is, or another client is, in one of `modes` at some time."""
    if not modes or SESSION_MODES[session_mode] in modes:
        return True
    return bool(modes & set(scenario.get("clients", {}).values())) or any(visit.get("mode") in modes
                                                                          for visit in scenario["visits"])


def reaches(defect, session_mode, scenario):
    return (may_be_in(defect.limits["modes"], session_mode, scenario)
            and all(NEEDS[each](scenario) for each in defect.limits["is"] if each in NEEDS))


def reached(defect, session_mode):
    """The ids of the scenarios in which the defect can show, for a client that starts in this mode."""
    return [name for name, scenario in scenarios().items() if reaches(defect, session_mode, scenario)]
