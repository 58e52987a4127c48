"""Numbers, dates, lists and what lies close to each other, as Danish readers expect them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list

if TYPE_CHECKING:
    import pandas as pd

NO_BREAK = "\N{NO-BREAK SPACE}"
HIDDEN = "•"
#: Below this a share is told as "7 af 12".
ENOUGH_FOR_PERCENT = 30
#: The signs after z in most alphabets, so that nothing else stands between or behind.
_AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"})
#: January to December, and Monday to Sunday.
MONTHS = tuple(get_month_names("wide", locale="da").values())
WEEKDAYS = tuple(get_day_names("wide", locale="da")[day] for day in range(7))
SMALL_NUMBERS = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")


def number(value: float, decimals: int = 1) -> str:
    """Write a number with decimal comma and points between thousands.

    Parameters
    ----------
    value : float
        NaN gives an en dash.
    decimals : int
        Digits after the comma, always shown.

    Examples
    --------
    >>> number(3.25), number(1234.5, 0), number(-0.04), number(float("nan"))
    ('3,3', '1.235', '0,0', '–')
    """
    if math.isnan(value):
        return "–"
    return f"{rounded(value, decimals):,.{decimals}f}".translate(str.maketrans(",.-", ".,−"))


def rounded(value: float, decimals: int) -> float:
    """Round half away from zero, as her calculator and Excel do it: banker's rounding would make 3,25 to 3,2.

    Parameters
    ----------
    value : float
        A number.
    decimals : int
        Digits after the comma.

    Examples
    --------
    >>> rounded(3.25, 1), rounded(-0.04, 1)
    (3.3, 0.0)
    """
    scaled = math.floor(abs(value) * 10**decimals + 0.5 + 1e-9) / 10**decimals
    return math.copysign(scaled, value) if scaled else 0.0


def percent(value: float, decimals: int = 0) -> str:
    """Write a value on the scale 0-100 as "10 pct.", with a space that does not break.

    Parameters
    ----------
    value : float
        Per cent, 0-100.
    decimals : int
        Digits after the comma.

    Examples
    --------
    >>> percent(27.9).replace(NO_BREAK, " ")
    '28 pct.'
    """
    return f"{number(value, decimals)}{NO_BREAK}pct."


def from_the_end(bound: float, lowest: float, highest: float) -> str:
    """Write that a number lies somewhere between a bound and the end of its scale that is nearest to it.

    Parameters
    ----------
    bound : float
        The bound; on half points.
    lowest, highest : float
        The ends of the scale.

    Examples
    --------
    >>> from_the_end(4.5, 1, 5), from_the_end(1.5, 1, 5)
    ('4,5 eller højere', '1,5 eller lavere')
    """
    return f"{number(bound, 1)} eller {'højere' if highest - bound < bound - lowest else 'lavere'}"


def share(value: float, n: int) -> str:
    """Write a share as per cent, or as a count when it rests on few.

    Parameters
    ----------
    value : float
        0-100.
    n : int
        Those who answered.

    Examples
    --------
    >>> share(62.2, 45).replace(chr(160), " "), share(58.3, 12)
    ('62 pct.', '7 af 12')
    """
    return percent(value) if n >= ENOUGH_FOR_PERCENT else f"{round(value * n / 100)} af {n}"


def count(value: int) -> str:
    """Write a count in running text: nul to ti in letters, larger in digits.

    Parameters
    ----------
    value : int
        Not negative.

    Examples
    --------
    >>> count(6), count(11), count(1250)
    ('seks', '11', '1.250')
    """
    return SMALL_NUMBERS[value] if 0 <= value < len(SMALL_NUMBERS) else number(value, 0)


def long_date(value: date) -> str:
    """Write a date in words.

    Parameters
    ----------
    value : datetime.date
        The day.

    Examples
    --------
    >>> long_date(date(2022, 11, 25))
    'den 25. november 2022'
    """
    return f"den {format_date(value, format='d. MMMM y', locale='da')}"


def short_date(value: date) -> str:
    """Write a date in numbers, as in a table.

    Parameters
    ----------
    value : datetime.date
        The day.

    Examples
    --------
    >>> short_date(date(2022, 11, 5))
    '5.11.2022'
    """
    return f"{value.day}.{value.month}.{value.year}"


def moment(value: datetime) -> str:
    """Write when something happened, to the minute.

    Parameters
    ----------
    value : datetime.datetime
        As the clock on the wall showed it.

    Examples
    --------
    >>> moment(datetime(2022, 11, 25, 9, 5))
    '25. november 2022 kl. 9.05'
    """
    return f"{long_date(value).removeprefix('den ')} kl. {value.hour}.{value:%M}"


def many(value: int, one: str, more: str) -> str:
    """Write a count in digits with its noun.

    Parameters
    ----------
    value : int
        Not negative.
    one, more : str
        The noun in singular and plural.

    Examples
    --------
    >>> many(1, "kodning", "kodninger"), many(1250, "kodning", "kodninger")
    ('1 kodning', '1.250 kodninger')
    """
    return f"{number(value, 0)} {one if value == 1 else more}"


def count_of(part: int, whole: int) -> str:
    """Write how many of how many: in letters only where both are.

    Parameters
    ----------
    part, whole : int
        Not negative.

    Examples
    --------
    >>> count_of(3, 8), count_of(3, 22)
    ('tre af otte', '3 af 22')
    """
    return f"{part} af {whole}" if whole >= len(SMALL_NUMBERS) else f"{count(part)} af {count(whole)}"


#: A heading with more words is not read.
HEADING_WORDS = 16


def heading(*ways: str) -> str:
    """Choose the first way of saying something that is short enough for a heading; the last where none is.

    Parameters
    ----------
    ways : str
        From the fullest to the shortest.

    Examples
    --------
    >>> heading("ord " * 17, "Grupperne peger ikke på det samme")
    'Grupperne peger ikke på det samme'
    """
    return next((way for way in ways if len(way.split()) <= HEADING_WORDS), ways[-1])


def contrast(groups: Mapping[str, Sequence[str]], first: str, then: str, *, brief: bool = False) -> str:
    """Set what different people do against each other in one sentence, without full stop.

    Parameters
    ----------
    groups : mapping of str to sequence of str
        What they do it to, and who they are.
    first, then : str
        The verb with its preposition, and the same once it has been said.
    brief : bool
        Whether the verb is said only once, also of two.

    Examples
    --------
    >>> contrast({"»X«": ["kommunalt ansatte", "politikere"], "»Y«": ["lokalråd"]}, "peger oftest på", "peger på")
    'Kommunalt ansatte og politikere peger oftest på »X«, mens lokalråd peger på »Y«'
    >>> contrast({"»X«": ["ansatte"], "»Y«": ["lokalråd"], "»Z«": ["politikere"]}, "peger oftest på", "peger på")
    'Ansatte peger oftest på »X«, lokalråd på »Y« og politikere på »Z«'
    """
    again = then if len(groups) == 2 and not brief else then.split()[-1]
    parts = [f"{listing(who)} {again if place else first} {what}" for place, (what, who) in enumerate(groups.items())]
    between = ", " if brief else ", mens "
    return first_upper(between.join(parts) if len(groups) == 2 else listing(parts))


def listing(words: Iterable[str], last: str = "og") -> str:
    """Join words as in a sentence.

    Parameters
    ----------
    words : iterable of str
        None, one or more.
    last : {"og", "eller"}
        The word before the last one.

    Examples
    --------
    >>> listing(["æbler", "pærer", "blommer"]), listing(["a", "b"], "eller"), listing([])
    ('æbler, pærer og blommer', 'a eller b', '')
    """
    items: Sequence[str] = list(words)
    return str(format_list(items, style="standard" if last == "og" else "or", locale="da")) if items else ""


def first_upper(text: str) -> str:
    """Make the first letter a capital and leave the rest alone.

    Parameters
    ----------
    text : str
        May be empty.

    Examples
    --------
    >>> first_upper("søge fonde i EU")
    'Søge fonde i EU'
    """
    return text[:1].upper() + text[1:]


def danish_order(text: str) -> tuple[str, str, str]:
    """Give what a text is sorted by in Danish: æ, ø, å after z, aa as å, ä as æ and ö as ø, other accents aside.

    Parameters
    ----------
    text : str
        Any text; capital and small letter stand together.

    Examples
    --------
    >>> sorted(["Ærø", "Aarhus", "Zoo", "Ålborg", "ører", "alle", "Alle", "Idé", "ide"], key=danish_order)
    ['Alle', 'alle', 'ide', 'Idé', 'Zoo', 'Ærø', 'ører', 'Ålborg', 'Aarhus']
    """
    joined = unicodedata.normalize("NFC", text).replace("aa", "å").replace("Aa", "Å").replace("AA", "Å")
    letters = joined.casefold().translate(_AFTER_Z)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", letters) if not unicodedata.combining(sign))
    return plain, letters, text


def first_lower(text: str) -> str:
    """Make the first letter small, as within a sentence; an abbreviation stays.

    Parameters
    ----------
    text : str
        May be empty.

    Examples
    --------
    >>> first_lower("Tid til læring"), first_lower("EU-midler"), first_lower("Ø-samarbejde")
    ('tid til læring', 'EU-midler', 'Ø-samarbejde')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def close_to(most: float, others: pd.Series) -> int:
    """Count the others that lie closer to the largest count than chance often moves them.

    The difference of two counts is as uncertain as the root of their sum.

    Parameters
    ----------
    most : float
        The largest count.
    others : pandas.Series
        The smaller ones; not changed. Missing ones are not close.

    Examples
    --------
    >>> import pandas as pd
    >>> close_to(15, pd.Series([13, 11, 4]))
    2
    """
    return int(((most - others) ** 2 < most + others).sum())


def text_close(close: Mapping[str, int], one: str, several: str) -> str:
    """Say in which groups other things come nearly as often as the first, so that chance may have put that first.

    Parameters
    ----------
    close : mapping of str to int
        Each group that is told of, and how many other things lie close; those to be named last, last.
    one, several : str
        What the groups do to another thing, and to others: "vælger et andet svar".

    Returns
    -------
    str
        A sentence with a blank before it; "" where nothing lies close.

    Examples
    --------
    >>> text_close({"ansatte": 2, "politikere": 0}, "vælger et andet svar", "vælger andre svar")
    ' Ansatte vælger andre svar næsten lige så ofte.'
    >>> text_close({"ansatte": 1}, "vælger et andet svar", "vælger andre svar")
    ' De vælger et andet svar næsten lige så ofte.'
    """
    whom = [who for who, many in close.items() if many]
    if not whom:
        return ""
    every = {1: "De", 2: "Begge grupper"}.get(len(close), "Alle grupper")
    who = every if len(whom) == len(close) else first_upper(listing(whom))
    return f" {who} {one if max(close.values()) == 1 else several} næsten lige så ofte."
