"""A results.jsonl of a run that never took place, as large as the largest runs are."""

import json

VERDICTS = ["pass"] * 17 + ["note", "fail", "not-applicable"]
SENTENCES = {"pass": "The client refused with alert unknown_ca (48).", "note": "Refused with alert internal_error (80).",
             "fail": "Expected refuse; the client accepted and sent the canary.",
             "not-applicable": "Not applicable: it is about names."}
AREAS = ["encoding", "extensions", "keys", "names", "pin", "prompt", "signatures", "trust", "usage", "validity"]


def check(verdict):
    return {"check": "decision", "visit": 1, "verdict": verdict, "expected": "refuse", "observed": SENTENCES[verdict],
            "clause": ["TC-03"], "level": "must", "grade": "plain"}


def case(scenario, client, verdict, lasted):
    return {"type": "case", "session": f"{client}/strict", "scenario": scenario, "mode": "strict", "client": client,
            "profile": "tls-client", "client_version": "1.0", "title": f"What {scenario} is about",
            "area": scenario.split("/")[0], "severity": "high", "verdict": verdict,
            "disposition": "unexpected" if verdict == "fail" else "expected", "sentence": SENTENCES[verdict],
            "seen": None, "checks": [check(verdict)] if verdict != "not-applicable" else [], "known": "",
            "contradiction": "", "repro": f"guise run --client {client} --mode strict --only '{scenario}'",
            "lasted_ms": lasted}


def records(scenarios, clients):
    """All records of a run of so many scenarios and clients, one mode each."""
    names = [f"client-{number:02}" for number in range(clients)]
    yield {"type": "run.start", "schema": 1, "version": "0.1.0", "catalogue": "0" * 64, "seed": "5eed",
           "now": "2027-01-15T08:00:00Z", "cases": scenarios * clients,
           "clients": [{"name": name, "version": "1.0", "profile": "tls-client", "routing": "option", "missing": ""}
                       for name in names]}
    for row in range(scenarios):
        scenario = f"{AREAS[row % len(AREAS)]}/scenario-{row:04}[position=intermediate,tls=1.3]"
        for column, name in enumerate(names):
            yield case(scenario, name, VERDICTS[(row * 7 + column) % len(VERDICTS)], row + column)
    yield {"type": "run.end", "counts": {}, "exit": 1, "reason": "unexpected failures", "lasted_ms": 100000}


def write(file, scenarios, clients):
    with file.open("w") as out:
        for record in records(scenarios, clients):
            out.write(json.dumps(record) + "\n")
