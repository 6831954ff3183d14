"""harness/clients/rpc/adapter.schema.json is the protocol: a whole dialogue is valid, and what differs from it is not."""

import json
import subprocess

import jsonschema
import pytest

import program

SCHEMA = json.loads((program.ROOT / "harness" / "clients" / "rpc" / "adapter.schema.json").read_text())
DIALOGUE = program.ROOT / "fixtures" / "adapters" / "dialogue.txt"


def validator(name):
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})


def messages():
    """(direction, message) of each line of the golden dialogue; `>` is from guise."""
    lines = [line for line in DIALOGUE.read_text().splitlines() if not line.startswith("#")]
    return [(line[0], json.loads(line[2:])) for line in lines]


def problems(talk):
    """What is wrong with a dialogue: each message by its direction, each result by what was asked."""
    asked, out = {}, []
    for direction, message in talk:
        names = ["from-guise" if direction == ">" else "from-adapter"]
        if "method" in message:
            asked[direction, message.get("id")] = message["method"]
        elif "result" in message:
            other = "<" if direction == ">" else ">"
            names.append(f"{asked[other, message['id']]}.result")
        for name in names:
            value = message["result"] if name.endswith(".result") else message
            out += [f"{name}: {error.message}" for error in validator(name).iter_errors(value)]
    return out


def test_the_schema_is_one_itself():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_golden_dialogue_is_valid_and_has_every_message():
    talk = messages()
    assert problems(talk) == []
    methods = {message["method"] for _, message in talk if "method" in message}
    assert methods == {name.removesuffix(".params") for name in SCHEMA["$defs"] if name.endswith(".params")}


@pytest.mark.parametrize("change", [
    lambda message: message.pop("jsonrpc"),
    lambda message: message.update(id=[1]),
    lambda message: message.update(method="sing"),
])
def test_a_message_that_differs_from_the_protocol_is_noticed(change):
    for direction, message in messages():
        change(message)
        assert not validator("from-guise" if direction == ">" else "from-adapter").is_valid(message), message


def test_members_that_nobody_knows_are_valid():
    talk = messages()
    for _, message in talk:
        message["x-new"] = 1
        for part in ("params", "result"):
            if part in message:
                message[part]["x-new"] = 1
    assert problems(talk) == []


def test_what_a_real_adapter_answers_is_valid():
    """The golden requests, played to the adapter that is known to be correct."""
    script = program.SYSTEM / "adapters" / "plain.py"
    requests = [message for direction, message in messages() if direction == ">" and "method" in message]
    spoken = [request for request in requests if request["method"] not in ("client.connect", "client.cancel")]
    done = subprocess.run(["/usr/bin/python3", "-B", script], input="".join(json.dumps(each) + "\n" for each in spoken),
                          capture_output=True, text=True, timeout=program.PATIENCE, check=True)
    talk = [(">", request) for request in spoken] + [("<", json.loads(line)) for line in done.stdout.splitlines()]
    assert len(talk) == 2 * len(spoken)
    assert problems(talk) == []
