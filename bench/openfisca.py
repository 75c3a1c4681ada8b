"""The ten rules in OpenFisca, over the columns of the snapshot; prints what a measured process tells."""
import json
import sys
import time

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

job = json.load(open(sys.argv[1]))
DAY = job["lawOn"]
Person = build_entity(key="person", plural="persons", label="", is_person=True)
Household = build_entity(key="household", plural="households", label="", roles=[{"key": "member", "plural": "members", "label": ""}])
tbs = TaxBenefitSystem([Person, Household])


def given(name, entity, kind):
    tbs.add_variable(type(name, (Variable,), {"value_type": kind, "entity": entity, "definition_period": MONTH, "label": name}))


for name, entity, kind in job["given"]:
    given(name, Person if entity == "person" else Household, {"int": int, "bool": bool, "float": float}[kind])


def rule(name, entity, formula):
    tbs.add_variable(type(name, (Variable,), {"value_type": float, "entity": entity, "definition_period": MONTH, "label": name, "formula": formula}))


def yes(name, entity, formula):
    tbs.add_variable(type(name, (Variable,), {"value_type": bool, "entity": entity, "definition_period": MONTH, "label": name, "formula": formula}))


URBAN, RURAL, WAGES, CARE, DISABLED = (numpy.array(job[key]) for key in ("urban", "rural", "wages", "care", "disabled"))
half_up = lambda top, bottom: numpy.floor((2 * top + bottom) / (2 * bottom))
rule("age", Person, lambda p, t: (DAY - p("birth", t)) // 10000)
rule("per_head", Household, lambda h, t: half_up(h.sum(h.members("income", t)), numpy.maximum(h.nb_persons(), 1)))
rule("standard", Household, lambda h, t: numpy.where(h("urban", t), URBAN[h("county", t)], RURAL[h("county", t)]))
yes("edge", Household, lambda h, t: h("per_head", t) * 10 <= h("standard", t) * 15)
yes("poor", Household, lambda h, t: h("per_head", t) * 10 <= h("standard", t) * 20)
rule("minors", Household, lambda h, t: h.sum(h.members("age", t) < 18))
yes("severe", Person, lambda p, t: (p("disability_level", t) == 0) | (p("disability_level", t) == 1))
RULES = {
    "minimum_living": lambda p, t: p("registered", t) * (p.household("per_head", t) < p.household("standard", t)) * (p("assets", t) <= 6000000) * numpy.maximum(0, p.household("standard", t) - p.household("per_head", t)),
    "low_income_edge": lambda p, t: p("registered", t) & p.household("edge", t) & ~p("receives_minimum", t),
    "old_age_allowance": lambda p, t: p("registered", t) * (p("age", t) >= 80) * numpy.where(p("age", t) >= 100, 100000, numpy.where(p("age", t) >= 90, 30000, 10000)),
    "disabled_living": lambda p, t: p("registered", t) * (p("disability_kind", t) >= 0) * (p("severe", t) | ((p("disability_level", t) == 2) & ((p("disability_kind", t) == 4) | (p("disability_kind", t) == 5)))) * p.household("poor", t) * DISABLED[numpy.maximum(p("disability_level", t), 0)],
    "severe_care": lambda p, t: p("registered", t) * p("severe", t) * CARE[p.household("county", t)],
    "child_in_hardship": lambda p, t: (p("age", t) < 16) * p.household("poor", t) * (p.household("minors", t) >= 1) * half_up(p.household("standard", t) * 6, 10),
    "student_nutrition": lambda p, t: p("enrolled", t) * ((p("education", t) == 2) | (p("education", t) == 3)) * ~p.household("urban", t) * 11000,
    "medical_aid": lambda p, t: p("insured", t) * (p("medical_cost", t) > 500000) * p.household("edge", t) * half_up((p("medical_cost", t) - 500000) * 7, 10),
    "unemployment": lambda p, t: p("unemployed", t) * (p("paid_months", t) >= 12) * (p("unemployed_months", t) <= 24) * (p("age", t) < 60) * half_up(WAGES[p.household("county", t)] * 8, 10),
    "veteran_pension": lambda p, t: ((p("veteran", t) == 1) | (p("veteran", t) == 3)) * p("service_years", t) * 4500,
}
for name, formula in RULES.items():
    (yes if name == "low_income_edge" else rule)(name, Person, formula)


def once():
    cpu = [time.process_time()]
    columns = {name: numpy.fromfile(path, dtype=kind) for name, path, kind in job["columns"]}
    starts = numpy.fromfile(job["starts"], dtype="int32")
    people, homes = int(starts[-1]), len(starts) - 1
    builder = SimulationBuilder()
    builder.create_entities(tbs)
    builder.declare_person_entity("person", numpy.arange(people))
    household = builder.declare_entity("household", numpy.arange(homes))
    builder.join_with_persons(household, numpy.repeat(numpy.arange(homes), numpy.diff(starts)), ["member"] * people)
    simulation = builder.build(tbs)
    for name, values in columns.items():
        low = job["unknown"].get(name)
        if low is not None:
            values = numpy.where(values == low, 0, values)
        simulation.set_input(name, "2026-06", values)
    cpu.append(time.process_time())
    totals = {}
    for name in RULES:
        amounts = simulation.calculate(name, "2026-06")
        totals[name.replace("_", "-")] = str(int(amounts.astype("float64").sum()))
    cpu.append(time.process_time())
    return cpu, totals


begin = time.perf_counter()
(start, loaded, done), totals = once()
wall = time.perf_counter() - begin
peak = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"cpu": done - start, "wall": wall, "firstCpu": done - start, "firstWall": wall, "peakMiB": peak, "totals": totals, "extra": {"load": loaded - start, "compute": done - loaded}}))
