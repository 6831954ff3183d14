"""The pytest plugin: the fixture `guise` for tests of your own client, and the runner of `--guise-client`.

Both use the program `guise`: the fixture `guise serve --control`, the runner `guise run`.
"""

import pytest

from guise.program import GuiseError, Program
from guise.server import PATIENCE, Server
from guise.visit import told

MOST_TOLD = 5  # visits below a test that failed

# budget: table, one line an option
def pytest_addoption(parser):
    group = parser.getgroup("guise", "guise: TLS interception tests")
    add = group.addoption
    add("--guise-client", action="append", default=[], metavar="NAME|FILE",
        help="run the scenarios against this client, by its name or the path of its file; repeatable")
    add("--guise-mode", action="append", default=[], metavar="MODE", help="only this validation mode; repeatable")
    add("--guise-profile", default="", metavar="NAME", help="judge by this profile instead of the client's own")
    add("--guise-baseline", action="append", default=[], metavar="FILE", help="your own file of known deviations; repeatable")
    add("--guise-out", default="out", metavar="DIR", help="the folder for DIR/CLIENT/MODE/results.jsonl [out]")
    add("--guise-jobs", type=int, default=0, metavar="N", help="concurrent visits per session, except stalled servers [cores / workers of -n]")
    add("--guise-seed", default="", metavar="SEED", help="random seed for host names and canaries")
    add("--guise-now", default="", metavar="TIME", help="the clock of the certificates, such as +30d")
    add("--guise-program", default=None, metavar="PATH", help="the program guise [GUISE, the build tree, PATH]")
    add("--guise-data", default=None, metavar="DIR", help="its data [GUISE_DATA, or found as the program does]")
    add("--guise-scenarios", default=None, metavar="DIR", help="your own scenarios instead of the built-in ones")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if not config.option.guise_client:
        return
    from guise.runner import Runner

    try:
        runner = Runner(config)
    except GuiseError as error:
        raise pytest.UsageError(str(error)) from None
    config.pluginmanager.register(runner, "guise-runner")
    for name in runner.markers():
        config.addinivalue_line("markers", f"{name}: scenarios of this area, severity, mode or client of guise")
    _keep_sessions_together(config)
    _collect_the_catalogue(config, runner.program.scenarios)


def _keep_sessions_together(config):
    """With -n, a session stays on one worker; tests without a group are distributed as usual."""
    if hasattr(config, "workerinput"):
        config.option.loadgroup = True  # a worker parses the command line again, which must not contain it
        return
    dist = getattr(config.option, "dist", "no")
    if dist in ("load", "worksteal"):
        config.option.dist = "loadgroup"
    elif dist not in ("no", "loadgroup"):
        raise pytest.UsageError(f"--guise-client needs --dist loadgroup, found --dist {dist}: "
                                "a session's visits must stay together")


def _collect_the_catalogue(config, scenarios):
    """All scenarios, if the command line has no paths."""
    if config.args_source != config.ArgsSource.ARGS:
        config.args = [str(scenarios)]


@pytest.fixture(scope="session")
def guise_server(pytestconfig, tmp_path_factory):
    """The server of `guise serve --control`: one for all tests of a process."""
    option = pytestconfig.option
    try:
        program = Program(option.guise_program, option.guise_data, option.guise_scenarios)
    except GuiseError as error:
        pytest.fail(str(error), pytrace=False)
    with Server(program, tmp_path_factory.mktemp("guise")) as server:
        yield server


class Presenter:
    """The fixture `guise`: presents scenarios, and closes them at the end of the test."""

    def __init__(self, server):
        self._server, self.visits = server, []

    def present(self, scenario, visit=1, port=0, timeout=PATIENCE):
        """Presents a scenario at its own address: a `guise.visit.Visit`. See `guise.server.Server.present`."""
        __tracebackhide__ = True
        try:
            self.visits.append(self._server.present(scenario, visit, port, timeout))
        except GuiseError as error:
            raise GuiseError(str(error)) from None
        return self.visits[-1]

    def scenarios(self, *only):
        """The available scenarios: a list of dicts with id, title, severity, control, visits."""
        return self._server.scenarios(*only)

    def close(self):
        for visit in self.visits:
            visit.close(wait=False)

    def told(self):
        """What the server saw, as text: the visits with a connection, or all visits if there was none."""
        came = [visit for visit in self.visits if visit.so_far().connections] or self.visits
        left_out = [f"({len(came) - MOST_TOLD} visits before these)"] if len(came) > MOST_TOLD else []
        return "\n".join([*left_out, *map(told, came[-MOST_TOLD:])])


@pytest.fixture
def guise(guise_server):
    """Presents TLS servers to your client, good and bad ones: `visit = guise.present("validity/expired")`, then
    `visit.url` and `visit.ca_file` for the client, and `visit.outcome.refused` for the test."""
    presenter = Presenter(guise_server)
    yield presenter
    presenter.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Adds what the server saw to the report of a failed test."""
    report = (yield).get_result()
    presenter = getattr(item, "funcargs", {}).get("guise")
    if call.when != "call" or not report.failed or not isinstance(presenter, Presenter) or not presenter.visits:
        return
    try:
        report.sections.append(("guise: what the server saw", presenter.told()))
    except GuiseError as error:
        report.sections.append(("guise: the server is gone", str(error)))
