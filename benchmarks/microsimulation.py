"""The job on OpenFisca-core or PolicyEngine-core: ``benchmarks.microsimulation NAME FILE``.

Neither is needed by the package, nor is it linked with one: each runs in an environment of its
own, of which the measuring command is told by ``--openfisca`` and ``--policyengine``. Prints a line
for each of three runs: the seconds from the frame to the sum, and those of the engine alone, which
takes codes and the numbers of claims; then what is paid in all.
"""

import importlib
import sys
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.peers import FEN, encoded


def system(name: str) -> Any:
    """The rules as variables of the engine *name*: the rate, its half, the highest of a claim."""
    entities = importlib.import_module(f"{name}_core.entities")
    periods = importlib.import_module(f"{name}_core.periods")
    variables = importlib.import_module(f"{name}_core.variables")
    taxes = importlib.import_module(f"{name}_core.taxbenefitsystems")
    year = getattr(periods, "YEAR", None) or periods.DateUnit.YEAR
    result = entities.build_entity(key="result", plural="results", label="", is_person=True)
    claim = entities.build_entity(
        key="claim", plural="claims", label="", roles=[{"key": "member", "plural": "members"}]
    )
    table = np.array(FEN)

    def rate(results: Any, period: Any) -> Any:
        fen = table[results("level", period), results("prize", period)]
        return np.where(results("half", period), fen // 2, fen)

    def paid(claims: Any, period: Any) -> Any:
        return claims.max(claims.members("fen", period))

    def variable(called: str, entity: Any, kind: type, formula: Any = None) -> Any:
        said = {"value_type": kind, "entity": entity, "definition_period": year, "label": called}
        return type(
            called, (variables.Variable,), {**said, **({"formula": formula} if formula else {})}
        )

    built = taxes.TaxBenefitSystem([result, claim])
    for called, kind in (("level", int), ("prize", int), ("half", bool)):
        built.add_variable(variable(called, result, kind))
    built.add_variable(variable("fen", result, int, rate))
    built.add_variable(variable("paid", claim, int, paid))
    return built


def simulate(name: str, built: Any, codes: dict[str, Any], claim: Any) -> int:
    """What is paid in all."""
    builder = importlib.import_module(f"{name}_core.simulations").SimulationBuilder()
    builder.create_entities(built)
    count = len(claim)
    builder.declare_person_entity("result", np.arange(count))
    claims = builder.declare_entity("claim", np.arange(int(claim.max()) + 1))
    builder.join_with_persons(claims, claim, ["member"] * count)
    simulation = builder.build(built)
    for called in ("level", "prize", "half"):
        simulation.set_input(called, "2023", codes[called])
    return int(simulation.calculate("paid", "2023").sum(dtype=np.int64))


def main(name: str, path: str) -> None:
    """Print the seconds of each run, then the sum in fen."""
    frame = pd.read_parquet(path)
    built = system(name)
    for _ in range(3):
        start = perf_counter()
        codes = encoded(frame)
        key = (codes["person"].astype(np.int64) * 64 + codes["event"]) * 4 + codes["year"]
        claim = pd.factorize(key)[0]
        ready = perf_counter()
        total = simulate(name, built, codes, claim)
        print(perf_counter() - start, perf_counter() - ready)
    print(total)


if __name__ == "__main__":
    main(*sys.argv[1:])
