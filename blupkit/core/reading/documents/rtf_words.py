"""What stands in an RTF document beside what was written: its control words, and how letters are coded."""

from __future__ import annotations

import codecs
import re
from typing import Final

#: What a document is a row of.
TOKEN: Final = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<line>[\r\n\0]+)|(?P<text>[^\\{}\r\n\0]+)|(?P<stray>\\)",
    re.S,
)
#: Groups whose words are nowhere to be seen; what Word hides behind \* and is not named here is left out as well.
_UNSEEN_NAMES: Final = (
    "colortbl stylesheet info pict object objdata nonshppict shprslt fldinst listtext pntext pn pntxtb pntxta"
    " bkmkstart bkmkend atnid atnauthor atntime atndate atnicn atnref atnparent ftnsep ftnsepc ftncn aftnsep"
    " aftnsepc aftncn xe tc txe rxe sp nonesttables upr listtable listoverridetable revtbl rsidtbl generator"
    " themedata datastore latentstyles"
)
UNSEEN: Final = frozenset(_UNSEEN_NAMES.split())
#: Groups behind \* that are to be read.
SEEN: Final = frozenset({"shpinst", "shptxt", "annotation", "footnote", "result", "ud"})
#: What stands for a sign, by its word and by its symbol.
SIGNS: Final = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "nestcell": "\n",
}  # fmt: skip
SYMBOLS: Final = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
#: The code page of a font, by its number for an alphabet.
CHARSETS: Final = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


def codec_of(number: int) -> str:
    """Give the name that Python knows a code page by; that of Western Windows for one that it does not know.

    Parameters
    ----------
    number : int
        As a document says it at its head.

    Examples
    --------
    >>> codec_of(1250), codec_of(10000), codec_of(0)
    ('cp1250', 'mac_roman', 'cp1252')
    """
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "mac_roman" if number == 10000 else "cp1252"
