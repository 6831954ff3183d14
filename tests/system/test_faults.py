"""Each chain that is served, judged by another implementation: the openssl command line.

A negative scenario is worth something only if its chain is wrong in the way that it says and in no other, and if its
control is wrong in no way at all. What `guise explain` and the defect files declare is compared with the errors of
`openssl verify`, which stops at nothing on its way through a chain.
"""

import re
import subprocess
from dataclasses import dataclass

import yaml

import program

CERTIFICATE = re.compile("-----BEGIN CERT" "IFICATE-----.*?-----END CERTIFICATE-----\n", re.S)

# Which errors of X509_verify_cert (openssl-verification-options) a fault may cause, and nothing else may.
ERRORS_OF = {
    "unknown-issuer": {18, 19, 20, 21},
    "expired": {10},
    "not-yet-valid": {9},
    "wrong-name": {62},
    "bad-signature": {7},
    "not-a-ca": {24, 26, 79, 82},  # no CA, hence no purpose to sign and no right to keyCertSign
    "path-length": {25},
    "name-constraint": {47, 48},
    "key-usage": {26, 32},
    "weak": {66, 67, 68},
    "unknown-critical": {34},
}


@dataclass(frozen=True)
class Shown:
    """What a scenario's server showed to openssl, and how it went."""

    chain: list
    handshake_error: str
    version: str


def axis(scenario_id, name):
    """The value of one axis of a variant; None where it has no such axis."""
    found = re.search(rf"[\[,]{name}=([^,\]]+)", scenario_id)
    return found and found.group(1)


def show(server):
    versions = {"1.2": ["-tls1_2"], "1.3": ["-tls1_3"], None: []}[axis(server["id"], "tls")]
    done = subprocess.run(
        [program.tool("openssl"), "s_client", "-showcerts", "-connect", f"{server['address']}:{server['port']}",
         "-servername", server["host"], *versions],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=program.PATIENCE)
    version = re.search(r"^New, (TLSv[\d.]+|SSLv[\d.]+), Cipher is (?!\(NONE\))", done.stdout, re.M)
    error = re.search(r":error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):", done.stderr)
    return Shown(CERTIFICATE.findall(done.stdout), error.group(1) if error else "", version.group(1) if version else "")


def errors_of(server, shown, folder):
    """The numbers of the errors that openssl finds in the chain, with the scenario's trust file."""
    assert shown.chain, "no certificate was shown"
    leaf, chain = folder / "leaf.pem", folder / "chain.pem"
    leaf.write_text(shown.chain[0])
    chain.write_text("".join(shown.chain))
    done = subprocess.run(
        [program.tool("openssl"), "verify", "-purpose", "sslserver", "-verify_hostname", server["host"],
         "-auth_level", "2", "-x509_strict", "-no-CApath", "-no-CAstore", "-CAfile", server["trust"],
         "-untrusted", chain, leaf], capture_output=True, text=True, errors="replace", timeout=program.PATIENCE)
    errors = {int(number) for number in re.findall(r"^error (\d+) at \d+ depth lookup", done.stderr, re.M)}
    assert (done.returncode == 0) == (not errors), done.stderr
    return errors


def explained_faults(guise, scenario_id):
    """What `guise explain` declares of the first chain of a scenario."""
    explained = guise("explain", scenario_id, "--profile", "tls-client")
    assert explained.code == 0, explained.err
    line = re.search(r"^ +faults: (.*)$", explained.out, re.M).group(1)
    return set() if line == "none" else {fault.split(" (")[0] for fault in line.split(", ")}


def scenario_file(scenario_id):
    return yaml.safe_load((program.ROOT / "scenarios" / f"{scenario_id.partition('[')[0]}.yaml").read_text())


def defects_of(scenario_id):
    """The defect files that the scenario's first chain uses."""
    present = next(visit["present"] for visit in scenario_file(scenario_id)["visits"] if "present" in visit)
    used = present.get("defect", [])
    names = [used] if isinstance(used, str) else list(used)
    return [yaml.safe_load((program.ROOT / "certs" / "defects" / f"{name}.yaml").read_text()) for name in names]


def declared_faults(guise, scenario_id):
    explained = explained_faults(guise, scenario_id)
    for defect in defects_of(scenario_id):
        assert defect["fault"] in explained, f"{scenario_id}: explain does not tell the fault of {defect['defect']}"
    return explained


def no_proof(server, shown, folder):
    assert errors_of(server, shown, folder) == set()  # the chain itself is perfect
    assert shown.handshake_error == "bad signature"


# What `openssl verify` cannot judge, as it sees certificates and no handshake: fault -> (why not, its own check).
OWN_CHECKS = {
    "no-proof": ("it is the handshake's signature that is wrong, not a certificate", no_proof),
}


def test_every_scenario_shows_exactly_the_faults_that_it_declares(guise, served, scenario_id, tmp_path):
    faults = declared_faults(guise, scenario_id)
    unjudged = faults - ERRORS_OF.keys() - OWN_CHECKS.keys()
    assert not unjudged, f"nobody judges {unjudged} of {scenario_id}: add it to ERRORS_OF or OWN_CHECKS"
    server = served.scenario(scenario_id)
    shown = show(server)
    own = faults & OWN_CHECKS.keys()
    for fault in own:
        OWN_CHECKS[fault][1](server, shown, tmp_path)
    found = errors_of(server, shown, tmp_path)
    for fault in faults - own:
        assert found & ERRORS_OF[fault], f"{scenario_id} declares {fault}, openssl finds {found}"
    assert found <= {error for fault in faults - own for error in ERRORS_OF[fault]}
    if not own:
        assert shown.handshake_error == ""


def test_every_scenario_speaks_the_version_that_it_says(served, scenario_id):
    version = axis(scenario_id, "tls")
    shown = show(served.scenario(scenario_id))
    if "no-proof" in {defect["fault"] for defect in defects_of(scenario_id)}:
        return  # it got as far as the signature in the one version that was offered
    assert shown.version == f"TLSv{version or '1.3'}"


def test_a_control_has_no_fault_and_neither_has_any_scenario_on_the_way_to_it(guise, scenario_id):
    control = scenario_file(scenario_id).get("control")
    if control is None:
        assert scenario_id.startswith("trust/ca-signed"), "only the last control has none"
        assert explained_faults(guise, scenario_id) == set()
    else:
        assert explained_faults(guise, control) == set()


def test_a_verifier_that_is_asked_for_another_name_refuses_each_good_chain(guise, served, tmp_path):
    """The oracle itself: it can say no to what it has just accepted."""
    server = dict(served.scenario("trust/ca-signed[tls=1.3]"))
    shown = show(server)
    assert errors_of(server, shown, tmp_path) == set()
    assert errors_of({**server, "host": "elsewhere.guise.test"}, shown, tmp_path) == ERRORS_OF["wrong-name"]
