"""What others have written stands as it is in a text of ours: a label is words, never a mark, a link or a tag.

A question, an answer's label and an activity's name come from the study's files, and functions put them into Markdown.
So all that Markdown would make something of is made words again, but what our own functions use: headings, lists,
quotations and bold.
"""

from __future__ import annotations

import re
from typing import Final

#: How a line may begin.
_BEGINNING: Final = re.compile(r"\s*(?:[-*] |\d+\. |#{1,6} |> )?")
#: What is taken for a mark wherever it stands, with the addresses that are made links of.
_SIGNS: Final = re.compile(r"\\[()]?|[`*_\[\]<&~|$#@]|:(?=//)|(?<=www)\.")
#: What stands in quotation marks is a label as a rule, and in it not even two stars are bold.
_QUOTED: Final = "»[^«]*«"
_MARKS: Final = re.compile(rf"(?P<quoted>{_QUOTED})|\*\*|{_SIGNS.pattern}")
#: What is taken for one only where a line begins.
_BLOCK: Final = re.compile(r"^(\s*|\s*\d+(?=[.)](?:\s|$)))([-+=:>.)])")


def only_words(markdown: str) -> str:
    r"""Make words of all that is no heading, list, quotation or bold.

    Parameters
    ----------
    markdown : str
        What a function wrote.

    Returns
    -------
    str
        Markdown that shows the same words to the letter. Two stars outside quotation marks are bold if the line has an
        even number of them; lines that begin as a list are one.

    Examples
    --------
    >>> print(only_words("- **Flest:** »**Se** http://by.dk«, og *så* 5_6"))
    - **Flest:** »\*\*Se\*\* http\://by.dk«, og \*så\* 5\_6
    >>> print(only_words("- 1. møde"))
    - 1\. møde
    """
    return "\n".join(map(_line, markdown.split("\n")))


def _line(line: str) -> str:
    begun = _BEGINNING.match(line)
    start = begun[0] if begun else ""
    bold = re.sub(_QUOTED, "", line).count("**") % 2 == 0

    def as_words(found: re.Match[str]) -> str:
        if found["quoted"]:
            return _SIGNS.sub(_escaped, found[0])
        return found[0] if bold and found[0] == "**" else _escaped(found)

    return start + _BLOCK.sub(r"\1\\\2", _MARKS.sub(as_words, line[len(start) :]))


def _escaped(signs: re.Match[str]) -> str:
    return "".join(f"\\{sign}" for sign in signs[0])
