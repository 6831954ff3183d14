"""What is said of the certificates that a scenario shows: staples, responses and lists, read by openssl and by GnuTLS."""

import re
import subprocess
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import program

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # by no proxy of the machine's


def said(tool, *arguments, pem=None):
    """The code, and all that a tool prints."""
    done = subprocess.run([program.tool(tool), *map(str, arguments)], input=pem, capture_output=True, text=True,
                          errors="replace", timeout=program.PATIENCE)
    return done.returncode, done.stdout + done.stderr


@dataclass(frozen=True)
class Files:
    """The chain of a scenario as files, with the trust file, for the command lines."""

    leaf: Path
    intermediate: Path
    root: Path
    folder: Path

    def save(self, name, octets):
        (self.folder / name).write_bytes(octets)
        return self.folder / name


def files_of(server, shown, folder):
    """Writes the chain that was shown."""
    leaf, intermediate = folder / "leaf.pem", folder / "intermediate.pem"
    leaf.write_text(shown.chain[0])
    intermediate.write_text(shown.chain[1])
    return Files(leaf, intermediate, Path(server["trust"]), folder)


def handshake_message(server, name, version):
    """The bytes of one message, as `openssl s_client -msg` shows it with a stapled response requested; none if absent."""
    _, text = said("openssl", "s_client", "-msg", "-status", f"-tls{version.replace('.', '_')}", "-connect",
                   f"{server['address']}:{server['port']}", "-servername", server["host"], pem="")
    dump = re.search(rf"^<<< TLS {version}, Handshake \[length \w+\], {name}\n((?: +[0-9a-f ]+\n)+)", text, re.M)
    return bytes.fromhex(dump.group(1)) if dump else b""


def staple_of(server):
    """The OCSPResponse that comes with the leaf for a client that asks for one; None without one."""
    if message := handshake_message(server, "Certificate", "1.3"):
        end = 11 + int.from_bytes(message[8:11], "big")  # type, length, an empty context, the length of the list
        extensions = message[end + 2:end + 2 + int.from_bytes(message[end:end + 2], "big")]
        while extensions:
            kind, size = int.from_bytes(extensions[:2], "big"), int.from_bytes(extensions[2:4], "big")
            if kind == 5:  # status_request: a type, which is ocsp, and a length before the response
                assert extensions[4] == 1
                return extensions[8:4 + size]
            extensions = extensions[4 + size:]
        return None
    assert handshake_message(server, "Certificate", "1.2"), "no certificate was shown"
    status = handshake_message(server, "CertificateStatus", "1.2")
    return status[8:] if status else None


def address_in(certificate, option, pattern):
    """The one URL that a certificate names."""
    _, text = said("openssl", "x509", "-noout", *option, "-in", certificate)
    found = re.findall(pattern, text)
    assert len(found) == 1, text
    return found[0]


def responder_of(certificate):
    return address_in(certificate, ["-ocsp_uri"], r"^(http://\S+)")


def list_address_of(certificate):
    return address_in(certificate, ["-ext", "crlDistributionPoints"], r"URI:(http://\S+)")


def fetched(url):
    """The response from there; None if no server listens."""
    try:
        with DIRECT.open(url, timeout=program.PATIENCE) as answer:
            return answer.read()
    except urllib.error.URLError as error:
        assert isinstance(error.reason, ConnectionRefusedError), error
        return None


# What `openssl ocsp` says of a response: (regular expression, word).
OPENSSL_WORDS = [
    (r"^Response verify OK", "signed"),
    (r"^Response Verify Failure", "not-signed"),
    (r"^(?:\S*\.pem: )?(good|revoked|unknown)$", None),
    (r"ERROR: No Status found", "of-another"),
    (r"WARNING: Status times invalid", "out-of-date"),
    (r"^Error reading OCSP response", "unreadable"),
    (r"^Responder Error: (\S+)", None),
]


def openssl_on_response(files, certificate, issuer, response):
    """The words of openssl on one response for one certificate."""
    code, text = said("openssl", "ocsp", "-no_nonce", "-CAfile", files.root, "-issuer", issuer, "-cert", certificate,
                      "-respin", files.save("response.der", response))
    words = set()
    for pattern, word in OPENSSL_WORDS:
        for found in re.finditer(pattern, text, re.M):
            words.add(word or found.group(1))
    assert words, text
    return words


def gnutls_on_response(files, issuer, response):
    """The status that GnuTLS reads, and whether the signature counts for it; or that it cannot read the response."""
    file = files.save("response.der", response)
    _, text = said("ocsptool", "--response-info", "--inder", "--infile", file)
    status = re.search(r"Certificate Status: (\S+)", text)
    if not status:
        return {"unreadable"}
    _, text = said("ocsptool", "--verify-response", "--load-signer", issuer, "--load-response", file)
    verdict = re.search(r"Verifying OCSP Response: (Success|Failure)", text)
    assert verdict, text
    return {status.group(1), "signed" if verdict.group(1) == "Success" else "not-signed"}


def openssl_on_list(files, certificate, crls, *options):
    """The numbers of the errors of `openssl verify` that goes by lists, or that it cannot read one."""
    names = [files.save(f"{index}.crl", each) for index, each in enumerate(crls)]
    _, text = said("openssl", "verify", *options, *(word for name in names for word in ("-CRLfile", name)),
                   "-no-CApath", "-no-CAstore", "-CAfile", files.root, "-untrusted", files.intermediate, certificate)
    if "Could not read" in text:
        return {"unreadable"}
    return {int(number) for number in re.findall(r"^error (\d+) at \d+ depth lookup", text, re.M)}


def gnutls_on_list(files, crl):
    """Whether certtool calls the chain revoked, once it has that list."""
    pem = files.folder / "list.pem"
    code, text = said("openssl", "crl", "-inform", "DER", "-in", files.save("list.crl", crl), "-out", pem)
    if code != 0:
        return {"unreadable"}
    chain = files.leaf.read_text() + files.intermediate.read_text() + files.root.read_text()
    _, text = said("certtool", "--verify", "--load-ca-certificate", files.root, "--load-crl", pem, pem=chain)
    assert "Chain verification output:" in text, text
    return {"revoked" if "is revoked" in text else "not-revoked"}


SIGNED_GOOD = {"signed", "good"}
GOOD = {("staple", "leaf"): (SIGNED_GOOD, SIGNED_GOOD),
        ("ocsp", "leaf"): (SIGNED_GOOD, SIGNED_GOOD), ("ocsp", "intermediate"): (SIGNED_GOOD, SIGNED_GOOD),
        ("crl", "leaf"): (set(), {"not-revoked"}), ("crl", "intermediate"): (set(), {"not-revoked"})}


def both(*words):
    return set(words), set(words)


# What openssl and GnuTLS find where a defect is. ocsptool looks at no dates and has no certificate to compare; GnuTLS
# leaves out a list that is old or not its issuer's.
BAD = {
    "staple-revoked": both("signed", "revoked"),
    "staple-unknown": both("signed", "unknown"),
    "staple-stale": ({"signed", "good", "out-of-date"}, SIGNED_GOOD),
    "staple-not-yet": ({"signed", "good", "out-of-date"}, SIGNED_GOOD),
    "staple-of-another": ({"signed", "of-another"}, SIGNED_GOOD),
    "staple-wrong-signer": both("not-signed", "good"),
    "staple-undelegated": both("not-signed", "good"),
    "staple-malformed[form=truncated]": both("unreadable"),
    "staple-malformed[form=bad-signature]": both("not-signed", "good"),
    "staple-try-later": ({"trylater"}, {"unreadable"}),
    "no-staple": both("absent"),
    "list-revoked": ({23}, {"revoked"}),
    "list-stale": ({12}, {"not-revoked"}),
    "list-wrong-signer": ({8}, {"not-revoked"}),
    "list-truncated": both("unreadable"),
    "response-revoked": both("signed", "revoked"),
    "response-unknown": both("signed", "unknown"),
    "response-stale": ({"signed", "good", "out-of-date"}, SIGNED_GOOD),
    "response-wrong-signer": both("not-signed", "good"),
    "unreachable-crl": both("absent"),
    "unreachable-ocsp": both("absent"),
}


def topic_of(defect, scenario_id):
    """Where a defect sits: the channel, and whose certificate it is about."""
    channel = {"list": "crl", "response": "ocsp", "staple": "staple", "no": "staple"}.get(defect.split("-")[0])
    position = re.search(r"position=(\w+)", scenario_id)
    return channel or defect.partition("-")[2], position.group(1) if position else "leaf"


def verdicts(server, files, channel, position):
    """What openssl and GnuTLS find of one statement."""
    certificate, issuer = {"leaf": (files.leaf, files.intermediate),
                           "intermediate": (files.intermediate, files.root)}[position]
    octets = (staple_of(server) if channel == "staple" else
              fetched({"ocsp": responder_of, "crl": list_address_of}[channel](certificate)))
    if octets is None:
        return both("absent")
    if channel == "crl":
        return openssl_on_list(files, certificate, [octets], "-crl_check"), gnutls_on_list(files, octets)
    return openssl_on_response(files, certificate, issuer, octets), gnutls_on_response(files, issuer, octets)


def check(server, shown, scenario_id, defect=None):
    """Each statement on the chain is good, but the one that the defect spoils, which is wrong as it says."""
    expected = dict(GOOD)
    if topic_of(defect or "", scenario_id)[0] == "ocsp":  # who has a staple does not ask there
        expected["staple", "leaf"] = both("absent")
    if defect:
        form = re.search(r"form=[^,\]]+", scenario_id)
        expected[topic_of(defect, scenario_id)] = BAD[f"{defect}[{form.group(0)}]" if form else defect]
    with tempfile.TemporaryDirectory() as folder:
        files = files_of(server, shown, Path(folder))
        found = {topic: verdicts(server, files, *topic) for topic in expected}
    assert found == expected
