"""The defects of the reference client, as described in fixtures/reference-client/defects/*.yaml."""

import collections
import dataclasses
import pathlib

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "fixtures/reference-client/defects"
LEDGERS = ("dw-spectrum", "every-client")
MOST_OF_AN_OPERATOR = 3  # of one clause; those of one `idea` count once
FEWEST_OPERATORS = 4     # of a MUST clause
MOST_SURVIVORS = 0.05


@dataclasses.dataclass
class Defect:
    """One entry. `limits` are those of the program: modes, and circumstances of the attempts in which it shows."""

    name: str
    sentence: str
    operator: str
    clauses: list                 # its own: those that the sentence contradicts
    products: list
    killed_by: dict = dataclasses.field(default_factory=dict)  # scenario, product, mode
    also: list = dataclasses.field(default_factory=list)       # further clauses that it violates as a consequence
    idea: str = ""
    survives: str = ""
    area: str = ""
    limits: dict = dataclasses.field(default_factory=dict)


def read(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def operators():
    """Name -> sentence, in the order of the columns of the matrix."""
    return read(FOLDER / "operators.yaml")["operators"]


def load():
    files = [path for path in sorted(FOLDER.glob("*.yaml")) if path.name != "operators.yaml"]
    return [Defect(area=path.stem, **entry) for path in files for entry in read(path)["defects"]]


def ledger():
    """All clauses: id -> facts."""
    clauses = {}
    for name in LEDGERS:
        clauses.update(read(ROOT / f"fixtures/ledgers/{name}.yaml")["clauses"])
    return clauses


def brought_along(clauses):
    """A clause -> the clauses that include it: a profile may cite either."""
    brought = collections.defaultdict(set)
    for clause, facts in clauses.items():
        for included in facts.get("includes", []):
            brought[included].add(clause)
    return brought


def musts(clauses):
    """The clauses that need mutations by several operators: every MUST of the two products."""
    return [clause for clause, facts in clauses.items()
            if clause[:3] in ("DK-", "MB-") and facts.get("level") == "must" and "out_of_scope" not in facts]


def by_operator(defects):
    """clause -> operator -> its own defects."""
    table = collections.defaultdict(lambda: collections.defaultdict(list))
    for defect in defects:
        for clause in defect.clauses:
            table[clause][defect.operator].append(defect)
    return table


def method_problems(defects, clauses):
    """Violations of the table's own rules; one sentence each."""
    known, table = operators(), by_operator(defects)
    problems = [f"{each.name}: no operator '{each.operator}'" for each in defects if each.operator not in known]
    problems += [f"{each.name}: no clause {clause}" for each in defects for clause in each.clauses + each.also
                 if clause not in clauses]
    for clause, row in sorted(table.items()):
        for operator, those in row.items():
            ideas = {each.idea or each.name for each in those}
            if len(ideas) > MOST_OF_AN_OPERATOR:
                problems.append(f"{clause}: {len(ideas)} ideas for {operator}, at most {MOST_OF_AN_OPERATOR} count")
    for clause in musts(clauses):
        if len(table[clause]) < FEWEST_OPERATORS:
            problems.append(f"{clause}: {len(table[clause])} operators, {FEWEST_OPERATORS} are needed")
    survivors = sum(bool(each.survives) for each in defects)
    if survivors > MOST_SURVIVORS * len(defects):
        problems.append(f"{survivors} of {len(defects)} survive, at most {MOST_SURVIVORS:.0%} may")
    return problems
