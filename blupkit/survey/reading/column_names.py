"""Which variable a column holds: the headings of a survey system matched with the words of the questionnaire."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from blupkit.core.reading.heading import spelt
from blupkit.survey.reading.origin.conventions import CODE_AND_TEXT, words_of
from blupkit.survey.reading.questionnaire import Kind

#: What Excel adds to the second of two equal headings of a table.
NUMBERED: Final = re.compile(r"(.*?)\s*(\d+)", re.DOTALL)
#: An answer that own words count as; "andre kommuner" and "other parties" are answers like any.
OTHER: Final = re.compile(
    r"((noget )?andet|andre|anden|annet|annan|annat|(something )?others?)\b"
    r"(?! (parter|kommuner|parties|municipalities))",
    re.IGNORECASE,
)
#: No system's heading ends so.
_ELSE: Final = " [»noget andet«]"
#: What a program writes where nothing was answered; a person who writes a dash, or a point, answers nothing either.
_BLANK: Final = re.compile(
    r"<?na>?|n\.?/?a\.?|nan|null|[-–—.?]{1,5}|-9{1,4}"
    r"|[(\[]?(?:tomt?|blank|empty|ubesvaret|ikke (?:besvaret|udfyldt)|(?:intet|ingen|ej) svar|missing"
    r"|no (?:answer|response)|not answered|unanswered)[)\]]?",
    re.IGNORECASE,
)
#: A cell that is a number, with a decimal comma or point.
NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
_TAG: Final = re.compile(r"<[^<>]+>")
_WORDS: Final = re.compile(r"[^\W_]+")
#: The number of a question, with nothing but blanks left around it.
_COUNTED: Final = re.compile(r"(?:(?:spørgsmål|spm|sp|question|q|nr|s|v) ?)?(?:\d{1,3}[a-z]? )+(?=\S+ \S)")


def plain(text: str) -> str:
    r"""Write a heading so that case and blanks do not matter, nor signs that take no room.

    Parameters
    ----------
    text : str
        As it stands.

    Returns
    -------
    str
        Lower case, with one space between words.

    Examples
    --------
    >>> plain("Hvor  vigtigt?\xa0 [Søge fonde]")
    'hvor vigtigt? [søge fonde]'
    """
    return spelt(text)


def is_blank(cell: str) -> bool:
    """Whether a cell says that nothing is there, in a program's sign or word for it.

    Examples
    --------
    >>> is_blank("NA"), is_blank("(tom)"), is_blank("-"), is_blank("Nej"), is_blank("")
    (True, True, True, False, False)
    """
    return bool(_BLANK.fullmatch(cell.strip()))


def emptied(column: pd.Series, cells: Collection[str]) -> pd.Series:
    """Empty the cells of a column that hold one of these.

    Examples
    --------
    >>> emptied(pd.Series(["Ja", "-"], dtype="category"), ["-"]).tolist()
    ['Ja', '']
    """
    return column.astype("str").mask(column.isin(list(cells)), "").astype("category")


def words_alone(text: str) -> str:
    """Give the words of a heading with nothing between them but a blank: no sign, no tag, no case.

    Examples
    --------
    >>> words_alone("<b>Hvor vigtigt?</b> – søge_fonde"), words_alone("Hvor vigtigt: Søge fonde")
    ('hvor vigtigt søge fonde', 'hvor vigtigt søge fonde')
    """
    return " ".join(_WORDS.findall(plain(_TAG.sub(" ", text))))


def loosely(heading: str) -> list[str]:
    """Give what the words of a question may be in a heading, whatever signs stand between them, or a number before.

    Examples
    --------
    >>> loosely("(3) Hvor vigtigt? – Søge fonde"), loosely("7 møder")
    (['3 hvor vigtigt søge fonde', 'hvor vigtigt søge fonde'], ['7 møder'])
    """
    words = [words_alone(each) for each in words_of(heading)]
    return [each for each in dict.fromkeys([*words, *(_COUNTED.sub("", each, count=1) for each in words)]) if each]


def else_column(item: str) -> str:
    """Name the column that says with 1 who chose something that a multiple choice does not list, such as "Andet".

    Parameters
    ----------
    item : str
        The question.

    Examples
    --------
    >>> else_column("form")
    'form [»noget andet«]'
    """
    return item + _ELSE


def name_columns(headings: list[str], worded: pd.DataFrame, named: Collection[str]) -> dict[str, str]:
    """Find the variable that each heading stands for.

    A heading is a variable's name, or its words as the survey systems write them: LimeSurvey `kode[punkt]` or
    `kode. tekst`, Kobo `gruppe/spørgsmål/valg`, Google `Spørgsmål [Punkt]`, Qualtrics `Spørgsmål - Punkt`, REDCap
    `spørgsmål___valg` or `Spørgsmål (choice=Valg)`, Mentimeter `Spørgsmål: Punkt`, Jotform `Spørgsmål >> Punkt`,
    Alchemer `Punkt:Spørgsmål`, Forms the row's text alone; a choice's text alone is enough where all choices of a
    question have it. LimeSurvey's brackets become an underscore, as in its own export to SPSS. Excel numbers equal
    headings ("Søge fonde", "Søge fonde2"): they are taken in the order of the questionnaire, and only when all of them
    are there. What has no column then has the one heading that has the same words with other signs between them.

    Parameters
    ----------
    headings : list of str
        The columns of the export.
    worded : pandas.DataFrame
        What the questionnaire calls its questions: `item`, `variable`, `kind`, `question`, `text`.
    named : collection of str
        Columns that the study names itself: respondent id, municipality, group.

    Returns
    -------
    dict of str to str
        Heading → variable, without those that nothing is known of. No two headings get the same variable.

    Examples
    --------
    >>> names = ["item", "variable", "kind", "question", "text"]
    >>> worded = pd.DataFrame([["k1", "k1_v", "vigtighed", "Hvor vigtigt?", "Søge fonde"]], columns=names)
    >>> name_columns(["id. Response ID", "Hvor vigtigt? [søge fonde]"], worded, {"id"})
    {'id. Response ID': 'id', 'Hvor vigtigt? [søge fonde]': 'k1_v'}
    """
    names = {plain(name): name for name in [*named, *worded["variable"]]}
    present = {plain(heading) for heading in headings}
    wordings = _wordings(worded)
    found: dict[str, str] = {}
    # A column that bears the very name comes before one that only means it.
    for heading in sorted(headings, key=lambda heading: (heading not in names.values(), plain(heading) not in names)):
        name = names.get(plain(heading)) or _by_name(heading, names, present) or _by_words(heading, wordings, present)
        if name and name not in found.values():
            found[heading] = name
    found |= _by_choices([heading for heading in headings if heading not in found], found, worded)
    wordings |= {plain(name): [name] for name in named}
    return found | _by_words_alone([heading for heading in headings if heading not in found], found, wordings)


def _by_words_alone(headings: list[str], found: dict[str, str], wordings: dict[str, list[str]]) -> dict[str, str]:
    """Find the variables that are left by the words of their headings; where two may be meant, neither is."""
    alone: dict[str, set[str]] = {}
    for wording, variables in wordings.items():
        alone.setdefault(words_alone(wording), set()).update(variables)
    meant: dict[str, list[str]] = {}
    for heading in headings:
        for name in next((alone[words] for words in loosely(heading) if len(alone.get(words, ())) == 1), set()):
            meant.setdefault(name, []).append(heading)
    return {those[0]: name for name, those in meant.items() if len(those) == 1 and name not in found.values()}


def _by_choices(headings: list[str], found: dict[str, str], worded: pd.DataFrame) -> dict[str, str]:
    """Find the choices of a question by their texts alone: all that have no column yet, or none."""
    spelt = {plain(heading): heading for heading in headings}
    choices = worded[(worded["kind"] == Kind.MULTIPLE) & ~worded["variable"].isin(list(found.values()))]
    texts = choices["text"].map(plain)
    # One text for two choices says nothing.
    alone = choices[~texts.duplicated(keep=False) & texts.isin(list(spelt))]
    named: dict[str, str] = {}
    for item, part in alone.groupby("item", sort=False):
        if len(part) > 1 and len(part) == (choices["item"] == item).sum():
            named |= {spelt[plain(text)]: name for text, name in zip(part["text"], part["variable"], strict=True)}
    return named


def unlisted_boxes(
    names: Mapping[str, str], headings: Collection[str], items: Mapping[str, str]
) -> dict[str, list[str]]:
    """Find the boxes of a multiple choice that the questionnaire does not list, such as LimeSurvey's `Q[other]`.

    Parameters
    ----------
    names : mapping of str to str
        Heading → variable, as `name_columns` gives it.
    headings : collection of str
        All columns of the export.
    items : mapping of str to str
        The variable of a choice → its question.

    Returns
    -------
    dict of str to list of str
        Question → the headings that stand beside its choices in the same brackets, or after the same slash; a slash
        may stand after a group of questions too, so what is before it must be the question.

    Examples
    --------
    >>> unlisted_boxes({"q[a]": "q_a"}, ["q[a]", "q[other]", "p[a]"], {"q_a": "q"})
    {'q': ['q[other]']}
    """
    present = {plain(heading) for heading in headings}
    stems = {_stem(heading): items[name] for heading, name in names.items() if name in items}
    questions = {stem for stem, item in stems.items() if stem in present or stem.split("/")[-1] == plain(item)}
    found: dict[str, list[str]] = {}
    for heading in headings:
        stem = _stem(heading)
        if heading not in names and stem in (questions if "/" in heading else set(stems) - {""}):
            found.setdefault(stems[stem], []).append(heading)
    return found


def _stem(heading: str) -> str:
    """What a box of a multiple choice has before its own code or text; "" where it is no box."""
    box = re.fullmatch(r"(.+?)\s*\[[^\]]*\]|(.+)/[^/]+", heading, re.DOTALL)
    return plain(box[1] or box[2]) if box else ""


def _by_name(heading: str, names: dict[str, str], present: set[str]) -> str:
    """Look a code up as LimeSurvey, Kobo and REDCap write it, unless another column bears the very name."""
    code = CODE_AND_TEXT.fullmatch(heading)
    spellings = [code[1]] if code else []
    for spelling in [heading, *spellings]:
        last = spelling.split("/")[-2:]
        spellings += [re.sub(r"\[([^\]]*)\]", r"_\1", spelling), "_".join(last), "/".join(last), last[-1]]
        spellings += [spelling.replace("___", "_")]
    known = (plain(spelling) for spelling in [*spellings, *([code[2]] if code else [])])
    return next((names[spelling] for spelling in known if spelling in names and spelling not in present), "")


def _wordings(worded: pd.DataFrame) -> dict[str, list[str]]:
    """Give the variables that each wording may stand for, in the order of the questionnaire."""
    wordings: dict[str, list[str]] = {}
    for item, variable, kind, question, text in worded.itertuples(index=False, name=None):
        spellings = [] if kind == Kind.MULTIPLE else [text or question]
        if text:
            joined = [f"{sign}{text}" for sign in ("/", ".", " - ", " >> ", ": ")]
            joined += [f" [{text}]", f" (choice={text})"]
            spellings += [before + part for before in (question, item) for part in joined]
            spellings += [f"{text}:{question}"]
        for spelling in dict.fromkeys(map(plain, spellings)):
            wordings.setdefault(spelling, []).append(variable)
    return {spelling: list(dict.fromkeys(variables)) for spelling, variables in wordings.items()}


def _by_words(heading: str, wordings: dict[str, list[str]], present: set[str]) -> str:
    for words in words_of(heading):
        variables = wordings.get(plain(words), [])
        if len(variables) == 1:
            return variables[0]
    numbered = NUMBERED.fullmatch(plain(heading))
    base = numbered[1] if numbered and plain(heading) not in wordings else plain(heading)
    variables = wordings.get(base, [])
    family = [base, *(f"{base}{number}" for number in range(2, len(variables) + 1))]
    complete = bool(variables) and plain(heading) in family and set(family) <= present
    return variables[family.index(plain(heading))] if complete else ""
