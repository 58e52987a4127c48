"""The joint display: what the survey measured beside what was said, and what a person makes of the two together."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd

from blupkit.core import ALL, Edition, Fault, Level, Study, check_columns, raise_serious, read_table
from blupkit.core.danish import count, first_upper, listing, number
from blupkit.core.errors import BlupkitError
from blupkit.disclosure import SafeTable
from blupkit.interviews.coding.codebook import Codebook

JOINT_COLUMNS: Final = {
    "dimension": "dimensionens nøgle i spørgeskemaet",
    "tema": "temaets nummer i kodebogen",
    "vurdering": "om de to siger det samme",
    "begrundelse": "hvad du bygger det på",
}
#: What stands in the file → how the page says it; the three of Fetters, Curry & Creswell (2013).
VERDICTS: Final = {"samstemmer": "bekræfter hinanden", "udbygger": "udbygger hinanden", "modsiger": "modsiger hinanden"}
NOT_JUDGED: Final = "ikke vurderet"


def joint_display(
    study: Study, gaps: SafeTable, spread: pd.DataFrame, codebook: Codebook, edition: Edition
) -> pd.DataFrame:
    """Set each dimension of the survey beside the themes that are about the same, with the consultant's judgement.

    Whether the two agree is for a person to say, not for a program: the judgement and its grounds are read from the
    file that `sammenholdt` names.

    Parameters
    ----------
    study : Study
        The study.
    gaps : SafeTable
        The survey's gap of each dimension and group; only what is shown of all municipalities is used.
    spread : pandas.DataFrame
        What `spread` counted.
    codebook : Codebook
        The themes.
    edition : Edition
        The reader.

    Returns
    -------
    pandas.DataFrame
        dimension (its name), measured ("Lokalrådsmedlemmer: gab 1,2; …"), theme (its name), said ("Nævnt i 4 af 4 …"),
        verdict ("bekræfter hinanden", "udbygger hinanden", "modsiger hinanden"), why. No rows without the file.

    Raises
    ------
    FileError, DataError
        The file cannot be used; see `load_joint`.
    """
    table, faults = load_joint(study, codebook, gaps.frame)
    raise_serious(faults)
    whole = gaps.shown
    whole = whole[whole["municipality"] == ALL]
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
    return first_upper(text) if text.startswith("ikke") else f"Nævnt {text}"


def _measured(part: pd.DataFrame, edition: Edition) -> str:
    """Write the gaps of a dimension out, the largest first."""
    decimals = edition.study.decimals
    best = part.sort_values("value", ascending=False, kind="stable")
    told = [
        f"{first_upper(edition.group_in(group, ALL))}: gab {number(value, decimals)}"
        for group, value in zip(best["group"], best["value"], strict=True)
    ]
    return "; ".join(told) or "Ikke målt, eller må ikke vises"


def load_joint(study: Study, codebook: Codebook, gaps: pd.DataFrame | None = None) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the judgements, with everything that is wrong.

    Parameters
    ----------
    study : Study
        The study.
    codebook : Codebook
        The themes.
    gaps : pandas.DataFrame, optional
        Rows with the dimensions under `item`; without them the dimensions are not checked.

    Returns
    -------
    pandas.DataFrame
        dimension, tema, vurdering, begrundelse; empty without a file.
    list of Fault
        A "fejl" for each row with an unknown dimension, theme or judgement; an "advarsel" for a judgement without
        grounds.
    """
    name = study.interview_files.joint
    if name is None:
        return pd.DataFrame(columns=list(JOINT_COLUMNS), dtype="str"), []
    try:
        table = read_table(study.path(name), name)
        check_columns(table, JOINT_COLUMNS, name)
    except BlupkitError as error:
        return pd.DataFrame(columns=list(JOINT_COLUMNS), dtype="str"), list(error.faults)
    table = pd.DataFrame({column: table[column].str.strip() for column in JOINT_COLUMNS}, index=table.index)
    allowed = {"tema": list(codebook.theme_names), "vurdering": [*VERDICTS, ""]}
    if gaps is not None:
        allowed["dimension"] = list(dict.fromkeys(gaps["item"]))
    faults = [
        Fault(
            name, found or "en tom celle", listing(filter(None, allowed[column]), "eller"), "Ret cellen.", row, column
        )
        for row in table.index.tolist()
        for column, found in table.loc[row, list(allowed)].items()
        if found not in allowed[str(column)]
    ]
    grounds = JOINT_COLUMNS["begrundelse"]
    faults += [
        Fault(name, "en tom celle", grounds, "Skriv begrundelsen.", row, "begrundelse", level=Level.WARNING)
        for row in table.index[(table["vurdering"] != "") & (table["begrundelse"] == "")].tolist()
    ]
    return table, faults


def finding_joint(display: pd.DataFrame) -> str:
    """Say how often survey and interviews agree: a heading.

    Parameters
    ----------
    display : pandas.DataFrame
        What `joint_display` set out; not changed.

    Returns
    -------
    str
        One sentence; "" where nothing is set out.

    Examples
    --------
    >>> finding_joint(pd.DataFrame({"verdict": ["bekræfter hinanden", "bekræfter hinanden", "modsiger hinanden"]}))
    'Spørgeskema og interview bekræfter hinanden i to af tre sammenligninger og modsiger hinanden i én.'
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
        return "Det er endnu ikke vurderet, om spørgeskema og interview siger det samme."
    told[0] += f" af {count(len(display))} sammenligninger"
    return f"Spørgeskema og interview {listing(told)}."
