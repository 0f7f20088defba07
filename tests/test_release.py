"""How far a batch is."""

from datetime import date

import pytest

from awards.problems import AwardsError
from awards.release import NOTHING_YET, Approval, Release, approval_of, out_of_order

DAY, LATER = date(2024, 3, 4), date(2024, 3, 5)
GIVEN = Approval("5号", DAY)


@pytest.mark.parametrize(
    ("release", "state"),
    [
        (NOTHING_YET, "draft"),
        (Release(DAY), "submitted"),
        (Release(DAY, GIVEN), "approved"),
        (Release(None, GIVEN), "approved"),
        (Release(None, GIVEN, LATER), "noticed"),
        (Release(DAY, GIVEN, LATER, LATER), "paid"),
    ],
)
def test_the_state_follows_from_what_happened(release: Release, state: str) -> None:
    assert release.state == state


def test_only_an_approval_ends_the_draft_where_one_is_demanded() -> None:
    assert Release(DAY).is_draft(needs_approval=True)
    assert Release(noticed=DAY).is_draft(needs_approval=True)
    assert not Release(approval=GIVEN).is_draft(needs_approval=True)
    assert not NOTHING_YET.is_draft(needs_approval=False)


def test_an_approval_has_a_number_and_a_day() -> None:
    assert approval_of("某〔2024〕5号，2024-03-04") == Approval("某〔2024〕5号", DAY)
    assert approval_of("A,5号,2024-03-04") == Approval("A,5号", DAY)
    for text in ("5号", "5号,", ",2024-03-04", "5号,2024-02-30", ""):
        with pytest.raises(AwardsError, match="unknown-approval"):
            approval_of(text)


def test_what_cannot_have_happened_in_this_order() -> None:
    assert out_of_order(Release(DAY, GIVEN, LATER)) == []
    [fault] = out_of_order(Release(LATER, GIVEN))
    assert (fault.code, fault.values["on"]) == ("out-of-order", "2024-03-04")
