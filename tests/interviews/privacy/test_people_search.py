"""Who is searched for in what leaves, and whose names are no special words."""

from __future__ import annotations

from typing import Any

from blupkit.interviews.privacy.secrets import people_search, people_words


def test_what_is_replaced_in_quotes_as_anybodys_word_is_not_searched_for_elsewhere(make_study: Any) -> None:
    rows = "skolelederen;erstat;[leder];\nsagde hun;erstat;sagde [en];\nhun;erstat;[en];\nTorvegården;erstat;[sted];\n"
    found = people_search(make_study({"afgoerelser.csv": f"kandidat;afgoerelse;erstatning;note\n{rows}"}))
    assert not [text for text in ("Skolelederen svarer.", "Det sagde hun.", "Hun er valgt.") if found(text)]
    assert [text for text in ("I Torvegården er der møde.", "Det er Bo Storms.") if found(text)]


def test_the_words_of_peoples_names_are_known_and_not_those_of_places_and_roles(make_study: Any) -> None:
    assert people_words(make_study()) >= {"bo", "storm", "ida", "holm", "lise", "kjeldsen"}
    assert not people_words(make_study()) & {"tværhave", "moderator", "lokalråd"}
