"""The smallest release with something to hide: what the examples of this room decide over."""

from __future__ import annotations

from blupkit.disclosure.draft import Draft
from blupkit.disclosure.safe_table import MeasureRow, measure_table


def example_draft() -> Draft:
    """Give one mean for two municipalities, from six and from three answers, and for both together.

    Returns
    -------
    Draft
        For `core.example_study`.

    Examples
    --------
    >>> example_draft().tables["niveau"][["municipality", "value", "n"]].to_numpy().tolist()
    [['nordby', 3.0, 6], ['sydby', 3.0, 3], ['alle', 3.0, 9]]
    """
    counts = {"nordby": 6, "sydby": 3, "alle": 9}
    rows = [MeasureRow(place, "L", "1", "Lede møder", "Niveau", 3.0, 3.0, 3.0, n, 1, 5) for place, n in counts.items()]
    return Draft({"niveau": measure_table(rows)})
