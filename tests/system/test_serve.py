"""`guise serve`: every scenario for any client, by port and by name."""

import hashlib
import json
import re
import signal
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

import program

GOOD, EXPIRED = "trust/ca-signed[tls=1.3]", "validity/expired[position=leaf,tls=1.3]"
REFUSED = 60  # curl: the peer's certificate cannot be authenticated
NO_HANDSHAKE = 35  # curl: the TLS handshake failed


def curl(url, trust, *options):
    """curl's exit code for a URL."""
    command = [program.tool("curl"), "-q", "-sS", "--noproxy", "*", "--cacert", trust, *options, url]
    return subprocess.run(command, capture_output=True, text=True, timeout=program.PATIENCE).returncode


def by_name(server):
    return ("--connect-to", f"::{server['address']}:{server['shared_port']}")


def visited_by_address(server):
    """A host that is an address has no name beside it: no localhost, and no way over the shared port."""
    return server["host"] == server["address"]


@pytest.fixture
def serving(guise):
    """A server of its own for a test that reads its lines."""
    with guise.serve("--json") as server:
        yield server


def test_the_first_line_has_every_case_of_the_catalogue(served, guise):
    assert served.ready["type"] == "ready"
    listed = [row for row in json.loads(guise("list", "scenarios", "--json").out) if program.served_here(row["id"])]
    assert [(each["id"], each["title"]) for each in served.ready["scenarios"]] == [
        (row["id"], row["title"]) for row in listed]
    places = [(each["address"], each["port"]) for each in served.ready["scenarios"]]
    places.append((served.ready["address"], served.ready["shared_port"]))
    assert len(set(places)) == len(places)
    hosts = [each["host"] for each in served.ready["scenarios"] if not visited_by_address(each)]
    assert len(set(hosts)) == len(hosts)


def test_every_url_leads_to_the_port_and_the_host_that_it_stands_beside(served):
    for each in served.ready["scenarios"]:
        if visited_by_address(each):
            host = {"127.0.0.1": "127.0.0.1", "::1": "[::1]"}[each["host"]]
            assert each["url"] == each["named_url"] == f"https://{host}:{each['port']}/"
        else:
            assert each["url"] == f"https://localhost:{each['port']}/"
            assert each["named_url"] == f"https://{each['host']}:{each['shared_port']}/"
        assert each["shared_port"] == served.ready["shared_port"]


def test_the_trust_files_are_written_and_only_a_case_about_trust_has_its_own(served):
    for each in served.ready["scenarios"]:
        text = Path(each["trust"]).read_text()
        assert text.startswith("-----BEGIN CERTIFICATE-----"), each["id"]
        own = any(word in each["id"] for word in ("installed", "position=root", "not-yet-valid-root"))
        assert (each["trust"] != served.ready["root"]) == own, each["id"]
        assert "PRIVATE KEY" not in text


def test_curl_accepts_a_good_chain_and_refuses_an_expired_one_by_port(serving):
    for scenario, code, outcome, alert in ((GOOD, 0, "data", None),
                                           (EXPIRED, REFUSED, "refused-alert", "certificate_expired")):
        server = serving.scenario(scenario)
        assert curl(server["url"], server["trust"]) == code
        told = json.loads(serving.line())
        assert {**told, "type": "connection", "id": scenario, "outcome": outcome, "alert": alert} == told


def test_curl_accepts_a_good_chain_and_refuses_an_expired_one_by_name(serving):
    for scenario, code, outcome in ((GOOD, 0, "data"), (EXPIRED, REFUSED, "refused-alert")):
        server = serving.scenario(scenario)
        assert curl(server["named_url"], server["trust"], *by_name(server)) == code
        told = json.loads(serving.line())
        assert (told["id"], told["outcome"]) == (scenario, outcome)
        resolved = f"{server['host']}:{server['shared_port']}:{server['address']}"
        assert curl(server["named_url"], server["trust"], "--resolve", resolved) == code
        assert json.loads(serving.line())["id"] == scenario


def test_a_name_that_nobody_serves_is_refused_on_the_shared_port(serving):
    server = serving.scenario(GOOD)
    assert curl("https://nobody.guise.test/", server["trust"], *by_name(server)) == NO_HANDSHAKE
    told = json.loads(serving.line())
    assert (told["id"], told["outcome"], told["bytes"]) == ("-", "negotiation-failed", 0)


def test_a_client_that_sends_no_name_is_refused_on_the_shared_port(serving):
    server = serving.scenario(GOOD)
    url = f"https://{server['address']}:{server['shared_port']}/"
    assert curl(url, server["trust"]) == NO_HANDSHAKE
    assert json.loads(serving.line())["id"] == "-"


def leaf(server, port):
    """The certificate that is shown on a port to who asks for the scenario's host, as DER."""
    context = ssl.create_default_context(cafile=server["trust"])
    with socket.create_connection((server["address"], port), program.PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname=server["host"]) as tls:
            return tls.getpeercert(binary_form=True)


def test_the_same_certificate_is_shown_by_port_and_by_name_and_at_every_connection(served, guise):
    server = served.scenario(GOOD)
    shown = {leaf(server, port) for port in (server["port"], server["shared_port"], server["port"])}
    assert len(shown) == 1
    told = json.loads(guise("show", f"localhost:{server['port']}", "--json").out)[0]
    assert told["sha256"].replace(":", "").lower() == hashlib.sha256(shown.pop()).hexdigest()
    assert {f"dns:{server['host']}", "dns:localhost"} <= set(told["names"])


def test_in_text_each_connection_is_told_in_one_line_with_its_outcome(guise):
    with guise.serve(GOOD, EXPIRED) as serving:
        url, name = serving.first.split()
        assert name == GOOD
        lines = [serving.line()]
        while not lines[-1].startswith("Ctrl-C"):
            lines.append(serving.line())
        assert any("guise-serve/root.pem" in line for line in lines)
        assert curl(url, guise.folder / "guise-serve" / "root.pem") == 0
        assert re.fullmatch(re.escape(GOOD) + r" +127\.0\.0\.1:\d+ +TLSv1\.3 +data, \d+ bytes", serving.line())


def test_only_the_named_scenarios_are_served(guise):
    with guise.serve("--json", "names") as serving:
        assert {each["id"].partition("/")[0] for each in serving.ready["scenarios"]} == {"names"}


def test_the_root_file_lies_where_it_was_asked_for(guise):
    with guise.serve("--json", "--dir", "elsewhere", GOOD) as serving:
        assert Path(serving.ready["root"]) == guise.folder / "elsewhere" / "root.pem"
        assert Path(serving.ready["root"]).exists()
        assert not (guise.folder / "guise-serve").exists()


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1"])
def test_an_address_that_others_can_reach_is_refused(guise, address):
    ended = guise("serve", "--listen", address)
    assert (ended.code, ended.out) == (4, "")
    assert "is not a loopback address" in ended.err
    assert not (guise.folder / "guise-serve").exists()


def test_a_scenario_that_does_not_exist_is_a_usage_error(guise):
    ended = guise("serve", "nobody/knows")
    assert (ended.code, ended.out) == (4, "")


def test_one_name_that_does_not_exist_is_a_usage_error_beside_one_that_does(guise):
    process = guise.start("serve", GOOD, "nobody/knows")
    line = process.stdout.readline()  # nothing where it refuses, a URL where it does not
    process.terminate()
    process.communicate(timeout=program.PATIENCE)
    assert (line, process.returncode) == ("", 4)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_with_success(guise, by):
    with guise.serve("--json") as serving:
        assert serving.stop(by) == 0


def test_the_hosts_in_the_examples_of_the_help_are_served(guise, served):
    hosts = set(re.findall(r"https://([a-z.-]+\.guise\.test)", guise("serve", "--help").out))
    assert hosts
    assert hosts <= {each["host"] for each in served.ready["scenarios"]}


@pytest.mark.parametrize("host", ["ipv4", "ipv6"])
def test_curl_goes_to_an_address_that_its_certificate_names(served, host):
    if not program.served_here(f"[host={host}]"):
        pytest.skip("no IPv6 on the loopback interface")
    good, other = (served.scenario(f"names/{name}[host={host}]") for name in ("address-host", "address-host-wrong"))
    assert curl(good["url"], good["trust"]) == 0
    assert curl(other["url"], other["trust"]) == REFUSED


def test_a_root_file_that_cannot_be_written_ends_it(guise):
    (guise.folder / "taken").write_text("a file\n")
    done = guise("serve", "--dir", "taken", "trust/self-signed")
    assert (done.code, done.out, done.err) == (
        11, "", "cannot make the folder taken: Not a directory\n")
