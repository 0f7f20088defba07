"""``awards pay`` on more rows than fit: partitions on disk or an engine, Parquet in and out."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awards.words import Lang, say

from . import output

if TYPE_CHECKING:
    from awards.batch.told import Told

    from .large import Asked

WHOLE = 1 << 21
"""Rows that are assessed in one piece: with all that is listed of them, some 2 GiB."""


def is_long(roster: Path, path: Path | None) -> bool:
    """Whether the rows of the Parquet file *roster* had better be parted on the way to *path*."""
    if path is None or path.suffix.lower() != ".parquet":
        return False
    with output.extra("large"):
        from awards.batch.files import rows_in

        return rows_in(roster) > WHOLE


def pay_on(
    engine: str,
    address: str | None,
    roster: Sequence[Path],
    path: Path | None,
    asked: "Asked",
    lang: Lang,
    force: bool,
) -> bool:
    """A Parquet file in, one out, on *engine* at *address*; whether the data was clean."""
    from awards.problems import OptionError, problem

    endings = [each.suffix.lower() for each in (*roster, *((path,) if path else ()))]
    if path is None or endings != [".parquet", ".parquet"]:
        raise OptionError(problem("engine-files"))
    with output.extra(engine):
        from awards import cluster
        from awards.batch.files import rows_in

        rows_in(roster[0])  # a file that cannot be read is told before anything is started

        def work(source: Path, target: Path, **options: Any) -> "Told":
            return cluster.pay(
                engine, source, target, asked.schedule, address=address, listed=True, **options
            )

        return _written(work, roster[0], path, asked, lang, force)


def pay_parts(roster: Path, path: Path, asked: "Asked", lang: Lang, force: bool) -> bool:
    """A Parquet file in, one out, a part of it in memory at a time; whether it was clean."""
    with output.extra("large"):
        from awards.batch.spill import assess_file

        def work(source: Path, target: Path, **options: Any) -> "Told":
            return assess_file(source, target, asked.schedule, listed=True, **options)

        return _written(work, roster, path, asked, lang, force)


def _written(
    work: Callable[..., "Told"],
    roster: Path,
    path: Path,
    asked: "Asked",
    lang: Lang,
    force: bool,
) -> bool:
    """Let *work* write *path*, and print what it tells."""
    told: list[Told] = []
    output.write(
        path, force, lambda target: told.append(work(roster, target, lang=lang, **asked.all()))
    )
    (heard,) = told
    document = asked.schedule
    output.line(f"{document.title[lang]}  {document.number or document.id}")
    counts = say("sentence.list", lang).join(
        say("cli.count", lang, status=say(f"status.{status}", lang), count=count)
        for status, count in sorted(heard.statuses.items())
    )
    output.line(say("cli.rows", lang, rows=f"{heard.statuses.total():,}", counts=counts or "-"))
    output.problems(heard.problems, lang)
    left = heard.counts.total() - len(heard.problems)
    if left:
        kinds = say("sentence.list", lang).join(
            f"{say(f'severity.{severity}', lang)} {code} {count:,}"
            for (severity, code), count in heard.counts.most_common()
        )
        output.message(say("cli.other_problems", lang, count=f"{left:,}", kinds=kinds))
    output.message(say("cli.written", lang, file=path))
    return not any(severity == "error" for severity, _ in heard.counts)
