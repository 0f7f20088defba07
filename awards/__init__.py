"""Competition awards worked out from published rules: who is due how much, why, by which clause.

>>> import awards
>>> schedule = awards.load_schedule("jilin-city")
>>> won = {"year": 2023, "competition": "吉林省职业院校技能大赛", "level": "省级", "event": "焊接",
...        "prize": "一等奖", "person": "赵甲", "role": "学生", "school": "甲校"}
>>> outcome = awards.assess([won], schedule)
>>> [(payout.payee, payout.school, payout.amount) for payout in outcome.payouts]
[('赵甲', '甲校', Decimal('10000.00'))]

Each name is imported when it is first used, so that ``import awards`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awards.assessment import Assessment, assess
    from awards.batch import assess_frame
    from awards.batch.standards import standards_frame
    from awards.catalog import load_schedule, schedules
    from awards.comparison import compare
    from awards.estimates import Estimate, estimate
    from awards.figures import Figure, Figures
    from awards.findings import Finding, Findings
    from awards.folder import write_documents
    from awards.payouts import Award, Payout
    from awards.plans import Plan, PlanLine
    from awards.preparing import prepare
    from awards.problems import AwardsError, Place, Problem
    from awards.records import Result, Roster, Ruling
    from awards.schedule import Schedule
    from awards.standards import hold
    from awards.workbook import (
        read_accounts,
        read_facts,
        read_figures,
        read_ledger,
        read_plan,
        read_roster,
        read_rulings,
        write_comparison,
        write_estimate,
        write_figures_template,
        write_findings,
        write_payouts,
        write_template,
    )

__all__ = [
    "Assessment",
    "Award",
    "AwardsError",
    "Estimate",
    "Figure",
    "Figures",
    "Finding",
    "Findings",
    "Payout",
    "Place",
    "Plan",
    "PlanLine",
    "Problem",
    "Result",
    "Roster",
    "Ruling",
    "Schedule",
    "assess",
    "assess_frame",
    "compare",
    "estimate",
    "hold",
    "load_schedule",
    "prepare",
    "read_accounts",
    "read_facts",
    "read_figures",
    "read_ledger",
    "read_plan",
    "read_roster",
    "read_rulings",
    "schedules",
    "standards_frame",
    "write_comparison",
    "write_documents",
    "write_estimate",
    "write_figures_template",
    "write_findings",
    "write_payouts",
    "write_template",
]

_HOMES = {
    "awards.assessment": ("Assessment", "assess"),
    "awards.batch": ("assess_frame",),
    "awards.batch.standards": ("standards_frame",),
    "awards.catalog": ("load_schedule", "schedules"),
    "awards.comparison": ("compare",),
    "awards.estimates": ("Estimate", "estimate"),
    "awards.figures": ("Figure", "Figures"),
    "awards.findings": ("Finding", "Findings"),
    "awards.folder": ("write_documents",),
    "awards.payouts": ("Award", "Payout"),
    "awards.plans": ("Plan", "PlanLine"),
    "awards.preparing": ("prepare",),
    "awards.problems": ("AwardsError", "Place", "Problem"),
    "awards.records": ("Result", "Roster", "Ruling"),
    "awards.schedule": ("Schedule",),
    "awards.standards": ("hold",),
    "awards.workbook": (
        *("read_accounts", "read_facts", "read_figures", "read_ledger", "read_plan", "read_roster"),
        *("read_rulings", "write_comparison", "write_estimate", "write_figures_template"),
        *("write_findings", "write_payouts", "write_template"),
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
