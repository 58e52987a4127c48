"""The joint display: what the survey measured beside what was said, and what a person makes of the two together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Final

import pandas as pd

from blupkit.core import ALL, Edition, Study
from blupkit.core.danish import count, heading, listing, number
from blupkit.disclosure import SafeTable
from blupkit.interviews.transcripts.sheet import Sheet, load_sheet

JOINT_COLUMNS: Final = {
    "dimension": "dimensionens nøgle i spørgeskemaet",
    "tema": "temaets nummer i kodebogen",
    "vurdering": "om de to siger det samme",
    "begrundelse": "hvad du bygger det på",
}
#: What stands in the file → how the page says it; the three of Fetters, Curry & Creswell (2013).
VERDICTS: Final = {"samstemmer": "bekræfter hinanden", "udbygger": "udbygger hinanden", "modsiger": "modsiger hinanden"}
NOT_JUDGED: Final = "ikke vurderet"


def joint_display(gaps: SafeTable, spread: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Set each dimension of the survey beside the themes that are about the same, with the consultant's judgement.

    Whether the two agree is for a person to say, not for a program: the judgement and its grounds are read from the
    file that `sammenholdt` names.

    Parameters
    ----------
    gaps : SafeTable
        The survey's gap of each dimension and group; only what is shown of all municipalities is used.
    spread : pandas.DataFrame
        What `spread` counted; not changed.
    edition : Edition
        The reader.

    Returns
    -------
    pandas.DataFrame
        dimension (its name), measured ("Lokalrådsmedlemmer: gab 1,2; …"), theme (its name), said ("Nævnt af 11 …"),
        verdict ("bekræfter hinanden", "udbygger hinanden", "modsiger hinanden"), why. No rows without the file.

    Raises
    ------
    FileError, DataError
        The file cannot be used; see `load_joint`.

    Examples
    --------
    Without the file nothing is compared.

    >>> from blupkit import core, interviews
    >>> from blupkit.disclosure.safe_table import NO_TABLE
    >>> study = core.example_study()
    >>> reach = interviews.spread(interviews.read_coded(study))
    >>> joint_display(NO_TABLE, reach, core.read_edition(study, "alle")).empty
    True
    """
    table = load_joint(edition.study, spread["theme"].tolist(), gaps.frame).checked()
    whole = gaps.total
    names = dict(zip(gaps.frame["item"], gaps.frame["label"], strict=True))
    reach = spread.set_index("theme")
    rows = [
        (
            names[dimension],
            _measured(whole[whole["item"] == dimension], edition),
            reach.loc[theme, "theme_name"],
            _said(str(reach.loc[theme, "text"])),
            VERDICTS.get(verdict, NOT_JUDGED),
            why,
        )
        for dimension, theme, verdict, why in table.itertuples(index=False, name=None)
    ]
    return pd.DataFrame(rows, columns=["dimension", "measured", "theme", "said", "verdict", "why"])


def _said(text: str) -> str:
    if text == "nævnt" or text.startswith("ingen"):
        return "Nævnt" if text == "nævnt" else "Ikke nævnt"
    return f"Nævnt {'af' if 'deltager' in text else 'i'} {text}"


def _measured(part: pd.DataFrame, edition: Edition) -> str:
    """Write the gaps of a dimension out, the largest first."""
    best = part.sort_values("value", ascending=False, kind="stable")
    told = [
        f"{edition.group_in(group, ALL)} {number(value, edition.study.decimals)}"
        for group, value in zip(best["group"], best["value"], strict=True)
    ]
    return f"Gab: {listing(told)}" if told else "Ikke målt, eller må ikke vises"


def load_joint(study: Study, themes: Collection[str], gaps: pd.DataFrame | None = None) -> Sheet:
    """Read what can be read of the judgements, with everything that is wrong.

    Parameters
    ----------
    study : Study
        The study.
    themes : collection of str
        The themes that there are.
    gaps : pandas.DataFrame, optional
        Rows with the dimensions under `item`; without them the dimensions are not checked.

    Returns
    -------
    Sheet
        dimension, tema, vurdering, begrundelse; empty without a file. A "fejl" for each row with an unknown dimension,
        theme or judgement; an "advarsel" for a judgement without grounds.
    """
    sheet = load_sheet(study, study.interview_files.joint, JOINT_COLUMNS)
    table = sheet.table
    allowed: dict[str, Collection[str]] = {"tema": themes, "vurdering": ("", *VERDICTS)}
    if gaps is not None:
        allowed["dimension"] = list(dict.fromkeys(gaps["item"]))
    faults = [
        sheet.fault(row, column, found, listing(filter(None, known), "eller") or "ingen", "Ret cellen.")
        for row in table.index.tolist()
        for column, known in allowed.items()
        if (found := str(table.loc[row, column])) not in known
    ]
    faults += [
        sheet.warning(row, "begrundelse", "", JOINT_COLUMNS["begrundelse"], "Skriv begrundelsen.")
        for row in table.index[(table["vurdering"] != "") & (table["begrundelse"] == "")].tolist()
    ]
    return sheet.wrong(faults)


def finding_joint(display: pd.DataFrame) -> str:
    """Say how often survey and interviews agree: a heading.

    Parameters
    ----------
    display : pandas.DataFrame
        What `joint_display` set out; not changed.

    Returns
    -------
    str
        A sentence without full stop, of at most 16 words; "" where nothing is set out.

    Examples
    --------
    >>> finding_joint(pd.DataFrame({"verdict": ["bekræfter hinanden", "bekræfter hinanden", "modsiger hinanden"]}))
    'Spørgeskema og interview bekræfter hinanden i to af tre sammenligninger og modsiger hinanden i én'
    """
    if display.empty:
        return ""
    found = Counter(display["verdict"])
    told = [
        f"{verdict} i {'én' if found[verdict] == 1 else count(found[verdict])}"
        for verdict in VERDICTS.values()
        if verdict in found
    ]
    if not told:
        return "Det er endnu ikke vurderet, om spørgeskema og interview siger det samme"
    told[0] += f" af {count(len(display))} {'sammenligning' if len(display) == 1 else 'sammenligninger'}"
    return heading(*(f"Spørgeskema og interview {listing(told[:most])}" for most in (3, 1)))
