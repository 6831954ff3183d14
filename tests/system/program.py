"""Starts the program under test from outside, and reads what it leaves behind.

The program is that of the environment variable GUISE, else the newest build of this source tree. It is started with
a home and a cache of its own, so that a test neither uses the user's files nor leaves any behind.
"""

import fcntl
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = Path(__file__).resolve().parent
LIARS = SYSTEM / "liars"
CLIENTS = ROOT / "fixtures" / "clients"
ONE_GOOD_ONE_BAD = ("trust/ca-signed[tls=1.3]", "trust/self-signed")
BUILDS = [ROOT / "build" / name / "guise" for name in ("release", "dev", "me")]

# A guard against a program that never ends: forty times what any command here takes on a quiet machine, so that a busy
# one is no failure. The outer limit is that of whatever runs the tests; no test depends on this one.
PATIENCE = 1800

# How long a server that many tests share may be up, in seconds.
LIFETIME = 3600


def find_program():
    """The program under test; an error that says how to get one where there is none."""
    if given := os.environ.get("GUISE"):
        program = Path(given).resolve()
        if not os.access(program, os.X_OK):
            raise FileNotFoundError(f"GUISE={given} is no program")
        return program
    built = [each for each in BUILDS if each.is_file()]
    if not built:
        raise FileNotFoundError("no program to test: `cmake --preset release && cmake --build --preset release`")
    return max(built, key=lambda each: each.stat().st_mtime)


def environment(folder):
    """The environment of every process of a test: homes and caches below `folder`."""
    out = {key: value for key, value in os.environ.items() if not key.startswith(("GUISE", "XDG_", "PYTEST"))}
    home, temporary = folder / "home", folder / "temporary"
    for each in (home, temporary):
        each.mkdir(parents=True, exist_ok=True)
    out.update(HOME=str(home), XDG_CACHE_HOME=str(home / ".cache"), TMPDIR=str(temporary), LC_ALL="C.UTF-8")
    return out


# Where packages put programs. What else is in PATH may be of another version, and find other things.
DEBIAN_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def tool(name):
    """The path of a program that ci/packages.txt brings; its absence is a failure, never a skip."""
    found = shutil.which(name, path=DEBIAN_PATH)
    if not found:
        raise AssertionError(f"{name} is missing here; ci/setup installs all of ci/packages.txt")
    return found


def has_ipv6():
    """Whether this machine has the loopback address of IPv6; without it there is no server there."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def served_here(scenario_id):
    """Whether `guise serve` has this case on this machine."""
    return "host=ipv6" not in scenario_id or has_ipv6()


@functools.cache
def yaml_file(file):
    """The values of a YAML file, read once: many tests ask for the same of a thousand files. To be read only."""
    return yaml.load(file.read_text(), yaml.CSafeLoader)


def scenario_file(scenario_id):
    """The file of a case."""
    return yaml_file(ROOT / "scenarios" / f"{scenario_id.partition('[')[0]}.yaml")


def records_of(file):
    """The records of a results.jsonl; none where there is no file. A line that is no JSON is an error."""
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@dataclass(frozen=True)
class Ended:
    """A command that has ended, and what `guise run` wrote."""

    code: int
    out: str
    err: str
    reports: Path

    @property
    def results(self):
        return records_of(self.reports / "results.jsonl")

    def of_type(self, kind):
        return [record for record in self.results if record["type"] == kind]

    @property
    def cases(self):
        return self.of_type("case")

    @property
    def end(self):
        return self.results[-1]

    def case(self, scenario, mode="strict"):
        return one(self.cases, scenario=scenario, mode=mode)

    def visit(self, scenario, mode="strict"):
        return one(self.of_type("visit"), scenario=scenario, mode=mode)

    def verdicts_by_scenario(self, mode):
        return {case["scenario"]: case["verdict"] for case in self.cases if case["mode"] == mode}

    def verdicts(self):
        return {(case["scenario"], case["mode"], case["client"]): case["verdict"] for case in self.cases}


def one(records, **wanted):
    """The only record with these values."""
    found = [record for record in records if wanted.items() <= record.items()]
    assert len(found) == 1, f"{len(found)} records with {wanted}"
    return found[0]


class Guise:
    """The program under test in a folder of its own: `guise("list", "clients")`."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.env = environment(folder)

    def __call__(self, *arguments, out="out", cwd=None):
        command = [self.program, *arguments]
        if arguments[:1] == ("run",) and "--help" not in arguments:
            command += ["--out", out]
        done = subprocess.run([str(each) for each in command], cwd=cwd or self.folder, env=self.env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        return Ended(done.returncode, done.stdout, done.stderr, Path(cwd or self.folder) / out)

    def start(self, *arguments):
        """The program running, in a process group of its own."""
        with (self.folder / "stderr").open("w") as err:
            return subprocess.Popen([str(each) for each in (self.program, *arguments)], cwd=self.folder,
                                    env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err,
                                    text=True, start_new_session=True)

    def serve(self, *arguments):
        return Serving(self, *arguments)


def first_is_slow(values):
    """The parameters of tests that share one long run: the first of them has it made, and begins early."""
    first, *others = values
    return [pytest.param(first, marks=pytest.mark.slow), *others]


def shared_run(guise_path, tmp_path_factory, name, *arguments):
    """A run that many tests read, made once however many workers of pytest-xdist there are."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of a worker is in the one of all
    folder, kept = folder / f"shared-{name}", folder / f"shared-{name}.json"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder.mkdir(exist_ok=True)
            ended = Guise(guise_path, folder)("run", *arguments)
            kept.write_text(json.dumps([ended.code, ended.out, ended.err, str(ended.reports)]))
    code, out, err, reports = json.loads(kept.read_text())
    return Ended(code, out, err, Path(reports))


class Serving:
    """`guise serve`, up from its first line on; a context manager that ends it by SIGTERM."""

    def __init__(self, guise, *arguments):
        self.guise = guise
        self.process = guise.start("serve", *arguments)
        self.guard = threading.Timer(LIFETIME, self.process.kill)
        self.guard.start()
        try:
            self.first = self.line()
        except BaseException:
            self.stop()
            raise
        self.ready = json.loads(self.first) if "--json" in arguments else None
        self.started = int(time.time())  # what is good or bad for minutes is judged as of then

    def line(self):
        """The next line of its output; waits for it."""
        text = self.process.stdout.readline()
        assert text, f"it ended: {(self.guise.folder / 'stderr').read_text()}"
        return text.rstrip("\n")

    def scenario(self, scenario_id):
        return one(self.ready["scenarios"], id=scenario_id)

    def stop(self, by=signal.SIGTERM):
        """Ends it; its exit code."""
        self.process.send_signal(by)
        code = self.process.wait(PATIENCE)
        self.guard.cancel()
        self.process.stdout.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.guard.cancel()
        self.process.stdout.close()
