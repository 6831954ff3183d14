"""GnuTLS and Go as verifiers of a chain: each tells in words of verifiers.yaml what it finds wrong."""

import base64
import os
import re
import subprocess
import time
from pathlib import Path

import yaml

import program
from own_checks import axis, certificates_on_the_wire, show

DECLARED = yaml.safe_load((program.SYSTEM / "verifiers.yaml").read_text())

# What certtool says of a chain, and our words for it.
SENTENCES = {
    "The certificate issuer is unknown.": "unknown-issuer",
    "The certificate issuer is not a CA.": "not-a-ca",
    "The signature in the certificate is invalid.": "bad-signature",
    "The certificate chain violates the signer's constraints.": "constraints",
    "The certificate chain uses insecure algorithm.": "insecure-algorithm",
    "The certificate chain uses expired certificate.": "expired",
    "The certificate chain uses not yet valid certificate.": "not-yet-valid",
    "The name in the certificate does not match the expected.": "wrong-name",
    "The certificate chain does not match the intended purpose.": "purpose",
    "The certificate contains an unknown critical extension.": "unknown-critical",
}
SERVER_AUTH = "1.3.6.1.5.5.7.3.1"


def pem(der):
    text = base64.encodebytes(der).decode()
    return "-----BEGIN CERT" "IFICATE-----\n" + text + "-----END CERT" "IFICATE-----\n"


def chain_of(server):
    """The chain in PEM as received, byte for byte; in TLS 1.2, whose Certificate is another message, as openssl read it."""
    if axis(server["id"], "tls") == "1.2":
        return "".join(show(server).chain)
    return "".join(map(pem, certificates_on_the_wire(server)))


def faketime():
    """The library that gives certtool the time, for it has no option. The wrapper would leave semaphores behind."""
    return next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


def gnutls(server, chain, at):
    """What certtool reports when it verifies the name and the purpose of a server, with a current profile."""
    env = {**os.environ, "LD_PRELOAD": str(faketime()), "FAKETIME": f"{at - time.time():+.0f}s", "FAKETIME_DISABLE_SHM": "1"}
    done = subprocess.run(
        [program.tool("certtool"), "--verify", "--load-ca-certificate", server["trust"], "--verify-hostname", server["host"],
         "--verify-purpose", SERVER_AUTH, "--verify-profile", "medium", "--infile", chain], env=env,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=program.PATIENCE)
    if done.stderr.rpartition("\nerror parsing CRTs: ")[1]:
        return {"malformed"}
    verdict = re.search(r"^Chain verification output: (Not verified|Verified)\. The certificate is (?:NOT )?trusted\. (.*)$",
                        done.stdout, re.M)
    assert verdict, done.stdout + done.stderr
    rest, found = verdict.group(2), set()
    for sentence, word in SENTENCES.items():
        if sentence in rest:
            rest = rest.replace(sentence, "")
            found.add(word)
    assert not rest.strip(), f"a sentence that SENTENCES lacks: {rest}"
    # Not verified, and not a word of why: the algorithm is not known to it.
    return found or (set() if verdict.group(1) == "Verified" else {"not-verified"})


class Go:
    """verifier.go, built once."""

    def __init__(self, folder, cache):
        self.program = folder / "verifier"
        env = {**os.environ, "GOCACHE": str(cache), "GOENV": "off", "GOFLAGS": "", "GO111MODULE": "off",
               "GOTOOLCHAIN": "local"}
        done = subprocess.run([program.tool("go"), "build", "-o", self.program, program.SYSTEM / "verifier.go"], env=env,
                              capture_output=True, text=True, timeout=program.PATIENCE)
        assert done.returncode == 0, done.stderr

    def __call__(self, server, chain, at):
        """What crypto/x509 finds."""
        done = subprocess.run([self.program, server["trust"], chain, server["host"], str(at)], capture_output=True, text=True,
                              errors="replace", timeout=program.PATIENCE, check=True)
        return {line.split("\t")[0] for line in done.stdout.splitlines()}


def told(verifier, scenario_id, defects):
    """What verifiers.yaml declares for one verifier: {scenario or defect: words}, the scenario's own before all."""
    differs = DECLARED["differs"]
    for name in (scenario_id, scenario_id.partition("[")[0]):
        if verifier in differs.get(name, {}):
            return {name: set(differs[name][verifier])}
    return {name: set(differs[name][verifier]) for name in defects if verifier in differs.get(name, {})}


def disagreement(verifier, found, faults, declared):
    """What is wrong with `found`, in a sentence; "" where it is as declared.

    `faults` are those that no entry of `declared` speaks for: each has to be found by one of its own words.
    """
    words = {fault: set(DECLARED["faults"][fault][verifier]) for fault in faults}
    for fault, own in words.items():
        if own and not found & own:
            return f"{verifier} does not find {fault}: it finds {sorted(found)}"
    for name, says in declared.items():
        if not says <= found:
            return f"{verifier} says {sorted(found)}, of {name} verifiers.yaml declares {sorted(says)}"
    if more := found.difference(*words.values(), *declared.values()):
        return f"{verifier} finds {sorted(more)}, which no declared fault causes"
    return ""
