"""What several test files need."""

import pandas as pd

from blupkit.core import SafeTable, Study
from blupkit.core.disclosure import primary_reasons, safe_table


def suppress(table: pd.DataFrame, study: Study) -> SafeTable:
    """Hide only what may not be shown by itself: made-up tables do not add up, so nothing can be worked out of them."""
    unsafe = (primary_reasons(table, study) != "").rename("unsafe")
    keys = [table["municipality"], table["group"], table.get("block", table["item"])]
    return safe_table(table, unsafe.groupby(keys).transform("any").astype(bool), study)


def unbroken(html: str) -> str:
    """Give a page's text as it is read: a soft hyphen only says where a long word may be broken."""
    return html.replace("\N{SOFT HYPHEN}", "")
