"""Which columns belong to one question: headings taken apart into the question they share and the point of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from blupkit.survey.reading.origin.conventions import CODE_AND_TEXT

#: Where a heading may be cut into a question and its point.
CUTS: Final = re.compile(r"\s+[-–—]+\s+|:\s*|\s+/\s+|\s+[|>]+\s+|(?<=[?.:])\s+|\s*\n\s*")
#: The signs that part a question from its point surely; the others only where none of these does.
_SURE: Final = re.compile(r"\s+[-–—|>/]+\s+|/|\[|___|\.")
#: The same in a name without blanks: `form/webinar`, `form[1]`, `q1_2`, `q1.2`, `form___1`.
_CODE_CUTS: Final = re.compile(r"/|\[|___|(?<=[^_])_(?=[^_]+$)|\.(?=\w+$)|(?<=[^\W\d])(?=\d+$)|(?<=\d)(?=[a-zæøå]$)")
#: What Qualtrics writes behind a question that may be answered in own words too.
_SELECTED: Final = re.compile(r"\s+-\s+(selected choice|valgte svar)\b", re.IGNORECASE)
#: Two points that begin with the same words say them in the question; fewer words are no question.
_SHARED_WORDS: Final = 3
#: Fewer letters than this, shared by the ends of headings, are no question.
_SHORTEST: Final = 8


class Wording(NamedTuple):
    """A heading: its name where it is one, the question, and the point of it that the column is about."""

    code: str
    question: str
    point: str = ""
    shared: bool = False


def word_columns(headings: list[str], texts: Mapping[str, str]) -> dict[str, Wording]:
    """Take every heading apart.

    Parameters
    ----------
    headings : list of str
        In the order of the file.
    texts : mapping of str to str
        Heading → the question's text, where the export or a questionnaire says it.

    Returns
    -------
    dict of str to Wording
        `shared` says that another column has the same question.

    Examples
    --------
    >>> word_columns(["Hvor vigtigt er det? [Søge fonde]", "Hvor vigtigt er det? [Lede møder]", "Alder"], {})[
    ...     "Hvor vigtigt er det? [Lede møder]"
    ... ]
    Wording(code='', question='Hvor vigtigt er det?', point='Lede møder', shared=True)
    """
    whole = {heading: _whole(heading, texts.get(heading, "")) for heading in headings}
    worded = {heading: text for heading, (_, text) in whole.items() if text}
    coded = {heading: code for heading, (code, text) in whole.items() if not text}
    parts = _parts(worded, CUTS) | _parts(coded, _CODE_CUTS)
    return {heading: Wording(code, *parts[heading]) for heading, (code, _) in whole.items()}


def is_name(heading: str) -> bool:
    """Whether a heading is a variable's name and no words.

    Examples
    --------
    >>> is_name("k01_v"), is_name("form/webinar"), is_name("Hvor gammel er du?")
    (True, True, False)
    """
    return bool(re.fullmatch(r"[^\s?]{1,60}", heading)) and heading[:1] not in {"[", "("}


def _whole(heading: str, text: str) -> tuple[str, str]:
    """Give name and text of a heading; LimeSurvey may write both."""
    text = _SELECTED.sub("", text)
    both = CODE_AND_TEXT.fullmatch(heading)
    if both and (re.search(r"[^\W\d]", both[1]) or "[" in both[1]):
        return both[1], text or " ".join(_SELECTED.sub("", both[2]).split())
    if is_name(heading):
        return heading, " ".join(text.split()) if text != heading else ""
    return "", " ".join((text or heading).split())


def _parts(texts: Mapping[str, str], cuts: re.Pattern[str]) -> dict[str, tuple[str, str, bool]]:
    """Cut each text where what stands before the cut, or behind it, is shared by most others."""
    spans = {heading: _spans(text, cuts) for heading, text in texts.items()}
    before = Counter(texts[heading][:start] for heading in texts for start, _ in spans[heading] if start)
    behind = Counter(texts[heading][end:] for heading in texts for _, end in spans[heading])
    parts: dict[str, tuple[str, str, bool]] = {}
    for heading, text in texts.items():
        first = [(before[text[:start]], start, end) for start, end in spans[heading] if start]
        first = [cut for cut in first if cut[0] > 1]
        first = [cut for cut in first if _SURE.fullmatch(text[cut[1] : cut[2]])] or first
        last = [
            (behind[text[end:]], start, end)
            for start, end in spans[heading]
            if behind[text[end:]] > 1 and start and re.search(r"[-–—:|>/_]|^$", text[start:end])
        ]
        if cuts is _CODE_CUTS:  # "form_1" and "barr_1" share no question
            last = [cut for cut in last if not re.fullmatch(r"[\d_]*|other\]?", text[cut[2] :])]
        else:  # "Other" behind several questions is none
            last = [cut for cut in last if len(text[cut[2] :]) > _SHORTEST]
        last = [] if first and _SURE.fullmatch(text[first[0][1] : first[0][2]]) and cuts is _CODE_CUTS else last
        if first and (not last or max(first)[0] >= max(last)[0]):
            _, start, end = max(first)
            question = text[:start].strip().rstrip("_") if cuts is _CODE_CUTS else text[:start].strip()
            parts[heading] = (question, _point(text[end:], opened="[" in text[start:end]), True)
        elif last:
            _, start, end = max(last, key=lambda cut: (cut[0], -cut[1]))
            parts[heading] = (text[end:].strip(), text[:start].strip(), True)
        else:
            parts[heading] = _alone(text)
    return parts


def _spans(text: str, cuts: re.Pattern[str]) -> list[tuple[int, int]]:
    """Give the places where a text may be cut: what stands in brackets at its end is a whole point."""
    bracket = re.search(r"\s*\[(?=[^\[\]]+\]$)", text) if cuts is CUTS else None
    if bracket:
        return [bracket.span()]
    return [match.span() for match in cuts.finditer(text)]


def _alone(text: str) -> tuple[str, str, bool]:
    """A question of one point, as Google writes a grid of one row, has its point in brackets."""
    bracket = re.fullmatch(r"(.*\S)\s*\[([^\[\]]+)\]", text, re.DOTALL)
    return (bracket[1], bracket[2], False) if bracket else (text, "", False)


def _point(text: str, *, opened: bool) -> str:
    text = text.strip(" -–—")
    return text.removesuffix("]").strip() if opened else text.removesuffix(")").strip() if "(" not in text else text


def common_words(texts: list[str]) -> str:
    """Give the words with which all of some texts begin, when they are enough to be a question.

    Examples
    --------
    >>> common_words(["Hvor vigtigt er det at søge fonde", "Hvor vigtigt er det at lede møder"])
    'Hvor vigtigt er det at'
    """
    split = [text.split() for text in texts]
    shared: list[str] = []
    for words in zip(*split, strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    enough = len(shared) >= _SHARED_WORDS and all(len(words) > len(shared) for words in split)
    return " ".join(shared) if enough and len(texts) > 1 else ""


def short(text: str, longest: int = 34) -> str:
    """Shorten a text to what a figure has room for, at the end of a word.

    Examples
    --------
    >>> short("facilitere større processer, fx borgermøder og workshops")
    'facilitere større processer, fx …'
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    kept = text[: longest - 1].rsplit(" ", 1)[0] if " " in text[: longest - 1] else text[: longest - 1]
    return f"{kept.rstrip(' ,;:-–')} …"[:longest]
