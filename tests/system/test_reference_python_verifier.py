"""The verifier of the Python reference client by itself: how its parts handle names, bytes and chains."""

import sys
from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

import program

sys.path.insert(0, str(program.ROOT / "fixtures" / "adapters" / "reference-python"))
import decision  # noqa: E402
import der  # noqa: E402
import names  # noqa: E402
from certificate import Certificate  # noqa: E402
from examination import examine  # noqa: E402
from transcript import Transcript  # noqa: E402

HOST, NOW = "a.guise.test", datetime(2030, 1, 1, tzinfo=timezone.utc)
DAY = timedelta(days=1)


def name(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


class Issuer:
    """A CA that makes certificates; each test breaks one thing of them."""

    def __init__(self, text, above=None, length=None, constraints=None):
        self.key, self.name, self.above = ec.generate_private_key(ec.SECP256R1()), name(text), above
        self.certificate = (above or self).make(self.name, self.key, ca=True, length=length, constraints=constraints)

    def make(self, subject, key, ca=False, length=None, constraints=None, begins=-DAY, ends=DAY, hosts=(HOST,)):
        builder = x509.CertificateBuilder(self.name, subject, key.public_key(), x509.random_serial_number(),
                                          NOW + begins, NOW + ends)
        builder = builder.add_extension(x509.BasicConstraints(ca, length), critical=True)
        if not ca and hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName(map(x509.DNSName, hosts)), critical=False)
        if constraints:
            builder = builder.add_extension(constraints, critical=True)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def leaf(self, **changed):
        return self.make(name("leaf"), ec.generate_private_key(ec.SECP256R1()), **changed)


@pytest.fixture(scope="module")
def root():
    return Issuer("root")


def found(root, *chain):
    finding = examine(list(chain), [Certificate(root.certificate)], HOST, NOW)
    return finding.state, set(finding.faults)


def test_a_good_chain_is_trusted_in_any_order_and_beside_what_does_not_belong_to_it(root):
    lower = Issuer("lower", above=Issuer("upper", above=root))
    stranger = Issuer("stranger").certificate
    assert found(root, lower.leaf(), stranger, lower.above.certificate, lower.certificate) == ("trusted", set())


def test_without_an_anchor_it_is_untrusted_and_its_dates_still_count(root):
    private = Issuer("private")
    assert found(root, private.leaf()) == ("untrusted", {"unknown-issuer"})
    assert found(root, private.leaf(ends=-DAY / 2)) == ("invalid", {"unknown-issuer", "expired"})


def test_a_missing_link_is_no_anchor_and_no_broken_signature(root):
    lower = Issuer("lower", above=root)
    assert found(root, lower.leaf()) == ("untrusted", {"unknown-issuer"})


@pytest.mark.parametrize("changed, fault", [
    ({"ends": -DAY / 2}, "expired"), ({"begins": DAY / 2}, "not-yet-valid"), ({"hosts": ["b.guise.test"]}, "wrong-name"),
    ({"hosts": []}, "wrong-name"),
])
def test_a_leaf_below_the_anchor_has_the_fault_that_it_was_given(root, changed, fault):
    assert found(root, root.leaf(**changed)) == ("invalid", {fault})


def test_a_flipped_bit_is_a_broken_signature(root):
    octets = root.leaf()
    assert found(root, octets[:-1] + bytes([octets[-1] ^ 1])) == ("invalid", {"bad-signature"})


def test_a_path_below_a_limit_of_its_length_is_too_long(root):
    lower = Issuer("lower", above=Issuer("upper", above=root, length=0))
    assert found(root, lower.leaf(), lower.certificate, lower.above.certificate) == ("invalid", {"path-length"})


@pytest.mark.parametrize("permitted, fault", [("guise.test", set()), ("b.guise.test", {"name-constraint"}),
                                              ("uise.test", {"name-constraint"})])
def test_a_constraint_is_one_on_labels(root, permitted, fault):
    lower = Issuer("lower", above=root, constraints=x509.NameConstraints([x509.DNSName(permitted)], None))
    assert found(root, lower.leaf(), lower.certificate)[1] == fault


def test_a_server_s_certificate_may_sign_no_other(root):
    key = ec.generate_private_key(ec.SECP256R1())
    bought = root.make(name("bought"), key)
    forger = Issuer.__new__(Issuer)
    forger.key, forger.name = key, name("bought")
    assert found(root, forger.leaf(), bought) == ("invalid", {"not-a-ca"})


@pytest.mark.parametrize("presented, host, matches", [
    (b"A.Guise.Test", HOST, True), (b"*.guise.test", HOST, True), (b"*.test", "guise.test", False),
    (b"*.guise.test", "guise.test", False), (b"*.guise.test", "b.a.guise.test", False), (b"a*.guise.test", HOST, False),
    (b"a.*.test", HOST, False), (b"a.guise.test\0.b", HOST, False), (b"a.guise.test ", HOST, False),
])
def test_a_name_matches_label_by_label(presented, host, matches):
    assert names.matches(names.labels_of(presented), host.split(".")) is matches


@pytest.mark.parametrize("encoded, strict", [
    ("020101", True), ("02020001", False), ("02020080", True), ("0202ff80", False), ("020200ff", True), ("0101ff", True),
    ("010101", False), ("3003020101", True), ("308103020101", False), ("30800201010000", False), ("0c01ff", False),
])
def test_der_is_judged_by_its_one_form(encoded, strict):
    assert der.is_strict(der.read(bytes.fromhex(encoded))) is strict


@pytest.mark.parametrize("encoded", ["", "02", "0201", "020102ff", "0280", "30800201", "1f0100", "0285ffffffffff"])
def test_what_has_no_structure_is_unreadable(encoded):
    with pytest.raises(der.Unreadable):
        der.read(bytes.fromhex(encoded))


@pytest.mark.parametrize("mode, state, memory, what, event", [
    ("disabled", "invalid", "changed", "accept", False), ("strict", "untrusted", "same", "refuse", True),
    ("strict", "trusted", "changed", "accept", False), ("basic", "untrusted", "unknown", "accept", False),
    ("basic", "untrusted", "changed", "warn", True), ("basic", "invalid", "same", "warn", True),
    ("recommended", "untrusted", "unknown", "ask", False), ("recommended", "untrusted", "same", "accept", False),
    ("recommended", "invalid", "same", "warn", True), ("recommended", "trusted", "changed", "accept", False),
])
def test_mode_and_situation_make_the_decision(mode, state, memory, what, event):
    decided = decision.decide(mode, state, memory)
    assert (decided.what, decided.event) == (what, event)


def test_a_key_that_the_server_s_list_does_not_name_is_refused_unless_it_is_trusted():
    assert decision.decide("recommended", "untrusted", "same", named=False).what == "refuse"
    assert decision.decide("recommended", "trusted", "unknown", named=False).what == "accept"


def hello(kind, extensions):
    """A record with a hello that has these extensions."""
    suites = "0002c02b" + "0100" if kind == 1 else "c02b" + "00"
    block = "".join(f"{number:04x}0000" for number in extensions)
    body = "0303" + "00" * 32 + "00" + suites + f"{len(block) // 2:04x}" + block
    message = f"{kind:02x}{len(body) // 2:06x}" + body
    return bytes.fromhex(f"160303{len(message) // 2:04x}" + message)


@pytest.mark.parametrize("answered, unasked", [([23], set()), ([0xFF01], set()), ([23, 0xFADE], {0xFADE}), ([16], {16})])
def test_an_extension_that_was_not_offered_is_noticed(answered, unasked):
    assert Transcript(hello(1, [23, 10]), hello(2, answered), None).unasked == unasked


def test_rings_of_cas_that_certified_each_other_are_left_after_so_many_steps(root):
    ring = [Issuer(f"ring {number}") for number in range(9)]
    sent = [above.make(below.name, below.key, ca=True) for above in ring for below in ring if above is not below]
    assert found(root, ring[0].leaf(), *sent) == ("untrusted", {"unknown-issuer"})
