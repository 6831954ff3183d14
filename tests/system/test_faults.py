"""Each chain that is served, judged by another implementation: the openssl command line.

A negative scenario is worth something only if its chain is wrong in the way that it says and in no other, and if its
control is wrong in no way at all. What `guise explain` and the defect files declare is compared with the errors of
`openssl verify`, which stops at nothing on its way through a chain.
"""

import functools
import re
import subprocess

import pytest

import program
import statements
import verifiers
from own_checks import OWN_CHECKS, axis, by_address, defect_names, show

# Which errors of X509_verify_cert (openssl-verification-options) a fault may cause, and nothing else may.
ERRORS_OF = {fault: set(said["openssl"]) for fault, said in verifiers.DECLARED["faults"].items() if said["openssl"]}


def verify(leaf, chain, *options):
    """The numbers of the errors that one `openssl verify` prints. It stops at some, and goes on after others."""
    done = subprocess.run(
        [program.tool("openssl"), "verify", "-purpose", "sslserver", "-auth_level", "2", "-x509_strict", "-no-CApath",
         "-no-CAstore", *options, "-untrusted", chain, leaf],
        capture_output=True, text=True, errors="replace", timeout=program.PATIENCE)
    errors = {int(number) for number in re.findall(r"^error (\d+) at \d+ depth lookup", done.stderr, re.M)}
    assert (done.returncode == 0) == (not errors), done.stderr
    return errors


def errors_of(server, shown, folder, at):
    """The numbers of the errors that openssl finds in the chain, with the scenario's trust file, at a time.

    It stops at a wrong name and at a path without an end, so it is asked again without the name, and where there is no
    anchor as if the last certificate shown were one.
    """
    assert shown.chain, "no certificate was shown"
    leaf, chain, last = folder / "leaf.pem", folder / "chain.pem", folder / "last.pem"
    leaf.write_text(shown.chain[0])
    chain.write_text("".join(shown.chain))
    last.write_text(shown.chain[-1])
    named = ("-verify_ip" if by_address(server) else "-verify_hostname", server["host"])
    trust, then = ("-CAfile", server["trust"]), ("-attime", str(at))
    errors = verify(leaf, chain, *named, *trust, *then) | verify(leaf, chain, *trust, *then)
    if errors & ERRORS_OF["unknown-issuer"]:
        anchor = ("-partial_chain", "-CAfile", last, *then)
        errors |= verify(leaf, chain, *named, *anchor) | verify(leaf, chain, *anchor)
    return errors


@functools.cache
def all_explained(path):
    """What `guise explain` declares of the first chain of each case. Asked once: it reads the whole catalogue to answer."""
    done = subprocess.run([path, "explain", "*", "--profile", "tls-client"], capture_output=True, text=True, check=True)
    heads = list(re.finditer(r"^(\S+)  \((?:critical|high|medium|low)\b", done.stdout, re.M))
    ends = [head.start() for head in heads[1:]] + [len(done.stdout)]
    lines = {head.group(1): re.search(r"^ +faults: (.*)$", done.stdout[head.start():end], re.M).group(1)
             for head, end in zip(heads, ends)}
    return {name: set() if line == "none" else {fault.split(" (")[0] for fault in line.split(", ")}
            for name, line in lines.items()}


def explained_faults(guise, scenario_id):
    """What `guise explain` declares of the first chain of a scenario, of its first case if it has several."""
    explained = all_explained(guise.program)
    return explained[next(name for name in explained if scenario_id in (name, name.partition("[")[0]))]


def defects_of(scenario_id):
    """The defect files that the scenario's first chain uses."""
    folder = program.ROOT / "certs" / "defects"
    return [program.yaml_file(folder / f"{name}.yaml") for name in defect_names(scenario_id)]


def faults_of(defect):
    return {defect["fault"]} if isinstance(defect["fault"], str) else set(defect["fault"])


def declared_faults(guise, scenario_id):
    explained = explained_faults(guise, scenario_id)
    for defect in defects_of(scenario_id):
        assert faults_of(defect) <= explained, f"{scenario_id}: explain does not tell the fault of {defect['defect']}"
    return explained


def test_every_scenario_shows_exactly_the_faults_that_it_declares(guise, served, scenario_id, tmp_path):
    faults = declared_faults(guise, scenario_id)
    own = [OWN_CHECKS[defect["defect"]] for defect in defects_of(scenario_id) if defect["defect"] in OWN_CHECKS]
    others = faults.difference(*(check.judges.split() for check in own))
    assert others <= ERRORS_OF.keys(), f"no check for {scenario_id}: add to ERRORS_OF or OWN_CHECKS"
    server = served.scenario(scenario_id)
    shown = show(server)
    for check in own:
        check.check(server, shown, scenario_id)
    if own and not shown.chain:
        return  # nothing that openssl could read
    found = errors_of(server, shown, tmp_path, served.started)
    for fault in others:
        assert found & ERRORS_OF[fault], f"{scenario_id} declares {fault}, openssl finds {found}"
    assert found <= {error for fault in others for error in ERRORS_OF[fault]}.union(*(check.errors for check in own))
    if not own:
        assert shown.handshake_error == ""


def test_every_scenario_speaks_the_version_that_it_says(served, scenario_id):
    version = axis(scenario_id, "tls")
    if "ten-thousand-names" in defect_names(scenario_id):
        return  # more than openssl reads
    shown = show(served.scenario(scenario_id))
    used = defects_of(scenario_id)
    if any(defect.get("stage") == "handshake" and defect["fault"] for defect in used) and not shown.version:
        return  # it ended in the handshake
    if {"no-proof", "issuer-first", "no-digital-signature"} & {defect["defect"] for defect in used} and version:
        return  # it got as far as the signature in the one version that was offered
    assert shown.version == f"TLSv{version if version in ('1.2', '1.3') else '1.3'}"


def test_a_control_has_no_fault_that_its_scenario_lacks_and_the_last_one_has_none(guise, scenario_id):
    scenario = program.scenario_file(scenario_id)
    if "control" not in scenario:
        assert scenario_id.startswith("trust/ca-signed"), "only the last control has none"
        assert explained_faults(guise, scenario_id) == set()
    elif len(scenario["visits"]) == len(program.scenario_file(scenario["control"])["visits"]) == 1:
        assert explained_faults(guise, scenario["control"]) <= explained_faults(guise, scenario_id)


def test_a_verifier_that_is_asked_for_another_name_refuses_each_good_chain(guise, served, tmp_path):
    """The oracle itself: it can say no to what it has just accepted."""
    server = dict(served.scenario("trust/ca-signed[tls=1.3]"))
    shown = show(server)
    assert errors_of(server, shown, tmp_path, served.started) == set()
    elsewhere = {**server, "host": "elsewhere.guise.test"}
    assert errors_of(elsewhere, shown, tmp_path, served.started) == {62}


@pytest.mark.parametrize("good", ["revocation/good[tls=1.2]", "revocation/good[tls=1.3]",
                                  "revocation/delegated-responder", "revocation/must-staple"])
def test_two_verifiers_find_all_that_is_said_of_a_good_chain_good(served, good):
    server = served.scenario(good)
    statements.check(server, show(server), good)
