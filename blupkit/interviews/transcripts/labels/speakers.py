"""Which words before a colon name a speaker in one transcript, and which only look as if they did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Final

from blupkit.core import Fault
from blupkit.core.danish import many
from blupkit.interviews.transcripts.labels.shape import (
    first_label,
    is_called,
    is_usual,
    label_shape,
    may_be_called,
    opens_sentence,
)
from blupkit.interviews.transcripts.labels.times import Line
from blupkit.interviews.transcripts.turn import PERHAPS_A_SPEAKER, NamesSpeaker, warning

#: A repeated "label" of more words than this is how somebody talks.
_LONGEST: Final = 6
_MOST: Final = 12
#: A name in brackets with no colon behind it, before what may be said.
_UNENDED: Final = re.compile(r"(?P<whole>[\[<(](?P<label>[^\W\d_][^\[\]<>():]*)[\])>])\s+\S.*")
#: One with another sign behind it, or a letter and a number with none.
_OTHERWISE: Final = re.compile(
    r"(?P<whole>(?P<label>[^\W\d_][^\[\]<>():;,|=]{0,60}?)\s*(?:[;,.|=>)]|\s[-–—]|[-–—](?=\s)|(?<=\d)(?=\s)))\s+\S.*"
)
#: Where so many lines begin with a speaker, one that begins otherwise is told of; a few lines say nothing.
_KEPT_TO: Final = 0.75
_FEW: Final = 4


def speaker_test(lines: Iterable[Line], is_known: Callable[[str], bool], *, typed: bool) -> NamesSpeaker:
    """Build the test of what stands before a colon: known people, labels that carry times, and the shape of a name.

    A label that occurs once is a speaker when it is a name or can be nothing else; one that is repeated also when it
    may be just a word. Where labels carry times, a single word that never does is none. A meeting program writes names:
    letters such as "LR" are a label at once only in what somebody typed.

    Parameters
    ----------
    lines : iterable of Line
        All lines in which a label may stand.
    is_known : callable
        Whether a label means somebody who is known.
    typed : bool
        Whether somebody typed the transcript.

    Examples
    --------
    >>> texts = ["Ida: Ja.", "Søren Holm: Nej.", "Ida: Jo.", "Derfor: ja.", "Kvinde 1: Nå."]
    >>> names_speaker = speaker_test([Line(1, text) for text in texts], lambda label: False, typed=True)
    >>> [label for label in ("Ida", "Søren Holm", "Derfor", "Kvinde 1", "Og Ida") if names_speaker(label)]
    ['Ida', 'Søren Holm', 'Kvinde 1']
    """
    found = [(line.leads, first_label(line.text)) for line in lines]
    times = Counter(label for _, label in found if label)
    with_times = Counter(label for time, label in found if label and time)
    # Where a program names somebody in nearly every line, what stands there is a name, whatever it looks like.
    named = not typed and len(found) > 2 and 10 * sum(bool(label) for _, label in found) >= 9 * len(found)
    stamped = {label for label, count in with_times.items() if count > 1 or names_after_time(label)}

    @cache
    def names_speaker(label: str) -> bool:
        if label in stamped or is_known(label):
            return True
        often = times[label] > 1
        if named and len(label.split()) <= _LONGEST and not opens_sentence(label.split()[0]):
            return True
        match label_shape(label):
            case "display":
                return True
            case "code" | "several":
                return typed or often or label[-1].isdigit() or is_usual(label)
            case "full name":
                first, then = label.split()[:2]
                # "Spørg Anders: …" is said to Anders, where an Anders takes part.
                return often or may_be_called(first) or not is_known(then)
            case "one name":
                return (often or is_called(label)) and not stamped
            case "lower":
                return often and not stamped and may_be_called(label)
            case _:
                return False

    return names_speaker


def names_after_time(label: str) -> bool:
    """Whether words between a time and a colon name a speaker, whoever is known: all that is no piece of a sentence.

    Examples
    --------
    >>> names_after_time("ida h"), names_after_time("formanden"), names_after_time("Vi søgte sidste år")
    (True, True, False)
    """
    return bool(label_shape(label)) or (len(label.split()) < 3 and not opens_sentence(label.split()[0]))


def before_colons(lines: Iterable[Line]) -> frozenset[str]:
    """Give what stands before a colon where lines begin, speaker or not.

    Examples
    --------
    >>> sorted(before_colons([Line(1, "Ida: Ja."), Line(2, "Derfor: nej: nej"), Line(3, "Nå.")]))
    ['Derfor', 'Ida']
    """
    return frozenset(filter(None, (first_label(line.text) for line in lines)))


def speaking_rows(lines: Iterable[Line], names_speaker: NamesSpeaker) -> Iterator[int]:
    """Give the numbers of the lines that begin with a speaker.

    Examples
    --------
    >>> list(speaking_rows([Line(1, "Ida: Ja."), Line(2, "Derfor: nej."), Line(4, "Ida: Nå.")], "Ida".__eq__))
    [1, 4]
    """
    return (line.row for line in lines if (label := first_label(line.text)) and names_speaker(label))


def untaken_labels(
    file: str,
    lines: Iterable[Line],
    names_speaker: NamesSpeaker,
    taken: Collection[str] = (),
    heard: Collection[int | None] | None = None,
) -> list[Fault]:
    """Warn of what stands before a colon and is no speaker: what is repeated, what looks like one, what says nothing.

    And of speakers in brackets with no colon. Where nearly every line begins with a speaker, any few words before a
    colon may be one ("Formanden: …"), and so may a speaker of the file before another sign ("L2; …").

    Parameters
    ----------
    file : str
        What to call the file.
    lines : iterable of Line
        All lines in which a label may stand, as `speaker_test` saw them.
    names_speaker : callable
        What the reader asked.
    taken : collection of str
        The labels that began a turn for another reason, such as a time before them.
    heard : collection of int, optional
        The lines on which a turn with words begins, where each label begins one of its own.

    Examples
    --------
    >>> lines = [Line(1, "Altså: ja."), Line(2, "Brændgaard: Nej."), Line(3, "Altså: jo."), Line(4, "Derfor: kl. 8.")]
    >>> [(fault.row, fault.found) for fault in untaken_labels("a.txt", lines, lambda label: False)]
    [(1, 'Altså: (2 gange)'), (2, 'Brændgaard: (1 gang)')]
    >>> lines = [Line(1, "L1: Ja."), Line(2, "[L1] Nej."), Line(3, "[Larm] Nå."), Line(4, "Bo Ravn, du ved: jo.")]
    >>> [(fault.row, fault.found) for fault in untaken_labels("a.txt", lines, "L1".__eq__, {"L1"})]
    [(4, 'Bo Ravn, du ved: (1 gang)'), (2, '[L1] (1 gang)')]
    >>> lines = [Line(row, f"L{1 + row % 2}: Ja.") for row in range(8)] + [Line(8, "Salen: Nej."), Line(9, "L2; Jo.")]
    >>> [(fault.row, fault.found) for fault in untaken_labels("a.txt", lines, {"L1", "L2"}.__contains__, {"L1", "L2"})]
    [(8, 'Salen: (1 gang)'), (9, 'L2; (1 gang)')]
    >>> lines = [Line(1, "L1:"), Line(2, "L2: Ja."), Line(3, "L1: Nej.")]
    >>> found = untaken_labels("a.txt", lines, {"L1", "L2"}.__contains__, {"L1", "L2"}, heard={2, 3})
    >>> [(fault.row, fault.found) for fault in found]
    [(1, 'L1: (ingen ord)')]
    """
    lines = list(lines)
    found = [(line, first_label(line.text)) for line in lines]
    others = [(line, label) for line, label in found if label and label not in taken]
    left = [(line, label) for line, label in others if not names_speaker(label)]
    times = Counter(label for _, label in left)
    first = {label: line for line, label in reversed(left)}
    speaking = {label for _, label in found if label and names_speaker(label)}
    # A file whose lines are broken anywhere has many that begin in the middle of what somebody says.
    kept_to = len(lines) > _FEW and sum(label in speaking for _, label in found) >= _KEPT_TO * len(lines)
    told = [
        label
        for label in dict.fromkeys(label for _, label in left)
        if _looks_like_one(first[label], label, times) or (kept_to and len(label.split()) <= _LONGEST)
    ]
    expected, action = PERHAPS_A_SPEAKER
    faults = [
        warning(file, f"{label}: ({many(times[label], 'gang', 'gange')})", expected, action, first[label].row)
        for label in told[:_MOST]
    ]
    for whole, rows in _unended(lines, speaking, names_speaker, kept_to=kept_to).items():
        colon = "Er det en taler, så sæt et kolon efter. Ellers skal intet gøres."
        faults.append(warning(file, f"{whole} ({many(len(rows), 'gang', 'gange')})", expected, colon, rows[0]))
    if len(told) > _MOST:
        more = many(len(told) - _MOST, "andet, der ligner en taler", "andre, der ligner en taler")
        faults.append(warning(file, more, expected, action, quotes=False))
    empty = others if heard is None else [(line, label) for line, label in found if label and line.row not in heard]
    silent = {label: line for line, label in reversed(empty) if label in taken or names_speaker(label)}
    action = "Skriv ordene efter kolonet, eller slet linjen."
    return faults + [
        warning(file, f"{label}: (ingen ord)", "det, der blev sagt", action, line.row) for label, line in silent.items()
    ]


def labels_in_remarks(file: str, text: str, is_speaker: NamesSpeaker) -> list[Fault]:
    r"""Warn of remarks that begin as a turn does, with a speaker right behind the number sign.

    Parameters
    ----------
    file : str
        What to call the file.
    text : str
        All of it.
    is_speaker : callable
        Whether the words before a colon are a speaker.

    Examples
    --------
    >>> text = "Bo: Ja.\n#Bo: Nej.\n# Bo: lokalråd\n#NB: Lyden er væk.\n#Bo: Jo."
    >>> [(fault.row, fault.found) for fault in labels_in_remarks("a.txt", text, "Bo".__eq__)]
    [(2, '#Bo: (2 gange)')]
    """
    rows: dict[str, list[int]] = {}
    for row, line in enumerate(text.split("\n"), start=1):
        label = "" if not line.startswith("#") or line[1:2].isspace() else first_label(line[1:])
        if label and is_speaker(label):
            rows.setdefault(label, []).append(row)
    action = "En linje med # foran er en bemærkning og bliver ikke læst. Er den sagt, så slet tegnet."
    return [
        warning(file, f"#{label}: ({many(len(found), 'gang', 'gange')})", "en bemærkning", action, found[0])
        for label, found in rows.items()
    ]


def _unended(
    lines: Iterable[Line], speaking: Collection[str], names_speaker: NamesSpeaker, *, kept_to: bool
) -> dict[str, list[int]]:
    """Find those with no colon, in brackets or before another sign, as other speakers or by name: text → its lines."""
    rows: dict[str, list[int]] = {}
    for line in lines:
        # "[L2]" is taken off as the number of a turn.
        text = line.text if first_label(line.text) else line.whole or line.text
        found = _UNENDED.fullmatch(text) or (_OTHERWISE.fullmatch(text) if kept_to else None)
        label = found["label"].strip() if found else ""
        shape = label_shape(label) if label else ""
        # "EU, det er …" begins as a code does.
        named = (
            bool(label)
            and names_speaker(label)
            and ((shape == "full name" and is_called(label)) or (shape == "code" and label[-1].isdigit()))
        )
        if found and (label in speaking or named):
            rows.setdefault(found["whole"], []).append(line.row)
    return rows


def _looks_like_one(line: Line, label: str, times: Counter[str]) -> bool:
    words = label.split()
    if line.leads or times[label] > 1:
        return len(words) <= _LONGEST
    match label_shape(label):
        case "one name":
            return may_be_called(label)
        case "code" | "several" | "full name" | "display":
            return True
        case _:
            # "Bo Ravn, formand for rådet i to år: …"
            name, comma, _ = label.partition(", ")
            return bool(comma) and label_shape(name) == "full name" and is_called(name)
