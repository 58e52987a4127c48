"""A new code in the codebook's file: one row more, and every other byte as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from blupkit.core import BlupkitError
from blupkit.interviews import read_codebook
from blupkit.interviews.coding.codebook import Code
from blupkit.interviews.coding.new_code import add_code, next_number, next_theme, take_out

HEAD = "kode;tema_nr;tema;navn;definition;medtages;medtages_ikke;eksempel;soegemoenster"
NEW = Code("1.2", "1", "Roller", "Ny; »rolle« på åen", "Hvem gør hvad", "", "", "", ())


def lines(*rows: str) -> str:
    return "\r\n".join([HEAD, *rows, ""])


FIRST = '1.1;1;Roller;Mandat;"Hvad man\r\nkan love";;;;mandat*'
SECOND = "2.1;2;Økonomi;Puljer;Penge;;;;pulje"
ADDED = '1.2;1;Roller;"Ny; »rolle« på åen";Hvem gør hvad;;;;'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_row_stands_after_its_themes_last_and_every_other_byte_stays(
    encoding: str, make_study: Callable[..., Any]
) -> None:
    study = make_study({"kodebog.csv": lines(FIRST, SECOND).encode(encoding)})
    codebook, before, after = add_code(study, NEW)
    expected = lines(FIRST, ADDED, SECOND).encode(encoding)
    assert after == study.path("kodebog.csv").read_bytes() == expected
    assert list(codebook.names) == list(read_codebook(study).names) == ["1.1", "1.2", "2.1"]
    assert take_out(study, before, after) is not None
    assert study.path("kodebog.csv").read_bytes() == lines(FIRST, SECOND).encode(encoding)


def test_columns_of_another_order_another_separator_and_a_last_line_without_end_are_kept(
    make_study: Callable[..., Any],
) -> None:
    book = "# Vores kodebog\nnavn\tegen\tkode\tdefinition\ttema\ttema_nr\nMandat\tx\t1.1\tLove\tRoller\t1"
    study = make_study({"kodebog.csv": book})
    add_code(study, NEW)
    added = "Ny; »rolle« på åen\t\t1.2\tHvem gør hvad\tRoller\t1"
    assert study.path("kodebog.csv").read_text("utf-8") == f"{book}\n{added}"


def test_a_new_theme_comes_last(make_study: Callable[..., Any]) -> None:
    study = make_study()
    codebook = read_codebook(study)
    theme = next_theme(codebook)
    assert (theme, next_number(codebook, theme), next_number(codebook, "1")) == ("3", "3.1", "1.2")
    book, *_ = add_code(study, Code("3.1", theme, "Tid", "Aftener", "Hvornår", "", "", "", ()))
    assert book.theme_names == {"1": "Roller", "2": "Økonomi", "3": "Tid"}


def test_what_cannot_be_written_is_refused_and_nothing_is_changed(make_study: Callable[..., Any]) -> None:
    raw = lines(FIRST, SECOND).encode("cp1252")
    study = make_study({"kodebog.csv": raw})
    with pytest.raises(BlupkitError, match="bogstaver, som filens tegnkodning har"):
        add_code(study, NEW._replace(name="Łódź"))
    with pytest.raises(BlupkitError, match="kun er brugt én gang"):
        add_code(study, NEW._replace(code="2.1"))
    assert study.path("kodebog.csv").read_bytes() == raw


def test_a_codebook_that_was_changed_meanwhile_is_left_as_it_is(make_study: Callable[..., Any]) -> None:
    study = make_study()
    _, before, after = add_code(study, NEW)
    study.path("kodebog.csv").write_bytes(after + b"9.9;9;Andet;Nyt;Skrevet i Excel;;;;\n")
    assert take_out(study, before, after) is None
    assert "9.9" in read_codebook(study).names
