"""An interpreter that PATH leads to through a script, as a version manager has it."""

import shutil

PYTHON = "/usr/bin/python3"


def shim(guise):
    """A folder, first in PATH, whose python3 leaves a line in `starts` and becomes Debian's."""
    folder = guise.folder / "shims"
    folder.mkdir()
    starts = guise.folder / "starts"
    (folder / "python3").write_text(f'#!/bin/sh\necho started >> "{starts}"\nexec {PYTHON} "$@"\n')
    (folder / "python3").chmod(0o755)
    guise.env["PATH"] = f"{folder}:{guise.env['PATH']}"
    return starts


def test_a_script_in_place_of_an_interpreter_is_started_once_in_a_run(guise):
    starts = shim(guise)
    assert shutil.which("python3", path=guise.env["PATH"]).startswith(str(guise.folder))
    ended = guise("run", "--client", "python-ssl", "--only", "trust/self-signed", "--only", "names/wrong-name")
    assert ended.code == 0, ended.out
    assert starts.read_text() == "started\n"
    programs = {visit["evidence"]["process"]["argv"][0] for visit in ended.of_type("visit")}
    assert all(program.startswith(PYTHON) for program in programs), programs
