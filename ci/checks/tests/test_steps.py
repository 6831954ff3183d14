"""Does the summary at the end of a script say how the script ended?"""

import os
import pathlib
import signal
import subprocess

import pytest

COMMON = pathlib.Path(__file__).resolve().parents[2] / "common.sh"
SCRIPT = f"set -euo pipefail; source {COMMON}; trap 'summary $?' EXIT; step waiting; "


def script(commands):
    # A script in the background inherits signals that are ignored, and bash cannot trap those.
    heard = ["env", "--default-signal=INT,TERM", "bash", "-c", SCRIPT + commands]
    return subprocess.Popen(heard, stdout=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.parametrize(("signal_number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_script_has_not_passed(signal_number, code):
    with script("sh -c 'echo ready; exec sleep 60'") as process:
        while process.stdout.readline() != "ready\n":
            pass
        os.killpg(process.pid, signal_number)
        told = process.stdout.read()
    assert process.returncode == code
    assert f"FAILED in: waiting (exit code {code})" in told


@pytest.mark.parametrize(("commands", "code", "told"), [("true", 0, "all passed"), ("(exit 3)", 3, "FAILED in: waiting (exit code 3)")])
def test_the_summary_tells_the_exit_code(commands, code, told):
    with script(commands) as process:
        assert told in process.stdout.read()
    assert process.returncode == code
