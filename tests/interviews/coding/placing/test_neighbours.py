"""Codings after a transcript was edited: none is lost, none is made, and none stands on other words unmarked."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blupkit.interviews import Codebook, Passage
from blupkit.interviews.coding.log import Action, current, new_event
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.coding.placing.anew import replaced, set_aside
from blupkit.interviews.coding.placing.neighbours import Outcome, Placing, place
from blupkit.interviews.coding.placing.talk import words as words_of

BOOK = Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"]}))
SAID = [
    "Godaften. Hvad er svært herude?",
    "Bussen kører for sjældent, siger Rikke altid.",
    "Ja.",
    "Vi holder et møde med forvaltningen hvert halve år. Det plejer at gå godt.",
    "Ja.",
    "Men cykelstien er hullet, og ingen vil betale.",
    "Nej, nej.",
]


def talk(said: list[str], roles: dict[int, str] | None = None) -> Codable:
    numbers = range(1, len(said) + 1)
    role = [(roles or {}).get(number, "lokalråd") for number in numbers]
    return Codable(pd.DataFrame({"interview": "fg1", "turn": numbers, "role": role, "text": said}), BOOK)


def coded(turn: int, words: str) -> Passage:
    start = SAID[turn - 1].index(words)
    return Passage("fg1", turn, start, start + len(words), "2.1", quote=words)


CODED = [
    coded(2, "Bussen kører for sjældent"),
    coded(2, "siger Rikke altid."),
    coded(3, "Ja."),
    coded(4, SAID[3]),
    coded(5, "Ja."),
    coded(6, "ingen vil betale"),
    coded(7, "Nej, nej."),
]


def told(placings: list[Placing]) -> list[tuple[str, object]]:
    return [(placing.outcome.name, placing.passage.turn) for placing in placings]


def test_a_transcript_that_was_not_edited_is_left_alone() -> None:
    assert place(talk(SAID), CODED) == [Placing(Outcome.STANDS, passage) for passage in CODED]


@pytest.mark.parametrize("first", [["Så er vi i gang."], ["Ja.", "Ja."], ["Nej, nej.", "Bussen.", "Ja."]])
def test_turns_put_in_at_the_top_cost_no_coding_and_short_words_go_with_those_around_them(first: list[str]) -> None:
    assert told(place(talk(first + SAID), CODED)) == [("MOVED", int(passage.turn) + len(first)) for passage in CODED]


def test_turns_that_were_merged_keep_their_codings() -> None:
    merged = [SAID[0], " ".join(SAID[1:4]), *SAID[4:]]
    found = place(talk(merged), CODED)
    assert [turn for _, turn in told(found)] == [2, 2, 2, 2, 3, 4, 5]
    assert [one.passage.quote for one in found] == [passage.quote for passage in CODED]


def test_of_a_turn_that_was_split_the_longer_part_is_offered_with_the_words_that_were_coded() -> None:
    split = [*SAID[:3], "Vi holder et møde med forvaltningen hvert halve år.", "Det plejer at gå godt.", *SAID[4:]]
    found = place(talk(split), CODED)
    assert told(found)[3:] == [("OFFERED", 4), ("MOVED", 6), ("MOVED", 7), ("MOVED", 8)]
    assert (found[3].passage.span, found[3].passage.quote) == ((0, 51), SAID[3])


def test_a_name_replaced_in_the_words_is_offered_where_the_codings_around_point() -> None:
    [_, found, *_] = place(talk(["I dag.", *(said.replace("Rikke", "[medarbejder]") for said in SAID)]), CODED)
    assert (found.outcome, found.passage.turn, found.passage.quote) == (Outcome.OFFERED, 3, "siger Rikke altid.")
    now = "Bussen kører for sjældent, siger [medarbejder] altid."
    assert now[slice(*found.passage.span)] == "siger [medarbejder] altid."


def test_signs_case_and_blanks_that_were_edited_are_the_same_words() -> None:
    edited = [said.replace(",", " –").replace(".", "!").upper() for said in SAID]
    found = place(talk(edited), CODED)
    assert {one.outcome for one in found} == {Outcome.MOVED}
    assert [one.passage.quote for one in found] == [
        edited[int(one.passage.turn) - 1][slice(*one.passage.span)] for one in found
    ]


@pytest.mark.parametrize(
    ("before", "after"), [("å", "a\u030a"), ("siger", "si\u00adger"), ("siger", "\u200bsiger\u200b")]
)
def test_letters_put_together_otherwise_and_signs_nobody_sees_are_the_same_words(before: str, after: str) -> None:
    quote, said = "Vi siger måske ja", "Altså. Vi siger måske ja til det."
    for was, now in ((quote, said.replace(before, after)), (quote.replace(before, after), said)):
        [found] = place(talk([now]), [Passage("fg1", 1, 0, len(was), "2.1", quote=was)])
        start = now.index("Vi")
        assert (found.outcome, found.passage.span) == (Outcome.MOVED, (start, now.index(" til")))


def test_a_deleted_turn_is_told_and_its_short_words_are_not_found_somewhere_else() -> None:
    found = place(talk(SAID[:4] + SAID[5:]), CODED)
    # "Ja." stands once now, in turn 3: both codings belong there by their words, and one of them by its place.
    assert told(found)[2] == ("STANDS", 3)
    assert found[4].outcome is Outcome.LEFT
    assert "tur 3" in found[4].why


def test_words_that_stand_twice_between_the_same_codings_are_left_and_the_turns_told() -> None:
    said = ["Goddag.", *SAID[:2], "Hm.", "Ja.", "Måske.", "Ja.", "Hm.", SAID[3], *SAID[5:]]
    found = place(talk(said), [CODED[0], CODED[2], CODED[3]])
    assert (found[1].outcome, found[1].why) == (Outcome.LEFT, "ordene står flere steder (tur 5 og 7)")


def test_whoever_leads_the_talk_gets_no_coding() -> None:
    [found] = place(talk(["Ny tur.", *SAID], {7: "moderator"}), [CODED[5]])
    assert (found.outcome, found.why) == (Outcome.LEFT, "den, der leder samtalen, siger det nu (tur 7)")


def test_nobodys_words_are_looked_for_in_another_persons_answer() -> None:
    answers = pd.DataFrame({"interview": "ord", "turn": ["7", "12"], "role": "", "text": ["Nej tak", "Flere busser"]})
    here = Codable(answers, BOOK)
    [found] = place(here, [Passage("ord", "7", 0, 12, "2.1", quote="Flere busser")])
    assert found.outcome is Outcome.LEFT
    [found] = place(here, [Passage("ord", "12", 0, 6, "2.1", quote="busser")])
    assert (found.outcome, found.passage.span) == (Outcome.MOVED, (6, 12))


def test_a_coding_that_stands_by_chance_is_set_aside_until_it_is_placed() -> None:
    said = ["Ja.", "Ja.", *SAID]  # the second "Ja." of the codings stands in turn 5 still, by chance
    events = [(n, new_event("A", Action.CODED, passage, str(n))) for n, passage in enumerate(CODED)]
    assert set_aside(talk(said), events) == {event.id for _, event in events}
    assert set_aside(talk(SAID), events) == set()


WORD = st.sampled_from(["vi", "ja", "bus", "vej", "møde", "🙂", "kommunen", "nej", "å", "Rikke"])
TURN = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A talk, and what somebody made of it: turns put in, deleted, merged, split, moved, words replaced."""
    said = draw(st.lists(TURN, min_size=1, max_size=8))
    now = list(said)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(now)))
        how = draw(st.sampled_from(["in", "out", "merge", "split", "move", "word"]))
        if how == "in" or not now:
            now.insert(at, draw(TURN))
        elif how == "out":
            now.pop(at % len(now))
        elif how == "merge" and len(now) > 1:
            first = at % (len(now) - 1)
            now[first : first + 2] = [" ".join(now[first : first + 2])]
        elif how == "split":
            first = at % len(now)
            head, _, tail = now[first].partition(" ")
            now[first : first + 1] = [part for part in (head, tail) if part]
        elif how == "move":
            now.insert(at % len(now), now.pop())
        else:
            now[at % len(now)] = now[at % len(now)].replace(draw(WORD), draw(st.sampled_from(["[ansat]", "", "Ja,"])))
    return said, now


@given(edited(), st.data())
def test_whatever_was_edited_codings_are_placed_offered_or_listed_and_none_stands_on_other_words_unmarked(
    talks: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    before, now = talk(talks[0]), talk(talks[1] or [""])
    events = []
    for number in range(data.draw(st.integers(1, 6))):
        turn = data.draw(st.integers(1, len(talks[0])))
        start = data.draw(st.integers(0, len(talks[0][turn - 1]) - 1))
        end = data.draw(st.integers(start + 1, len(talks[0][turn - 1])))
        passage = before.settled(Passage("fg1", turn, start, end, "2.1"))
        events.append((number, new_event("A", Action.CODED, passage, str(number))))
    coded = current(events)
    assert not set_aside(before, events)
    found = replaced(now, events, "A")
    log = [*events, *((99, event) for event in found.events)]
    after = current(log)
    # Codings in = those that stand, are moved, are offered a place, or are listed.
    assert after.keys() == coded.keys()
    aside = set_aside(now, log)
    for ident, (_, event) in after.items():
        words = now.words_of(event.passage)
        if event.action is Action.CODED:
            assert words == event.passage.quote or ident in aside
        elif ident not in aside:
            assert words == event.passage.quote
            was = coded[ident][1].passage.quote or ""
            assert [word for word, *_ in words_of(words)] == [word for word, *_ in words_of(was)]
    assert aside == {each.before.id for outcome in (Outcome.LEFT, Outcome.OFFERED) for each in found.of(outcome)}
    # Done again, nothing more is written.
    assert replaced(now, log, "A").events == []


def test_a_coding_that_was_moved_is_not_set_aside_by_one_that_was_left_at_its_old_place() -> None:
    """Found among made-up talks: the turn in which all stood has moved above the one that a coding is left in."""
    long = "vi vi ja ja ja ja kommunen vi"
    before, now = talk(["vi", "vi", "ja vi", *["vi"] * 4, long]), talk(["vi", "vi", long, "ja vi", *["vi"] * 4])
    places = [(8, 0, 4), (3, 0, 4), (1, 0, 1), (1, 0, 1), (8, 26, 28)]
    passages = [before.settled(Passage("fg1", turn, start, end, "2.1")) for turn, start, end in places]
    events = [(at, new_event("A", Action.CODED, passage, str(at))) for at, passage in enumerate(passages)]
    found = replaced(now, events, "A")
    assert {each.before.id for each in found.of(Outcome.MOVED)} == {"0", "4"}
    assert set_aside(now, [*events, *((99, event) for event in found.events)]) == {"1", "2", "3"}
