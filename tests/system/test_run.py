"""`guise run` against the clients of fixtures/clients: what real tools do, and what is reported of it."""

import fnmatch
import json
import os
import shutil
import signal
import subprocess
from xml.etree import ElementTree

import pytest

import program

CLIENTS = sorted(file.stem for file in program.CLIENTS.glob("*.yaml"))
PACKAGED = {"curl": "curl", "curl-cert-status": "curl", "gnutls-cli": "gnutls-cli", "gnutls-cli-ocsp": "gnutls-cli",
            "gnutls-cli-tofu": "gnutls-cli", "node-https": "node", "openssl-s_client": "openssl",
            "openssl-s_client-crl": "openssl", "python-ssl": "python3", "svn": "svn", "wget": "wget"}
BUILT_HERE = {"go-tls", "reference-desktop", "reference-mobile"}
# What each client goes through here: something of most areas. `ci/long clients` has all of it. The reference clients,
# which are to be right in everything, and those of a few scenarios are run whole; so is curl, by `curl_run`.
SELECTION = ["trust/self-signed", "trust/missing-intermediate", "validity/expired", "names/cn-only", "names/wrong-name",
             "names/address-host", "keys/rsa-2048", "usage/any-purpose", "encoding/ber-length", "signatures/md5",
             "extensions/unknown-critical", "handshake/wrong-signature", "revocation/good", "pin/a-b-a"]
RUN_WHOLE = ["curl-cert-status", "gnutls-cli-ocsp", "reference-desktop", "reference-mobile"]
MISSING = """\
client: missing
detect: {run: [a-program-that-nobody-has, --version], version: '(.*)'}
profile: tls-client
driver: exec
routing: [option]
run: [a-program-that-nobody-has, "{url}", "{mode}"]
modes: {strict: {}}
"""


def alerts_of(visit):
    """What the client said by alert, goodbyes apart: (number, whether it came in clear)."""
    return [(alert["description"], alert["in_clear"])
            for connection in visit["evidence"]["connections"]
            for alert in connection["alerts"]
            if alert["direction"] == "received" and alert["description"] != 0]


def is_plain(scenario_id):
    """Whether a scenario is one visit, in which nothing is swapped."""
    visits = program.scenario_file(scenario_id)["visits"]
    return len(visits) == 1 and "swap" not in visits[0]


def expected_cases(guise, client):
    """What a client has to be run in: each scenario in each of its modes that its profile derives something for."""
    row = program.one(json.loads(guise("list", "clients", "--json").out), client=client)
    profile = {"gnutls-cli-tofu": "tofu-prompt"}.get(client, row["profile"])  # that one lays cells over it
    explained = json.loads(guise("explain", "*", "--profile", profile, "--json").out)
    return {(each["scenario"], derived["mode"]) for each in explained for derived in each["modes"]
            if derived["profile"] == profile and derived["mode"] in row["modes"].split()
            and is_for_it(client, each["scenario"])}


def is_for_it(client, scenario_id):
    """Whether the client's file has it run through the scenario."""
    patterns = program.yaml_file(program.CLIENTS / f"{client}.yaml").get("scenarios", ["*"])
    return any(fnmatch.fnmatchcase(scenario_id.partition("[")[0], pattern) for pattern in patterns)


def check_as_known(guise, client, patterns):
    """Runs a client through the scenarios of the patterns, all where there is none; each does as is known of it."""
    if client not in BUILT_HERE:
        program.tool(PACKAGED[client])
    ended = guise("run", "--client", client, *(word for pattern in patterns for word in ("--only", pattern)))
    assert ended.code == 0, ended.out
    expected = {(scenario, mode) for scenario, mode in expected_cases(guise, client)
                if not patterns or any(fnmatch.fnmatchcase(scenario.partition("[")[0], each) for each in patterns)}
    ran = [(case["scenario"], case["mode"]) for case in ended.cases]
    assert len(ran) == len(set(ran)) and expected <= set(ran)
    controls = {program.scenario_file(scenario).get("control", scenario) for scenario, _ in expected}
    assert {scenario.partition("[")[0] for scenario, _ in set(ran) - expected} <= controls
    assert {case["disposition"] for case in ended.cases} == {"expected"}
    for case in ended.cases:
        assert case["verdict"] in ("pass", "note", "not-applicable") or case["known"], case["scenario"]
    sessions = ended.of_type("session.end")
    assert {session["mode"] for session in sessions} == {mode for _, mode in expected}
    assert all(session["controls"] == {"before": True, "after": True} for session in sessions)


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENTS)
def test_each_client_behaves_as_known_in_a_selection(guise, client):
    check_as_known(guise, client, [] if client in RUN_WHOLE else SELECTION)


@pytest.mark.long
@pytest.mark.parametrize("client", CLIENTS)
def test_each_client_behaves_as_known_in_every_scenario_and_mode(guise, client):
    check_as_known(guise, client, [])


def test_curl_goes_through_the_whole_catalogue_as_expected(curl_run, guise):
    assert curl_run.code == 0, curl_run.out
    assert {(case["scenario"], case["mode"]) for case in curl_run.cases} == expected_cases(guise, "curl")
    assert curl_run.results[0]["cases"] == len(curl_run.cases)
    assert {case["disposition"] for case in curl_run.cases} == {"expected"}
    assert {case["verdict"] for case in curl_run.cases if not case["known"]} == {"pass", "not-applicable"}
    unfit = {case["scenario"].partition("[")[0] for case in curl_run.cases
             if is_plain(case["scenario"]) and case["verdict"] == "not-applicable"}
    assert unfit <= {"handshake/compressed-certificate", "handshake/broken-compression"}, "curl reads no compression"


def test_each_session_is_framed_by_controls_that_the_client_accepted(curl_run):
    for mode in ("strict", "disabled"):
        assert program.one(curl_run.of_type("session.end"), mode=mode)["controls"] == {"before": True, "after": True}
        for which in ("before", "after"):
            seen = program.one(curl_run.of_type("visit"), mode=mode, control=which)["seen"]
            assert (seen["outcome"], seen["decision"]) == ("confidential", "accept")


@pytest.mark.parametrize(
    ("scenario", "name", "number"),
    [("trust/self-signed", "unknown_ca", 48), ("validity/expired[position=leaf,tls=1.3]", "certificate_expired", 45)])
def test_curl_tells_the_reason_by_an_alert_that_comes_in_clear(curl_run, scenario, name, number):
    case, visit = curl_run.case(scenario), curl_run.visit(scenario)
    assert (case["verdict"], case["seen"]["outcome"], case["seen"]["alert"]) == ("pass", "refused-alert", name)
    assert [connection["version"] for connection in visit["evidence"]["connections"]] == ["TLSv1.3"]
    assert alerts_of(visit) == [(number, True)]
    assert f"{name} ({number})" in case["sentence"]


def test_an_alert_of_tls_1_2_is_no_alert_in_clear_after_the_encryption_began(curl_run):
    assert alerts_of(curl_run.visit("validity/expired[position=leaf,tls=1.2]")) == [(45, False)]


def test_curl_refuses_a_wrong_name_after_the_handshake(curl_run):
    case, visit = curl_run.case("names/wrong-name"), curl_run.visit("names/wrong-name")
    assert (case["verdict"], case["seen"]["outcome"], case["seen"]["decision"]) == ("pass", "refused-late", "refuse")
    assert [(connection["finished"], connection["application_bytes"], alerts_of(visit))
            for connection in visit["evidence"]["connections"]] == [(True, 0, [])]


def known_of(run, mode):
    """The scenarios in which the client is known to do otherwise."""
    return {case["scenario"] for case in run.cases if case["mode"] == mode and case["known"]}


@pytest.mark.slow
def test_curl_without_verification_gives_the_canary_away_to_everybody_who_holds_a_key(curl_run):
    seen = {case["scenario"]: case["seen"]["outcome"] for case in curl_run.cases
            if case["mode"] == "disabled" and is_plain(case["scenario"])}
    # What cannot be read at all may be refused in any mode.
    seen = {scenario: outcome for scenario, outcome in seen.items()
            if scenario not in known_of(curl_run, "disabled") and not scenario.startswith("encoding/")
            and scenario != "names/ten-thousand-names"}  # above a limit of its own
    seen = {scenario: outcome for scenario, outcome in seen.items()
            if not scenario.startswith("handshake/") or "wrong-signature" in scenario}  # test_handshake.py has the rest
    without_key = {scenario for scenario in seen if scenario.startswith(("handshake/", "trust/issuer-first"))}
    assert without_key
    assert {seen[scenario] for scenario in seen.keys() - without_key} == {"confidential"}
    assert {seen[scenario] for scenario in without_key} == {"refused-alert"}


def test_a_pattern_without_a_scenario_is_a_usage_error_and_nothing_runs(guise):
    ended = guise("run", "--client", "curl", "--only", "nothing/like-this")
    assert (ended.code, ended.results) == (4, [])
    assert "'nothing/like-this'" in ended.err


def test_an_unknown_client_is_a_usage_error_and_nothing_runs(guise):
    ended = guise("run", "--client", "nope")
    assert (ended.code, ended.results) == (4, [])
    assert "'nope'" in ended.err


def test_an_unknown_mode_is_a_usage_error_and_nothing_runs(guise):
    ended = guise("run", "--client", "curl", "--mode", "nope")
    assert (ended.code, ended.results) == (4, [])
    assert "'nope'" in ended.err


def test_scenarios_that_do_not_run_in_any_mode_of_the_client_are_nothing_selected(guise):
    folder = guise.folder / "scenarios" / "trust"
    folder.mkdir(parents=True)
    shutil.copy(program.ROOT / "scenarios" / "trust" / "ca-signed.yaml", folder)
    text = "id: trust/elsewhere\ntitle: In another mode\nseverity: low\ncontrol: trust/ca-signed\n"
    (folder / "elsewhere.yaml").write_text(text + "modes: [recommended]\nvisits: [{present: {leaf: leaf}}]\n")
    ended = guise("run", "--client", "curl", "--scenarios", folder.parent, "--only", "trust/elsewhere")
    assert (ended.code, ended.cases) == (5, [])


def test_a_named_client_whose_program_is_missing_fails_the_run_and_the_others_still_run(guise):
    file = guise.folder / "missing.yaml"
    file.write_text(MISSING)
    ended = guise("run", "--client", file, "--client", "curl", "--only", "trust")
    assert ended.code == 11
    clients = {client["name"]: client["missing"] for client in ended.results[0]["clients"]}
    assert clients["curl"] == "" and "a-program-that-nobody-has" in clients["missing"]
    assert {(case["client"], case["verdict"]) for case in ended.cases} == {("curl", "pass")}
    assert "missing took no part" in ended.end["reason"]


def seen_by(cases):
    return {(case["scenario"], case["mode"]): (case["verdict"], case["seen"]) for case in cases}


def test_runs_agree_in_every_verdict_whatever_the_number_of_jobs(guise, curl_run):
    areas = ("trust", "names", "keys")
    options = [word for area in areas for word in ("--only", area)]
    expected = seen_by(case for case in curl_run.cases if case["area"] in areas)
    assert len(expected) > 200
    for jobs in (1, 8):
        run = guise("run", "--client", "curl", "-j", jobs, *options, out=f"out-{jobs}")
        assert run.code == 0
        assert seen_by(run.cases) == expected


def test_a_seed_and_a_clock_that_are_given_are_those_that_are_used(guise):
    options = ("--client", "curl", "--only", "validity", "--seed", "5eed", "--now", "2031-02-03T04:05:06Z")
    runs = [guise("run", *options, out=out) for out in ("first", "second")]
    for run in runs:
        assert (run.results[0]["seed"], run.results[0]["now"]) == ("5eed", "2031-02-03T04:05:06Z")
    canaries = [{visit["evidence"]["canary"] for visit in run.of_type("visit")} for run in runs]
    assert canaries[0] == canaries[1]


def expected_child(case):
    """The element that JUnit has for a case; none for what is as it should be."""
    verdict, known = case["verdict"], case["known"] and case["disposition"] == "expected"
    if case["disposition"] == "fixed":
        return "failure"
    if verdict in ("pass", "note"):
        return None
    if known or verdict in ("not-applicable", "not-run"):
        return "skipped"
    return "failure" if verdict == "fail" else "error"


@pytest.fixture(scope="module")
def mixed_run(guise_path, tmp_path_factory):
    """A run with passes, known notes, failures and inconclusive cases."""
    liars = [program.LIARS / f"{name}.yaml" for name in ("accepts-everything", "refuses-everything", "half-hello")]
    clients = [word for client in ["wget", *liars] for word in ("--client", client)]
    return program.shared_run(
        guise_path, tmp_path_factory, "mixed", *clients, "--keep-going", "--mode", "strict", "--only", "handshake/wrong-signature*", "--only", "trust/self-signed")


def test_the_junit_report_counts_what_results_jsonl_holds(mixed_run):
    assert {case["verdict"] for case in mixed_run.cases} == {"pass", "note", "fail", "inconclusive"}
    suites = ElementTree.parse(mixed_run.reports / "junit.xml").getroot().findall("testsuite")
    assert len(suites) == len(mixed_run.of_type("session.end"))
    for suite in suites:
        client, mode = suite.get("name").split()
        cases = [case for case in mixed_run.cases if (case["client"], case["mode"]) == (client, mode)]
        told = {test.get("name"): next((child.tag for child in test if child.tag != "system-out"), None)
                for test in suite.findall("testcase")}
        assert told == {case["scenario"]: expected_child(case) for case in cases}
        assert int(suite.get("tests")) == len(cases)
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute)) == list(told.values()).count(tag)


def test_the_summary_has_each_case_and_the_end_of_the_run(mixed_run):
    text = (mixed_run.reports / "summary.md").read_text().replace("\\", "")
    assert f"# guise: {mixed_run.end['reason']}\n" in text
    assert f"{len(mixed_run.cases)} cases: " in text and f"Exit {mixed_run.code}." in text
    for case in mixed_run.cases:
        assert f"| {case['scenario']} |" in text
        if case["verdict"] == "fail":
            assert f"**{case['scenario']}**, {case['client']} {case['mode']}: {case['sentence']}" in text


def test_the_counts_at_the_end_are_those_of_the_cases(mixed_run):
    verdicts = [case["verdict"] for case in mixed_run.cases]
    assert mixed_run.end["counts"] == {verdict: verdicts.count(verdict) for verdict in set(verdicts)}
    assert (mixed_run.end["exit"], mixed_run.code) == (1, 1)


def test_the_line_that_repeats_a_failure_repeats_it(mixed_run, guise):
    case = program.one(mixed_run.cases, client="accepts-everything", scenario="trust/self-signed")
    words = [word.strip("'") for word in case["repro"].split()]
    assert words[0] == "guise"
    again = guise(*words[1:])
    assert (again.code, again.case("trust/self-signed")["sentence"]) == (1, case["sentence"])


# A client that accepts the control before the session, and hangs in every other case. Each start leaves a line in
# `started`; the first that hangs tells its number through `fifo`, so that a reader is woken in the middle of the run.
HANGS = """\
client: hangs-in-the-middle
detect: {{run: [/usr/bin/python3, --version], version: '^Python (\\S+)'}}
profile: tls-client
driver: exec
service: http
routing: [option]
run: [sh, -c, 'echo "$$ $4" >> "{folder}/started";
      case "$4" in before.*) exec /usr/bin/python3 -I "$0" accepts-everything "$@" ;; after.*) exit 1 ;; esac;
      echo $$ > "{folder}/fifo"; exec /usr/bin/python3 -I "$0" hangs "$@"',
      "{liars}", --address, "{{address}}", --host, "{{host}}",
      --port, "{{port}}", --trust, "{{trust}}", --canary, "{{canary}}"]
deadline: 60s
modes: {{strict: {{}}}}
"""


@pytest.fixture
def stopped(guise):
    """A run that got Ctrl-C while its second visit hung."""
    os.mkfifo(guise.folder / "fifo")
    file = guise.folder / "hangs.yaml"
    file.write_text(HANGS.format(folder=guise.folder, liars=program.LIARS / "liars.py"))
    running = guise.start("run", "--client", file, "--only", "trust", "-j", "1", "--out", "out")
    with (guise.folder / "fifo").open() as told:
        told.readline()
    before = program.records_of(guise.folder / "out" / "results.jsonl")
    os.killpg(running.pid, signal.SIGINT)
    out, _ = running.communicate(timeout=program.PATIENCE)
    assert [(record["type"], record.get("control")) for record in before] == [("run.start", None), ("visit", "before")]
    return program.Ended(running.returncode, out, (guise.folder / "stderr").read_text(), guise.folder / "out")


def started(guise):
    """The clients that the stopped run started, in order: (process number, host)."""
    return [line.split() for line in (guise.folder / "started").read_text().splitlines()]


def test_ctrl_c_in_the_middle_leaves_readable_results_that_end_properly(stopped):
    assert stopped.code == 2, stopped.err
    assert (stopped.end["type"], stopped.end["exit"]) == ("run.end", 2)
    assert {case["verdict"] for case in stopped.cases} == {"not-run"}
    assert ElementTree.parse(stopped.reports / "junit.xml").getroot().tag == "testsuites"
    assert "not-run" in (stopped.reports / "summary.md").read_text()


def test_ctrl_c_in_the_middle_leaves_no_process_of_a_client(stopped, guise):
    for number, _ in started(guise):
        with pytest.raises(ProcessLookupError):
            os.kill(int(number), 0)
    assert processes_with(str(guise.folder)) == []


def test_no_client_is_started_after_ctrl_c(stopped, guise):
    hosts = [host for _, host in started(guise)]
    assert len(hosts) == 2, hosts
    assert hosts[0].startswith("before.") and ".trust." in hosts[1]


def processes_with(text):
    """The command lines of running processes that hold `text`."""
    lines = []
    for entry in os.scandir("/proc"):
        try:
            with open(f"/proc/{entry.name}/cmdline", "rb") as file:
                line = file.read().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, ValueError):
            continue  # no process, or one that has ended meanwhile
        if text in line:
            lines.append(line)
    return lines


def test_a_question_about_an_ipv6_address_is_read_and_answered(guise):
    program.tool("svn")
    if not program.has_ipv6():
        pytest.skip("this machine has no ::1")
    scenario = "names/address-host[host=ipv6]"
    ended = guise("run", "--client", "svn", "--mode", "recommended", "--only", scenario)
    assert ended.visit(scenario, "recommended")["seen"]["decision"] == "ask"


def test_a_run_leaves_what_others_have_in_its_output_folder(guise):
    for name in ("homes/alice/thesis.txt", "notes.txt"):
        (guise.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (guise.folder / name).write_text("precious\n")
    arguments = ("run", "--client", "curl", "--mode", "strict", "--only", "trust/self-signed")
    assert guise(*arguments, out=".").code == 0
    assert guise(*arguments, out=".").code == 0
    for name in ("homes/alice/thesis.txt", "notes.txt"):
        assert (guise.folder / name).read_text() == "precious\n"
    assert not list(guise.folder.glob("homes-*"))


def test_a_report_of_somebody_else_keeps_a_run_from_starting(guise):
    (guise.folder / "summary.md").write_text("# My summary\n")
    ended = guise("run", "--client", "curl", "--mode", "strict", "--only", "trust/self-signed", out=".")
    assert (ended.code, ended.out) == (4, "")
    assert "cannot write ./summary.md: the file exists and was not written by guise" in ended.err
    assert (guise.folder / "summary.md").read_text() == "# My summary\n"


def test_a_report_that_finds_no_room_is_named_and_not_listed(guise):
    arguments = ("run", "--client", "curl", "--mode", "strict", "--only", "trust/self-signed",
                 "--report", "html=/dev/full", "--report", "markdown")
    ended = guise(*arguments)
    assert (ended.code, ended.err) == (11, "cannot write /dev/full: No space left on device\n")
    assert ended.out.endswith("Reports: out/results.jsonl, out/summary.md\n")
    assert ended.end["type"] == "run.end"


def test_a_report_that_cannot_be_printed_is_no_success(guise):
    with open("/dev/full", "w") as full:
        ended = subprocess.run([guise.program, "list", "profiles"], stdout=full, stderr=subprocess.PIPE, text=True,
                               timeout=program.PATIENCE)
    assert (ended.returncode, ended.stderr) == (11, "cannot write to standard output: No space left on device\n")
