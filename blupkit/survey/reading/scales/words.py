"""The words of common scales in Danish, Norwegian and English, from least to most: they say which way a scale runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

#: "5 = Helt enig", "5. Helt enig", "(5) Helt enig": the number that somebody wrote before the word.
NUMBERED_WORD: Final = re.compile(r"\(?(-?\d+(?:[.,]\d+)?)\)?\s*(?:[=:.)–—-]+\s*|\s+)(\D.*)", re.DOTALL)
_PLAIN_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
#: Families of scales, one line a step from least to most; what stands on one line says the same in other words.
_FAMILIES: Final = (
    """helt uenig, meget uenig, fuldstændig uenig, totalt uenig, svært uenig, veldig uenig, slet ikke enig,
       strongly disagree, completely disagree, totally disagree, fully disagree
    uenig, overvejende uenig, ganske uenig, disagree, mostly disagree, moderately disagree
    delvist uenig, delvis uenig, lidt uenig, noget uenig, litt uenig, noe uenig, mere uenig end enig,
       somewhat disagree, slightly disagree, partly disagree
    hverken enig eller uenig, hverken eller, verken enig eller uenig, verken eller, neutral, nøytral,
       neither agree nor disagree, neither agree or disagree, neither, undecided
    delvist enig, delvis enig, lidt enig, noget enig, litt enig, noe enig, mere enig end uenig,
       somewhat agree, slightly agree, partly agree
    enig, overvejende enig, ganske enig, agree, mostly agree, moderately agree
    helt enig, meget enig, fuldstændig enig, totalt enig, svært enig, veldig enig,
       strongly agree, completely agree, totally agree, fully agree""",
    """slet ikke, overhovedet ikke, i ingen grad, ikke i det hele taget, ikke i det hele tatt, not at all, to no extent
    i meget lav grad, i meget lille grad, i meget ringe grad, i svært liten grad, meget lidt, svært lite,
       very little, to a very small extent
    i mindre grad, i lav grad, i lille grad, i ringe grad, i liten grad, mindre, lidt, lite, litt, little, a little,
       slightly, to a small extent, to a lesser extent
    i nogen grad, i noen grad, til en vis grad, i moderat grad, nogenlunde, noget, noe, some, somewhat, moderately,
       to some extent, to a moderate extent
    i høj grad, i stor grad, i høy grad, meget, mye, a lot, quite a bit, very, to a great extent, to a large extent,
       to a high extent
    i meget høj grad, i meget stor grad, i svært stor grad, i svært høy grad, svært mye, rigtig meget, virkelig meget,
       helt, fuldt ud, helt og holdent, fullt ut, very much, a great deal, completely, fully, extremely,
       to a very great extent, to a very large extent, to a very high extent""",
    """slet ikke vigtig, ikke vigtig, uvigtig, uden betydning, ikke viktig, uviktig, ikke viktig i det hele tatt,
       not important, not at all important, not important at all, unimportant
    mindre vigtig, lidt vigtig, lite viktig, mindre viktig, litt viktig, slightly important, less important,
       of little importance
    nogenlunde vigtig, noget vigtig, hverken vigtig eller uvigtig, noe viktig, verken viktig eller uviktig,
       moderately important, somewhat important, neither important nor unimportant
    vigtig, viktig, ganske vigtig, ganske viktig, important, fairly important
    meget vigtig, svært viktig, veldig viktig, very important
    yderst vigtig, afgørende, helt afgørende, ekstremt viktig, avgjørende, extremely important, essential, crucial""",
    """meget dårlig, meget ringe, svært dårlig, veldig dårlig, very poor, very bad, terrible
    dårlig, ringe, poor, bad
    mindre god, temmelig dårlig, rather poor, below average
    hverken god eller dårlig, hverken eller, verken god eller dårlig, verken eller, middel, middels, nogenlunde,
       acceptabel, ok, okay, fair, average, acceptable, neither good nor bad, neither good nor poor, neither
    ret god, ganske god, fairly good, above average
    god, good
    meget god, svært god, veldig god, very good
    fremragende, utmerket, enestående, excellent, outstanding""",
    """ingen, intet, none
    meget lav, svært lav, veldig lav, very low
    lav, low
    middel, middels, moderat, medium, moderate, average
    høj, høy, high
    meget høj, svært høy, veldig høy, very high""",
    """aldrig, aldri, never
    næsten aldrig, meget sjældent, nesten aldri, svært sjelden, almost never, hardly ever, very rarely
    sjældent, sjelden, rarely, seldom
    af og til, nu og da, en gang imellem, nogle gange, indimellem, av og til, noen ganger, iblant, sometimes,
       occasionally, now and then
    ofte, often, frequently
    meget ofte, svært ofte, veldig ofte, very often, very frequently
    næsten altid, som regel, nesten alltid, almost always, usually
    altid, alltid, always""",
    """meget utilfreds, svært utilfreds, helt utilfreds, svært misfornøyd, veldig misfornøyd, very dissatisfied,
       very unsatisfied
    utilfreds, misfornøyd, dissatisfied, unsatisfied
    lidt utilfreds, noget utilfreds, delvist utilfreds, litt misfornøyd, noe misfornøyd, somewhat dissatisfied,
       slightly dissatisfied
    hverken tilfreds eller utilfreds, hverken eller, verken fornøyd eller misfornøyd, verken tilfreds eller utilfreds,
       verken eller, neutral, nøytral, neither satisfied nor dissatisfied, neither
    lidt tilfreds, noget tilfreds, delvist tilfreds, litt fornøyd, noe fornøyd, somewhat satisfied, slightly satisfied
    tilfreds, fornøyd, satisfied
    meget tilfreds, svært tilfreds, helt tilfreds, svært fornøyd, veldig fornøyd, very satisfied""",
    """meget usandsynlig, svært usannsynlig, veldig usannsynlig, very unlikely, extremely unlikely
    usandsynlig, usannsynlig, unlikely
    hverken sandsynlig eller usandsynlig, hverken eller, verken sannsynlig eller usannsynlig, neutral,
       neither likely nor unlikely, neither
    sandsynlig, sannsynlig, likely
    meget sandsynlig, svært sannsynlig, veldig sannsynlig, very likely, extremely likely""",
    """meget svært, svært vanskelig, meget vanskelig, veldig vanskelig, very difficult, very hard
    svært, vanskelig, difficult, hard
    hverken let eller svært, hverken nemt eller svært, hverken eller, verken lett eller vanskelig, neutral,
       neither easy nor difficult, neither
    let, nemt, lett, enkelt, easy
    meget let, meget nemt, svært lett, veldig lett, very easy""",
)


class Run(StrEnum):
    """Which way a scale runs: what its words say of its codes, in the word of `skala_retning`."""

    RISING = "stigende"
    FALLING = "faldende"
    MIXED = "blandet"
    UNKNOWN = ""


def word_key(text: str) -> str:
    """Write a word of a scale so that case, a number before it, a slash and the Danish -t do not matter.

    Parameters
    ----------
    text : str
        As it stands.

    Examples
    --------
    >>> word_key("5 = Vigtigt") == word_key("vigtig"), word_key("Hverken/eller") == word_key("hverken eller")
    (True, True)
    """
    numbered = NUMBERED_WORD.fullmatch(text.strip())
    words = re.findall(r"\w+", (numbered[2] if numbered else text).casefold())
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("t") else word for word in words)


def _steps(family: str) -> dict[str, int]:
    lines = re.sub(r",\s*\n", ", ", family).split("\n")
    return {word_key(word): step for step, line in enumerate(lines) for word in line.split(",")}


_STEPS: Final = tuple(map(_steps, _FAMILIES))


def rank_words(texts: Sequence[str]) -> list[float | None]:
    """Rank the words of a scale from least to most.

    Parameters
    ----------
    texts : sequence of str
        The labels, in any order; numbers are ranked as numbers.

    Returns
    -------
    list of float or None
        A rank for each that is known: two that say the same have the same one. All None where fewer than two different
        steps of one family are there.

    Examples
    --------
    >>> rank_words(["Helt uenig", "Uenig", "Måske", "Helt enig"])
    [0, 1, None, 6]
    >>> rank_words(["Dag", "Aften"])
    [None, None]
    """
    if len(texts) > 1 and all(_PLAIN_NUMBER.fullmatch(text.strip()) for text in texts):
        return [float(text.replace(",", ".")) for text in texts]
    keys = [word_key(text) for text in texts]
    best: list[float | None] = [None] * len(texts)
    for steps in _STEPS:
        found = [steps.get(key) for key in keys]
        if len(set(found) - {None}) > 1 and found.count(None) < best.count(None):
            best = list(found)
    return best


def direction(codes: Sequence[float], texts: Sequence[str]) -> Run:
    """Say which way the words of a scale run when its codes rise.

    Parameters
    ----------
    codes : sequence of float
        The answers' codes.
    texts : sequence of str
        Their labels.

    Examples
    --------
    >>> direction([5, 4, 3], ["Aldrig", "Sjældent", "Ofte"]).value, direction([1, 2, 3], ["God", "Bad", "Good"]).value
    ('faldende', 'blandet')
    """
    ranks = [rank for _, rank in sorted(zip(codes, rank_words(texts), strict=True)) if rank is not None]
    steps = [later - earlier for earlier, later in pairwise(ranks)]
    if not any(steps):
        return Run.UNKNOWN
    if all(step >= 0 for step in steps):
        return Run.RISING
    return Run.FALLING if all(step <= 0 for step in steps) else Run.MIXED


def same_step(text: str, labels: Sequence[str]) -> str | None:
    """Find the one label of a scale that says the same as a word in another language.

    Parameters
    ----------
    text : str
        What stands in a cell.
    labels : sequence of str
        The words of the scale.

    Returns
    -------
    str or None
        None where no label, or more than one, is on the same step of the family that the scale belongs to.

    Examples
    --------
    >>> same_step("Strongly agree", ["Helt uenig", "Enig", "Helt enig"])
    'Helt enig'
    """
    key, keys = word_key(text), [word_key(label) for label in labels]
    families = [steps for steps in _STEPS if key in steps and len({steps.get(each) for each in keys} - {None}) > 1]
    meant = {
        label for steps in families for label, each in zip(labels, keys, strict=True) if steps.get(each) == steps[key]
    }
    return meant.pop() if len(meant) == 1 else None
