"""The second reference client, of another language and another TLS library: guise and it agree on every case.

All of the catalogue: `ci/long clients -k reference_python`.
"""

import ast
import fnmatch
import sys

import pytest

import program

FOLDER = program.ROOT / "fixtures" / "adapters" / "reference-python"
PRODUCTS = {"desktop": {"disabled", "basic", "recommended", "strict"},
            "mobile": {"default", "recommended", "strict", "disabled"}}
# What its README says that it cannot do. Nothing else may be left out.
LIMITS = ["handshake/broken-compression[[]*", "usage/no-digital-signature[[]*tls=1.2]", "connections/*"]
# Something of each thing that is written twice: path, names, constraints, usage, signatures, DER, handshake, staples,
# pins, answers, modes, the swap at the login, resumption.
SELECTION = ["trust/cross-signed*", "trust/self-signed", "names/constraint-permits*", "names/wildcard-t*",
             "names/ten-*", "names/address-host", "usage/no-digital-signature", "signatures/p*",
             "encoding/padded-serial", "handshake/unsolicited-extension", "revocation/good",
             "revocation/staple-revoked", "revocation/response-revoked", "revocation/list-revoked", "pin/changed-key",
             "pin/two-connections-*", "prompt/once*", "mode/default", "mode/two-clients*", "login/swapped-to-*",
             "resumption/tightened-mode", "faults/private-*"]
PACKAGES = {"OpenSSL", "cryptography"}


def run(guise_path, factory, name, *options):
    """A run of both products, made once for all tests that read it."""
    clients = [word for product in PRODUCTS for word in ("--client", FOLDER / f"{product}.yaml")]
    return program.shared_run(guise_path, factory, name, *clients, *options)


@pytest.fixture(scope="module")
def some(guise_path, tmp_path_factory):
    return run(guise_path, tmp_path_factory, "python-some", *(word for each in SELECTION for word in ("--only", each)))


@pytest.fixture(scope="module")
def whole(guise_path, tmp_path_factory):
    return run(guise_path, tmp_path_factory, "python-whole")


def check_all_pass(ended):
    """Each case passes, but for those that the library cannot do, and none is excused as known."""
    assert ended.code == 0, ended.out
    others = {(case["client"], case["mode"], case["scenario"]): case["verdict"] for case in ended.cases
              if case["verdict"] != "pass"}
    assert set(others.values()) <= {"not-applicable"}, others
    beyond = [each for each in others if not any(fnmatch.fnmatchcase(each[-1], limit) for limit in LIMITS)]
    assert not beyond, others
    assert not any(case["known"] for case in ended.cases)
    modes = {(session["client"], session["mode"]) for session in ended.of_type("session.end")}
    assert modes == {(f"reference-python-{product}", mode) for product, modes in PRODUCTS.items() for mode in modes}
    assert all(session["controls"] == {"before": True, "after": True} for session in ended.of_type("session.end"))


def judged(ended, product):
    """(cases of a product, how many of them are judged)."""
    cases = [case["verdict"] for case in ended.cases if case["client"] == f"reference-python-{product}"]
    return len(cases), sum(verdict in ("pass", "note", "fail") for verdict in cases)


@pytest.mark.slow
def test_both_products_pass_in_every_mode(some):
    check_all_pass(some)


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_selection_is_judged_almost_whole(some, product):
    cases, of_them = judged(some, product)
    assert cases >= 190
    assert of_them >= 0.95 * cases


def test_what_its_library_cannot_do_is_not_applicable_and_no_pass(some):
    verdicts = {case["mode"]: case["verdict"] for case in some.cases if case["client"] == "reference-python-desktop"
                and case["scenario"] == "usage/no-digital-signature[bit=key-agreement,tls=1.2]"}
    assert verdicts == {"disabled": "not-applicable", "recommended": "not-applicable", "basic": "pass", "strict": "pass"}


def test_a_certificate_above_a_limit_of_its_own_may_be_refused_with_the_checks_off(some):
    refused = [case for case in some.cases if case["scenario"] == "names/ten-thousand-names" and case["mode"] == "disabled"]
    assert [case["verdict"] for case in refused] == ["pass"] * len(PRODUCTS)
    assert all("refused in the handshake" in case["sentence"] for case in refused), refused


def test_it_shares_no_code_with_guise_or_its_sdk():
    own = {file.stem for file in FOLDER.glob("*.py")}
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else \
                [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] in own | PACKAGES | sys.stdlib_module_names, f"{file.name}: {name}"


@pytest.mark.parametrize("product", PRODUCTS)
def test_its_adapter_keeps_the_protocol(guise, product):
    ended = guise("check-adapter", "/usr/bin/python3", "-B", FOLDER / "reference_python.py", "--product", product)
    assert ended.code == 0, ended.out


@pytest.mark.long
@pytest.mark.parametrize("product", PRODUCTS)
def test_the_whole_catalogue_passes_and_nine_tenths_are_judged(whole, product):
    check_all_pass(whole)
    cases, of_them = judged(whole, product)
    assert cases >= 1700
    assert of_them >= 0.9 * cases
