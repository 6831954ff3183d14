"""Loads the model's files. All scalars are text. What a file may hold is checked by the program, which reads the same."""

import copy
import itertools
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent
LEVELS = ["may", "should", "must"]
DECISIONS = ["accept", "ask", "warn", "refuse"]


def load(file):
    return yaml.load(file.read_text(), yaml.BaseLoader)


def files(folder):
    return [load(file) for file in sorted((ROOT / folder).glob("*.yaml"))]


def listed(value):
    """A list, where one value may stand for a list of it."""
    return value if isinstance(value, list) else [value]


def merged(base, patch):
    """`patch` laid over `base`: maps merge key by key, `none` removes, anything else replaces."""
    out = copy.deepcopy(base)
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(out.get(key), dict):
            out[key] = merged(out[key], value)
        elif value == "none":
            out.pop(key, None)
        else:
            out[key] = copy.deepcopy(value)
    return out


def clauses():
    return {name: clause for ledger in files("ledgers") for name, clause in ledger["clauses"].items()}


def recipes():
    """The recipes of certificates, with `like` resolved."""
    raw = {recipe["recipe"]: recipe for recipe in files("certs")}

    def resolved(name):
        own = {key: value for key, value in raw[name].items() if key not in ("recipe", "like")}
        return merged(resolved(raw[name]["like"]), own) if "like" in raw[name] else own

    return {name: resolved(name) for name in raw}


def defects():
    """The defects. `level` is by place, whether the file says it for all places or for each."""
    out = {defect["defect"]: defect for defect in files("certs/defects")}
    for defect in out.values():
        if not isinstance(defect["level"], dict):
            defect["level"] = {place: defect["level"] for place in defect["at"]}
        defect.setdefault("stage", "chain")
        defect.setdefault("parameters", {})
    return out


def columns(profile):
    """What the client's pins may say of a certificate."""
    return {
        "nothing": ["any"],
        "certificate": ["none", "same", "changed"],
        "public-key": ["none", "same", "renewed", "changed"],
    }[profile["pin"]["what"]]


def extended(base, overlay):
    """A profile that `extends` another: keys replace, checks are added, cells of modes replace one by one."""
    out = copy.deepcopy(base)
    out.update({key: value for key, value in overlay.items() if key not in ("modes", "extends", "checks")})
    out["checks"].update(overlay.get("checks", {}))
    for mode, rows in overlay.get("modes", {}).items():
        for row, cells in rows.items():
            before = out["modes"][mode][row]
            if "any" in cells:
                out["modes"][mode][row] = {}
            elif "any" in before:
                out["modes"][mode][row] = {column: copy.deepcopy(before["any"]) for column in columns(out)}
            out["modes"][mode][row].update(cells)
    return out


def profiles():
    raw = {profile["profile"]: profile for profile in files("profiles")}
    out = {name: profile for name, profile in raw.items() if "extends" not in profile}
    for name, profile in raw.items():
        if "extends" in profile:
            out[name] = extended(out[profile["extends"]], profile)
    for profile in out.values():
        profile.setdefault("levels", {})
    return out


def filled(value, axes):
    """`value` with each `$axis` replaced."""
    if isinstance(value, dict):
        return {key: filled(below, axes) for key, below in value.items()}
    if isinstance(value, list):
        return [filled(below, axes) for below in value]
    return axes[value[1:]] if value.startswith("$") else value


def scenarios():
    """The scenarios, each variant on its own, by the names that the program gives them."""
    out = {}
    for file in sorted((ROOT / "scenarios").glob("**/*.yaml")):
        scenario = load(file)
        axes = scenario.pop("variants", {})
        names = sorted(axes)
        for values in itertools.product(*(axes[name] for name in names)):
            chosen = dict(zip(names, values))
            variant = filled(scenario, chosen)
            listing = ",".join(f"{name}={value}" for name, value in chosen.items())
            variant.update(axes=chosen, base=scenario["id"], name=scenario["id"] + (f"[{listing}]" if chosen else ""))
            out[variant["name"]] = variant
    return out
