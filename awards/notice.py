"""What a public notice shows of each award. The row has no number of a person, no card, no phone,
no address and no day of birth, so none can get into a notice by mistake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from awards import explain
from awards.dossier import Dossier
from awards.words import Lang


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One award as the public sees it. ``amount`` is in yuan; the words are as printed."""

    name: str
    role: str
    school: str
    competition: str
    event: str
    level: str
    prize: str
    amount: Decimal


def notice_rows(dossier: Dossier, lang: Lang) -> Sequence[NoticeRow]:
    """The rows of the notice, in order of the roster; names masked where the office wants it."""
    rows = []
    for award in dossier.due:
        terms = explain.document_of(award, dossier.outcome).terms
        hide = dossier.office.notice.mask_names and award.payee_kind == "person"
        rows.append(
            NoticeRow(
                name=masked(award.payee or "") if hide else award.payee or "",
                role=terms.name("role", award.role, lang) if award.role else "",
                school=award.school or "",
                competition=award.competition or "",
                event=award.event or "",
                level=terms.name("level", award.level, lang) if award.level else "",
                prize=terms.name("prize", award.prize, lang) if award.prize else "",
                amount=award.amount or Decimal(0),
            )
        )
    return rows


def masked(name: str) -> str:
    """*name* with what is between its first and its last letter hidden.

    >>> masked("张三"), masked("李四光"), masked("迪丽热巴"), masked("某")
    ('张*', '李*光', '迪**巴', '*')
    """
    if len(name) < 3:
        return f"{name[:1]}*" if len(name) == 2 else "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
