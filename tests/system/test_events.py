"""The events of command-line clients: posted to the harness, or written to a log that it watches."""

import pytest

import program

CLIENT_FILE = """\
client: eventful
detect: {{run: [curl, --version], version: 'curl (\\S+)'}}
packages: [curl]
profile: dw-spectrum-desktop
driver: exec
service: vms
routing: [option]
{how}
run:
  - sh
  - -c
  - 'curl -q -sS --max-time 10 --connect-to "::{{address}}:{{port}}" --cacert "{{trust}}" -H "Authorization: Bearer {{canary}}" "{{url}}" && exit; {tell}; exit 1'
modes: {{strict: {{}}}}
"""
LOG = ("events: {file: '{home}/log', line: '^certificate error of (?P<server>\\S+)$'}",
       'echo "certificate error of {host}:{port}" >>log')
POST = ("env: {HOOK: '{events}'}",
        'curl -q -sS --max-time 10 -d name=server-certificate-error -d "server={host}:{port}" "$HOOK"')


def run(guise, how, tell):
    file = guise.folder / "eventful.yaml"
    file.write_text(CLIENT_FILE.format(how=how, tell=tell))
    return guise("run", "--client", file, "--only", "trust/self-signed")


def checks(ended):
    return {check["check"]: check["verdict"] for check in ended.case("trust/self-signed")["checks"]}


@pytest.mark.parametrize("how, tell, source", [(*LOG, "log"), (*POST, "sink")], ids=["log", "sink"])
def test_an_event_that_the_client_tells_is_evidence(guise, how, tell, source):
    program.tool("curl")
    ended = run(guise, how, tell)
    assert ended.code == 0, ended.out
    evidence = ended.visit("trust/self-signed")["evidence"]
    assert [event["source"] for event in evidence["events"]] == [source]
    assert (checks(ended)["event-fired"], checks(ended)["event-once"]) == ("pass", "pass")


def test_a_client_that_could_tell_and_does_not_has_fired_none(guise):
    program.tool("curl")
    ended = run(guise, LOG[0], "true")
    assert checks(ended)["event-fired"] in ("note", "fail")


def test_of_a_client_that_cannot_tell_no_event_is_asked(guise):
    program.tool("curl")
    assert checks(run(guise, "", "true"))["event-fired"] == "not-applicable"
