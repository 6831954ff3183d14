"""What `guise explain --json` derives, compared with another implementation: the model in `model/`.

The model reads the example files beside it; here the same files are laid out as the program's data folder. Every visit
of every scenario in every mode of every profile must have the same situations with the same expectations.
"""

import importlib
import json
import shutil
import sys

import pytest

import program

MODEL = program.SYSTEM / "model"


@pytest.fixture(scope="module")
def model():
    """The model, with the example files read in."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(MODEL))
    try:
        return importlib.import_module("derive")
    finally:
        sys.path.remove(str(MODEL))
        sys.dont_write_bytecode = before


@pytest.fixture(scope="module")
def explained(guise_path, tmp_path_factory):
    """What the program derives from the example files: {(scenario, profile, mode): what is expected}."""
    folder = tmp_path_factory.mktemp("model")
    for name, place in (("scenarios", "scenarios"), ("certs", "certs"), ("ledgers", "fixtures/ledgers"),
                        ("profiles", "fixtures/profiles")):
        shutil.copytree(MODEL / name, folder / place)
    # The services must be there; nothing is derived from them.
    shutil.copytree(program.ROOT / "fixtures" / "services", folder / "fixtures" / "services")
    ended = program.Guise(guise_path, tmp_path_factory.mktemp("explain"))("--data", folder, "explain", "*", "--json")
    assert ended.code == 0, ended.err
    return {(scenario["scenario"], mode["profile"], mode["mode"]): mode
            for scenario in json.loads(ended.out) for mode in scenario["modes"]}


def cases(model):
    return [(scenario, profile, mode) for scenario in model.SCEN.values() for profile in model.PROF.values()
            for mode in model.modes_of(scenario, profile)]


def key(scenario, profile, mode):
    return scenario["name"], profile["profile"], mode


def modelled_line(record):
    """What makes two records of the model the same line of its table."""
    decisions, prefer = frozenset(record.decisions), frozenset(record.prefer)
    return (record.situation, decisions, prefer if prefer != decisions else frozenset(),
            (record.alt[0], frozenset(record.alt[1])) if record.alt else None, record.event or None)


def modelled(records):
    out = {}
    for record in records:
        finals, clauses = out.setdefault(modelled_line(record), (set(), set()))
        finals.add(record.final.replace(" ", "-"))
        clauses.update(record.clauses)
    return out


def derived(visit):
    out = {}
    for owed in visit["owed"]:
        alt = owed["alt"] and (owed["alt"]["level"], frozenset(owed["alt"]["decisions"]))
        line = owed["situation"], frozenset(owed["decisions"]), frozenset(owed["prefer"]), alt, owed["event"]
        assert line not in out, f"two lines for {line}"
        out[line] = set(owed["finals"]), {clause["clause"] for clause in owed["clauses"]}
    return out


def test_the_same_scenarios_run_in_the_same_modes(model, explained):
    assert set(explained) == {key(*case) for case in cases(model)}


def test_every_visit_has_the_same_expectations(model, explained):
    compared, differing = 0, []
    for case in cases(model):
        table = model.derive(*case)
        visits = explained[key(*case)]["visits"]
        assert len(visits) == len(table)
        for number, ((_, records), visit) in enumerate(zip(table, visits), 1):
            compared += 1
            if modelled(records) != derived(visit):
                differing.append((*key(*case), number, modelled(records), derived(visit)))
    assert compared > 1000, "almost nothing was compared"
    assert not differing, f"{len(differing)} of {compared} visits differ; the first: {differing[0]}"


def test_clauses_have_the_level_that_the_profile_gives_them(model, explained):
    for (_, name, _), mode in explained.items():
        for visit in mode["visits"]:
            for clause in (clause for owed in visit["owed"] for clause in owed["clauses"]):
                assert clause["level"] == model.level(model.PROF[name], clause["clause"])


def test_the_same_control_stands_in_each_mode(model, explained):
    expected = {key(*case): model.effective(*case) for case in cases(model)}
    assert {case: mode["control"] for case, mode in explained.items()} == expected
