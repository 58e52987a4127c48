"""What a speaker's label looks like, whatever people call themselves in a meeting. Decided here and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from blupkit.core.language import STOP_WORDS, is_ordinary_word
from blupkit.core.lexicon.names import is_first_name
from blupkit.interviews.transcripts.turn import NamesSpeaker

#: The longest display names that were seen carry a department and a municipality.
LONGEST: Final = 120
_BOLD: Final = re.compile(r"\*\*(?P<label>[^*\n]+?)\s*(?::\s*\*\*|\*\*\s*:?)(?=\s|$)(?P<rest>.*)", re.S)
_ITALIC: Final = re.compile(
    r"(?P<mark>[*_]{1,3})(?P<label>[^*_\n]+?)\s*(?::(?P=mark)|(?P=mark)\s*:)(?=\s|$)(?P<rest>.*)", re.S
)
_BRACKETS: Final = re.compile(r"[\[<](?P<label>[^\W\d_][^\]>\n]*)[\]>]\s*:(?=\s|$)(?P<rest>.*)", re.S)
_MARKS: Final = frozenset("*_[<")
#: What subtitles set before the words of somebody else: "- L1: Ja.", "-L1: Ja.", ">> L1: Ja."
_ELSE: Final = r"(?:[-–—•*]\s+(?=\D)|[-–—](?=[^\W\d_])|>{2,3}\s*(?=\D))"
_NUMBERED_LINE: Final = re.compile(rf"^(?:\d{{1,4}}[.)]?\s+(?=\D)|{_ELSE})")
_ASIDE: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")
_AROUND: Final = re.compile(r"[(\[](?P<inner>[^()\[\]]+)[)\]]")
_CODE: Final = re.compile(r"[^\W\d_a-zæøåéäöü]{1,4}\d{0,2}|[^\W\d_]+_\d{1,2}")
_WORD_NUMBER: Final = re.compile(
    r"(?P<word>[^\W\d_]+(?:\s[^\W\d_]+)?)\s?(?P<number>\d{1,2})|(?P<aged>[^\W\d_]+),?\s(?:på\s)?\d{2}\s?år"
)
_PHONE: Final = re.compile(r"\+?[\d\s().-]{6,20}")
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_LOGIN: Final = re.compile(r"[^\W\d_]{2,}(?:[._][^\W\d_]{2,})+\d{0,4}")
#: What a telephone or a tablet calls itself in a meeting.
DEVICE: Final = re.compile(r"(?:iphone|ipad|macbook|android|samsung|galaxy|huawei)\b", re.I)
_USUAL: Final = re.compile(
    r"(?:interview(?:er|person)|informant|moderator|deltager|participant|speaker|taler|facilitator|ordstyrer"
    r"|ukendt(?: taler)?|unknown(?: speaker)?|mand|kvinde|referent|observatør|tolk"
    r"|(?:int|interv|mod|resp|inf|delt|fac)\.)(?:\s*\d{1,2})?|\(?\?{1,3}\)?",
    re.I,
)
_SEVERAL: Final = re.compile(
    r"alle(?: sammen| deltager(?:e|ne)| (?:to|tre|fire|fem|seks))?|begge(?: to)?|flere|mange|deltagerne|publikum"
    r"|flere (?:på én gang|taler|stemmer|deltagere|i (?:kor|salen))|hele (?:gruppen|bordet|holdet|salen|forsamlingen)"
    r"|i kor|i munden på hinanden",
    re.I,
)
#: What may join the words of a post or a place: "formand for udvalget".
_JOINS: Final = frozenset({"af", "for", "fra", "i", "på", "ved"})
_MOST_OF_POST: Final = 4
#: Words that are numbered in the headings of a guide: "Tema 2: Økonomi" is nobody.
_HEADINGS: Final = (
    "afsnit bilag blok case dag del emne fase figur interview kapitel kl nr opgave punkt runde side spørgsmål tabel"
    " tema trin øvelse ad artikel paragraf version år"
)
_NUMBERED: Final = frozenset(_HEADINGS.split())
_BETWEEN: Final = "af de den der van von la le di da el al bin y e og"
_PARTICLES: Final = frozenset(_BETWEEN.split())
#: What a sentence begins with before a name: "Og Anders: …" is said to Anders.
_FIRST_WORDS: Final = (
    "hej tak kære nå okay ok jamen velkommen goddag godmorgen godaften farvel undskyld hør prøv kom spørg sig se"
    " præcis netop godt fint super øh øhm hm hmm eksempelvis f.eks fx desuden derfor derefter derudover endelig"
    " først dernæst dels alligevel måske naturligvis selvfølgelig ellers ligesom sådan hallo haha jaja nja dvs nb ps"
    " note obs bemærk vedr re citat pointe resultat konklusion eksempel spørgsmålet svaret problemet sagen"
)
_OPENERS: Final = STOP_WORDS | frozenset(_FIRST_WORDS.split())


def split_label(line: str, names_speaker: NamesSpeaker) -> tuple[str, str] | None:
    """Part a line at the label of its speaker.

    A label ends with a colon; one in bold needs none. One in brackets or in bold is a label whatever it says. The
    colon may touch the words that follow where letters follow it. The number of a line, a dash or the ">>" of subtitles
    may stand before it.

    Parameters
    ----------
    line : str
        Without a time before it.
    names_speaker : callable
        Whether words before a colon name a speaker.

    Returns
    -------
    tuple of str, optional
        The label, and what is said; None where the line has no label.

    Examples
    --------
    >>> known = {"L1", "Holm, Ida"}.__contains__
    >>> split_label("L1: Ja.", known), split_label("[Gæst]: Nej.", known), split_label("12 L1:Jo.", known)
    (('L1', 'Ja.'), ('Gæst', 'Nej.'), ('L1', 'Jo.'))
    >>> split_label("Holm, Ida: Ja: nej.", known), split_label("**Ida** Ja.", known), split_label("Så: nej.", known)
    (('Holm, Ida', 'Ja: nej.'), ('Ida', 'Ja.'), None)
    """
    marked, ways = _parts(line)
    return marked or next((way for way in ways if names_speaker(way[0])), None)


def first_label(line: str) -> str:
    """Give what stands where a label does, whether it names a speaker or not; "" where nothing does.

    Examples
    --------
    >>> first_label("12 L1: Ja."), first_label("[Gæst]: Nej."), first_label("Kl. 10:30")
    ('12 L1', 'Gæst', '')
    """
    marked, ways = _parts(line)
    return (marked or ways[0])[0] if marked or ways else ""


@lru_cache(maxsize=5_000)  # each line is asked of when its file's labels are looked for, and when it is read
def _parts(line: str) -> tuple[tuple[str, str] | None, list[tuple[str, str]]]:
    """Part a line at a label that is one whatever it says, and where there is none in the ways in which it may be."""
    line = line.strip()
    if ":" not in line and not line.startswith("**"):
        return None, []
    marked = (_BOLD.match(line) or _BRACKETS.match(line) or _ITALIC.match(line)) if line[:1] in _MARKS else None
    if marked:
        return (marked["label"].strip(" :"), marked["rest"].strip()), []
    bare = without_number(line)
    # A number may be of the label, a sign that somebody else speaks never is.
    ways = map(before_colon, (line,) if bare == line else (line, bare) if line[0].isdigit() else (bare, line))
    return None, [way for way in ways if way]


def without_number(line: str) -> str:
    """Leave out the number of a line, or the sign that somebody else speaks, before what stands in it.

    Examples
    --------
    >>> [without_number(line) for line in ("12 L1: Ja.", "– L1: Ja.", ">> L1: Ja.", "10:30", "-5 grader")]
    ['L1: Ja.', 'L1: Ja.', 'L1: Ja.', '10:30', '-5 grader']
    """
    return _NUMBERED_LINE.sub("", line.strip(), count=1)


def before_colon(line: str) -> tuple[str, str] | None:
    """Part a line at its first colon that is none of a time or an address, whatever stands before it.

    Examples
    --------
    >>> before_colon("Vi sagde: nej"), before_colon("Kl. 10:30"), before_colon("https://a.example")
    (('Vi sagde', 'nej'), None, None)
    """
    place = line.find(":", 0, LONGEST + 1)
    label, rest = line[: max(place, 0)].strip(), line[place + 1 :]
    touching = rest[:1] and not rest[0].isspace() and not (rest[0].isalpha() or rest[0] in "\"”»’'(…")
    if not label or touching or "\t" in label or label.count("(") != label.count(")"):
        return None
    return label, rest.strip()


def label_shape(label: str) -> str:
    """Tell what words before a colon, or above a turn, look like.

    Parameters
    ----------
    label : str
        Without the colon.

    Returns
    -------
    str
        "code" (also one of the usual labels, and a word with a number), "several" (more than one at once), "display"
        (what only a display name looks like: an address, a telephone, a bar, a last name first), "full name", "one
        name" (which may be just the start of a sentence), "lower" (one or two words in lower case) or "".

    Examples
    --------
    >>> [label_shape(label) for label in ("L1", "Interviewer", "Kvinde 2", "SPEAKER_00", "Tema 2", "Han sagde")]
    ['code', 'code', 'code', 'code', '', '']
    >>> [label_shape(label) for label in ("Bo Ravn Holm", "Élise H. (SL)", "Louise", "Og så", "Og Anders", "ida")]
    ['full name', 'full name', 'one name', '', '', 'lower']
    >>> {label_shape(label) for label in ("Holm, Ida", "Ida | Kommune", "ida@by.example", "+45 20 00 00 14")}
    {'display'}
    >>> [label_shape(label) for label in ("L1+L2", "Ida & Bo", "Alle", "Ja, Anders", "(griner) Ida")]
    ['several', 'several', 'several', '', '']
    """
    words = _plain(label)
    around = _AROUND.fullmatch(words)
    words = around["inner"] if around else words
    if not words or words.startswith("("):
        return "display" if label.strip() and not words else ""
    if _is_several(words):
        return "several"
    opens = opens_sentence(words.split()[0])
    named = _MAIL.search(words) or _PHONE.fullmatch(words) or _LOGIN.fullmatch(words) or DEVICE.search(words)
    if named and len(words.split()) <= _MOST_NAMES and not opens:
        return "display"
    if (_CODE.fullmatch(words) and not opens_sentence(words)) or is_usual(words) or _is_numbered(words):
        return "code"
    return _parted(words) or _name(_ASIDE.sub(" ", words).strip())


def is_usual(label: str) -> bool:
    """Whether speakers of any study are called so, with a number or without.

    Examples
    --------
    >>> is_usual("Moderator"), is_usual("deltager 3"), is_usual("Bo")
    (True, True, False)
    """
    return bool(_USUAL.fullmatch(label))


def is_called(label: str) -> bool:
    """Whether the first word is a first name, an everyday word too or not.

    Examples
    --------
    >>> is_called("Søren"), is_called("Helle Krog"), is_called("Derfor")
    (True, True, False)
    """
    return is_first_name(label.split()[0])


def before_post(label: str) -> str:
    """Give the whole name or the letters before a comma and what somebody is; "" where a sentence may go on there.

    Examples
    --------
    >>> before_post("Bo Ravn, formand for rådet"), before_post("L1, lokalråd"), before_post("Bo, formand")
    ('Bo Ravn', 'L1', '')
    >>> before_post("Bo Ravn, hvad siger du"), before_post("Bo Ravn, jeg er")
    ('', '')
    """
    name, comma, post = label.partition(", ")
    words = post.split()
    if not comma or not 0 < len(words) <= _MOST_OF_POST or label_shape(name) not in {"full name", "code"}:
        return ""
    own = [word for word in words if word not in _JOINS]
    is_post = words[0] in own and all(word.isalpha() and not opens_sentence(word) for word in own)
    return name if is_post else ""


def may_be_called(label: str) -> bool:
    """Whether the first word is a first name, or no everyday word.

    Examples
    --------
    >>> may_be_called("Bo"), may_be_called("Tværkær"), may_be_called("Derfor")
    (True, True, False)
    """
    return is_called(label) or not is_ordinary_word(label.split()[0])


def opens_sentence(word: str) -> bool:
    """Whether a sentence may begin with this word, and whoever is spoken to come after it.

    Examples
    --------
    >>> opens_sentence("Og"), opens_sentence("Ida")
    (True, False)
    """
    # "I:" is who interviews, and "I. Holm" somebody.
    return word not in {"I", "I."} and word.casefold().strip(".,") in _OPENERS


def _plain(label: str) -> str:
    """Leave out emoji and other pictures."""
    letters = (
        " " if unicodedata.category(letter) in {"So", "Sk", "Cs", "Co", "Cn"} or letter in "\u200d\ufe0f" else letter
        for letter in label
    )
    return " ".join("".join(letters).split())


def _is_several(words: str) -> bool:
    if _SEVERAL.fullmatch(_ASIDE.sub(" ", words).strip()):
        return True
    parts = re.split(r"\s*(?:[+&/]|\bog\b|,)\s*", words)
    if len(parts) > 1 and all(_CODE.fullmatch(part) or _is_numbered(part) for part in parts):
        return True
    # "Teknik & Miljø" is a department.
    names = re.split(r"\s*[+&]\s*", words)
    return len(names) > 1 and all(
        name and (_CODE.fullmatch(name) or (_name(name) in _CAPITALISED and is_called(name))) for name in names
    )


def _is_numbered(words: str) -> bool:
    found = _WORD_NUMBER.fullmatch(words)
    word = found and (found["word"] or found["aged"])
    if not word or not any(letter.isupper() for letter in word):
        return False
    first = word.split()[0].casefold()
    return first not in _NUMBERED and first not in _OPENERS


def _parted(words: str) -> str:
    """Judge what has a bar, a slash, a dash or a comma in it."""
    first, bar, _ = words.partition("|")
    if bar:
        return "display" if 0 < len(first.split()) <= 6 and not opens_sentence(first.split()[0]) else ""
    for mark in (" / ", " - ", " – ", "/"):
        first, found, rest = words.partition(mark)
        if found:
            first = _ASIDE.sub(" ", first).strip()
            named = "full name" if _is_reversed(first) else _name(first)
            sure = named == "full name" or (named == "one name" and "/" in mark and rest[:1].isupper())
            return "display" if sure and len(words.split()) <= 12 else ""
    return "display" if _is_reversed(_ASIDE.sub(" ", words).strip()) else ""


def _is_reversed(words: str) -> bool:
    """Whether a last name stands first: "Holm, Ida"."""
    last, comma, first = words.partition(", ")
    return bool(comma) and _name(last) in _CAPITALISED and _name(first) in _CAPITALISED


_MOST_NAMES: Final = 7
_CAPITALISED: Final = frozenset({"one name", "full name"})


def _name(words: str) -> str:
    pieces = words.split()
    if not 0 < len(pieces) <= _MOST_NAMES or not all(_is_name_word(piece) for piece in pieces):
        return ""
    if opens_sentence(pieces[0]):
        return ""
    capitals = [any(letter.isupper() for letter in piece) for piece in pieces]
    if len(pieces) == 1:
        return "one name" if capitals[0] else "lower"
    between = zip(pieces[1:-1], capitals[1:-1], strict=True)
    if capitals[0] and capitals[-1] and all(capital or piece in _PARTICLES for piece, capital in between):
        return "full name"
    return "lower" if len(pieces) == 2 and not any(capitals) else ""


def _is_name_word(piece: str) -> bool:
    letters = piece.strip(".").replace("-", "").replace("’", "").replace("'", "").replace(".", "")
    return letters.isalpha() or (letters.isalnum() and letters[:1].isalpha())
