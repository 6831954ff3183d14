"""The checks of single defects that `openssl verify` cannot judge, each with the reason."""

import re
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass


import program
import statements

CERTIFICATE = re.compile("-----BEGIN CERT" "IFICATE-----.*?-----END CERTIFICATE-----\n", re.S)


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
    versions = {"1.2": ["-tls1_2"], "1.3": ["-tls1_3"]}.get(axis(server["id"], "tls"), [])
    done = subprocess.run(
        [program.tool("openssl"), "s_client", "-showcerts", *reach(server), *versions],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=program.PATIENCE)
    version = re.search(r"^New, (TLSv[\d.]+|SSLv[\d.]+), Cipher is (?!\(NONE\))", done.stdout, re.M)
    error = re.search(r":error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):", done.stderr)
    return Shown(CERTIFICATE.findall(done.stdout), error.group(1) if error else "", version.group(1) if version else "")


def defect_names(scenario_id):
    """The names of the defects that the scenario's first chain uses."""
    scenario = program.scenario_file(scenario_id)
    used = next(visit["present"] for visit in scenario["visits"] if "present" in visit).get("defect", [])
    if isinstance(used, str) and used.startswith("$"):  # of a file: those of all its variants
        used = axis(scenario_id, used[1:]) or scenario["variants"][used[1:]]
    return [used] if isinstance(used, str) else list(used)


def by_address(server):
    """Whether the client visits an address, and not a name."""
    return server["host"] == server["address"]


def reach(server):
    """How openssl s_client goes there. An address is no server name (RFC 6066 section 3)."""
    address = f"[{server['address']}]" if ":" in server["address"] else server["address"]
    name = ["-noservername"] if by_address(server) else ["-servername", server["host"]]
    return ["-connect", f"{address}:{server['port']}", *name]


def said_of(pem, *options):
    """What `openssl x509` says of one certificate."""
    done = subprocess.run([program.tool("openssl"), "x509", "-noout", *options], input=pem, capture_output=True,
                          text=True, timeout=program.PATIENCE, check=True)
    return done.stdout


def name_error(server):
    """The error of Python's ssl, configured to ignore the CN. It never accepts a wildcard inside a label."""
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
        [program.tool("openssl"), "s_client", "-msg", "-tls1_3", *reach(server)], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, errors="replace", timeout=program.PATIENCE)
    dump = re.search(r"^<<< TLS 1.3, Handshake \[length \w+\], Certificate\n((?: +[0-9a-f ]+\n)+)", done.stdout, re.M)
    message = bytes.fromhex(dump.group(1))
    rest, entries = message[8:], []  # after type, length, an empty context and the length of the list
    while rest:
        end = 3 + int.from_bytes(rest[:3], "big")
        entries.append(rest[3:end])
        rest = rest[end + 2 + int.from_bytes(rest[end:end + 2], "big"):]
    return entries


def length_said(der):
    """The length of a certificate by its own header, which has two bytes of length."""
    assert der[:2] == b"\x30\x82"
    return 4 + int.from_bytes(der[2:4], "big")


def bytes_too_many(server, scenario_id):
    """By how many bytes each certificate is longer than it says, the one that is not good as `at`."""
    differences = [len(each) - length_said(each) for each in certificates_on_the_wire(server)]
    at = {"leaf": 0, "intermediate": 1}[axis(scenario_id, "position")]
    assert [place for place, difference in enumerate(differences) if difference] == [at]
    return differences[at]


def ends_with(*errors, chain=False):
    """A check that openssl ends the handshake with one of these errors; `chain`: after it has read the certificates."""

    def check(_, shown, __):
        assert shown.handshake_error in errors
        assert bool(shown.chain) >= chain

    return check


def unsolicited(_, shown, scenario_id):
    assert shown.handshake_error == ("unsolicited extension" if "alpn" in scenario_id else "")


def goes_on(_, shown, __):
    assert (shown.handshake_error, bool(shown.chain)) == ("", True)


def only_read_by_its_kind(server, shown, _):
    """openssl 3.0 reads no compressed certificates, so the server has nothing to show it."""
    assert not shown.chain and shown.handshake_error == "unexpected eof while reading"


def stopped(server, shown, scenario_id):
    """The end of the connection, an orderly one or not, and certificates only where they were sent before."""
    assert shown.handshake_error in ("unexpected eof while reading", "")
    assert not shown.chain or axis(scenario_id, "after") != "server-hello"


def no_proof(_, shown, __):
    assert shown.chain  # its own faults, or none, are compared with all that openssl finds
    assert shown.handshake_error == "bad signature"


def no_digital_signature(_, shown, scenario_id):
    usage = said_of(shown.chain[0], "-ext", "keyUsage")
    assert "X509v3 Key Usage: critical" in usage and "Digital Signature" not in usage
    assert shown.handshake_error == ("ecc cert not for signing" if axis(scenario_id, "tls") == "1.2" else "")


def another_name(server, *_):
    assert name_error(server) == 62
    assert name_error({**server, "host": "elsewhere.guise.test"}) == 62


def long_lived(_, shown, __):
    said = dict(line.split("=", 1) for line in said_of(shown.chain[0], "-dates").splitlines())
    days = (ssl.cert_time_to_seconds(said["notAfter"]) - ssl.cert_time_to_seconds(said["notBefore"])) / 86400
    assert days > 47


def negative_serial(_, shown, __):
    assert said_of(shown.chain[0], "-serial").startswith("serial=-")


def long_serial(_, shown, __):
    assert len(said_of(shown.chain[0], "-serial").strip()) == len("serial=") + 2 * 21


def duplicate_extension(_, shown, __):
    assert said_of(shown.chain[0], "-text").count("X509v3 Basic Constraints") == 2


def trailing_byte(server, shown, scenario_id):
    assert not shown.chain and shown.handshake_error == "cert length mismatch"
    assert bytes_too_many(server, scenario_id) == 1


def truncated(server, shown, scenario_id):
    assert not shown.chain and shown.handshake_error == "ASN1 lib"
    assert bytes_too_many(server, scenario_id) == -1


def on_the_wire(server):
    """All certificates that are shown, in hexadecimal digits."""
    return b"|".join(certificates_on_the_wire(server)).hex()


def octets(server, _, scenario_id):
    """The bytes that the defect inserts are shown."""
    for defect in defect_names(scenario_id):
        text = (program.ROOT / "certs" / "defects" / f"{defect}.yaml").read_text()
        found = re.findall(r'(?:hex|serial): "([0-9a-f]+)"', text)
        assert found and all(each in on_the_wire(server) for each in found)


def unreadable(_, shown, __):
    assert not shown.chain and shown.handshake_error == "ASN1 lib"


def unreadable_octets(server, shown, scenario_id):
    unreadable(server, shown, scenario_id)
    octets(server, shown, scenario_id)


def says(text, *options, at=0, times=1):
    """A check that `openssl x509` says `text` of the certificate, so often."""

    def check(server, shown, _):
        assert said_of(shown.chain[at], *options).count(text.format(**server)) == times

    return check


def exponent(number):
    """A check that this is the public exponent of the leaf, or of its issuer where the defect is there."""

    def check(_, shown, scenario_id):
        defects = program.scenario_file(scenario_id)["visits"][0]["present"]["defect"]
        uses = defects.values() if isinstance(defects, dict) else ()
        which = 1 if {"at": "intermediate"} in uses else 0
        assert f"Exponent: {number} ({number:#x})" in said_of(shown.chain[which], "-text")

    return check


def signed_with_hash(_, shown, scenario_id):
    name = scenario_id.partition("/")[2].upper()
    assert said_of(shown.chain[0], "-text").count(f"Signature Algorithm: ecdsa-with-{name}") == 2


def timestamps(readable):
    """A check that openssl can, or cannot, read a list with one timestamp, beside the bytes of the defect."""

    def check(server, shown, scenario_id):
        octets(server, shown, scenario_id)
        said = said_of(shown.chain[0], "-text")
        assert "CT Precertificate SCTs" in said
        assert said.count("Signed Certificate Timestamp:") == readable

    return check


def no_bits(server, *_):
    assert "0403030100" in on_the_wire(server)  # keyUsage, a BIT STRING without bits


def reversed_dates(_, shown, __):
    said = dict(line.split("=", 1) for line in said_of(shown.chain[0], "-dates").splitlines())
    assert ssl.cert_time_to_seconds(said["notBefore"]) > ssl.cert_time_to_seconds(said["notAfter"])


def too_long_to_read(_, shown, __):
    assert not shown.chain and shown.handshake_error == "excessive message size"


def in_order(*subjects, issuers=None):
    """A check that the certificates with these words in their subjects, and in their issuers, are sent in this order."""

    def check(_, shown, __):
        said = [said_of(pem, "-subject", "-issuer").splitlines() for pem in shown.chain]
        assert len(said) == len(subjects)
        for (subject, issuer), wanted, above in zip(said, subjects, issuers or [""] * len(subjects), strict=True):
            assert wanted in subject and above in issuer

    return check


def expired_at(place):
    """A check that of three certificates exactly the one at this place has expired, and the last two have one key."""

    def check(_, shown, __):
        ends = [ssl.cert_time_to_seconds(said_of(pem, "-enddate").strip().partition("=")[2]) for pem in shown.chain]
        assert [at for at, end in enumerate(ends) if end < time.time()] == [place] and len(ends) == 3
        assert said_of(shown.chain[1], "-subject", "-pubkey") == said_of(shown.chain[2], "-subject", "-pubkey")

    return check


@dataclass(frozen=True)
class OwnCheck:
    """The check of one defect that `openssl verify` cannot judge."""

    check: object
    why: str
    judges: str  # the faults
    errors: frozenset = frozenset()  # what openssl may say of it, wrongly or for another reason


STRANGER = "it calls what it cannot read an unknown issuer"
HANDSHAKE = "it is the handshake that is out of the ordinary, not a certificate"
BREAKS_OFF = "s_client breaks off before it shows anything"
FINDS_A_PATH = "it finds a path in any order, and over what does not belong to it"
CROSSED = "guise crossed intermediate"

OWN_CHECKS = {
    "no-proof": OwnCheck(no_proof, "it is the handshake's signature that is wrong, not a certificate", "no-proof"),
    "spoilt-proof": OwnCheck(ends_with("bad signature", chain=True), HANDSHAKE, "no-proof"),
    "wrong-scheme": OwnCheck(ends_with("wrong signature type", chain=True), HANDSHAKE, "no-proof"),
    "corrupted-finished": OwnCheck(ends_with("digest check failed", chain=True), HANDSHAKE, "no-proof"),
    "empty-certificate": OwnCheck(ends_with("length mismatch"), HANDSHAKE, "no-proof"),
    "anonymous-suite": OwnCheck(ends_with("wrong cipher returned"), HANDSHAKE, "no-proof"),
    "early-cipher-change": OwnCheck(ends_with("unexpected message"), HANDSHAKE, "protocol"),
    "heartbeat": OwnCheck(ends_with("unexpected record"), HANDSHAKE, "protocol"),
    "unsolicited-extension": OwnCheck(unsolicited, "it refuses only those that it knows", "protocol"),
    "downgrade": OwnCheck(ends_with("inappropriate fallback"), HANDSHAKE, "protocol"),
    "stopped": OwnCheck(stopped, HANDSHAKE, "no-proof"),
    "large-certificate": OwnCheck(ends_with("excessive message size"), HANDSHAKE, "protocol"),
    "broken-compression": OwnCheck(only_read_by_its_kind, HANDSHAKE, "protocol"),
    "one-octet-records": OwnCheck(goes_on, HANDSHAKE, ""),
    "compressed-certificate": OwnCheck(goes_on, HANDSHAKE, ""),
    "asks-for-certificate": OwnCheck(goes_on, HANDSHAKE, ""),
    "slow-server": OwnCheck(goes_on, HANDSHAKE, ""),
    "no-digital-signature": OwnCheck(no_digital_signature, "keyAgreement alone is a server's purpose to it",
                                     "key-usage", frozenset({26})),
    "cn-only": OwnCheck(another_name, "it looks at the CN where there is no SAN", "wrong-name"),
    "empty-san": OwnCheck(another_name, "it looks at the CN where there is no name in the SAN", "wrong-name"),
    "wildcard-partial": OwnCheck(another_name, "it takes a wildcard at either end of a label", "wrong-name",
                                 frozenset({62})),
    "long-lived": OwnCheck(long_lived, "it knows no limit", "policy"),
    "negative-serial": OwnCheck(negative_serial, "it takes any serial", "malformed"),
    "long-serial": OwnCheck(long_serial, "it takes any serial", "malformed"),
    "duplicate-extension": OwnCheck(duplicate_extension, "it looks no further, and calls it an unknown issuer",
                                    "malformed", frozenset({20})),
    "trailing-byte": OwnCheck(trailing_byte, BREAKS_OFF, "malformed"),
    "truncated": OwnCheck(truncated, BREAKS_OFF, "malformed"),
    "cn-beside-email": OwnCheck(another_name, "it looks at the CN where there is no dNSName in the SAN", "wrong-name"),
    "cn-beside-ip": OwnCheck(another_name, "it looks at the CN where there is no dNSName in the SAN", "wrong-name"),
    "cn-beside-uri": OwnCheck(another_name, "it looks at the CN where there is no dNSName in the SAN", "wrong-name"),
    "wildcard-cn": OwnCheck(another_name, "it looks at the CN where there is no SAN, with a star too", "wrong-name"),
    "constrained-cn": OwnCheck(another_name, "it looks at the CN, and holds it to the constraints",
                               "wrong-name", frozenset({47})),
    "name-constraint-wildcard": OwnCheck(says("DNS:{host}", "-ext", "nameConstraints", at=1),
                                         "it compares the spelling with the constraint", "name-constraint"),
    "ber-length": OwnCheck(octets, "it reads BER as well", "malformed"),
    "indefinite-length": OwnCheck(octets, "it reads BER as well", "malformed"),
    "padded-serial": OwnCheck(unreadable_octets, BREAKS_OFF, "malformed"),
    "trailing-element": OwnCheck(unreadable_octets, BREAKS_OFF, "malformed"),
    "subject-of-another-type": OwnCheck(unreadable_octets, BREAKS_OFF, "malformed"),
    "invalid-utf8": OwnCheck(unreadable_octets, BREAKS_OFF, "malformed"),
    "empty-serial": OwnCheck(unreadable, BREAKS_OFF, "malformed"),
    "missing-validity": OwnCheck(unreadable, BREAKS_OFF, "malformed"),
    "zero-serial": OwnCheck(says("serial=00\n", "-serial"), "it takes any serial", "malformed"),
    "long-common-name": OwnCheck(says("guise" * 40, "-subject"), "it knows no limit", "malformed"),
    "unique-identifier": OwnCheck(says("Issuer Unique ID", "-text"), "it reads over it", "malformed"),
    "version-4": OwnCheck(says("Version: Unknown (3)", "-text"), "it takes any version above 2", "malformed"),
    "aki-serial-mismatch": OwnCheck(octets, "it looks for the issuer that the extension names",
                                    "malformed", frozenset({20})),
    "malformed-authority-key-id": OwnCheck(octets, STRANGER, "malformed", frozenset({20})),
    "duplicate-policy": OwnCheck(octets, "it looks at policies only when it is asked to", "malformed"),
    "duplicate-san": OwnCheck(says("Subject Alternative Name", "-text", times=2), STRANGER,
                              "malformed", frozenset({20})),
    "duplicate-name-constraints": OwnCheck(says("Name Constraints", "-text", at=1, times=2), STRANGER,
                                           "malformed name-constraint", frozenset({20})),
    "malformed-san": OwnCheck(octets, STRANGER, "malformed wrong-name", frozenset({20})),
    "malformed-name-constraints": OwnCheck(octets, STRANGER, "malformed name-constraint", frozenset({20})),
    "malformed-basic-constraints": OwnCheck(octets, STRANGER, "malformed not-a-ca", frozenset({20})),
    "malformed-key-usage": OwnCheck(octets, STRANGER, "malformed key-usage", frozenset({20})),
    "malformed-purposes": OwnCheck(octets, STRANGER, "malformed key-usage", frozenset({20})),
    "empty-key-usage": OwnCheck(no_bits, STRANGER, "key-usage", frozenset({20})),
    "server-gated": OwnCheck(says("Netscape Server Gated Crypto", "-ext", "extendedKeyUsage"),
                             "it takes that for a server's purpose", "key-usage"),
    "invalid-sct": OwnCheck(timestamps(readable=1), "it has no list of logs", "policy"),
    "malformed-sct": OwnCheck(timestamps(readable=0), "it has no list of logs", "policy"),
    "future-sct": OwnCheck(timestamps(readable=1), "it has no list of logs", "policy"),
    "impossible-date": OwnCheck(octets, "it knows no limit", "policy"),
    "time-with-fraction": OwnCheck(octets, "it knows no limit", "policy"),
    "time-with-offset": OwnCheck(octets, "it knows no limit", "policy"),
    "time-without-seconds": OwnCheck(octets, "it knows no limit", "policy"),
    "large-identifier": OwnCheck(says("1.3.6.1.4.1.99999.1099511627776", "-text"), "it reads arcs of any size", "policy"),
    "small-exponent": OwnCheck(exponent(3), "it computes with any exponent", "policy"),
    "curve-and-hash": OwnCheck(signed_with_hash, "it takes any hash with any curve", "policy"),
    "ed25519-issuer": OwnCheck(says("Public Key Algorithm: ED25519", "-text", at=1), "it knows the key", "policy"),
    "no-purposes": OwnCheck(says("Extended Key Usage", "-text", times=0), "it asks for a purpose only where there is a list",
                            "policy"),
    "unsolicited-alpn": OwnCheck(unsolicited, "it refuses only those that it knows", "protocol"),
    "no-expiry": OwnCheck(octets, "it knows no limit", "policy"),
    "generalized-time": OwnCheck(octets, "it takes either form of a date", "malformed policy"),
    "ca-leaf": OwnCheck(says("CA:TRUE", "-ext", "basicConstraints"), "it asks nothing of the leaf's basicConstraints",
                        "policy"),
    "md2": OwnCheck(octets, "it refuses the digest and stops", "bad-signature", frozenset({68})),
    "unknown-signature-algorithm": OwnCheck(octets, STRANGER, "bad-signature", frozenset({20})),
    "algorithm-parameters": OwnCheck(octets, "it does not look at them", "malformed"),
    "disordered": OwnCheck(in_order("O = guise", "upper intermediate", "lower intermediate"), FINDS_A_PATH, "policy"),
    "issuer-first": OwnCheck(no_proof, "it is the handshake's signature that is wrong, not a certificate", "no-proof"),
    "unrelated-in-the-middle": OwnCheck(in_order("O = guise", "private intermediate", "guise intermediate"),
                                        FINDS_A_PATH, "policy"),
    "unrelated-at-the-end": OwnCheck(in_order("O = guise", "guise intermediate", "private intermediate"), FINDS_A_PATH,
                                     "policy"),
    "leaf-twice": OwnCheck(in_order("O = guise", "O = guise", "guise intermediate"), FINDS_A_PATH, "policy"),
    "issuer-twice": OwnCheck(in_order("O = guise", "guise intermediate", "guise intermediate"), FINDS_A_PATH, "policy"),
    "impostor-root-sent": OwnCheck(in_order("O = guise", "guise intermediate", "guise run root"), FINDS_A_PATH, "policy"),
    "crossed-trusted-first": OwnCheck(in_order("O = guise", CROSSED, CROSSED, issuers=["", "run root", "private root"]),
                                      FINDS_A_PATH, "policy"),
    "crossed-stranger-first": OwnCheck(in_order("O = guise", CROSSED, CROSSED, issuers=["", "private root", "run root"]),
                                       "it tries the first issuer alone", "policy", frozenset({20})),
    "crossed-valid-first": OwnCheck(expired_at(2), FINDS_A_PATH, "policy"),
    "crossed-expired-first": OwnCheck(expired_at(1), FINDS_A_PATH, "policy"),
    "exponent-one": OwnCheck(exponent(1), "it computes with any exponent", "weak"),
    "long-exponent": OwnCheck(says("Exponent: 281487861809153", "-text"), "it computes with up to 64 bits", "policy"),
    "large-key": OwnCheck(says("(8192 bit)", "-text"), "it knows no limit below 16384 bits", "size"),
    "ten-thousand-names": OwnCheck(too_long_to_read, "s_client reads no list above 100 KB", "size"),
    "reversed-dates": OwnCheck(reversed_dates, "it stops at the first of the two dates",
                               "expired not-yet-valid", frozenset({9})),
}


def stated(defect):
    """The check of a defect in what is said of a certificate, in every channel."""

    def check(server, shown, scenario_id):
        statements.check(server, shown, scenario_id, defect)

    return check


OWN_CHECKS |= {
    defect: OwnCheck(stated(defect), "it goes by the certificates alone, unless it is given a list or a response",
                     "revoked" if "revoked" in defect else "policy")
    for defect in {name.partition("[")[0] for name in statements.BAD}}
