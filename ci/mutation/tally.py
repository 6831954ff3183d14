"""The result of a defect: killed under which clause, by which scenarios, and misjudged cases."""

import collections

from mutation import runs


def in_words(case):
    return f"{case['client']} {case['mode']} {case['scenario']}: {case['verdict']}: {case['sentence']}"


class Tally:
    """Takes the cases of one defect."""

    def __init__(self, defect, brought):
        self.defect, self.brought = defect, brought
        self.allowed = {each for clause in defect.clauses + defect.also for each in self.names(clause)}
        self.fails = collections.defaultdict(set)  # own clause -> scenarios
        self.notes = collections.defaultdict(set)
        self.others = collections.Counter()        # clauses that are not its own, and how many cases cite them
        self.places = collections.Counter()        # (scenario, product, mode) -> own clauses that are failed there
        self.wrong = []
        self.cases = 0

    def names(self, clause):
        return {clause} | self.brought.get(clause, set())

    def take(self, case):
        self.cases += 1
        bad = [check for check in case["checks"] if check["verdict"] in ("fail", "note")]
        if not bad:
            self.take_unjudged(case)
            return
        cited = {clause for check in bad for clause in check["clause"]}
        own = [clause for clause in self.defect.clauses if self.names(clause) & cited]
        self.others.update(cited - {each for clause in self.defect.clauses for each in self.names(clause)})
        if not cited & self.allowed:
            self.wrong.append(f"[{', '.join(sorted(cited))}] {in_words(case)}")
        for clause in own:
            failed = any(self.names(clause) & set(check["clause"]) for check in bad if check["verdict"] == "fail")
            (self.fails if failed else self.notes)[clause].add(runs.base(case))
            product = case["client"].split("-")[1]
            self.places[runs.base(case), product, case["mode"]] += 100 if failed else 1

    def take_unjudged(self, case):
        if case["verdict"] in ("pass", "not-applicable"):
            return
        if case["verdict"] == "inconclusive":
            return  # its control failed or was not run, so this is correct
        if "TL-04" in self.defect.clauses and "died of signal" in case["sentence"]:
            return  # a crashed client cannot continue the scenario: an error, which is no excuse
        self.wrong.append(f"[no clause] {in_words(case)}")

    def killers(self, clause):
        return self.fails[clause] | self.notes[clause]

    def killed(self, clause):
        return bool(self.killers(clause))

    @property
    def killed_anywhere(self):
        return any(map(self.killed, self.defect.clauses))

    def surviving(self):
        """Its own clauses under which it survives."""
        return [clause for clause in self.defect.clauses if not self.killed(clause)]

    def row(self):
        by = {scenario for clause in self.defect.clauses for scenario in self.killers(clause)}
        state = "killed" if not self.surviving() else "killed but for" if by else "SURVIVES"
        left = f" {' '.join(self.surviving())}" if by and self.surviving() else ""
        first = f"  {'only' if len(by) == 1 else 'first'} {min(by)}" if by else ""
        return f"{self.defect.name:38} {self.defect.operator:14} {state}{left}  scenarios {len(by):3}{first}"

    def record(self):
        return {"clauses": {clause: sorted(self.killers(clause)) for clause in self.defect.clauses},
                "others": dict(self.others), "wrong": self.wrong, "cases": self.cases,
                "places": [[*place, score] for place, score in self.places.most_common(12)]}
