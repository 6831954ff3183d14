"""Runs the cases of one client in one mode with `guise run`, and reads the verdicts from its results.jsonl."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from guise.program import GuiseError

RUN_START = b'{"type":"run.start"'  # how every results.jsonl begins
NOT_READ = '{"type":"visit"'  # evidence: most of the file, without verdicts


@dataclass(frozen=True)
class Settings:
    """The options of `guise run` that all batches share."""

    out: Path
    jobs: int
    profile: str = ""
    seed: str = ""
    now: str = ""
    baselines: tuple = ()

    def arguments(self):
        out = ["--jobs", self.jobs]
        for name in ("profile", "seed", "now"):
            if value := getattr(self, name):
                out += [f"--{name}", value]
        for file in self.baselines:
            out += ["--baseline", file]
        return out


class Batch:
    """One `guise run`, started once, when its first verdict is requested.

    `cases` are those of one session; `only` is true if the catalogue has further, unselected ones."""

    def __init__(self, program, settings, cases, only):
        self.program, self.settings, self.cases, self.only = program, settings, cases, only
        self.session = cases[0].session
        self.results = settings.out / self.session / "results.jsonl"
        self.records, self.end, self.trouble, self.done = {}, None, "", None

    def record(self, case):
        """The `case` record of results.jsonl. Raises GuiseError with the reason if there is none."""
        if self.done is None:
            self._remove_earlier()
            self.done = self.program.run(*self._arguments())
            self._read()
        if case.scenario not in self.records:
            raise GuiseError(self._why_none())
        return self.records[case.scenario]

    def _remove_earlier(self):
        """Removes the results of an earlier run. Raises GuiseError for a file that is not from a run."""
        if self.results.exists() and self.results.stat().st_size:
            with self.results.open("rb") as file:
                if file.read(len(RUN_START)) != RUN_START:
                    raise GuiseError(f"cannot write {self.results}: the file exists and was not written by guise; "
                                     "choose another --guise-out")
        self.results.unlink(missing_ok=True)

    def told(self):
        """The data for the summary, as plain values."""
        end = self.end or {"exit": self.done.returncode, "reason": self._why_none()}
        return {"session": self.session, "cases": len(self.records), "exit": end["exit"], "reason": end["reason"],
                "results": str(self.results)}

    def _arguments(self):
        first = self.cases[0]
        out = ["run", "--client", first.client.named, "--mode", first.mode, "--out", self.results.parent]
        for case in self.cases if self.only else ():
            out += ["--only", case.scenario]
        return out + self.settings.arguments()

    def _read(self):
        for line in self.results.read_text(encoding="utf-8").splitlines() if self.results.exists() else ():
            if not line.startswith(NOT_READ):
                self._take(json.loads(line))

    def _take(self, record):
        if record["type"] == "run.start":
            self.trouble = "; ".join(f"{each['name']} took no part: {each['missing']}"
                                     for each in record["clients"] if each["missing"])
        elif record["type"] == "case":
            self.records[record["scenario"]] = record
        elif record["type"] == "session.end":
            self.trouble = self.trouble or record["trouble"]
        elif record["type"] == "run.end":
            self.end = record

    def _why_none(self):
        said = self.trouble or self.done.stderr.strip() or self.done.stdout.strip()
        return said or f"guise run ended with {self.done.returncode} and without a verdict"


def jobs_for(workers):
    """Concurrent visits for one of `workers` processes that share this machine."""
    return max(1, len(os.sched_getaffinity(0)) // max(1, workers))
