"""Approved quotes: cut from the transcript, pseudonymised, and withheld when anything in them is not settled."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.core.danish import count, first_upper, listing
from blupkit.core.errors import BlupkitError
from blupkit.core.language import sentence_starts
from blupkit.interviews.coding.passage import Codable, Passage, Turn, Wrong, is_whole
from blupkit.interviews.privacy.candidates import Kind, candidates
from blupkit.interviews.privacy.pseudonyms import pseudonymise
from blupkit.interviews.transcripts.register import read_decisions, read_register
from blupkit.interviews.transcripts.sheet import Sheet, read_sheet

#: How many quotes of each theme a page shows; three to five can be read.
AT_MOST: Final = 5
QUOTE_COLUMNS: Final = ["theme", "theme_name", "code", "code_name", "group", "attribution", "text"]
#: Columns of the file in the order in which `read_quotes` gives them.
_WANTED: Final = {
    "interview": "interviewets id",
    "tur": "turens nummer",
    "start": "det første tegns plads i turen, fra 0",
    "slut": "pladsen efter det sidste tegn",
    "kode": "koden fra kodebogen",
    "godkendt_af": "den, der har godkendt citatet",
}
_COLUMNS: Final = ["interview", "turn", "start", "end", "code", "approved_by", "note", "sharing"]
#: What the column for it says of a quote that may stand on a municipality's page too.
SHARED: Final = "kommune"


def read_quotes(study: Study) -> pd.DataFrame:
    """Read which passages the consultant has chosen as quotes.

    Parameters
    ----------
    study : Study
        The study. Without a `citater` file there are none.

    Returns
    -------
    pandas.DataFrame
        interview, turn, start, end, code, approved_by, note, sharing (all text); the index is the row in the file.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.

    Examples
    --------
    >>> from blupkit import core
    >>> read_quotes(core.example_study()).values.tolist()
    [['fg1', '4', '0', '32', '2.1', 'AT', '', '']]
    """
    name = study.interview_files.quotes
    if name is None:
        return pd.DataFrame(columns=_COLUMNS, dtype="str")
    return read_sheet(study, name, _WANTED, ["note", "deling"]).table.set_axis(_COLUMNS, axis="columns")


def approved_quotes(study: Study, codable: Codable) -> pd.DataFrame:
    """Give the quotes that may be shown.

    The text is cut from the transcript, and then the register's entries and the study's municipalities are replaced. A
    quote is withheld when nobody has approved it, when the study has no register, when the speaker's consent does not
    cover quotes, when anything in it may point to a person and is not settled, when it begins or ends inside a word, or
    when whoever leads the talk said it. `check_interviews` tells which and why. Neither municipality nor interview is
    told.

    Parameters
    ----------
    study : Study
        The study.
    codable : Codable
        The codes, and the turns of the interviews or of the open answers; what `read_coded` returned will do.

    Returns
    -------
    pandas.DataFrame
        theme, theme_name, code, code_name, group (key), attribution ("Lokalrådsmedlem"), text; in the codebook's order.

    Raises
    ------
    FileError, DataError
        The file with quotes, the register or the decisions cannot be read.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> approved_quotes(study, coded)[["code", "attribution", "text"]].values.tolist()
    [['2.1', 'Lokalrådsmedlem', 'Men en pulje hjalp os sidste år.']]
    """
    return load_quotes(study, codable).checked()[QUOTE_COLUMNS]


def shared_quotes(study: Study, codable: Codable) -> pd.DataFrame:
    """Give the one quote of each group that may stand on every municipality's page.

    It is said of all municipalities together and tied to none: the same one for everybody.

    Parameters
    ----------
    study, codable
        As in `approved_quotes`.

    Returns
    -------
    pandas.DataFrame
        `QUOTE_COLUMNS`, in the order of the study's groups: of those that `approved_quotes` lets through and of which
        the column `deling` says "kommune", the first in the file of each group. A group without one has no row.

    Examples
    --------
    Nothing is shared in the example.

    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> shared_quotes(study, interviews.read_coded(study)).empty
    True
    """
    quotes = load_quotes(study, codable, only=SHARED).checked()
    first = quotes.sort_values("row", kind="stable").drop_duplicates("group").set_index("group", drop=False)
    keys = [group.key for group in study.groups if group.key in first.index]
    chosen = first.loc[keys, QUOTE_COLUMNS].reset_index(drop=True)
    return chosen.assign(text=chosen["text"].map(first_upper))


def load_quotes(study: Study, codable: Codable, only: str = "") -> Sheet:
    """Give the quotes that may be shown, and why the others may not.

    Parameters
    ----------
    study, codable
        As in `approved_quotes`.
    only : str
        Only those of which `deling` says this; all of them when empty.

    Returns
    -------
    Sheet
        As in `approved_quotes`, and `row` in the file; with a warning for each quote that is withheld.
    """
    columns = [*QUOTE_COLUMNS, "row"]
    sheet = Sheet(study.interview_files.quotes or "", pd.DataFrame(columns=columns, dtype="str"))
    try:
        chosen, register, decisions = read_quotes(study), read_register(study), read_decisions(study)
    except BlupkitError as error:
        return sheet.wrong(error.faults)
    replaced = pd.concat([register, _municipalities(study)], ignore_index=True)
    rows, warnings = [], []
    for row, *cells, approved_by, _, sharing in chosen.itertuples(name=None):
        if only not in ("", sharing):
            continue
        if sharing not in ("", SHARED):
            action = "Citatet vises kun på de fælles sider. Ret ordet, eller lad cellen stå tom."
            warnings.append(sheet.warning(row, "deling", sharing, f"»{SHARED}« eller en tom celle", action))
        passage = codable.as_read(Passage(*cells))
        turn, wrong = codable.turn_of(passage), _wrong_choice(passage, codable, approved_by, study)
        wrong = wrong or _not_consented(turn, register, study)
        if turn is not None and wrong is None:
            words, continued = _words_of_quote(passage, turn)
            found = candidates(pd.Series([words]), replaced, decisions, continued=continued, closely=True)
            wrong = _unsafe(found[found["kind"] != Kind.SEX], register, study)
            if wrong is None:
                safe = pseudonymise(words, replaced, decisions, interview=turn.interview, continued=continued)
                rows.append((passage.code, turn.group, study.group(turn.group).singular, safe, row))
                if doubt := _tells_sex(found, study):
                    warnings.append(sheet.warning(row, *doubt))
        if wrong is not None:
            column, stood, expected, action = wrong
            warnings.append(sheet.warning(row, column, stood, expected, f"Citatet vises ikke. {action}"))
    shown = codable.codebook.codes[["theme", "theme_name", "code", "name"]].rename(columns={"name": "code_name"})
    found = pd.DataFrame(rows, columns=["code", "group", "attribution", "text", "row"]).astype({"code": "str"})
    return sheet.wrong(warnings, shown.merge(found)[columns])


def choose_quotes(quotes: pd.DataFrame, at_most: int = AT_MOST) -> pd.DataFrame:
    """Choose a few quotes of each theme so that every group is heard, and then as many codes as there is room for.

    Parameters
    ----------
    quotes : pandas.DataFrame
        What `approved_quotes` gave; not changed.
    at_most : int
        How many of each theme.

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
    kept = quotes
    for each in (["theme", "group", "code"], ["theme", "group"]):
        turn = kept.groupby(each, sort=False).cumcount()
        kept = kept.assign(_turn=turn).sort_values(["theme", "_turn"], kind="stable")
    kept = kept.groupby("theme", sort=False).head(at_most)
    return quotes.loc[sorted(kept.index)].reset_index(drop=True)


def text_quotes(quotes: pd.DataFrame, at_most: int = AT_MOST) -> str:
    """Say which quotes stand on the page, and what was done to them.

    Parameters
    ----------
    quotes : pandas.DataFrame
        What `choose_quotes` chose; not changed.
    at_most : int
        How many of each theme it was allowed.

    Returns
    -------
    str
        Danish prose.

    Examples
    --------
    >>> text_quotes(pd.DataFrame({"group": ["L", "A", "L"]})).split(". ")[0]
    'Her står højst fem citater til hvert tema, fra begge parter, hvor de begge er citeret'
    """
    groups = quotes["group"].nunique()
    sides = {0: "", 1: "", 2: ", fra begge parter, hvor de begge er citeret"}.get(groups, ", fra alle grupper")
    return (
        f"Her står højst {count(at_most)} citater til hvert tema{sides}. De er godkendt til deling. Hvor der stod"
        " navne, steder eller andet, der kan pege på nogen, er det erstattet med ord i kantede parenteser. Ved hvert"
        " citat står kun rolle og emne."
    )


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

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> quotes_in_context(study, coded.turns)[["before", "said", "after"]].values.tolist()
    [['Vi har intet mandat.', 'Men en pulje hjalp os sidste år.', '']]
    """
    said = {(interview, str(turn)): text for interview, turn, text in turns[["interview", "turn", "text"]].to_numpy()}
    chosen = read_quotes(study)[["code", "interview", "turn", "approved_by"]].itertuples(index=False, name=None)
    rows = []
    for code, interview, turn, approved_by in chosen:
        if (interview, turn) not in said:
            continue
        before, now, after = (said.get((interview, str(int(turn) + step)), "") for step in (-1, 0, 1))
        rows.append((code, interview, turn, approved_by or "ikke godkendt", before, now, after))
    return pd.DataFrame(rows, columns=["code", "interview", "turn", "approved_by", "before", "said", "after"])


def _municipalities(study: Study) -> pd.DataFrame:
    """List the study's municipalities like places of a register: a quote is never tied to one of them."""
    columns = ["interview", "name", "role", "aliases", "replacement"]
    rows = [("", m.name, "kommune", (m.short, *m.spellings), "[kommune]") for m in study.municipalities]
    return pd.DataFrame(rows, columns=columns)


#: Column, what stands there, what was expected, what to do; nothing where all is well.
_Says = tuple[str, str, str, str] | None


def _wrong_choice(passage: Passage, codable: Codable, approved_by: str, study: Study) -> _Says:
    """Say what is wrong with the choice itself."""
    wrong, turn = codable.faults_of(passage), codable.turn_of(passage)
    if turn is None:
        found = f"{passage.interview} tur {passage.turn}"
        return ("tur", found, "et interview og en tur, der findes", "Ret interview eller tur.")
    if Wrong.NO_CODE in wrong:
        return ("kode", passage.code or "en tom celle", "en kode fra kodebogen", "Ret koden.")
    if Wrong.HOST in wrong or turn.group not in {group.key for group in study.groups}:
        expected = "en tur fra en deltager i en af undersøgelsens grupper"
        return ("tur", turn.role or "en ukendt rolle", expected, "Vælg en anden tur.")
    if not approved_by:
        return ("godkendt_af", "en tom celle", "navnet på den, der har godkendt citatet", "Læs og godkend det.")
    if {Wrong.NO_SPAN, Wrong.TOO_LONG} & set(wrong):
        expected = f"to hele tal fra 0 til {len(turn.text)}, det mindste først"
        return ("start", f"{passage.start} til {passage.end}", expected, "Ret pladsen i turen.")
    if not is_whole(turn.text, *passage.span):
        found = codable.words_of(passage)[:60]
        return ("start", found, "et citat, der begynder og slutter med hele ord", "Ret pladsen i turen.")
    return None


def _not_consented(turn: Turn | None, register: pd.DataFrame, study: Study) -> _Says:
    """Say that a speaker has not consented to be quoted; for open answers the study's file says it of all."""
    if turn is not None and turn.interview not in study.interview_titles:
        if study.keeping.may_quote("spoergeskema"):
            return None
        expected, action = "et samtykke, der omfatter citater", "Ret »omfatter« i study.toml, hvis de må citeres."
        return ("interview", "et åbent svar, der ikke må citeres", expected, action)
    if turn is None or register.empty or bool(register["quotable"].all()):
        return None
    may = register[register["quotable"] & (register["interview"] == turn.interview)]
    if turn.speaker in set(may["name"]):
        return None
    expected = "en deltager, hvis samtykke omfatter citater"
    return ("tur", "en deltager uden samtykke til citater", expected, "Skriv samtykket i listen over deltagere.")


def _words_of_quote(passage: Passage, turn: Turn) -> tuple[str, bool]:
    """Give the words, and whether the quote begins within a sentence."""
    start, end = passage.span
    first = next((place for place in range(start, end) if turn.text[place].isalnum()), start)
    return (turn.text[start:end].strip(), first not in sentence_starts(turn.text))


def _unsafe(found: pd.DataFrame, register: pd.DataFrame, study: Study) -> _Says:
    """Say why the words cannot be shown: no register, or something in them that may point to a person."""
    if register.empty:
        action = "Udfyld listen over deltagere, og angiv den i study.toml."
        return ("interview", "ingen liste over deltagere", "en liste over dem, der deltager eller nævnes", action)
    rows = found.loc[found["decision"] == "", ["candidate", "kind"]].to_numpy().tolist()
    open_ones = [f"{words} ({kind})" if kind == Kind.FUNCTION else words for words, kind in rows]
    action = f"Skriv afgørelsen i {_where_decided(study)}: behold eller erstat."
    return ("start", listing(open_ones), "ord, der er afgjort", action) if open_ones else None


def _tells_sex(found: pd.DataFrame, study: Study) -> _Says:
    """Ask whether a pronoun points to one of few; the quote has been read and approved, and is shown meanwhile."""
    open_ones = list(found.loc[(found["kind"] == Kind.SEX) & (found["decision"] == ""), "candidate"])
    action = f"Citatet vises. Kan nogen kendes på det, så skriv erstat i {_where_decided(study)}; ellers behold."
    return ("start", f"{listing(open_ones)} (køn)", "ord, der er afgjort", action) if open_ones else None


def _where_decided(study: Study) -> str:
    return study.interview_files.decisions or "en fil, som »afgoerelser« peger på i study.toml"
