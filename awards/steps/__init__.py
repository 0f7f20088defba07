"""The vocabulary: what a document can say about awards, one module a step, one registry.

To add a step, write its module and name it in :data:`AnyStep`; nothing else changes.
"""

from collections.abc import Mapping
from typing import Annotated, get_args

from pydantic import Field

from awards.steps.add import Add
from awards.steps.base import Effect, End, Note, Reason, Step
from awards.steps.cap import Cap
from awards.steps.exclude import Exclude
from awards.steps.offset import Offset
from awards.steps.once import Once
from awards.steps.portion import Portion
from awards.steps.quota import Quota
from awards.steps.rate import Rate
from awards.steps.recode import Recode
from awards.steps.ruling import Ruling
from awards.steps.scale import Scale
from awards.steps.share import Share
from awards.steps.unfold import Unfold

AnyStep = Annotated[
    Recode
    | Unfold
    | Exclude
    | Ruling
    | Rate
    | Quota
    | Scale
    | Add
    | Once
    | Share
    | Portion
    | Cap
    | Offset,
    Field(discriminator="do"),
]

STEPS: Mapping[str, type[Step]] = {
    str(get_args(step.model_fields["do"].annotation)[0]): step
    for step in get_args(get_args(AnyStep)[0])
}
"""Each step by its name in a schedule file."""

__all__ = [
    "STEPS",
    "Add",
    "AnyStep",
    "Cap",
    "Effect",
    "End",
    "Exclude",
    "Note",
    "Offset",
    "Once",
    "Portion",
    "Quota",
    "Rate",
    "Reason",
    "Recode",
    "Ruling",
    "Scale",
    "Share",
    "Step",
    "Unfold",
]
