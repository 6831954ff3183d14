"""Derives what is expected of a client in each visit of a scenario, in a mode of a profile: the rules once more.

The program derives the same in C++. This model was written first, from the specification of the modes, and shares no
code with it; `test_derivation.py` compares the two. A change of the rules changes both.

A client may do one of several right things, and what it remembers depends on it. So a scenario has several states at
once, each with the clients' memories; a visit takes each to those that may follow it.
"""

import collections
import copy
import json
import re

from load import DECISIONS, LEVELS, clauses, defects, listed, merged, profiles, recipes, scenarios

CLAUSES, RECIPES, DEFECTS, PROF, SCEN = clauses(), recipes(), defects(), profiles(), scenarios()

# One line of the derivation of a visit. `alt` is (level, decisions): what is right besides for a client that overlooks
# faults of that level.
Record = collections.namedtuple("Record", "situation decisions prefer alt final event clauses")


def days(text):
    sign, number, unit = re.fullmatch(r"([+-]?)(\d+)([dhs])", text).groups()
    return (-1 if sign == "-" else 1) * int(number) / {"d": 1, "h": 24, "s": 86400}[unit]


def level(profile, clause):
    return profile["levels"].get(clause, CLAUSES[clause]["level"])


def strictest(levels):
    return max(levels, key=LEVELS.index)


# --- the chain that is presented, and its faults

Chain = collections.namedtuple("Chain", "id key faults stage installed")


def path_of(leaf):
    """The names of the recipes from the leaf up to its root."""
    path = [leaf]
    while path[-1] in RECIPES and RECIPES[path[-1]]["issuer"] != "self":
        path.append(RECIPES[path[-1]]["issuer"])
    return path


def positions(path):
    out = {"leaf": 0}
    if len(path) > 1:
        out["root"] = len(path) - 1
    if len(path) > 2:
        out["intermediate"] = 1
    return out


def with_parameters(value, parameters):
    """`value` with each `{parameter}` replaced."""
    if isinstance(value, dict):
        return {key: with_parameters(below, parameters) for key, below in value.items()}
    if isinstance(value, list):
        return [with_parameters(below, parameters) for below in value]
    return re.sub(r"\{(\w+)\}", lambda match: parameters.get(match[1], match[0]), value)


def chosen_defects(present):
    """[(defect, its parameters, where it is)]"""
    named = present.get("defect", {})
    named = {named: {}} if isinstance(named, str) else named
    return [(DEFECTS[name], own, own.get("at", DEFECTS[name]["at"][0])) for name, own in named.items()]


def faults_seen(certificates, made, now):
    """The faults that follow from the fields of the certificates. The dates of the anchor do not count."""
    out = set()
    below_anchor = certificates[:-1] if len(certificates) > 1 else certificates
    for certificate in below_anchor:
        if made + days(certificate["valid"]["to"]) < now:
            out.add("expired")
        if made + days(certificate["valid"]["from"]) > now:
            out.add("not-yet-valid")
    if not any(name.get("dns") == "{host}" for name in certificates[0].get("names", [])):
        out.add("wrong-name")
    return out


def is_installed(present, trust):
    """Whether the leaf itself was installed as a trusted certificate."""
    own = present["leaf"], present.get("key", "a")
    return any(isinstance(each, dict) and (each["leaf"], each.get("key", "a")) == own for each in trust)


def build(present, trust, made, now):
    """The chain of a visit. `made` has the times at which certificates were made: at their first use."""
    path = path_of(present["leaf"])
    certificates = [copy.deepcopy(RECIPES[name]) for name in path]
    certificates[0] = merged(certificates[0], present.get("with", {}))
    faults, omitted, stage = {}, False, "chain"
    for defect, own, at in chosen_defects(present):
        if "change" in defect:
            place = positions(path)[at]
            change = with_parameters(defect["change"], {**defect["parameters"], **own})
            certificates[place] = merged(certificates[place], change)
        omitted = omitted or "chain" in defect
        for fault in listed(defect["fault"]):
            faults[fault] = strictest([faults.get(fault, "may"), defect["level"][at]])
        if defect["stage"] != "chain":
            stage = defect["stage"]
    key = present.get("key", "a")
    name = json.dumps([present.get(part) for part in ("leaf", "issue", "with", "defect")] + [key], sort_keys=True)
    installed = is_installed(present, trust)
    seen = faults_seen(certificates, made.setdefault(name, now), now)
    if omitted or not (path[-1] in trust or installed):
        seen.add("unknown-issuer")
    for fault in seen:
        faults.setdefault(fault, "must")
    return Chain(name, key, faults, stage, installed)


# --- the cell of a profile that decides

def row(chain, profile, rows, overlooked=()):
    """The row for a client that overlooks faults of these levels: a finer one where the mode has it."""
    name = coarse_row(chain, profile, overlooked)
    faults = {fault for fault, own in chain.faults.items() if own not in overlooked}
    finer = {"expired": "expired", "size": "oversized"}
    if name == "invalid" and len(alone := faults - {"unknown-issuer"}) == 1 and (mine := finer.get(*alone)) in rows:
        return mine
    return "protocol" if name == "no-proof" and "no-proof" not in faults and "protocol" in rows else name


def coarse_row(chain, profile, overlooked):
    faults = {fault for fault, own in chain.faults.items() if own not in overlooked}
    if chain.stage == "handshake":
        return "no-proof"
    if chain.stage == "parse" and not overlooked:
        return "unreadable"
    if not faults:
        return "trusted"
    if "unknown-issuer" in faults:
        return "invalid" if faults & set(profile["untrusted_faults"]) else "untrusted"
    return "invalid"


def server_of(profile, visit):
    """What the client keeps pins by: the server, its host, or host and port."""
    at = visit.get("at", {})
    host, port = at.get("host", "main"), at.get("port", "main")
    per = profile["pin"].get("per", "host-port")
    if per == "server-id":
        return "server:" + ("main/main" if at.get("server") == "same" else at.get("server", f"{host}/{port}"))
    return host if per == "host" else f"{host}:{port}"


def column(profile, client, server, chain):
    pins = client["pins"].get(server, [])
    if not pins:
        return "none"
    if any(pin["id"] == chain.id for pin in pins):
        return "same"
    if profile["pin"]["what"] == "public-key" and any(pin["key"] == chain.key for pin in pins):
        return "renewed"
    return "changed"


def cell_of(rows, name, by_pin):
    """(column, cell)"""
    cells = rows[name]
    return ("any", cells["any"]) if "any" in cells else (by_pin, cells[by_pin])


def after_acceptance(profile, client, server, chain, cell):
    """The memories that a client may have after it accepted a certificate."""
    out = []
    for effect in listed(cell.get("pin", "keep")):
        effect = profile["pin"].get("on_accept", "replace") if effect == "set" else effect
        memory = copy.deepcopy(client)
        own = {"id": chain.id, "key": chain.key}
        if effect == "replace":
            memory["pins"][server] = [own]
        elif effect == "add":
            memory["pins"][server] = [pin for pin in memory["pins"].get(server, []) if pin != own] + [own]
        out.append(memory)
    return out


# --- the clauses that a visit rests on

class Cited:
    """Clauses in the order in which they were cited, each once."""

    def __init__(self, checks, names):
        self.checks, self.names = checks, list(names)

    def add(self, names):
        self.names += [name for name in listed(names) if name not in self.names]

    def check(self, name):
        self.add(self.checks.get(name, []))

    def copy(self):
        return Cited(self.checks, self.names)


def shows_pins(cells):
    """Whether the decision depends on the pin, so that the visit shows what the one before did to it."""
    return "any" not in cells and len({json.dumps(cell["decision"]) for cell in cells.values()}) > 1


def cite_situation(cited, profile, case, visit, world, client, chain, cell):
    """The checks that the situation of a visit calls for, whatever the client decides."""
    for name, called_for in (
        ("mode-applied", client["fresh_mode"]),
        ("restart", client["restarted"] and client["pins"]),
        ("isolated", len(world["clients"]) > 1),
        ("default-mode", case == "default"),
        ("installed-root", chain.installed),
    ):
        if called_for:
            cited.check(name)
    cited.add(cell.get("prefer_clause", []))
    for name, called_for in (
        ("resumed", "resume" in visit),
        ("plain-text", "plain-text" in visit),
        ("old-version", "version" in visit.get("claims", {})),
        ("one-prompt", "connections" in visit),
    ):
        if called_for:
            cited.check(name)


def cite_event(cited, chain, cell):
    check = {"fire": "event-fired", "none": "event-absent"}.get(cell.get("event"))
    if check and "event_clause" in cell:
        cited.add(cell["event_clause"])
    elif check:
        cited.check(check)
    if check == "event-fired":
        cited.check("event-once")
        if len(chain.faults) > 1:
            cited.check("event-faults")


def cite_decision(cited, decision, answer):
    if decision in ("ask", "warn"):
        for name in ("canary", "prompt-true", "prompt-shows"):
            cited.check(name)
        if decision == "warn":
            cited.check("prompt-trust")
        if answer in ("decline", "ignore"):
            cited.check("declined")
    if decision == "refuse":
        cited.check("canary")
        cited.check("no-way-on")


# --- one visit

def final_of(decision, answer):
    if decision in ("ask", "warn"):
        return {"connect": "accepted", "once": "accepted once", "decline": "refused", "ignore": "held"}[answer]
    return {"accept": "accepted", "refuse": "refused"}[decision]


def left_to_show(checks, cell, by_pin, decision, final, was_pinned, pins):
    """The clauses that the next visit to this server shows to be kept."""
    if final == "accepted" and pins:
        return [] if was_pinned and "pin_clause" not in cell else listed(cell.get("pin_clause", cell["clause"]))
    if final == "accepted once":
        return listed(checks.get("once", []))
    if by_pin == "changed":
        return listed(checks.get("pin-kept", []))
    if decision in ("ask", "warn"):
        return listed(checks.get("declined", []))
    return listed(cell.get("pin_clause", []))


def after_swap(profile, rows, server, swapped, cited, memories, before):
    """What follows when the server shows another chain to the client that has accepted: (suffix, [(final, …)])."""
    if "swapped" in rows:
        cell = rows["swapped"]["any"]
        out = []
        for decision in listed(cell["decision"]):
            here = cited.copy()
            here.add(cell["clause"])
            here.check("canary")
            out.append((final_of(decision, ""), here.names, memories + [before]))
        return ">swapped", out
    name = row(swapped, profile, rows)
    by_pin, cell = cell_of(rows, name, column(profile, memories[0], server, swapped))
    final = {"accept": "accepted"}.get(listed(cell["decision"])[0], "refused")
    return f">{name}/{by_pin}", [(final, cited.names + listed(cell["clause"]), [memories[0]])]


def connect(scenario, profile, case, visit, world, chain, name):
    """The states that may follow a visit, each with its record, where `name` is the row."""
    who = visit.get("client", "")
    client = copy.deepcopy(world["clients"][who])
    rows = profile["modes"][client["mode"]]
    server = server_of(profile, visit)
    by_pin, cell = cell_of(rows, name, column(profile, client, server, chain))
    checks = {**profile["checks"], **rows.get("checks", {})}
    cited = Cited(checks, listed(cell["clause"]))
    if shows_pins(rows[name]):
        cited.add(client["notes"].pop(server, []))
    cite_situation(cited, profile, case, visit, world, client, chain, cell)
    cite_event(cited, chain, cell)
    client["fresh_mode"] = client["restarted"] = False
    answer = visit.get("answer", "decline")
    pins = profile["pin"]["what"] != "nothing"
    was_pinned = chain.id in [pin["id"] for pin in client["pins"].get(server, [])]
    out = []
    for decision in (each for each in DECISIONS if each in listed(cell["decision"])):
        here, final, situation = cited.copy(), final_of(decision, answer), f"{name}/{by_pin}"
        cite_decision(here, decision, answer)
        notes = left_to_show(checks, cell, by_pin, decision, final, was_pinned, pins)
        accepted = final == "accepted" and pins
        memories = after_acceptance(profile, client, server, chain, cell) if accepted else [client]
        ends = [(final, here.names, memories)]
        if "swap" in visit and final.startswith("accepted"):
            swapped = build(visit["swap"]["present"], trust_of(scenario), world["made"], world["now"])
            suffix, ends = after_swap(profile, rows, server, swapped, here, memories, client)
            situation += suffix
        for end, names, remembered in ends:
            record = Record(situation, tuple(listed(cell["decision"])), tuple(listed(cell.get("prefer", []))), None,
                            end, cell.get("event", ""), tuple(names))
            out += [(with_memory(world, who, memory, server, notes), record) for memory in remembered]
    return out


def with_memory(world, who, memory, server, notes):
    out, memory = copy.deepcopy(world), copy.deepcopy(memory)
    if notes:
        memory["notes"][server] = list(notes)
    out["clients"][who] = memory
    return out


def trust_of(scenario):
    return ["root"] + scenario.get("trust", [])


def visit_server(scenario, profile, case, visit, world):
    chain = build(visit["present"], trust_of(scenario), world["made"], world["now"])
    rows = profile["modes"][world["clients"][visit.get("client", "")]["mode"]]
    full, bare = row(chain, profile, rows), row(chain, profile, rows, ("may", "should"))
    claims = visit.get("claims", {})
    said = [claims[name].get("key", "a") for name in ("certificate", "also") if name in claims]
    if said and chain.key not in said and full in ("untrusted", "invalid", "expired") and "contradicted" in rows:
        full = bare = "contradicted"
    out = connect(scenario, profile, case, visit, world, chain, full)
    soft = [own for own in chain.faults.values() if own != "must"]
    if soft and bare != full:
        # A client that overlooks the soft faults may do what holds without them.
        other = connect(scenario, profile, case, visit, copy.deepcopy(world), chain, bare)
        more = tuple(each for each in other[0][1].decisions if each not in out[0][1].decisions)
        if more:
            out = [(after, record._replace(alt=(strictest(soft), more))) for after, record in out]
    return out


def step(scenario, profile, case, visit, world):
    """[(state after the visit, its record or None)]; changes `world`."""
    who = visit.get("client", "")
    client = world["clients"][who]
    if "restart" in visit:
        client["restarted"] = True
    elif "clock" in visit:
        world["now"] += days(visit["clock"])
    elif "forget" in visit:
        client["pins"].pop(server_of(profile, visit), None)
    elif "mode" in visit:
        client.update(mode=visit["mode"], fresh_mode=True)
        how = profile["pin"].get("on_mode_change", "keep")
        cleared = copy.deepcopy(world)
        cleared["clients"][who]["pins"] = {}
        return [(after, None) for after, ways in ((world, ("keep", "either")), (cleared, ("clear", "either")))
                if how in ways]
    else:
        return visit_server(scenario, profile, case, visit, world)
    return [(world, None)]


# --- what the test asks

def derive(scenario, profile, mode):
    """[(visit, [record])]"""
    def memory(own):
        return {"mode": own, "pins": {}, "notes": {}, "fresh_mode": False, "restarted": False}

    named = {name: memory(own) for name, own in scenario.get("clients", {}).items()}
    start = profile.get("default_mode") if mode == "default" else mode
    worlds = [{"clients": {"": memory(start), **named}, "now": 0, "made": {}}]
    table = []
    for visit in scenario["visits"]:
        after, records = {}, []
        for world in worlds:
            for follows, record in step(scenario, profile, mode, visit, copy.deepcopy(world)):
                after[json.dumps(follows, sort_keys=True)] = follows
                if record and record not in records:
                    records.append(record)
        worlds = list(after.values())
        table.append((visit, records))
    return table


def modes_of(scenario, profile):
    """The modes of a profile in which a scenario runs."""
    wanted = scenario.get("modes", list(profile["modes"]))
    out = [mode for mode in wanted if mode in profile["modes"] or (mode == "default" and "default_mode" in profile)]
    needed = {visit["mode"] for visit in scenario["visits"] if "mode" in visit} | set(scenario.get("clients", {}).values())
    return out if needed <= set(profile["modes"]) else []


def control_of(scenario):
    """The variant of the control that agrees most with a scenario, or none."""
    def likeness(other):
        axes, own = other["axes"], scenario["axes"]
        return sum(axes.get(name) == value for name, value in own.items()), -sum(name not in own for name in axes)

    if "control" not in scenario:
        return None
    return max((each for each in SCEN.values() if each["base"] == scenario["control"]), key=likeness)


def effective(scenario, profile, mode):
    """The name of the first control up the chain that a right client accepts in this mode, or none."""
    control = control_of(scenario)
    while control is not None:
        if mode in modes_of(control, profile) or (mode == "default" and "modes" not in control):
            visits = [{**visit, "answer": "connect"} if "present" in visit else visit for visit in control["visits"]]
            last = [records for _, records in derive({**control, "visits": visits}, profile, mode) if records][-1]
            if {record.final for record in last} == {"accepted"}:
                return control["name"]
        control = control_of(control)
    return None
