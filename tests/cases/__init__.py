"""The worked cases of the shipped schedules: ``awards`` as they came, ``more`` our own."""

from pathlib import Path

from awards.cases import Case, load, run

__all__ = ["CASES", "Case", "load", "run"]

CASES = Path(__file__).parent
"""The folder of all of them."""
