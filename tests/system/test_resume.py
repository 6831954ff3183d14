"""A run that is killed anywhere: what it had found is readable, and `--resume` ends as if nothing had happened."""

import json
import os
import signal
import subprocess

import pytest

import program

# Two clients in two modes: about 150 lines of results.
SCENARIOS = ["trust/self-signed", "trust/root-signed", "validity/expired", "validity/not-yet-valid", "names/wrong-name",
             "names/cn-only", "usage/any-purpose"]
SELECTION = ("--client", "curl", "--client", "openssl-s_client", *(word for each in SCENARIOS for word in ("--only", each)))


def start(guise, out):
    return subprocess.Popen([str(guise.program), "run", *SELECTION, "--out", out], cwd=guise.folder, env=guise.env,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)


def kill_after(guise, out, lines):
    """Kills the run (-9, and its clients) as soon as its results have so many lines."""
    process = start(guise, out)
    file = guise.folder / out / "results.jsonl"
    while process.poll() is None:
        if file.exists() and file.read_bytes().count(b"\n") >= lines:
            os.killpg(process.pid, signal.SIGKILL)
            break
    process.wait(timeout=program.PATIENCE)
    return file


@pytest.fixture(scope="module")
def undisturbed(guise_path, tmp_path_factory):
    return program.shared_run(guise_path, tmp_path_factory, "undisturbed", *SELECTION)


@pytest.mark.parametrize("lines", [1, 2, 4, 8, 13, 21, 34, 55, 89, 140])
def test_a_run_killed_at_this_line_is_finished_by_resume(guise, undisturbed, lines):
    file = kill_after(guise, "out", lines)
    whole = file.read_text().split("\n")
    for line in whole[:-1]:
        json.loads(line)
    resumed = guise("run", *SELECTION, "--resume")
    assert resumed.code == undisturbed.code == 0
    assert resumed.verdicts() == undisturbed.verdicts()
    assert resumed.end["counts"] == undisturbed.end["counts"]
    assert len(resumed.cases) == len(undisturbed.cases)
    assert len(resumed.of_type("session.end")) == len(undisturbed.of_type("session.end"))


def test_the_verdicts_of_a_run_follow_from_its_evidence(undisturbed, guise_path, tmp_path):
    judged = program.Guise(guise_path, tmp_path)("judge", undisturbed.reports / "results.jsonl")
    assert judged.code == 0
    assert f"0 of {len(undisturbed.cases)} verdicts differ" in judged.out


def test_doctor_finds_a_machine_that_can_run(guise):
    found = json.loads(guise("doctor", "--json").out)
    assert all(each["state"] != "MISSING" for each in found), found
