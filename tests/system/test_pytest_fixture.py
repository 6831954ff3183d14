"""The fixture `guise`: servers for the tests of other people's clients."""

import shutil
import subprocess
import sys

import pytest

import plugin
import program

CURL = '''
import subprocess

def curl(visit, *options):
    subprocess.run(["curl", "-q", "-sS", "--noproxy", "*", "--cacert", visit.ca_file, *options, visit.url])
'''

THREE_LINES = CURL + '''
def test_curl_refuses_an_expired_certificate(guise):
    visit = guise.present("validity/expired")
    curl(visit)
    assert visit.outcome.refused
'''

REQUESTS = '''
import contextlib
import requests

def test_requests_refuses_an_expired_certificate(guise):
    visit = guise.present("validity/expired")
    with contextlib.suppress(requests.exceptions.SSLError):
        requests.get(visit.url, verify=visit.ca_file)
    assert visit.outcome.refused
'''

SEES = CURL + '''
def test_alert(guise):
    visit = guise.present("validity/expired[position=leaf,tls=1.3]")
    curl(visit)
    assert visit.alert == "certificate_expired" and visit.alert.code == 45
    assert not visit.leaked and not visit.request and not visit.outcome.accepted
    assert visit.outcome == "refused-alert" and visit.outcome.decision == "refuse"

def test_swap(guise):
    visit = guise.present("trust/ca-signed")
    before = visit.url, visit.port, visit.host, visit.address
    curl(visit, "-H", f"Authorization: Bearer {visit.canary}")
    assert visit.outcome.accepted and visit.leaked
    assert visit.outcome == "confidential" and visit.canary in visit.request
    visit.swap("validity/expired")
    assert (visit.url, visit.port, visit.host, visit.address) == before
    assert visit.so_far() == "no-connection"
    curl(visit)
    assert visit.outcome.refused

def test_visits(guise):
    visit = guise.present("pin/changed-key")
    assert visit.number == 1
    assert 1 < visit.swap().number <= visit.visits

def test_side_by_side(guise):
    shown = [guise.present("trust/self-signed") for _ in range(100)]
    assert len({visit.port for visit in shown}) == 100
    curl(shown[41], "--insecure")
    assert shown[41].leaked
    assert not any(visit.so_far().connections for visit in shown if visit is not shown[41])

def test_closed(guise):
    visit = guise.present("validity/expired")
    curl(visit)
    visit.close()
    assert visit.outcome.refused and visit.evidence[0]["speaks_tls"]

def test_catalogue(guise):
    assert [each["id"] for each in guise.scenarios("validity/not-yet-valid")] == ["validity/not-yet-valid"]
'''


@pytest.fixture
def run(guise_path, tmp_path):
    return plugin.Pytest(guise_path, tmp_path)


@pytest.fixture
def installed(run, tmp_path):
    """pytest in a fresh virtual environment, with the package installed there by the pip of the system."""
    copy = tmp_path / "package"
    shutil.copytree(plugin.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
    environment = tmp_path / "environment"
    run.env.pop("PYTHONPATH")
    for command in ([sys.executable, "-m", "venv", "--system-site-packages", "--without-pip", environment],
                    [environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-build-isolation",
                     "--no-index", "--disable-pip-version-check", f"{copy}[pytest]"]):
        done = subprocess.run([str(each) for each in command], env=run.env, capture_output=True, text=True,
                              timeout=program.PATIENCE)
        assert done.returncode == 0, done.stdout + done.stderr
    run.python, run.options = environment / "bin" / "python", []
    return run


def test_the_three_lines_work_in_a_fresh_environment(installed):
    installed.write(THREE_LINES)
    installed.write(REQUESTS, "test_requests.py")
    ended = installed("-W", "error")
    assert set(ended.outcomes().values()) == {"passed"} and len(ended.outcomes()) == 2, ended.out
    installed.options = ["-p", "guise.plugin"]  # as in the source tree: it is the same plugin
    assert installed("--guise-client", "curl", *plugin.scenarios("trust/root-signed.yaml")).code == 0


def test_a_client_that_does_not_verify_fails_and_is_told_what_leaked(run):
    run.write(REQUESTS.replace("verify=visit.ca_file", "verify=False"))
    ended = run()
    assert ended.code == 1
    assert "assert <the client accepted and sent data: GET / HTTP/1.1, Host: localhost:" in ended.out
    assert "User-Agent: python-requests/" in ended.out.partition("guise: what the server saw")[2]


def test_a_leaked_canary_is_told(run):
    run.write(CURL + '''
def test_bad(guise):
    visit = guise.present("trust/self-signed")
    curl(visit, "--insecure", "-H", f"Authorization: Bearer {visit.canary}")
    assert not visit.leaked
''')
    ended = run()
    assert ended.code == 1
    assert "assert not <the client accepted and sent the canary: GET / HTTP/1.1" in ended.out
    assert "    Authorization: Bearer canary-" in ended.out


def test_alert_request_and_swap_are_what_the_server_saw(run):
    run.write(SEES)
    ended = run("-W", "error")
    assert ended.code == 0, ended.out
    assert len(ended.outcomes()) == 6


def test_several_workers_have_a_server_each(run):
    run.write(SEES)
    ended = run("-n", "2", "-W", "error")
    assert ended.code == 0, ended.out


SILENT = {
    "no client connected within 0.1 s": "",
    "the client had a connection still open after 0.1 s": """
    connected = socket.create_connection((visit.address, visit.port))
    while not visit.so_far().open:
        pass
""",
    "the client ended before it had seen the certificate": """
    socket.create_connection((visit.address, visit.port)).close()
    visit.timeout = 10
""",
}


@pytest.mark.parametrize("said", SILENT)
def test_silence_is_no_refusal(run, said):
    run.write(f"""
import socket

def test_silent(guise):
    visit = guise.present("validity/expired", timeout=0.1)
{SILENT[said]}
    assert visit.outcome.refused
""")
    ended = run()
    assert ended.code == 1
    assert f"assert <{said}>" in ended.out, ended.out


def test_a_scenario_that_is_none_is_said_at_the_line_that_names_it(run):
    run.write('def test_typo(guise):\n    guise.present("validity/expried")\n')
    ended = run()
    assert ended.code == 1
    assert "scenario: expected the id of a scenario, found 'validity/expried'" in ended.out
    assert "server.py" not in ended.out


def test_a_program_that_is_not_there_is_said_with_how_to_name_it(run):
    run.write(THREE_LINES)
    ended = run("--guise-program", "no-such-guise")
    assert ended.outcomes() == {"test_curl_refuses_an_expired_certificate": "error"}
    assert "no-such-guise: expected the program guise, found none" in ended.out
    assert "GUISE=PATH" in ended.out and "Traceback" not in ended.out


def test_a_server_that_is_gone_is_said(run):
    run.write('''
def test_gone(guise, guise_server):
    guise.present("validity/expired")
    guise_server._process.kill()
    guise_server._process.wait()
    guise.present("validity/expired")
''')
    ended = run()
    assert ended.code == 1
    assert "the server of guise ended with -9" in ended.out


def test_the_server_ends_with_the_tests(run):
    run.write('def test_pid(guise, guise_server):\n    open("pid", "w").write(str(guise_server._process.pid))\n')
    assert run().code == 0
    assert not program.Path("/proc", (run.folder / "pid").read_text()).exists()


def test_the_server_is_there_without_pytest(run):
    run.write(CURL + '''
import guise

with guise.Server() as server, server.present("validity/expired") as visit:
    curl(visit)
    print(visit.outcome)
''', "plain.py")
    done = subprocess.run([sys.executable, "plain.py"], cwd=run.folder, env=run.env, capture_output=True, text=True,
                          timeout=program.PATIENCE)
    assert done.stdout == "the client refused in the handshake with alert certificate_expired (45)\n", done.stderr
