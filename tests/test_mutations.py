"""Valid files with bytes changed: read, or refused in one sentence; no crash, no hang.

A small budget by default. For a long run: ``AWARDS_FUZZ=100000 pytest tests/test_mutations.py``.
"""

import io
import os
import time
import warnings
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlwt  # type: ignore[import-untyped]  # it has no types
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.problems import FileError
from awards.workbook import read_roster
from tests.attacks import ods_parts, ods_row, sheet, xlsx_parts
from tests.sheets import cells

EXAMPLES = int(os.environ.get("AWARDS_FUZZ", "60"))
SECONDS = 10
TABLE = """
序号 | 学校 | 姓名 | 奖次 | 日期
1 | 甲校 | 赵甲、钱乙 | 一等奖 | 45047
2 | 乙校 | 孙丙 | 二等奖 | 45048
"""
WORDS = (b"1048576", b"XFD", b"99999999999", b"-1", b'"', b"<", b">", b"&#0;", b"</c>", b"<!--")


def _xlsx() -> dict[str, bytes]:
    texts = [str(cell) for row in cells(TABLE) for cell in row]
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{"ABCDE"[c]}{r}" t="s"><v>{(r - 1) * 5 + c}</v></c>' for c in range(5))
        + "</row>"
        for r in range(1, 4)
    )
    merge = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return xlsx_parts(
        sheet(rows + '<row r="4"><c r="A4"><f>1+1</f></c></row>', after=merge), strings
    )


def _xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("名单")
    for row, values in enumerate(cells(TABLE)):
        for column, value in enumerate(values):
            page.write(row, column, value)
    page.write_merge(4, 6, 0, 1, "注：以证书为准")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _zip(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


PACKED = {
    "xlsx": _xlsx(),
    "ods": ods_parts("".join(ods_row(*map(str, row)) for row in cells(TABLE))),
}
TEXT = "\n".join(",".join(map(str, row)) for row in cells(TABLE))
WHOLE = {
    **{name: _zip(parts) for name, parts in PACKED.items()},
    "xls": _xls(),
    "utf-8": TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
}

change = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 20),
    st.one_of(st.binary(max_size=8), st.sampled_from(WORDS)),
)


def mutated(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """*content* with pieces of it replaced."""
    for where, length, other in changes:
        at = int(where * len(content))
        content = content[:at] + other + content[at + length :]
    return content


def held(content: bytes) -> None:
    """*content* is read or refused, in time."""
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of zipfile and xlrd, on what they find odd
        path = Path(folder) / "名单.xlsx"
        path.write_bytes(content)
        start = time.monotonic()
        with suppress(FileError):
            read_roster(path)
        assert time.monotonic() - start < SECONDS


calm = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", WHOLE)
@calm
@given(changes=st.lists(change, min_size=1, max_size=4))
def test_bytes_of_the_file(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    held(mutated(WHOLE[name], changes))


@pytest.mark.parametrize("name", PACKED)
@calm
@given(draw=st.data(), changes=st.lists(change, min_size=1, max_size=4))
def test_bytes_of_a_part(
    name: str, draw: st.DataObject, changes: list[tuple[float, int, bytes]]
) -> None:
    """The zip is sound, what is in it is not."""
    parts = PACKED[name]
    part = draw.draw(st.sampled_from(sorted(parts)))
    held(_zip({**parts, part: mutated(parts[part], changes)}))


@pytest.mark.parametrize("name", WHOLE)
def test_every_length_of_the_file(name: str) -> None:
    """Cut off anywhere."""
    whole = WHOLE[name]
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        held(whole[:length])


def test_the_files_are_read_as_they_are(tmp_path: Path) -> None:
    for content in WHOLE.values():
        path = tmp_path / "名单.xlsx"
        path.write_bytes(content)
        assert [each.person for each in read_roster(path).results][:3] == ["赵甲", "钱乙", "孙丙"]
