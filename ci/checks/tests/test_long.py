"""Does ci/long run what it is asked for, and keep the last pass of each proof?"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CI = Path(__file__).resolve().parents[2]


class Long:
    """ci/long in a repository of its own, with proofs of the test's own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("long", "common.sh"):
            (root / "ci").mkdir(exist_ok=True)
            shutil.copy(CI / name, root / "ci" / name)
        (root / ".gitignore").write_text("/build/\n")
        self.proof("good", 'echo "ran with: $*"')
        self.proof("bad", "exit 7")
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first")

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=self.root, check=True, stdout=subprocess.PIPE, text=True).stdout

    def proof(self, name: str, commands: str) -> None:
        file = self.root / "ci" / "long.d" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/usr/bin/env bash\n# What {name} proves\n{commands}\n")
        file.chmod(0o755)

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(self.root / "ci" / "long"), *arguments], cwd=self.root, capture_output=True, text=True,
                              check=False)

    def passes(self) -> list[list[str]]:
        file = self.root / "build" / "long-passes.tsv"
        return [line.split("\t") for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def long(tmp_path: Path) -> Long:
    return Long(tmp_path)


def test_a_pass_is_recorded_with_its_commit_and_listed(long):
    assert long("good").returncode == 0
    ((name, date, commit, seconds),) = long.passes()
    assert (name, commit) == ("good", long.git("rev-parse", "--short=12", "HEAD").strip())
    assert date.endswith("Z") and seconds.isdigit()
    listed = long("--list").stdout
    assert "What good proves" in listed and f"last pass: {date}, {commit}, {seconds} s" in listed
    assert "What bad proves" in listed and "last pass: none recorded here" in listed


def test_a_second_pass_takes_the_place_of_the_first(long):
    long("good")
    (long.root / "new").write_text("")
    long("good")
    ((_, _, commit, _),) = long.passes()
    assert commit.endswith("+changes")


def test_a_failure_is_said_and_not_recorded(long):
    long("good")
    before = long.passes()
    ended = long("bad")
    assert ended.returncode == 1 and "bad: failed" in ended.stdout
    assert long.passes() == before


def test_a_part_of_a_proof_runs_and_is_not_recorded(long):
    ended = long("good", "one", "two")
    assert ended.returncode == 0 and "ran with: one two" in ended.stdout
    assert long.passes() == []


def test_all_of_them_run_though_one_fails(long):
    ended = long("--all")
    assert ended.returncode == 1 and "failed: bad" in ended.stdout
    assert [line[0] for line in long.passes()] == ["good"]


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("--nonsense",)])
def test_what_it_does_not_know_is_a_usage_error_that_lists_what_there_is(long, arguments):
    ended = long(*arguments)
    assert ended.returncode == 2 and "bad good" in ended.stderr


def test_help_has_examples(long):
    assert "examples: ci/long --list" in long("--help").stdout


def test_each_proof_says_in_its_second_line_what_it_proves_and_can_be_run():
    proofs = sorted((CI / "long.d").iterdir())
    assert {"attack", "build-types", "clients", "kill", "load"} <= {proof.name for proof in proofs}
    for proof in proofs:
        assert os.access(proof, os.X_OK), proof
        assert proof.read_text().splitlines()[1].startswith("# "), proof
