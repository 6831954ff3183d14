"""`guise try -- COMMAND`: programs that have no client file."""

import pytest

import program

REQUESTS = "import sys, requests; requests.get(sys.argv[1], verify=sys.argv[2], timeout=5)"
URLLIB = "import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=5)"
NODE = ("const [url, roots] = process.argv.slice(1); require('https').get(url, {ca: require('fs').readFileSync(roots)}, "
        "answer => answer.resume()).on('error', error => { console.error(error.message); process.exit(1) })")
LEAKS = ("import ssl, sys, urllib.request as u; "
         "u.urlopen(sys.argv[1], timeout=5, context=ssl._create_unverified_context())")

PROGRAMS = {
    "git": ["env", "GIT_SSL_CAINFO={trust}", "git", "ls-remote", "{url}"],
    "requests": ["/usr/bin/python3", "-c", REQUESTS, "{url}", "{trust}"],
    "urllib": ["env", "SSL_CERT_FILE={trust}", "SSL_CERT_DIR={home}", "/usr/bin/python3", "-c", URLLIB, "{url}"],
    "node": ["/usr/bin/node", "-e", NODE, "{url}", "{trust}"],
}
SELECTION = ["--only", "trust/self-signed", "--only", "validity/expired", "--only", "names/wrong-name"]


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_without_a_client_file_is_driven(guise, name):
    ended = guise("try", *SELECTION, "--", *PROGRAMS[name])
    assert ended.code == 0, ended.out + ended.err
    verdicts = {case["scenario"].partition("[")[0]: case["verdict"] for case in ended.cases}
    assert verdicts["trust/self-signed"] == verdicts["validity/expired"] == verdicts["trust/ca-signed"] == "pass"


def test_a_program_that_verifies_nothing_is_caught(guise):
    ended = guise("try", *SELECTION, "--", "/usr/bin/python3", "-c", LEAKS, "{url}")
    assert ended.code == 1, ended.out + ended.err
    assert ended.case("trust/self-signed")["verdict"] == "fail"
    assert "accepted and sent data" in ended.case("trust/self-signed")["sentence"]


def test_the_scenarios_are_the_core_where_none_are_named(guise):
    ended = guise("try", "--", "/usr/bin/python3", "-c", REQUESTS, "{url}", "{trust}")
    assert ended.code in (0, 1), ended.out + ended.err
    files = {str(file.relative_to(program.ROOT / "scenarios").with_suffix(""))
             for file in (program.ROOT / "scenarios").glob("*/*.yaml") if "\ntags: core\n" in file.read_text()}
    assert 20 <= len(files) <= 30
    ran = {case["scenario"].partition("[")[0] for case in ended.cases}
    controls = {program.scenario_file(name).get("control", name) for name in files}
    assert ran <= files | controls
    assert {"trust/self-signed", "names/wrong-name", "validity/expired"} <= ran


def test_the_client_file_that_is_left_does_the_same(guise):
    tried = guise("try", *SELECTION, "--", *PROGRAMS["requests"])
    (file,) = (guise.folder / "out").glob("try-*.yaml")
    again = guise("run", "--client", file, *SELECTION)
    assert again.verdicts() == tried.verdicts()


def test_a_program_that_is_not_there_takes_no_part(guise):
    ended = guise("try", *SELECTION, "--", "a-program-that-nobody-has", "{url}")
    assert ended.code == 11
    assert "try-a-program-that-nobody-has took no part: " in ended.out
