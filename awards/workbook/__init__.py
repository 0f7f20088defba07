"""Spreadsheets: result lists in, payout workbooks and empty rosters out.

Each name is imported when it is first used: a reader does not pay for the writers.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awards.workbook.compare_sheet import write_comparison
    from awards.workbook.estimate_sheet import write_estimate
    from awards.workbook.figures import read_figures
    from awards.workbook.figures_template import write_figures_template
    from awards.workbook.findings_sheet import write_findings
    from awards.workbook.inputs import read_accounts, read_facts, read_ledger, read_rulings
    from awards.workbook.payout_sheet import write_payouts
    from awards.workbook.plans import read_plan
    from awards.workbook.roster import read_roster
    from awards.workbook.template import write_template

__all__ = [
    "read_accounts",
    "read_facts",
    "read_figures",
    "read_ledger",
    "read_plan",
    "read_roster",
    "read_rulings",
    "write_comparison",
    "write_estimate",
    "write_figures_template",
    "write_findings",
    "write_payouts",
    "write_template",
]

_HOME_OF = {
    "read_accounts": "awards.workbook.inputs",
    "read_facts": "awards.workbook.inputs",
    "read_figures": "awards.workbook.figures",
    "read_ledger": "awards.workbook.inputs",
    "read_rulings": "awards.workbook.inputs",
    "read_plan": "awards.workbook.plans",
    "read_roster": "awards.workbook.roster",
    "write_comparison": "awards.workbook.compare_sheet",
    "write_estimate": "awards.workbook.estimate_sheet",
    "write_figures_template": "awards.workbook.figures_template",
    "write_findings": "awards.workbook.findings_sheet",
    "write_payouts": "awards.workbook.payout_sheet",
    "write_template": "awards.workbook.template",
}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(_HOME_OF[name]), name)
