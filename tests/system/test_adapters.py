"""`guise check-adapter`: what it says of adapters that are right, and of those that are wrong in one way each."""

import re

import pytest

import program

ADAPTERS = program.SYSTEM / "adapters"
SDK_ADAPTER = program.ROOT / "fixtures" / "adapters" / "tofu_client.py"

# Bad adapter -> at which check it is caught, and what is said of what came.
CAUGHT = {
    "dies": ("client.connect without an endpoint",
             "the adapter ended with exit code 7; its last words: 'cannot open the window'"),
    "hangs": ("client.connect without an endpoint", "the adapter did not answer 'client.connect' within 5000 ms"),
    "garbage": ("client.connect without an endpoint",
                r"the adapter wrote a line that is not JSON: 'connecting \x1b[1mnow\x1b[0m'"),
    "deep": ("client.connect without an endpoint",
             'the adapter wrote a line that is nested more than 64 levels deep: \'{"jsonrpc"'),
    "wrong_id": ("client.connect without an endpoint", "for which no request waits: '{"),
    "capability_refused": ("pins.get", '"code": -32001'),
    "flood": ("client.connect without an endpoint", "the adapter floods: 1001 messages"),
}


def check(guise, *command):
    return guise("check-adapter", *command)


def wrong(text):
    """(check, what came) of each check that went wrong."""
    return re.findall(r"^WRONG  (.*)\n +sent: .*\n +came: +(.*)\n +expected: .", text, re.M)


@pytest.mark.parametrize("script", [ADAPTERS / "plain.py", SDK_ADAPTER], ids=["by-hand", "by-the-sdk"])
def test_an_adapter_that_keeps_to_the_protocol_is_told_so(guise, script):
    ended = check(guise, "/usr/bin/python3", "-B", script)
    assert (ended.code, ended.err) == (0, "")
    assert wrong(ended.out) == []
    assert re.fullmatch(r"(ok     .*\n)+\d+ checks, 0 wrong\n", ended.out)


@pytest.mark.parametrize("name", CAUGHT)
def test_a_bad_adapter_is_caught_and_quoted(guise, name):
    ended = check(guise, "/usr/bin/python3", "-B", ADAPTERS / f"{name}.py")
    assert ended.code == 11, ended.out
    what, came = wrong(ended.out)[0]
    assert (what, CAUGHT[name][1] in came) == (CAUGHT[name][0], True), ended.out


def test_every_bad_adapter_is_in_the_table():
    assert CAUGHT.keys() == {file.stem for file in ADAPTERS.glob("*.py")} - {"plain", "asks", "talk"}


CLIENT_FILE = """\
client: {name}
detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
packages: [python3]
profile: dw-spectrum-desktop
driver: rpc
service: vms
routing: [rpc]
run: [/usr/bin/python3, -B, "{script}"]
state: home
deadline: 1s
modes: {{strict: {{}}}}
"""


@pytest.mark.slow
def test_a_run_quotes_each_bad_adapter_and_goes_on_with_the_other_clients(guise):
    program.tool("curl")
    clients = ["--client", "curl"]
    for name in CAUGHT:
        file = guise.folder / f"{name}.yaml"
        file.write_text(CLIENT_FILE.format(name=name, script=ADAPTERS / f"{name}.py"))
        clients += ["--client", file]
    ended = guise("run", *clients, "--mode", "strict", "--only", "trust/self-signed", "-j", "8")
    assert ended.code == 11, ended.out
    verdicts = {(case["client"], case["verdict"]) for case in ended.cases}
    assert verdicts == {("curl", "pass"), *((name, "error") for name in CAUGHT)}
    in_a_run = {"dies": CAUGHT["dies"][1], "hangs": "the adapter did not answer 'client.cancel' within",
                "garbage": CAUGHT["garbage"][1], "deep": CAUGHT["deep"][1], "wrong_id": CAUGHT["wrong_id"][1],
                "capability_refused": "the adapter answers 'pins.get' with 'not supported', although it declares",
                "flood": CAUGHT["flood"][1]}
    for name, text in in_a_run.items():
        for case in ended.cases:
            assert case["client"] != name or text in case["sentence"], case["sentence"]


def test_a_command_that_is_none_is_told_so(guise):
    ended = check(guise, "a-program-that-nobody-has")
    assert ended.code == 11
    assert "'a-program-that-nobody-has' is not in PATH" in ended.out


def test_without_a_command_it_is_a_usage_error(guise):
    ended = check(guise)
    assert (ended.code, ended.out) == (4, "")
    assert ended.err
