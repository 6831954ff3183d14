"""The table that is printed at the end: clauses as rows, operators as columns."""

from mutation import defects as table

EMPTY = "."


def cell(killed, survived):
    """`3`: three killed; `3-1`: and one survived."""
    if not killed and not survived:
        return EMPTY
    return f"{killed}-{survived}" if survived else str(killed)


def counts(tallies, names, partial):
    """clause -> operator -> (killed, survived), each defect in the row of each clause that is its own. In a part of the
    matrix, a defect that is killed under one of its clauses does not count under the others: they were hardly tested."""
    rows = {}
    for tally in tallies:
        for clause in tally.defect.clauses:
            row = rows.setdefault(clause, {name: [0, 0] for name in names})
            if tally.killed(clause) or not (partial and tally.killed_anywhere):
                row[tally.defect.operator][0 if tally.killed(clause) else 1] += 1
    return rows


def text(tallies, partial=False):
    """The matrix. Columns are numbered; what the numbers mean comes first."""
    names = list(table.operators())
    rows = counts(tallies, names, partial)
    out = ["operators: " + ", ".join(f"{at + 1} {name}" for at, name in enumerate(names)),
           "a cell: defects killed under the clause, and after a dash those that survive there", "",
           "clause  " + "".join(f"{at + 1:>6}" for at in range(len(names))) + "  operators"]
    for clause in sorted(rows):
        cells = [cell(*rows[clause][name]) for name in names]
        used = sum(each != EMPTY for each in cells)
        out.append(f"{clause:8}" + "".join(f"{each:>6}" for each in cells) + f"  {used:9}")
    totals = [cell(sum(row[name][0] for row in rows.values()), sum(row[name][1] for row in rows.values())) for name in names]
    out.append(f"{'all':8}" + "".join(f"{each:>6}" for each in totals))
    return "\n".join(out)


def places_of(clause):
    """The (product, mode) whose profile cites the clause, in a cell or a check of the mode or of all modes."""
    brought = table.brought_along(table.ledger())
    cited_as = {clause} | brought[clause]
    places = set()
    for product in ("desktop", "mobile"):
        profile = table.read(table.ROOT / f"fixtures/profiles/dw-spectrum-{product}.yaml")
        everywhere = cited_as & set(clauses_in(profile["checks"]))
        for mode, rules in profile["modes"].items():
            if everywhere or cited_as & set(clauses_in(rules)):
                places.add((product, mode))
                if mode == profile.get("default_mode"):
                    places.add((product, "default"))
    return places


def clauses_in(value):
    """All texts in a profile, at any depth."""
    if isinstance(value, dict):
        for each in value.values():
            yield from clauses_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from clauses_in(each)
    elif isinstance(value, str):
        yield value
