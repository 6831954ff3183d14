"""Every record of results.jsonl is as harness/report/results.schema.json says, and the schema is strict."""

import json

import jsonschema
import pytest

import program

SCHEMA = json.loads((program.ROOT / "harness" / "report" / "results.schema.json").read_text())
TYPES = ("run.start", "visit", "case", "session.end", "run.end")
LIARS = sorted(program.LIARS.glob("*.yaml"))

# Reads nothing of the server and says what is no text, on the wire and on both outputs.
NO_TEXT = r"""
client: no-text
detect: {run: [python3, --version], version: '^Python (\S+)'}
profile: tls-client
driver: exec
reach: [option]
run: [python3, -I, -c, 'import os, socket, sys; server = (sys.argv[1], int(sys.argv[2]));
      socket.create_connection(server).sendall(b"\xff\xfe"); os.write(1, b"\xff\x00"); os.write(2, b"\xc3")',
      "{address}", "{port}"]
modes: {strict: {}}
"""
# A client whose program turns out to be none only when it is started.
NO_PROGRAM = r"""
client: no-program
detect: {run: [python3, --version], version: '^Python (\S+)'}
profile: tls-client
driver: exec
reach: [option]
run: [a-program-that-nobody-has, "{url}"]
modes: {strict: {}}
"""


def validator(record_type):
    """Of one type of records: what is wrong is then said of that type, and not of all five."""
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{record_type}", "$defs": SCHEMA["$defs"]})


VALIDATORS = {record_type: validator(record_type) for record_type in TYPES}


def problems(record):
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
            for error in VALIDATORS[record["type"]].iter_errors(record)]


def assert_valid(records):
    assert records[0]["type"] == "run.start" and records[-1]["type"] == "run.end"
    whole = jsonschema.Draft202012Validator(SCHEMA)
    for record in records:
        assert problems(record) == [], json.dumps(record)[:2000]
    assert whole.is_valid(records[0]) and whole.is_valid(records[-1])


def test_the_schema_is_one_itself():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert [each["$ref"] for each in SCHEMA["oneOf"]] == [f"#/$defs/{record_type}" for record_type in TYPES]


def test_no_object_of_the_schema_takes_unknown_fields():
    def look(at, where):
        if isinstance(at, dict):
            if "properties" in at:
                assert at["additionalProperties"] is False, where
                assert set(at["required"]) == set(at["properties"]), where
            for key, below in at.items():
                look(below, f"{where}/{key}")
        elif isinstance(at, list):
            for item in at:
                look(item, where)

    look(SCHEMA, "")


def test_every_record_of_a_run_of_curl_is_valid(curl_run):
    assert {record["type"] for record in curl_run.results} == set(TYPES)
    assert_valid(curl_run.results)


@pytest.mark.parametrize("liar", LIARS, ids=[file.stem for file in LIARS])
def test_every_record_about_a_liar_is_valid(guise, liar):
    ended = guise("run", "--client", liar, "--mode", "strict", "--only", "trust/self-signed", "-j", "8")
    assert_valid(ended.results)


def test_what_a_client_wrote_is_kept_to_the_byte_where_it_is_no_text(guise):
    (guise.folder / "client.yaml").write_text(NO_TEXT)
    ended = guise("run", "--client", "client.yaml", "--only", "trust/self-signed")
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
    text = NO_PROGRAM.replace("python3, --version", "a-program-that-nobody-has")
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


def changed(record, path, change):
    copy = json.loads(json.dumps(record))
    change(at_path(copy, path))
    return copy


@pytest.mark.parametrize("record_type", TYPES)
def test_a_field_more_or_a_field_less_is_noticed_anywhere_in_a_record(curl_run, record_type):
    record = curl_run.of_type(record_type)[0]
    for path in places(record):
        assert problems(changed(record, path, lambda at: at.update(new_field=1))), path
        for key in at_path(record, path):
            if path != ("counts",) and (*path, key) != ("type",):
                assert problems(changed(record, path, lambda at, key=key: at.pop(key))), (*path, key)
