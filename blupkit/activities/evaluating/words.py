"""The sentences that the numbers of the evaluations allow."""

from __future__ import annotations

from typing import Final

from blupkit.activities.evaluating.numbers import ANSWERED, COUNT
from blupkit.core.danish import first_lower, first_upper, listing, many
from blupkit.core.study import ALL
from blupkit.disclosure import SafeTable, Status

#: What stands first in the measure that counts those who chose the two highest answers.
_CHOSE: Final = "Valgte "


def text_answered(table: SafeTable) -> str:
    """Say how many of those who came have handed in a form.

    Parameters
    ----------
    table : SafeTable
        What `evaluated` gave.

    Returns
    -------
    str
        A sentence; "" where that may not be told, or nobody has.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"item": "skemaer", "group": "alle", "status": "vist", "value": 24.0, "n": 24, "attended": 26.0}
    >>> text_answered(SafeTable(pd.DataFrame([row]), 5))
    '24 af de 26 deltagere har svaret.'
    """
    rows = table.shown
    rows = rows[(rows["item"] == ANSWERED) & (rows["group"] == ALL)]
    if rows.empty:
        return ""
    n, came = int(rows["n"].iloc[0]), rows["attended"].iloc[0]
    return (
        f"{n} af de {int(came)} deltagere har svaret."
        if came >= n
        else f"{many(n, 'deltager', 'deltagere')} har svaret."
    )


def text_recommended(table: SafeTable) -> str:
    """Say as a count how many of everybody chose the highest answers on a scale from 0 to 10.

    Parameters
    ----------
    table : SafeTable
        What `evaluated` gave.

    Returns
    -------
    str
        A sentence for each such question; "" where there is none, or it may not be told.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"item": "w10", "label": "vil anbefale", "measure": "Valgte 9 eller 10", "group": "alle"}
    >>> text_recommended(SafeTable(pd.DataFrame([row | {"status": "vist", "value": 58.3333, "n": 12}]), 5))
    'Vil anbefale: 7 af 12 valgte 9 eller 10 på en skala, der går til 10.'
    """
    rows = table.shown
    rows = rows[rows["measure"].astype(str).str.startswith(_CHOSE) & (rows["group"] == ALL)]
    told = zip(rows["label"], rows["value"].astype(float), rows["n"].astype(int), rows["measure"], strict=True)
    return " ".join(
        f"{first_upper(label)}: {f'{many} af' if (many := round(share * n / 100)) else 'ingen af de'} {n}"
        f" {first_lower(measure)} på en skala, der går til {measure.split()[-1]}."
        for label, share, n, measure in told
    )


def text_unsplit(table: SafeTable) -> str:
    """Say which questions are not shown by group.

    Parameters
    ----------
    table : SafeTable
        What `evaluated` gave for all municipalities.

    Returns
    -------
    str
        A sentence with the reason; "" where all are, or none is to be.

    Examples
    --------
    >>> import pandas as pd
    >>> one = {"item": "w1", "label": "Formålet var klart", "measure": "Gennemsnit", "value": float("nan")}
    >>> rows = [one | {"group": group, "status": "skjult"} for group in ("L", "A")]
    >>> text_unsplit(SafeTable(pd.DataFrame(rows), 5))
    'Svarene er ikke vist for hver gruppe, fordi nogle af grupperne er for få.'
    >>> other = one | {"item": "w2", "label": "Kom til orde", "value": 4.0, "group": "L", "status": "vist"}
    >>> text_unsplit(SafeTable(pd.DataFrame([*rows, other]), 5))
    '»Formålet var klart« er ikke vist for hver gruppe, fordi nogle af grupperne er for få.'
    """
    rows = table.frame[(table.frame["group"] != ALL) & (table.frame["measure"] != COUNT)]
    silent = rows[(rows["status"] == Status.HIDDEN).groupby(rows["item"]).transform("all")]
    if silent.empty:
        return ""
    labels = dict.fromkeys(silent["label"])
    which = f"{listing([f'»{label}«' for label in labels])} er" if len(silent) < len(rows) else "Svarene er"
    return f"{which} ikke vist for hver gruppe, fordi nogle af grupperne er for få."
