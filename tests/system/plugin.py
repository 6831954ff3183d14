"""Starts pytest with the plugin of this source tree, and reads what became of each test.

    pytest (a test of tests/system)
      `- pytest -p guise.plugin (in a folder of its own)
           |- guise serve --control     the fixture
           `- guise run                 the runner
"""

import os
import subprocess
import sys
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field
from pathlib import Path

import program

PACKAGE = program.ROOT / "harness" / "python"


@dataclass(frozen=True)
class Ended:
    """A run of pytest that has ended."""

    code: int
    out: str
    folder: Path
    read: dict = field(default_factory=dict)

    def outcomes(self):
        """What became of each test: name -> passed, failed, error, skipped, xfailed."""
        tests = xml.parse(self.folder / "junit.xml").iter("testcase")
        return {test.get("name").rpartition("]")[0] + "]" if "]" in test.get("name") else test.get("name"):
                _outcome(test) for test in tests}

    def records(self, session):
        return program.records_of(self.folder / "out" / session / "results.jsonl")

    def verdicts(self, session):
        """Scenario -> verdict, from the results.jsonl that is left behind."""
        if session not in self.read:
            cases = [each for each in self.records(session) if each["type"] == "case"]
            self.read[session] = {each["scenario"]: each["verdict"] for each in cases}
        return self.read[session]


def _outcome(test):
    for child in test:
        if child.tag in ("failure", "error"):
            return {"failure": "failed"}.get(child.tag, child.tag)
        if child.tag == "skipped":
            return "xfailed" if child.get("type") == "pytest.xfail" else "skipped"
    return "passed"


class Pytest:
    """pytest in a folder of its own: `run("-k", "expired")`."""

    def __init__(self, guise_path, folder):
        self.folder, self.python = folder, sys.executable
        self.options = ["-p", "guise.plugin"]
        self.env = program.environment(folder)
        self.env.update(GUISE=str(guise_path), PYTHONPATH=str(PACKAGE), PYTHONDONTWRITEBYTECODE="1", COLUMNS="200")
        (folder / "pytest.ini").write_text("[pytest]\n")

    def write(self, text, name="test_client.py"):
        (self.folder / name).write_text(text)

    def __call__(self, *arguments):
        command = [self.python, "-m", "pytest", *self.options, "-p", "no:cacheprovider", "--junitxml", "junit.xml"]
        done = subprocess.run([*command, *map(str, arguments)], cwd=self.folder, env=self.env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=program.PATIENCE)
        return Ended(done.returncode, done.stdout, self.folder)


def scenarios(*below):
    """Paths of the catalogue, for the command line."""
    return [os.path.join(program.ROOT, "scenarios", each) for each in below]
