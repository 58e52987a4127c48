"""Approved quotes: cut from the transcript, pseudonymised, and withheld when anything in them is not settled."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from blupkit.core import Fault, Level, Study, check_columns, raise_serious, read_table
from blupkit.core.danish import listing
from blupkit.core.errors import BlupkitError
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.privacy.candidates import candidates, read_decisions
from blupkit.interviews.privacy.pseudonyms import pseudonymise, sentence_starts
from blupkit.interviews.transcripts.reading import interview_files
from blupkit.interviews.transcripts.register import read_register

QUOTE_COLUMNS: Final = ["theme", "theme_name", "code", "code_name", "group", "attribution", "text"]
_HEADS: Final = {
    "interview": "interview",
    "tur": "turn",
    "start": "start",
    "slut": "end",
    "kode": "code",
    "godkendt_af": "approved_by",
    "note": "note",
}
_WANTED: Final = {
    "interview": "interviewets id",
    "tur": "turens nummer",
    "start": "det første tegns plads i turen, fra 0",
    "slut": "pladsen efter det sidste tegn",
    "kode": "koden fra kodebogen",
    "godkendt_af": "den, der har godkendt citatet",
}


def read_quotes(study: Study) -> pd.DataFrame:
    """Read which passages the consultant has chosen as quotes.

    Parameters
    ----------
    study : Study
        The study. Without a `citater` file there are none.

    Returns
    -------
    pandas.DataFrame
        interview, turn, start, end, code, approved_by, note (all text); the index is the row in the file.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    """
    name = interview_files(study).quotes
    if name is None:
        return pd.DataFrame(columns=list(_HEADS.values()), dtype="str")
    table = read_table(study.path(name), name)
    check_columns(table, _WANTED, name)
    quotes = table.reindex(columns=list(_HEADS), fill_value="").rename(columns=_HEADS)
    for column in quotes:
        quotes[column] = quotes[column].str.strip()
    return quotes


def approved_quotes(study: Study, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give the quotes that may be shown.

    The text is cut from the transcript, and then the register's entries and the study's municipalities are replaced. A
    quote is withheld when nobody has approved it, when the study has no register, when anything in it may point to a
    person and is not settled, when it begins or ends inside a word, or when whoever leads the talk said it.
    `check_interviews` tells which and why. Neither municipality nor interview is told.

    Parameters
    ----------
    study : Study
        The study.
    turns : pandas.DataFrame
        What `read_turns` returned, and under it what `answer_turns` returned where open answers are quoted; not
        changed.
    codebook : Codebook
        The codes that exist.

    Returns
    -------
    pandas.DataFrame
        theme, theme_name, code, code_name, group (key), attribution ("Lokalrådsmedlem"), text; in the codebook's order.

    Raises
    ------
    FileError, DataError
        The file with quotes, the register or the decisions cannot be read.
    """
    quotes, faults = load_quotes(study, turns, codebook)
    raise_serious(faults)
    return quotes


def load_quotes(study: Study, turns: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, list[Fault]]:
    """Give the quotes that may be shown, and why the others may not.

    Parameters
    ----------
    study, turns, codebook
        As in `approved_quotes`.

    Returns
    -------
    pandas.DataFrame
        As in `approved_quotes`.
    list of Fault
        A warning for each quote that is withheld.
    """
    try:
        chosen, register, decisions = read_quotes(study), read_register(study), read_decisions(study)
    except BlupkitError as error:
        return _frame([], codebook), list(error.faults)
    name = str(interview_files(study).quotes)
    safe_by = pd.concat([register, _municipalities(study)], ignore_index=True)
    spoken = {(turn["interview"], str(turn["turn"])): turn for turn in turns.to_dict("records")}
    codes = {code["code"]: code for code in codebook.codes.to_dict("records")}
    rows, faults = [], []
    for place, quote in zip(chosen.index, chosen.to_dict("records"), strict=True):
        turn = spoken.get((quote["interview"], quote["turn"]))
        wrong = _wrong(quote, turn, codes, study) or _unsafe(quote, turn, register, safe_by, decisions)
        if wrong:
            column, found, expected, action = wrong
            faults.append(Fault(name, found, expected, action, int(place), column, level=Level.WARNING))
        else:
            rows.append(_shown(quote, turn, codes[quote["code"]], study, safe_by, decisions))
    return _frame(rows, codebook), faults


def choose_quotes(quotes: pd.DataFrame, at_most: int = 5) -> pd.DataFrame:
    """Choose a few quotes of each theme so that every group is heard, and then as many codes as there is room for.

    Parameters
    ----------
    quotes : pandas.DataFrame
        What `approved_quotes` gave; not changed.
    at_most : int
        How many of each theme; three to five can be read.

    Returns
    -------
    pandas.DataFrame
        The same columns, in the same order. The groups take turns, and within a group the codes: where two groups see a
        thing differently, both sides stand there.

    Examples
    --------
    >>> quotes = pd.DataFrame({"theme": "1", "group": ["L", "L", "L", "A"], "code": ["1.1", "1.1", "1.2", "1.1"],
    ...     "text": ["a", "b", "c", "d"]})
    >>> choose_quotes(quotes, 3)["text"].tolist()
    ['a', 'c', 'd']
    """
    again = quotes.groupby(["theme", "group", "code"], sort=False).cumcount()
    by_code = quotes.assign(_again=again).sort_values(["theme", "_again"], kind="stable")
    by_group = by_code.assign(_place=by_code.groupby(["theme", "group"], sort=False).cumcount())
    by_group = by_group.sort_values(["theme", "_place"], kind="stable")
    kept = by_group[by_group.groupby("theme", sort=False).cumcount() < at_most]
    return quotes.loc[sorted(kept.index)].reset_index(drop=True)


def quotes_in_context(study: Study, turns: pd.DataFrame) -> pd.DataFrame:
    """Set each chosen quote between what was said before and after it, for whoever approves it.

    Parameters
    ----------
    study : Study
        The study.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        code, interview, turn, approved_by, before (the turn before), said (the whole turn), after (the turn after).
        Quotes
        of open answers, and of turns that do not exist, have no row. For the consultant's eyes: nothing is replaced.

    Raises
    ------
    FileError
        The file with quotes cannot be read.
    """
    said = {(interview, str(turn)): text for interview, turn, text in turns[["interview", "turn", "text"]].to_numpy()}
    rows = []
    for quote in read_quotes(study).to_dict("records"):
        place = (quote["interview"], quote["turn"])
        if place not in said:
            continue
        before, after = ((place[0], str(int(place[1]) + step)) for step in (-1, 1))
        head = [quote["code"], *place, quote["approved_by"] or "ikke godkendt"]
        rows.append([*head, said.get(before, ""), said[place], said.get(after, "")])
    return pd.DataFrame(rows, columns=["code", "interview", "turn", "approved_by", "before", "said", "after"])


def _frame(rows: list[dict[str, object]], codebook: Codebook) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=QUOTE_COLUMNS, dtype="str")
    order = {code: place for place, code in enumerate(codebook.codes["code"])}
    return frame.sort_values("code", key=lambda codes: codes.map(order), kind="stable").reset_index(drop=True)


def _municipalities(study: Study) -> pd.DataFrame:
    """List the study's municipalities like places of a register: a quote is never tied to one of them."""
    rows = [
        {"interview": "", "name": m.name, "role": "kommune", "aliases": (m.short, *m.spellings)}
        for m in study.municipalities
    ]
    return pd.DataFrame(rows, columns=["interview", "name", "role", "aliases"])


WITHHELD: Final = "Citatet vises ikke."


def _wrong(quote: dict[Any, Any], turn: dict[Any, Any] | None, codes: dict[Any, Any], study: Study) -> tuple[str, ...]:
    """Say what is wrong with the choice itself: column, what stands there, what was expected, what to do."""
    if turn is None:
        found = f"{quote['interview']} tur {quote['turn']}"
        return ("tur", found, "et interview og en tur, der findes", f"{WITHHELD} Ret interview eller tur.")
    if quote["code"] not in codes:
        return ("kode", quote["code"] or "en tom celle", "en kode fra kodebogen", f"{WITHHELD} Ret koden.")
    if turn["group"] not in {group.key for group in study.groups}:
        found = turn["role"] or "en ukendt rolle"
        return ("tur", found, "en tur fra en deltager i en af undersøgelsens grupper", f"{WITHHELD} Vælg en anden tur.")
    if not quote["approved_by"]:
        return (
            "godkendt_af",
            "en tom celle",
            "navnet på den, der har godkendt citatet",
            f"{WITHHELD} Læs og godkend det.",
        )
    start, end, length = quote["start"], quote["end"], len(turn["text"])
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= length):
        expected = f"to hele tal fra 0 til {length}, det mindste først"
        return ("start", f"{start} til {end}", expected, f"{WITHHELD} Ret pladsen i turen.")
    if any(re.match(r"\w\w", turn["text"][edge - 1 : edge + 1]) for edge in (int(start), int(end)) if edge):
        found = turn["text"][int(start) : int(end)][:60]
        return ("start", found, "et citat, der begynder og slutter med hele ord", f"{WITHHELD} Ret pladsen i turen.")
    return ()


def _cut(quote: dict[Any, Any], turn: dict[Any, Any]) -> tuple[str, bool]:
    """Cut the words out, and say whether they begin in the middle of a sentence."""
    start = int(quote["start"])
    first = next((n for n in range(start, int(quote["end"])) if turn["text"][n].isalnum()), start)
    return turn["text"][start : int(quote["end"])].strip(), first not in sentence_starts(turn["text"])


def _unsafe(
    quote: dict[Any, Any],
    turn: dict[Any, Any] | None,
    register: pd.DataFrame,
    safe_by: pd.DataFrame,
    decisions: pd.DataFrame,
) -> tuple[str, ...]:
    """Say why the words cannot be shown: no register, or something in them that may point to a person."""
    if register.empty:
        action = f"{WITHHELD} Udfyld listen over deltagere, og angiv den i study.toml."
        return ("interview", "ingen liste over deltagere", "en liste over dem, der deltager eller nævnes", action)
    text, continued = _cut(quote, turn or {})
    found = candidates(pd.Series([text]), safe_by, decisions, continued=continued)
    open_ones = list(found.loc[found["decision"] == "", "candidate"])
    if not open_ones:
        return ()
    action = f"{WITHHELD} Skriv afgørelsen i filen med afgørelser: behold eller erstat."
    return ("start", listing(open_ones), "ord, der er afgjort", action)


def _shown(
    quote: dict[Any, Any],
    turn: dict[Any, Any] | None,
    code: dict[Any, Any],
    study: Study,
    safe_by: pd.DataFrame,
    decisions: pd.DataFrame,
) -> dict[str, object]:
    said = turn or {}
    text, continued = _cut(quote, said)
    return {
        "theme": code["theme"],
        "theme_name": code["theme_name"],
        "code": code["code"],
        "code_name": code["name"],
        "group": said["group"],
        "attribution": study.group(said["group"]).singular,
        "text": pseudonymise(text, safe_by, decisions, interview=said["interview"], continued=continued),
    }
