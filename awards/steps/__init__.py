"""The vocabulary: what a document can say about awards, one module a step, one registry.

To add a step, write its module and name it in :data:`AnyStep`; nothing else changes.
"""

from typing import Annotated

from pydantic import Field

from awards.steps.base import Effect, End, Note, Reason, Step
from awards.steps.exclude import Exclude
from awards.steps.offset import Offset
from awards.steps.once import Once
from awards.steps.rate import Rate
from awards.steps.recode import Recode
from awards.steps.ruling import Ruling
from awards.steps.scale import Scale

AnyStep = Annotated[
    Recode | Exclude | Ruling | Rate | Scale | Once | Offset, Field(discriminator="do")
]

__all__ = [
    "AnyStep",
    "Effect",
    "End",
    "Exclude",
    "Note",
    "Offset",
    "Once",
    "Rate",
    "Reason",
    "Recode",
    "Ruling",
    "Scale",
    "Step",
]
