"""Files that are broken, or made to do harm: refused in Danish or read whole, never half."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.exchange.exchange_support import (
    CODED,
    TURNS,
    TYPED,
    archive,
    code_points,
    project,
    read_quotes,
    selections,
    windows_units,
    zipped,
)

from blupkit.core import FileError
from blupkit.core.errors import BlupkitError
from blupkit.interviews import read_qdpx

BOMB = "<!ENTITY a{0} '&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};&a{1};'>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_every_usual_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    plain = TYPED.replace("🙂", "æ").replace("👩‍👧", "ø")
    turns = TURNS.assign(text=[text.replace("🙂", "æ").replace("👩‍👧", "ø") for text in TURNS["text"]])
    coded = [(words.replace("🙂", "æ"), code) for words, code in CODED]
    xml = project(selections(plain, coded, code_points))
    read = read_qdpx(archive(tmp_path / "a.qdpx", xml, plain.encode(encoding)), turns)
    assert read.codings["quote"].tolist() == [words for words, _ in coded]


def test_what_macos_puts_into_a_zip_is_no_project(tmp_path: Path) -> None:
    xml = project(selections(TYPED, CODED, code_points)).encode()
    raw = zipped({"p.qde": xml, "sources/fg1.txt": TYPED.encode(), "__MACOSX/._p.qde": b"x"})
    (tmp_path / "a.qdpx").write_bytes(raw)
    assert read_quotes(read_qdpx(tmp_path / "a.qdpx", TURNS)) == CODED


def refused(path: Path, raw: bytes) -> str:
    path.write_bytes(raw)
    with pytest.raises(FileError) as caught:
        read_qdpx(path, TURNS)
    return str(caught.value)


def test_files_that_are_no_project_are_refused_in_danish(tmp_path: Path) -> None:
    path = tmp_path / "a.qdpx"
    assert "ikke kan pakkes ud" in refused(path, b"hej")
    assert "en tom fil" in refused(path, b"")
    assert "en zip-fil uden projekt" in refused(path, zipped({"a.txt": b"x"}))
    assert "flere projekter" in refused(path, zipped({"a.qde": b"<a/>", "b.qde": b"<a/>"}))
    assert "XML, der ikke kan læses" in refused(path, zipped({"project.qde": b"<a><b></a>"}))
    with pytest.raises(FileError, match="ingen fil"):
        read_qdpx(tmp_path / "no.qdpx", TURNS)


@pytest.mark.parametrize("member", ["../evil.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "C:/x.txt"])
def test_a_member_outside_the_archive_is_refused(tmp_path: Path, member: str) -> None:
    raw = zipped({"project.qde": project("").encode(), member: b"x"})
    assert "kun filer inde i projektet" in refused(tmp_path / "a.qdpx", raw)


def test_a_bomb_is_refused_also_when_its_head_lies(tmp_path: Path) -> None:
    big = zipped({"project.qde": b"<a>" + b" " * (70 * 1024 * 1024) + b"</a>"})
    assert len(big) < 100_000
    assert "mere end 64 MB" in refused(tmp_path / "a.qdpx", big)
    lying = big.replace((70 * 1024 * 1024 + 7).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert lying != big
    assert "zip-fil" in refused(tmp_path / "a.qdpx", lying)
    many = zipped({"project.qde": b"<a/>"} | {f"sources/{n}.txt": b" " * (60 * 1024 * 1024) for n in range(5)})
    assert "et projekt af almindelig størrelse" in refused(tmp_path / "a.qdpx", many)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE Project [<!ENTITY a "b">]>',
        '<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE Project SYSTEM "http://example.invalid/x.dtd">',
        "<!DOCTYPE Project [<!ENTITY a0 'x'>" + "".join(BOMB.format(n, n - 1) for n in range(1, 20)) + "]>",
    ],
)
def test_entities_are_refused(tmp_path: Path, head: str) -> None:
    xml = project("").replace("?>", f"?>{head}", 1)
    assert "DOCTYPE" in refused(tmp_path / "a.qdpx", zipped({"project.qde": xml.encode()}))


def members_of_nvivo() -> dict[str, bytes]:
    xml = project(selections(TYPED, CODED, windows_units, named=20))
    return {"project.qde": xml.encode(), "Sources/fg1.txt": TYPED.replace("\n", "\r\n").encode()}


def mutated(draw: st.DataObject, raw: bytes) -> bytes:
    """Change, drop or double some bytes."""
    for _ in range(draw.draw(st.integers(1, 4))):
        place = draw.draw(st.integers(0, len(raw) - 1))
        width = draw.draw(st.integers(0, 12))
        put = draw.draw(
            st.one_of(st.binary(max_size=4), st.just(raw[place : place + 40]), st.just(b'"'), st.just(b"<"))
        )
        raw = raw[:place] + put + raw[place + width :]
    return raw


@given(data=st.data(), inner=st.booleans())
def test_a_mutated_project_is_read_or_refused_but_never_breaks(
    data: st.DataObject, inner: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    members = members_of_nvivo()
    if inner:
        name = data.draw(st.sampled_from(sorted(members)))
        members[name] = mutated(data, members[name])
    raw = zipped(members)
    path = tmp_path_factory.mktemp("x") / "a.qdpx"
    path.write_bytes(raw if inner else mutated(data, raw))
    try:
        read = read_qdpx(path, TURNS)
    except BlupkitError:
        return
    texts = {turn["turn"]: turn["text"] for turn in TURNS.to_dict("records")}
    for row in read.codings.to_dict("records"):
        assert texts[row["turn"]][row["start"] : row["end"]] == row["quote"] != ""
