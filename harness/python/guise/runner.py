"""`pytest --guise-client NAME`: every scenario in every mode is a test, and the verdict of guise is its result.

A test shows one `case` record. One `guise run` runs all cases of a client in a mode when pytest comes to the first of
them, so that the session has its controls before and after, and the verdicts are those of guise.
"""

from pathlib import Path

import pytest

from guise.batch import Batch, Settings, jobs_for
from guise.cases import load_client, plan
from guise.program import GuiseError, Program

UNDECIDED = ("inconclusive", "error", "not-run")  # the exit code of guise is not 0 either


class MissedShould(pytest.PytestWarning):
    """The client fulfils every MUST, but not every SHOULD."""


class Runner:
    """The plugin that is active with `--guise-client`."""

    def __init__(self, config):
        option = config.option
        self.program = Program(option.guise_program, option.guise_data, option.guise_scenarios)
        self.clients = [load_client(self.program, named) for named in option.guise_client]
        self.cases = plan(self.program, self.clients, option.guise_mode, option.guise_profile)
        self.settings = _settings(config)
        self.batches, self.told = {}, []
        self._by_base = {}
        for case in self.cases:
            self._by_base.setdefault(case.base, []).append(case)

    def markers(self):
        """The markers for `-m`: areas, severities, modes, clients."""
        return sorted({name for case in self.cases for name in _marks(case)})

    def name_of(self, case):
        return f"{case.scenario}[{case.mode if len(self.clients) == 1 else case.session}]"

    def batch_of(self, item):
        """The batch of all selected cases of the item's session."""
        session = item.case.session
        if session not in self.batches:
            chosen = [each.case for each in item.session.items
                      if isinstance(each, CaseItem) and each.case.session == session]
            every = sum(case.session == session for case in self.cases)
            self.batches[session] = Batch(self.program, self.settings, chosen, len(set(chosen)) < every)
        return self.batches[session]

    @pytest.hookimpl
    def pytest_collect_file(self, file_path, parent):
        file = file_path.resolve()
        if file.suffix != ".yaml" or self.program.scenarios not in file.parents:
            return None
        base = file.relative_to(self.program.scenarios).with_suffix("").as_posix()
        if base not in self._by_base:
            return None
        return ScenarioFile.from_parent(parent, path=file_path, runner=self, cases=self._by_base[base])

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        outcome = yield
        if isinstance(item, CaseItem):
            item.set_duration(outcome.get_result())

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        self.told += [batch.told() for batch in self.batches.values() if batch.done]
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["guise"] = self.told
        elif exitstatus == pytest.ExitCode.OK:
            # A check that is not a test failed: a stale known deviation, a control that was not selected.
            session.exitstatus = next((each["exit"] for each in self.told if each["exit"]), exitstatus)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error):
        self.told += getattr(node, "workeroutput", {}).get("guise", [])

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter):
        if self.told:
            terminalreporter.section("guise")
        for each in sorted(self.told, key=lambda told: told["session"]):
            terminalreporter.line("{session}: {cases} cases, {reason} (exit {exit}), {results}".format(**each))


def _settings(config):
    option = config.option
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    return Settings(out=Path(config.invocation_params.dir) / option.guise_out,
                    jobs=option.guise_jobs or jobs_for(workers), profile=option.guise_profile,
                    seed=option.guise_seed, now=option.guise_now, baselines=tuple(option.guise_baseline))


def _marks(case):
    return (case.area, case.severity, case.mode, case.client.name)


class ScenarioFile(pytest.File):
    """A file of the catalogue: its cases, each in each mode."""

    def __init__(self, *, runner, cases, **more):
        super().__init__(**more)
        self._runner, self._cases = runner, cases

    def collect(self):
        for case in self._cases:
            yield CaseItem.from_parent(self, name=self._runner.name_of(case), runner=self._runner, case=case)


class CaseItem(pytest.Item):
    """One case. It fails with the text of guise, never with a traceback."""

    def __init__(self, *, runner, case, **more):
        super().__init__(**more)
        self._runner, self.case, self._record = runner, case, None
        for name in _marks(case):
            self.add_marker(getattr(pytest.mark, name))
        if self.config.pluginmanager.hasplugin("xdist"):
            self.add_marker(pytest.mark.xdist_group(case.session))

    def setup(self):
        """Runs the session. A case that could not be judged is a setup error, for pytest and its reports."""
        try:
            self._record = self._runner.batch_of(self).record(self.case)
        except GuiseError as error:
            fail(str(error))
        if self._record["verdict"] in UNDECIDED and not self._is_known():
            fail(text_of(self._record))

    def runtest(self):
        record = self._record
        if record["disposition"] == "fixed":
            fail("[XPASS(strict)] a known deviation says that this fails: remove its entry\n" + text_of(record))
        if self._is_known():
            pytest.xfail(f"{record['known']}: {record['sentence']}")
        if record["verdict"] == "fail":
            fail(text_of(record))
        if record["verdict"] == "not-applicable":
            raise pytest.skip.Exception(record["sentence"], _use_item_location=True)
        if record["verdict"] == "note":
            self.warn(MissedShould(text_of(record)))

    def set_duration(self, report):
        """The duration of the case itself: the session was run in the setup of its first case."""
        lasted = self._record["lasted_ms"] / 1000 if self._record else 0.0
        report.duration = lasted if report.when == "call" else 0.0

    def reportinfo(self):
        return self.path, 0, self.name

    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, MissedShould):  # if warnings are errors
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def _is_known(self):
        return bool(self._record["known"]) and self._record["disposition"] == "expected"


def fail(text):
    """Fails a test with only a text."""
    pytest.fail(text, pytrace=False)


def text_of(record):
    """The failure text: a sentence, the failed checks, known deviations, the command to repeat it."""
    lines = [record["sentence"]]
    for check in record["checks"]:
        if check["verdict"] != "pass":
            clauses = f"  [{', '.join(check['clause'])}]" if check["clause"] else ""
            lines.append(f"{check['check']}: visit {check['visit']} {check['verdict']}: expected {check['expected']}, "
                         f"observed {check['observed']}{clauses}")
    for what in ("known", "contradiction"):
        if record[what]:
            lines.append(f"{what}: {record[what]}")
    return "\n".join([*lines, f"repeat: {record['repro']}"])
