"""Every record of results.jsonl is as harness/report/results.schema.json says, and the schema is strict.

What it says of visits is in harness/evidence/json/evidence.schema.json."""

import json

import jsonschema
import pytest

import program

SCHEMA_FILE = program.ROOT / "harness" / "report" / "results.schema.json"
EVIDENCE_FILE = program.ROOT / "harness" / "evidence" / "json" / "evidence.schema.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text())
EVIDENCE_SCHEMA = json.loads(EVIDENCE_FILE.read_text())
DEFINITIONS = {**EVIDENCE_SCHEMA["$defs"], **SCHEMA["$defs"]}
TYPES = ("run.start", "visit", "case", "session.end", "run.end")
LIARS = sorted(file.stem for file in program.LIARS.glob("*.yaml"))

# Reads nothing of the server and says what is no text, on the wire and on both outputs.
NO_TEXT = r"""
client: no-text
detect: {run: [/usr/bin/python3, --version], version: '^Python (\S+)'}
profile: tls-client
driver: exec
routing: [option]
run: [/usr/bin/python3, -I, -c, 'import os, socket, sys; server = (sys.argv[1], int(sys.argv[2]));
      socket.create_connection(server).sendall(b"\xff\xfe"); os.write(1, b"\xff\x00"); os.write(2, b"\xc3")',
      "{address}", "{port}"]
modes: {strict: {}}
"""
# A client whose program turns out to be none only when it is started.
NO_PROGRAM = r"""
client: no-program
detect: {run: [/usr/bin/python3, --version], version: '^Python (\S+)'}
profile: tls-client
driver: exec
routing: [option]
run: [a-program-that-nobody-has, "{url}"]
modes: {strict: {}}
"""


# What only a client with questions, events and a memory leaves in the record of a visit.
TALKATIVE_SEEN = {"answer": "once", "plain_text": True}
TALKATIVE = {
    "prompts": [{"kind": "warn", "shown": {"server": "a.guise.test", "signer": {"base64": "/w=="}},
                 "faults": ["expired"], "shows_faults": True, "choices": ["connect", "once", "decline"],
                 "explicit_trust": True, "answered": "once", "text": "Go on?", "at_ms": 120}],
    "events": [{"name": "rejected", "server": "a.guise.test:443", "faults": ["expired"], "source": "log", "at_ms": 7}],
    "reports_events": True,
    "reports_prompts": True,
    "claim": {"outcome": "refused", "reason": "pin-mismatch", "detail": ""},
    "pins": ["ab" * 32],
    "adapter_error": "wrote no JSON",
    "unsupported": {"base64": "/w=="},
    "presented": {"host": "a.guise.test", "port": 8443, "issuer": "CN=Root", "issuer_name": {"base64": "6Q=="},
                  "self_signed": True, "not_after": "9999-12-31T23:59:59Z", "sha1": "a1" * 20, "sha256": "b2" * 32},
    "swapped": "trust/changed visit 2 swap",
    "first": "trust/changed visit 2 first",
    "swapped_chain": [{"sha256": "c3" * 32}],
}


def validator_of(schema):
    """Takes references to other files as being beside `SCHEMA_FILE`."""
    return jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(SCHEMA_FILE.as_uri(), schema))


def validator(record_type):
    """Of one type of records: what is wrong is then said of that type, and not of all five."""
    (where,) = [each["$ref"] for each in SCHEMA["oneOf"] if each["$ref"].endswith(f"/{record_type}")]
    return validator_of({"$ref": where, "$defs": SCHEMA["$defs"]})


VALIDATORS = {record_type: validator(record_type) for record_type in TYPES}


def problems(record):
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
            for error in VALIDATORS[record["type"]].iter_errors(record)]


def assert_valid(records):
    assert records[0]["type"] == "run.start" and records[-1]["type"] == "run.end"
    whole = validator_of(SCHEMA)
    for record in records:
        assert problems(record) == [], json.dumps(record)[:2000]
    assert whole.is_valid(records[0]) and whole.is_valid(records[-1])


def test_the_schema_is_one_itself():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator.check_schema(EVIDENCE_SCHEMA)
    assert [each["$ref"].rpartition("#/$defs/")[2] for each in SCHEMA["oneOf"]] == list(TYPES)


def test_no_object_of_the_schema_takes_unknown_fields():
    def look(at, where):
        if isinstance(at, dict):
            if "properties" in at:
                assert at["additionalProperties"] is False, where
                assert set(at["required"]) <= set(at["properties"]), where
                for key in set(at["properties"]) - set(at["required"]):
                    assert "Absent " in at["properties"][key]["description"], f"{where}/{key}: when is it absent?"
            for key, below in at.items():
                look(below, f"{where}/{key}")
        elif isinstance(at, list):
            for item in at:
                look(item, where)

    look(SCHEMA, "")
    look(EVIDENCE_SCHEMA, "")


def test_every_record_of_a_run_of_curl_is_valid(curl_run):
    assert {record["type"] for record in curl_run.results} == set(TYPES)
    assert_valid(curl_run.results)


@pytest.mark.parametrize("liar", LIARS)
def test_every_record_about_a_liar_is_valid(liar_run, liar):
    assert_valid(liar_run(liar).results)


def test_what_a_client_wrote_is_kept_to_the_byte_where_it_is_no_text(guise):
    (guise.folder / "client.yaml").write_text(NO_TEXT)
    ended = guise("run", "--client", "client.yaml", "--only", "trust/self-signed", "--keep-going")
    assert_valid(ended.results)
    evidence = ended.visit("trust/self-signed")["evidence"]
    assert evidence["connections"][0]["clear"] == {"base64": "//4="}
    assert (evidence["process"]["output"], evidence["process"]["errors"]) == ({"base64": "/wA="}, {"base64": "ww=="})


def test_a_run_with_clients_that_cannot_be_started_is_valid(guise):
    (guise.folder / "client.yaml").write_text(NO_PROGRAM)
    ended = guise("run", "--client", "client.yaml", "--only", "trust/self-signed")
    assert ended.code == 11
    assert_valid(ended.results)
    assert {case["verdict"] for case in ended.cases} == {"error"}


def test_a_run_of_a_client_that_is_not_there_is_valid(guise):
    text = NO_PROGRAM.replace("/usr/bin/python3, --version", "a-program-that-nobody-has")
    (guise.folder / "client.yaml").write_text(text)
    ended = guise("run", "--client", "client.yaml", "--only", "trust/self-signed")
    assert (ended.code, ended.cases) == (11, [])
    assert_valid(ended.results)


def places(value, path=()):
    """The paths of all objects in a record."""
    if isinstance(value, dict):
        yield path
        for key, below in value.items():
            yield from places(below, (*path, key))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*path, 0))


def at_path(record, path):
    for step in path:
        record = record[step]
    return record


def optional(path):
    """The fields that the object at a path may go without."""
    owner = next((step for step in reversed(path) if isinstance(step, str)), "")
    each = DEFINITIONS.get("connection" if owner == "connections" else owner, {})
    return set(each.get("properties", ())) - set(each.get("required", ()))


def changed(record, path, change):
    copy = json.loads(json.dumps(record))
    change(at_path(copy, path))
    return copy


def is_a_map(path):
    """Whether the names of the object are no fields: those of verdicts, or of what a question shows."""
    return path == ("counts",) or path[-1:] == ("shown",)


def assert_strict(record):
    for path in places(record):
        if path[-1:] != ("shown",):
            assert problems(changed(record, path, lambda at: at.update(new_field=1))), path
        for key in at_path(record, path):
            if not is_a_map(path) and (*path, key) != ("type",) and key not in optional(path):
                assert problems(changed(record, path, lambda at, key=key: at.pop(key))), (*path, key)


@pytest.mark.parametrize("record_type", TYPES)
def test_a_field_more_or_a_field_less_is_noticed_anywhere_in_a_record(curl_run, record_type):
    assert_strict(curl_run.of_type(record_type)[0])


def talkative(visit):
    """The record of a visit in which the client said and showed all that one can."""
    return {**visit, "seen": {**visit["seen"], **TALKATIVE_SEEN}, "evidence": {**visit["evidence"], **TALKATIVE}}


def test_a_visit_of_a_client_that_says_all_it_can_is_valid_and_as_strict(curl_run):
    record = talkative(curl_run.of_type("visit")[0])
    assert problems(record) == []
    assert_strict(record)
    for key in TALKATIVE:
        assert problems(changed(record, ("evidence",), lambda at, key=key: at.update({key: None}))), key


def test_a_visit_of_an_adapter_that_stays_alive_has_no_arguments(curl_run):
    record = changed(curl_run.of_type("visit")[0], ("evidence", "process"), lambda at: at.update(argv=[]))
    assert problems(record) == []
