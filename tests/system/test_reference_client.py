"""The reference client behind its protocol: what it does right, and that its defects differ from that."""

import subprocess

import pytest

import program
import reference

DEFECTS = program.ROOT / "fixtures" / "reference-client" / "defects"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """Keys and certificates for all tests of this file."""
    return reference.Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="module")
def made(workshop):
    """The certificates that the tests speak of by name."""
    return {
        "a": workshop.self_signed("a"),
        "a renewed": workshop.self_signed("a-renewed", key="a", days=60),
        "b": workshop.self_signed("b"),
        "good": workshop.signed("good"),
        "expired": workshop.signed("expired", days=-1),
        "other name": workshop.signed("other-name", name="other.guise.test"),
        "no signature": workshop.signed("no-signature", extra="keyUsage=critical,keyAgreement"),
    }


@pytest.fixture
def bench(tmp_path, workshop, made):
    """Makes benches: `bench("a", mode="basic")`; ends all clients and servers afterwards."""
    benches = []

    def make(shown, *arguments, mode="recommended", product="desktop", trust=None, tickets=False):
        server = reference.VmsServer(made[shown], tickets)
        arguments = ("--product", product, *arguments)
        benches.append(reference.Bench(tmp_path, server, trust or workshop.root.certificate, *arguments, mode=mode))
        return benches[-1]

    yield make
    for each in benches:
        assert each.client.end() == 0, (tmp_path / "client.err").read_text()
        each.server.close()


def defect(name):
    return ("--defect", name)


# Recommended


@pytest.mark.parametrize("product", ["desktop", "mobile"])
@pytest.mark.parametrize("service", ["vms", "http"])
def test_a_trusted_certificate_is_accepted_without_a_question(bench, product, service):
    visit = bench("good", product=product).visit(service=service)
    assert (visit.decision, visit.outcome, visit.events, len(visit.sent)) == ("accept", "connected", [], 1)


@pytest.mark.parametrize("service", ["vms", "http"])
def test_an_unknown_server_is_asked_about_once_and_then_pinned(bench, made, service):
    client = bench("a")
    first = client.visit("connect", service=service)
    second = client.visit(service=service)
    assert (first.kinds, first.outcome, first.events, len(first.sent)) == (["ask"], "connected", [], 1)
    assert (second.decision, second.outcome) == ("accept", "connected")
    assert list(client.pins()) == ["main"]


def test_the_question_shows_the_certificate_that_was_presented(bench, made):
    question = bench("a").visit().prompts[0]
    shown = question["certificate"]
    assert shown["sha256"] == made["a"].fingerprint()
    assert (shown["signer"], shown["subject"]) == ("self", f"CN={reference.HOST}")
    assert shown["expires"].endswith("Z")
    assert question["choices"] == ["connect", "once", "decline"]
    assert "needs" not in question


def test_the_secret_does_not_leave_before_the_answer(bench):
    client = bench("a")
    request, _, secret = client.start()
    question = client.client.prompt()
    public = [each.split(" HTTP")[0] for each in client.server.requests()]
    assert public == ["GET /api/moduleInformation", "GET /rest/v2/servers/*/info?onlyFreshInfo=false"]
    client.client.answer(question, "connect")
    assert client.client.answer_to(request)["result"]["outcome"] == "connected"
    assert [each.split(" HTTP")[0] for each in client.server.secrets(secret)] == ["POST /rest/v1/login/sessions"]


def test_a_declined_server_gets_nothing_and_is_asked_about_again(bench):
    client = bench("a")
    visits = [client.visit("decline"), client.visit("decline")]
    assert [(visit.kinds, visit.outcome, visit.result["reason"], visit.sent) for visit in visits] == [
        (["ask"], "refused", "declined", [])
    ] * 2
    assert client.pins() == {}


def test_an_answer_for_once_is_not_remembered(bench):
    client = bench("a")
    assert client.visit("once").outcome == "connected"
    assert client.pins() == {}
    assert client.visit("decline").kinds == ["ask"]


def test_a_question_that_is_never_answered_ends_when_it_is_cancelled(bench):
    client = bench("a")
    request, number, secret = client.start()
    client.client.prompt()
    client.call("client.cancel", attempt=number)
    assert client.client.answer_to(request)["result"]["outcome"] == "cancelled"
    assert (client.server.secrets(secret), client.pins()) == ([], {})


def test_a_changed_key_brings_a_warning_and_one_event(bench, made):
    client = bench("a")
    client.visit("connect")
    before = client.pins()
    client.server.present(made["b"])
    visit = client.visit("decline")
    assert (visit.kinds, visit.outcome, visit.sent) == (["warn"], "refused", [])
    assert visit.prompts[0]["needs"] == "explicit-trust"
    assert visit.prompts[0]["certificate"]["faults"] == ["unknown-issuer", "changed"]
    assert [(event["name"], event["server"]["host"]) for event in visit.events] == [
        ("server-certificate-error", reference.HOST)
    ]
    assert client.pins() == before


def test_a_warning_without_the_tick_is_not_accepted(bench, made):
    client = bench("expired")
    assert client.visit("connect", tick=False).outcome == "refused"
    assert client.visit("connect", tick=True).outcome == "connected"


def test_an_accepted_change_is_the_pin_from_then_on(bench, made):
    client = bench("a")
    client.visit("connect")
    client.server.present(made["b"])
    assert client.visit("connect").outcome == "connected"
    assert client.visit().decision == "accept"
    client.server.present(made["a"])
    assert client.visit().kinds == ["warn"]


def test_a_renewed_certificate_with_the_pinned_key_is_accepted(bench, made):
    client = bench("a")
    client.visit("connect")
    client.server.present(made["a renewed"])
    assert client.visit().decision == "accept"


def test_an_expired_certificate_is_asked_about_every_time(bench):
    client = bench("expired")
    visits = [client.visit("connect") for _ in range(3)]
    assert [(visit.kinds, len(visit.events)) for visit in visits] == [(["warn"], 1)] * 3
    assert visits[0].events[0]["faults"] == ["expired"]


def test_the_time_of_the_attempt_is_that_of_the_check(bench):
    client = bench("good")
    assert client.visit(now="2001-01-01T00:00:00Z").prompts[0]["certificate"]["faults"] == ["not-yet-valid"]
    assert client.visit(now="2199-01-01T00:00:00Z").prompts[0]["certificate"]["faults"] == ["expired"]


def test_pins_outlive_a_restart_and_are_gone_when_forgotten(bench):
    client = bench("a")
    client.visit("connect")
    client.call("client.restart")
    assert client.visit().decision == "accept"
    client.call("pins.forget", endpoint=client.endpoint())
    assert client.visit().kinds == ["ask"]


def test_the_server_is_known_by_its_label_and_not_by_its_address(bench):
    client = bench("a")
    client.visit("connect")
    assert client.visit(endpoint={"host": "127.0.0.1"}).decision == "accept"
    assert client.visit(endpoint={"server": "other"}).kinds == ["ask"]


def test_a_key_that_the_servers_own_list_does_not_name_is_refused(bench, made):
    client = bench("a")
    client.server.claimed = made["b"]
    visit = client.visit("connect")
    assert (visit.decision, visit.result["reason"], visit.prompts) == ("refuse", "policy", [])


def test_the_login_goes_to_the_key_that_was_accepted(bench, made):
    client = bench("a")
    client.server.swap_to = made["b"]
    visit = client.visit("connect")
    assert (visit.outcome, visit.result["reason"], visit.sent) == ("refused", "pin-mismatch", [])


def test_a_resumed_session_is_decided_about_like_a_full_handshake(bench):
    client = bench("a", tickets=True)
    client.visit("connect")
    assert client.visit().decision == "accept"
    assert client.server.connections[-2].resumed
    client.call("pins.forget", endpoint=client.endpoint())
    assert client.visit().kinds == ["ask"]
    assert client.server.connections[-1].resumed


def test_connections_at_the_same_time_share_one_question(bench):
    visit = bench("a").visit("connect", connections=3)
    assert (visit.outcome, len(visit.prompts), len(visit.sent)) == ("connected", 1, 3)


# The other modes


def test_basic_pins_at_first_use_and_warns_of_a_change(bench, made):
    client = bench("a", mode="basic")
    assert client.visit().decision == "accept"
    client.server.present(made["b"])
    visit = client.visit("decline")
    assert (visit.kinds, len(visit.events)) == (["warn"], 1)
    client.server.present(made["a"])
    assert client.visit().decision == "accept"


@pytest.mark.parametrize("shown", ["a", "expired", "other name", "no signature"])
def test_strict_refuses_with_an_event_and_no_way_on(bench, shown):
    visit = bench(shown, mode="strict").visit("connect")
    assert (visit.outcome, visit.kinds, visit.sent, len(visit.events)) == ("refused", ["error"], [], 1)
    assert visit.prompts[0]["choices"] == []


@pytest.mark.parametrize("shown", ["a", "expired", "other name", "no signature", "good"])
def test_disabled_accepts_everything_and_remembers_nothing(bench, shown):
    client = bench(shown, mode="disabled")
    visit = client.visit()
    assert (visit.outcome, visit.prompts, visit.events, len(visit.sent)) == ("connected", [], [], 1)
    assert client.pins() == {}


def test_a_mode_is_in_force_for_the_next_connection(bench):
    client = bench("a", mode="basic")
    client.visit()
    client.call("mode.set", mode="strict")
    assert client.visit("connect").outcome == "refused"


def test_an_installed_self_signed_certificate_is_trusted(bench, made):
    assert bench("a", mode="strict", trust=made["a"].certificate).visit().outcome == "connected"


def test_the_mobile_client_starts_recommended_and_has_no_basic_mode(bench):
    client = bench("a", product="mobile", mode=None)
    assert client.opened == {"mode": "recommended"}
    number = client.client.request("mode.set", instance="a", mode="basic")
    assert client.client.answer_to(number)["error"]["code"] == -32602


# The protocol


def test_instances_have_modes_and_pins_of_their_own(bench, tmp_path):
    one = bench("a", mode="basic")
    two = reference.Bench(tmp_path, one.server, one.trust, mode="strict", instance="b", client=one.client)
    assert one.visit().outcome == "connected"
    assert two.visit().outcome == "refused"
    assert (len(one.pins()), len(two.pins())) == (1, 0)


def test_a_pending_question_does_not_hold_up_another_instance(bench, tmp_path):
    one = bench("a")
    two = reference.Bench(tmp_path, one.server, one.trust, mode="disabled", instance="b", client=one.client)
    request, number, _ = one.start()
    one.client.prompt()
    assert two.visit().outcome == "connected"
    one.call("client.cancel", attempt=number)
    assert one.client.answer_to(request)["result"]["outcome"] == "cancelled"


def test_a_server_that_does_not_answer_is_a_failure_and_no_refusal(bench):
    client = bench("a")
    client.server.close()
    assert client.visit(endpoint={"port": 1}).outcome == "failed"


@pytest.mark.parametrize("method, params, code", [
    ("no.such", {}, -32601),
    ("client.connect", {"instance": "nobody"}, -32602),
    ("session.open", {"instance": "a", "state": "x"}, -32602),
])
def test_a_bad_request_is_answered_with_its_error(bench, method, params, code):
    client = bench("a").client
    assert client.answer_to(client.request(method, **params))["error"]["code"] == code


# Defects


def test_the_table_of_defects_is_that_of_the_program():
    listed = subprocess.run([reference.find_client(), "--list-defects"], capture_output=True, text=True, check=True)
    names = [line.split("\t")[0] for line in listed.stdout.splitlines()]
    described = [line.removeprefix("  - name: ") for path in DEFECTS.glob("*.yaml")
                 for line in path.read_text().splitlines() if line.startswith("  - name: ")]
    assert sorted(names) == sorted(described)
    assert len(set(names)) == len(names) >= 200


def first(client):
    return client.visit("connect").outcome


def changed(client, made):
    client.visit("connect")
    client.server.present(made["b"])
    return client.visit("decline")


@pytest.mark.parametrize("name, shown, mode, differs", [
    ("accepts-expired-in-strict", "expired", "strict", lambda visit: visit.outcome == "connected"),
    ("no-name-check", "other name", "strict", lambda visit: visit.outcome == "connected"),
    ("no-event", "expired", "strict", lambda visit: not visit.events),
    ("event-twice", "expired", "strict", lambda visit: len(visit.events) == 2),
    ("event-without-server", "expired", "strict", lambda visit: "server" not in visit.events[0]),
    ("event-in-disabled", "expired", "disabled", lambda visit: visit.events),
    ("disabled-prompts", "expired", "disabled", lambda visit: visit.kinds == ["ask"]),
    ("trusted-fires-event", "good", "recommended", lambda visit: visit.events),
    ("asks-for-trusted", "good", "recommended", lambda visit: visit.kinds == ["ask"]),
    ("no-checkbox", "expired", "recommended", lambda visit: "needs" not in visit.prompts[0]),
    ("asks-plainly-if-invalid", "expired", "recommended", lambda visit: visit.kinds == ["ask"]),
    ("answer-ignored", "a", "recommended", lambda visit: visit.outcome == "connected"),
    ("never-answered-connects", "a", "recommended", lambda visit: visit.outcome == "refused"),
    ("password-before-answer", "a", "recommended", lambda visit: visit.outcome == "refused" and visit.sent),
    ("strict-offers-way-on", "a", "strict", lambda visit: visit.kinds == ["warn"]),
    ("plain-text-retry", "a", "strict", lambda visit: visit.outcome == "refused" and visit.sent),
    ("refuses-everything", "good", "disabled", lambda visit: visit.outcome == "refused"),
    ("accepts-everything", "expired", "strict", lambda visit: visit.outcome == "connected"),
    ("recommended-accepts-expired", "expired", "recommended", lambda visit: visit.outcome == "connected"),
])
def test_a_defect_shows_at_once(bench, name, shown, mode, differs):
    assert differs(bench(shown, *defect(name), mode=mode).visit("decline"))


@pytest.mark.parametrize("name, differs", [
    ("replaces-pin-silently", lambda visit, after: visit.outcome == "connected"),
    ("adds-instead-of-replacing", lambda visit, after: after.decision == "accept"),
    ("pins-changed-on-decline", lambda visit, after: visit.kinds == ["warn"] and after.kinds == ["warn"]),
    ("one-fault-named", lambda visit, after: len(visit.prompts[0]["certificate"]["faults"]) == 1),
])
def test_a_defect_shows_when_the_key_has_changed(bench, made, name, differs):
    client = bench("a", *defect(name))
    visit = changed(client, made)
    if name == "adds-instead-of-replacing":
        client.visit("connect")
    client.server.present(made["a"])
    assert differs(visit, client.visit("decline"))


def test_without_the_check_of_the_login_the_secret_goes_to_the_other_key(bench, made):
    client = bench("a", *defect("login-with-other-key"))
    client.server.swap_to = made["b"]
    assert len(client.visit("connect").sent) == 1


def test_without_its_pins_file_the_client_asks_again_after_a_restart(bench):
    client = bench("a", *defect("loses-pin-on-restart"))
    assert first(client) == "connected"
    client.call("client.restart")
    assert client.visit().kinds == ["ask"]


def test_a_resumed_session_is_not_looked_at_by_a_client_with_that_defect(bench):
    client = bench("a", *defect("no-check-on-resumption"), tickets=True)
    client.visit("connect")
    client.call("mode.set", mode="strict")
    assert client.visit().outcome == "connected"


def test_shared_modes_reach_the_other_instance(bench, tmp_path):
    one = bench("a", *defect("modes-shared"), mode="strict")
    reference.Bench(tmp_path, one.server, one.trust, mode="disabled", instance="b", client=one.client)
    assert first(one) == "connected"


def test_an_outdated_server_is_trusted_by_a_client_with_that_defect(bench):
    for arguments, outcome in (((), "refused"), (defect("old-version-trusted"), "connected")):
        client = bench("expired", *arguments)
        client.server.version = "4.1.0.0"
        assert client.visit("decline").outcome == outcome
