"""The ways by which a client finds the host of a case: each shows the same of the client as the others do."""

import pytest

import program

FILES = program.SYSTEM / "routing"
BY_PROXY = ["curl-http-proxy", "curl-socks-proxy"]
BY_HOSTS_FILE = ["curl-hosts-file", "wget-hosts-file"]
SCENARIOS = ["trust/ca-signed", "names/wrong-name", "validity/not-yet-valid"]


def file_of(client):
    return FILES / f"{client}.yaml"


def run(guise, client, *options, only=SCENARIOS):
    """The client in the scenarios, all their variants, in both modes."""
    program.tool(client.partition("-")[0])
    patterns = [word for pattern in only for word in ("--only", pattern)]
    return guise("run", "--client", file_of(client), *patterns, *options)


def check(ended, way):
    """All is as it should be, and was seen by this way."""
    assert ended.code == 0, ended.out
    assert [client["routing"] for client in ended.results[0]["clients"]] == [way]
    assert {case["scenario"].partition("[")[0] for case in ended.cases} == set(SCENARIOS)
    assert {(case["verdict"], case["disposition"]) for case in ended.cases} == {("pass", "expected")}
    sessions = ended.of_type("session.end")
    assert {session["mode"] for session in sessions} == {"strict", "disabled"}
    assert all(session["controls"] == {"before": True, "after": True} for session in sessions)


def check_reason(ended):
    """Where the kernel gives no private hosts file, the run says so and fails: nothing is left out in silence."""
    assert ended.code == 11, ended.out
    missing = ended.results[0]["clients"][0]["missing"]
    assert "no private hosts file" in missing or "unshare is not installed" in missing
    assert missing in ended.end["reason"]


def test_every_client_file_here_is_tested():
    assert {file.stem for file in FILES.glob("*.yaml")} == {*BY_PROXY, *BY_HOSTS_FILE}


@pytest.mark.parametrize("client", BY_PROXY)
def test_curl_behaves_through_a_proxy_as_it_should(guise, client):
    check(run(guise, client), client.removeprefix("curl-"))


@pytest.mark.parametrize("client", BY_HOSTS_FILE)
def test_a_client_with_a_hosts_file_of_its_own_behaves_as_it_should_or_the_run_says_why_not(guise, client):
    ended = run(guise, client)
    if ended.results[0]["clients"][0]["missing"]:
        check_reason(ended)
    else:
        check(ended, "hosts-file")


def endings(connections):
    """How each has ended. curl may close amid what the server says: FIN or RST is then a matter of microseconds."""
    return [each["ending"].replace("client-reset", "client-closed") for each in connections]


@pytest.mark.slow
@pytest.mark.parametrize("client", BY_PROXY + ["curl-hosts-file"])
def test_what_is_seen_of_curl_does_not_depend_on_the_way(guise, client, curl_run):
    ended = run(guise, client)
    if client in BY_HOSTS_FILE and ended.code == 11:
        return check_reason(ended)
    assert ended.cases
    for case in ended.cases:
        assert case["seen"] == curl_run.case(case["scenario"], case["mode"])["seen"]
    for visit in ended.of_type("visit"):
        if not visit["control"]:
            there = curl_run.visit(visit["scenario"], visit["mode"])["evidence"]["connections"]
            assert endings(visit["evidence"]["connections"]) == endings(there)


def test_without_leave_for_namespaces_the_client_takes_no_part_and_the_kernel_s_words_are_told(guise):
    folder = guise.folder / "bin"
    folder.mkdir()
    (folder / "unshare").write_text("#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2\nexit 1\n")
    (folder / "unshare").chmod(0o755)
    guise.env["PATH"] = f"{folder}:{guise.env['PATH']}"
    ended = run(guise, "curl-hosts-file")
    check_reason(ended)
    assert "unshare failed: Operation not permitted" in ended.end["reason"]


def test_the_former_name_of_the_key_is_read_with_a_warning_that_says_where(guise):
    program.tool("curl")
    text = (program.SYSTEM / "routing" / "curl-http-proxy.yaml").read_text()
    (guise.folder / "curl-http-proxy.yaml").write_text(text.replace("\nrouting:", "\nreach:"))
    ended = guise("run", "--client", "./curl-http-proxy.yaml", "--mode", "strict", "--only", "trust/self-signed")
    assert ended.code == 0, ended.err
    assert ended.results[0]["clients"][0]["routing"] == "http-proxy"
    assert "the key 'reach' is now called 'routing'" in ended.err
