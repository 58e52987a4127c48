"""What is asked for by name, and the line of Python that asks it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blupkit import interviews
from blupkit.core import DataError, Study
from blupkit.display import ResultTable
from blupkit.interviews.exploring.asked import line, words_of

Explored = Callable[..., Study]
#: What somebody may type, right and wrong.
WORDS = ["pulje", "PULJER", "søge en pulje", "*", "", " ", "(", "ikke*", "æøå", "9", "Mandat", "\n", "pulje\ttid", "🙂"]
NAMES = [
    "",
    "L",
    "A",
    "P",
    "lokalrådsmedlemmer",
    "X",
    "1",
    "2",
    "Roller",
    "2.1",
    "barriere",
    "Forslag",
    "fg1",
    "ord",
    "ø",
]


@pytest.mark.parametrize(
    "call",
    [
        'interviews.search(study, "pulje", group="L")',
        'interviews.search(study, "\\"citat\\" og \\\\ skråstreg")',
        'interviews.passages(study, theme="Roller", group="A")',
        'interviews.together(study, "1", "2", neighbours=True)',
        'interviews.who_says(study, "1", by="gruppe")',
        'interviews.context(study, "fg1", 2, around=1)',
        'interviews.collocations(study, "pulje", window=2)',
        'interviews.dispersion(study, ["pulje", "ja"], theme=["1", "2"])',
        'interviews.group_words(study, "L", least=1)',
        'interviews.search(study, ["søge", "en", "pulje"])',
    ],
)
def test_the_line_beside_a_table_makes_the_same_table(call: str, explored: Explored) -> None:
    study = explored()
    table = eval(call, {"interviews": interviews, "study": study})
    assert table.call == call
    again = eval(table.call, {"interviews": interviews, "study": study})
    assert again.frame.equals(table.frame)
    assert again.notes == table.notes
    assert again.title == table.title


def test_a_list_of_words_is_a_phrase() -> None:
    assert words_of("søge midler") == words_of(["søge", "midler"]) == ["søge", "midler"]


def test_what_is_left_out_is_not_in_the_line() -> None:
    assert line("search", "x", group="", interview="", neighbours=False, least=0) == (
        'interviews.search(study, "x", least=0)'
    )


@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_asked_gives_a_table_or_one_danish_sentence(data: Any, explored: Explored) -> None:
    study = explored()
    word, name, other = (data.draw(st.sampled_from(choices)) for choices in (WORDS, NAMES, NAMES))
    asked: list[Callable[[], ResultTable]] = [
        lambda: interviews.search(study, word, group=name, interview=other),
        lambda: interviews.passages(study, name, code=other, with_theme=name),
        lambda: interviews.passages(study, group=name, direction=other),
        lambda: interviews.together(study, name, other, neighbours=True),
        lambda: interviews.who_says(study, name),
        lambda: interviews.context(study, name, data.draw(st.integers(-2, 9))),
        lambda: interviews.collocations(study, word, group=name, least=1),
        lambda: interviews.dispersion(study, word, theme=name),
        lambda: interviews.group_words(study, name, least=1),
    ]
    table, refused = None, ""
    try:
        table = data.draw(st.sampled_from(asked))()
    except DataError as error:
        refused = str(error)
    assert (table is None) == ("Forventet: " in refused)
    if table is not None:
        assert table.title in repr(table)
        assert table._repr_html_().startswith('<div lang="da" ')
