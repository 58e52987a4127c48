"""Labels in brackets, before a tab, a stop, a dash or such, or alone on a line: written with the colon of others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from blupkit.interviews.transcripts.labels.lines import label_lines
from blupkit.interviews.transcripts.labels.shape import is_called, label_shape, split_label
from blupkit.interviews.transcripts.labels.times import Line

#: How a label may end, the surest first.
_ENDINGS: Final = {
    "tab": re.compile(r"(?P<label>[^\t:]{1,80}?)[ ]*\t+\S.*"),
    "full stop": re.compile(r"(?P<label>[^\W\d_]{1,4}\d{0,2})\.\s+\S.*"),
    "dash": re.compile(r"(?P<label>[^:–—]{1,80}?)\s+[–—-]\s+\S.*"),
    "sign": re.compile(r"[(\[<]?(?P<label>[^\s()\[\]<>:;|=][^()\[\]<>:;|=]{0,79}?)\s*(?:[)\]>;|=]|::)\s+\S.*"),
    "line": re.compile(r"(?P<label>[^:.,;?!]{1,80})"),
}
_SURE: Final = frozenset({"code", "display", "full name", "several"})
#: So many of the lines must begin with a label before a line's ending is taken for one; alone on a line, fewer do.
_SHARE: Final = {"tab": 0.5, "full stop": 0.5, "dash": 0.5, "sign": 0.5, "line": 0.2}


class _Found(NamedTuple):
    line: Line
    label: str


def with_colons(text: str, is_known: Callable[[str], bool]) -> str:
    r"""Write a colon after the labels of a typed file that ends them otherwise; the lines stay what they are.

    A file that has labels with colons keeps its other lines, but for a tab after one of those labels. In others an
    ending counts where at least two labels have it, most lines do, and each label is known, repeated or has a number.

    Parameters
    ----------
    text : str
        The whole file.
    is_known : callable
        Whether a label means somebody who is known.

    Examples
    --------
    >>> with_colons("I\tHvad?\nB1\tJa.\nB2\tNej.\nI\tTak.", lambda label: False)
    'I: Hvad?\nB1: Ja.\nB2: Nej.\nI: Tak.'
    >>> with_colons("L1: Ja.\nA. Nej.\nB. Jo.", lambda label: False)
    'L1: Ja.\nA. Nej.\nB. Jo.'
    """
    lines = label_lines(text)
    usual = Counter(label for line in lines if (label := _with_colon(line, is_known)))
    for ending, pattern in _ENDINGS.items():
        if (ending == "tab" and "\t" not in text) or (ending != "tab" and usual):
            continue
        found = [each for line in lines if (each := _ended(line, pattern))]
        times = Counter(each.label for each in found)
        kept = [each for each in found if _is_label(each.label, times, is_known, alone=ending == "line")]
        if ending == "tab" and usual:
            kept = [each for each in found if each.label in usual]
        elif len({each.label for each in kept}) < 2 or len(kept) < _SHARE[ending] * len(lines):
            continue
        else:
            # Who speaks once ends the label as the others do.
            kept = [each for each in found if each in kept or label_shape(each.label) in _SURE]
        if kept:
            return _rewritten(text, kept)
    return text


def _with_colon(line: Line, is_known: Callable[[str], bool]) -> str:
    found = split_label(line.text, lambda label: is_known(label) or label_shape(label) in _SURE)
    return found[0] if found else ""


def _ended(line: Line, pattern: re.Pattern[str]) -> _Found | None:
    found = pattern.fullmatch(line.text)
    return _Found(line, found["label"].strip()) if found else None


def _is_label(label: str, times: Counter[str], is_known: Callable[[str], bool], *, alone: bool) -> bool:
    if is_known(label):
        return True
    shape = label_shape(label)
    if times[label] == 1:
        return shape == "display" or (shape == "code" and label[-1].isdigit())
    # "Nemlig" alone on a line is somebody's answer.
    return shape in _SURE or (shape == "one name" and (not alone or is_called(label)))


def _rewritten(text: str, kept: list[_Found]) -> str:
    lines = text.split("\n")
    for line, label in kept:
        ending = re.compile(rf"[(\[<]?{re.escape(label)}(?:[ ]*\t+|\.\s+|\s+[–—-]\s+|\s*(?:[)\]>;|=]|::)\s+|\s*$)")
        lines[line.row - 1] = ending.sub(f"{label}: ", lines[line.row - 1], count=1).rstrip()
    return "\n".join(lines)
