"""Each chain that is served, judged by another implementation: the openssl command line.

A negative scenario is worth something only if its chain is wrong in the way that it says and in no other, and if its
control is wrong in no way at all. What `guise explain` and the defect files declare is compared with the errors of
`openssl verify`, which stops at nothing on its way through a chain.
"""

import re
import socket
import ssl
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
    "not-a-ca": {26, 32, 79, 82},  # no CA, hence no purpose to sign and no right to keyCertSign
    "path-length": {25},
    "name-constraint": {47, 48},
    "key-usage": {26, 32, 79, 81},  # without keyCertSign no CA (79), and no path length (81)
    "weak": {66, 67, 68},
    "unknown-critical": {34},
    "malformed": {78, 87, 93},  # two algorithms, an empty SAN, extensions without version 3
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


def verify(leaf, chain, *options):
    """The numbers of the errors that one `openssl verify` prints. It stops at some, and goes on after others."""
    done = subprocess.run(
        [program.tool("openssl"), "verify", "-purpose", "sslserver", "-auth_level", "2", "-x509_strict", "-no-CApath",
         "-no-CAstore", *options, "-untrusted", chain, leaf],
        capture_output=True, text=True, errors="replace", timeout=program.PATIENCE)
    errors = {int(number) for number in re.findall(r"^error (\d+) at \d+ depth lookup", done.stderr, re.M)}
    assert (done.returncode == 0) == (not errors), done.stderr
    return errors


def errors_of(server, shown, folder):
    """The numbers of the errors that openssl finds in the chain, with the scenario's trust file.

    It stops at a wrong name and at a path without an end, so it is asked again without the name, and where there is no
    anchor as if the last certificate shown were one.
    """
    assert shown.chain, "no certificate was shown"
    leaf, chain, last = folder / "leaf.pem", folder / "chain.pem", folder / "last.pem"
    leaf.write_text(shown.chain[0])
    chain.write_text("".join(shown.chain))
    last.write_text(shown.chain[-1])
    named, trust = ("-verify_hostname", server["host"]), ("-CAfile", server["trust"])
    errors = verify(leaf, chain, *named, *trust) | verify(leaf, chain, *trust)
    if errors & ERRORS_OF["unknown-issuer"]:
        anchor = ("-partial_chain", "-CAfile", last)
        errors |= verify(leaf, chain, *named, *anchor) | verify(leaf, chain, *anchor)
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


def faults_of(defect):
    return {defect["fault"]} if isinstance(defect["fault"], str) else set(defect["fault"])


def declared_faults(guise, scenario_id):
    explained = explained_faults(guise, scenario_id)
    for defect in defects_of(scenario_id):
        assert faults_of(defect) <= explained, f"{scenario_id}: explain does not tell the fault of {defect['defect']}"
    return explained


def said_of(pem, *options):
    """What `openssl x509` says of one certificate."""
    done = subprocess.run([program.tool("openssl"), "x509", "-noout", *options], input=pem, capture_output=True,
                          text=True, timeout=program.PATIENCE, check=True)
    return done.stdout


def name_error(server):
    """The error of Python's ssl, told not to look at the CN. A wildcard inside a label it never takes."""
    context = ssl.create_default_context(cafile=server["trust"])
    context.hostname_checks_common_name = False
    with socket.create_connection((server["address"], server["port"]), program.PATIENCE) as plain:
        try:
            context.wrap_socket(plain, server_hostname=server["host"]).close()
        except ssl.SSLCertVerificationError as error:
            return error.verify_code
    return 0


def certificates_on_the_wire(server):
    """The entries of the Certificate message of TLS 1.3, which need not be certificates."""
    done = subprocess.run(
        [program.tool("openssl"), "s_client", "-msg", "-tls1_3", "-connect", f"{server['address']}:{server['port']}",
         "-servername", server["host"]], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
        timeout=program.PATIENCE)
    dump = re.search(r"^<<< TLS 1.3, Handshake \[length \w+\], Certificate\n((?: +[0-9a-f ]+\n)+)", done.stdout, re.M)
    message = bytes.fromhex(dump.group(1))
    rest, entries = message[8:], []  # after type, length, an empty context and the length of the list
    while rest:
        end = 3 + int.from_bytes(rest[:3], "big")
        entries.append(rest[3:end])
        rest = rest[end + 2 + int.from_bytes(rest[end:end + 2], "big"):]
    return entries


def length_said(der):
    """How long a certificate is by its own header, which has two octets of length."""
    assert der[:2] == b"\x30\x82"
    return 4 + int.from_bytes(der[2:4], "big")


def bytes_too_many(server, scenario_id):
    """By how many bytes each certificate is longer than it says, the one that is not good as `at`."""
    differences = [len(each) - length_said(each) for each in certificates_on_the_wire(server)]
    at = {"leaf": 0, "intermediate": 1}[axis(scenario_id, "position")]
    assert [place for place, difference in enumerate(differences) if difference] == [at]
    return differences[at]


def no_proof(_, shown, *__):
    assert shown.chain  # its own faults, or none, are compared with all that openssl finds
    assert shown.handshake_error == "bad signature"


def no_digital_signature(_, shown, __, scenario_id):
    usage = said_of(shown.chain[0], "-ext", "keyUsage")
    assert "X509v3 Key Usage: critical" in usage and "Digital Signature" not in usage
    assert shown.handshake_error == ("ecc cert not for signing" if axis(scenario_id, "tls") == "1.2" else "")


def another_name(server, *_):
    assert name_error(server) == 62
    assert name_error({**server, "host": "elsewhere.guise.test"}) == 62


def long_lived(_, shown, *__):
    said = dict(line.split("=", 1) for line in said_of(shown.chain[0], "-dates").splitlines())
    days = (ssl.cert_time_to_seconds(said["notAfter"]) - ssl.cert_time_to_seconds(said["notBefore"])) / 86400
    assert days > 398


def negative_serial(_, shown, *__):
    assert said_of(shown.chain[0], "-serial").startswith("serial=-")


def long_serial(_, shown, *__):
    assert len(said_of(shown.chain[0], "-serial").strip()) == len("serial=") + 2 * 21


def duplicate_extension(_, shown, *__):
    assert said_of(shown.chain[0], "-text").count("X509v3 Basic Constraints") == 2


def trailing_byte(server, shown, _, scenario_id):
    assert not shown.chain and shown.handshake_error == "cert length mismatch"
    assert bytes_too_many(server, scenario_id) == 1


def truncated(server, shown, _, scenario_id):
    assert not shown.chain and shown.handshake_error == "ASN1 lib"
    assert bytes_too_many(server, scenario_id) == -1


@dataclass(frozen=True)
class OwnCheck:
    """The check of one defect that `openssl verify` cannot judge."""

    check: object
    why: str
    judges: str  # the fault
    errors: frozenset = frozenset()  # what openssl may say of it, wrongly or for another reason


OWN_CHECKS = {
    "no-proof": OwnCheck(no_proof, "it is the handshake's signature that is wrong, not a certificate", "no-proof"),
    "no-digital-signature": OwnCheck(no_digital_signature, "keyAgreement alone is a server's purpose to it",
                                     "key-usage", frozenset({26})),
    "cn-only": OwnCheck(another_name, "it looks at the CN where there is no SAN", "wrong-name"),
    "empty-san": OwnCheck(another_name, "it looks at the CN where there is no name in the SAN", "wrong-name"),
    "wildcard-partial": OwnCheck(another_name, "it takes a wildcard inside a label", "wrong-name"),
    "long-lived": OwnCheck(long_lived, "it knows no limit", "policy"),
    "negative-serial": OwnCheck(negative_serial, "it takes any serial", "malformed"),
    "long-serial": OwnCheck(long_serial, "it takes any serial", "malformed"),
    "duplicate-extension": OwnCheck(duplicate_extension, "it looks no further, and calls it an unknown issuer",
                                    "malformed", frozenset({20})),
    "trailing-byte": OwnCheck(trailing_byte, "s_client breaks off before it shows anything", "malformed"),
    "truncated": OwnCheck(truncated, "s_client breaks off before it shows anything", "malformed"),
}


def test_every_scenario_shows_exactly_the_faults_that_it_declares(guise, served, scenario_id, tmp_path):
    faults = declared_faults(guise, scenario_id)
    own = [OWN_CHECKS[defect["defect"]] for defect in defects_of(scenario_id) if defect["defect"] in OWN_CHECKS]
    others = faults - {check.judges for check in own}
    assert others <= ERRORS_OF.keys(), f"nobody judges {scenario_id}: add to ERRORS_OF or OWN_CHECKS"
    server = served.scenario(scenario_id)
    shown = show(server)
    for check in own:
        check.check(server, shown, tmp_path, scenario_id)
    if own and not shown.chain:
        return  # nothing that openssl could read
    found = errors_of(server, shown, tmp_path)
    for fault in others:
        assert found & ERRORS_OF[fault], f"{scenario_id} declares {fault}, openssl finds {found}"
    assert found <= {error for fault in others for error in ERRORS_OF[fault]}.union(*(check.errors for check in own))
    if not own:
        assert shown.handshake_error == ""


def test_every_scenario_speaks_the_version_that_it_says(served, scenario_id):
    version = axis(scenario_id, "tls")
    shown = show(served.scenario(scenario_id))
    if {"no-proof", "no-digital-signature"} & {defect["defect"] for defect in defects_of(scenario_id)} and version:
        return  # it got as far as the signature in the one version that was offered
    assert shown.version == f"TLSv{version or '1.3'}"


def test_a_control_has_no_fault_that_its_scenario_lacks_and_the_last_one_has_none(guise, scenario_id):
    scenario = scenario_file(scenario_id)
    if "control" not in scenario:
        assert scenario_id.startswith("trust/ca-signed"), "only the last control has none"
        assert explained_faults(guise, scenario_id) == set()
    elif len(scenario["visits"]) == len(scenario_file(scenario["control"])["visits"]) == 1:
        assert explained_faults(guise, scenario["control"]) <= explained_faults(guise, scenario_id)


def test_a_verifier_that_is_asked_for_another_name_refuses_each_good_chain(guise, served, tmp_path):
    """The oracle itself: it can say no to what it has just accepted."""
    server = dict(served.scenario("trust/ca-signed[tls=1.3]"))
    shown = show(server)
    assert errors_of(server, shown, tmp_path) == set()
    assert errors_of({**server, "host": "elsewhere.guise.test"}, shown, tmp_path) == ERRORS_OF["wrong-name"]
