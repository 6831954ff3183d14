"""Finds the program `guise` and its data, and starts it.

The program is the named one (by an option, or the environment variable GUISE), otherwise the newest build of the source
tree that contains this package, otherwise the one that is installed beside it, in the same prefix or by the same wheel,
otherwise the first on PATH.
"""

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

ABOVE = Path(__file__).resolve().parents[3]  # of a source tree, or PREFIX/share/guise
GRACE = 10  # seconds to exit after a signal
HELP = "build it or install it, and name it: GUISE=PATH, `pytest --guise-program PATH`, or have it on PATH"


class GuiseError(Exception):
    """An error message of the program, or why it was not found."""


def find_program(named=None):
    """The path of the program. If it is not found, raises GuiseError with what to do."""
    named = named or os.environ.get("GUISE")
    if named:
        found = shutil.which(named)
        if not found:
            raise GuiseError(f"{named}: expected the program guise, found none; {HELP}")
        return Path(found).resolve()
    return _beside(ABOVE) or _on_path()


def _beside(above):
    built = [each for each in above.glob("build/*/guise") if _is_program(each)]
    installed = (above.parent.parent / "bin" / "guise", Path(sysconfig.get_path("scripts")) / "guise")
    found = max(built, key=lambda each: each.stat().st_mtime, default=None) or next(filter(_is_program, installed), None)
    return found and found.resolve()  # /bin is /usr/bin


def _is_program(file):
    return file.is_file() and os.access(file, os.X_OK)


def _on_path():
    found = shutil.which("guise")
    if not found:
        raise GuiseError(f"expected the program guise, found none; {HELP}")
    return Path(found).resolve()


def find_data(program, named=None):
    """The folder with scenarios/, certs/ and fixtures/, by the program's own rules."""
    named = named or os.environ.get("GUISE_DATA")
    places = [Path(named)] if named else [program.parent.parent / "share" / "guise", *program.parents]
    for place in places:
        if all((place / part).is_dir() for part in ("scenarios", "certs", "fixtures/profiles")):
            return place.resolve()
    where = named or f"beside {program}"
    raise GuiseError(f"{where}: expected a folder with scenarios/, certs/ and fixtures/, found none; "
                     "name it: GUISE_DATA=DIR, or `pytest --guise-data DIR`")


def _end(process):
    """Lets the program end its clients; kills it if that takes too long."""
    process.terminate()
    try:
        process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


class Program:
    """The program with its data: `Program().json("list", "scenarios")`."""

    def __init__(self, path=None, data=None, scenarios=None):
        self.path = find_program(path)
        self.data = find_data(self.path, data)
        self.scenarios = Path(scenarios).resolve() if scenarios else self.data / "scenarios"
        self._own_scenarios = ["--scenarios", str(self.scenarios)] if scenarios else []

    def command(self, *arguments):
        """The command line to start it."""
        return [str(self.path), "--data", str(self.data), *self._own_scenarios, *map(str, arguments)]

    def run(self, *arguments):
        """Runs it and waits; returns the finished process, with its output as text."""
        try:
            process = subprocess.Popen(self.command(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True, errors="replace")
        except OSError as error:
            raise GuiseError(f"{self.path}: expected a program that starts, found: {error.strerror}") from None
        try:
            out, err = process.communicate()
        except BaseException:
            _end(process)
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def json(self, *arguments):
        """Its output with `--json`. Raises GuiseError with its message if it fails."""
        done = self.run(*arguments, "--json")
        if done.returncode != 0:
            raise GuiseError(done.stderr.strip() or f"{self.path} ended with {done.returncode}")
        return json.loads(done.stdout)
