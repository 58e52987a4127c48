"""The guesses that nobody has confirmed yet, told by block."""

from __future__ import annotations

import pandas as pd

from blupkit.core import STUDY_FILE, Fault, FileError, Level, Study, fault_table, read_table
from blupkit.survey.proposing.guessing.proposal import CONFIRMED, GUESS

_YES = frozenset({"ja", "j", "x", "ok", "yes"})


def check_guesses(study: Study) -> pd.DataFrame:
    """List what `blupkit new --from` guessed and nobody has confirmed: a block of rows with one reason is one line.

    Parameters
    ----------
    study : Study
        A study that was not made from an export has no guesses.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` makes of them; all are "advarsel".

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(check_guesses(example_study()))
    0
    """
    files = study.survey
    if files is None:
        return fault_table([])
    action = "Passer det, så slet linjen under gaet. Ellers ret indstillingerne."
    faults = [
        Fault(STUDY_FILE, f"gæt: {guess}", "at et menneske har set efter", action, column="spoergeskema.gaet",
              level=Level.WARNING, quotes=False)
        for guess in files.guesses
    ]  # fmt: skip
    for name in (files.questionnaire, files.scales):
        faults += _of_table(study, name) if name else []
    return fault_table(faults)


def _of_table(study: Study, name: str) -> list[Fault]:
    try:
        table = read_table(study.path(name), name)
    except FileError:
        return []  # whoever reads the questionnaire says what is wrong with the file
    if GUESS not in table.columns:
        return []
    confirmed = table[CONFIRMED] if CONFIRMED in table.columns else pd.Series("", index=table.index)
    reason = table[GUESS].str.strip()
    yes = confirmed.str.strip().str.casefold().isin(_YES) | reason.str.casefold().isin(_YES)
    done = set(reason[yes])
    open_blocks = reason[(reason != "") & ~reason.isin(done)]
    return [
        _block(name, str(text), [int(str(row)) for row in rows.index])
        for text, rows in open_blocks.groupby(open_blocks, sort=False)
    ]


def _block(name: str, text: str, rows: list[int]) -> Fault:
    where = f"række {rows[0]}" if len(rows) == 1 else f"en af de {len(rows)} rækker"
    action = f"Passer det, så skriv ja i kolonnen »{CONFIRMED}« i {where}. Ellers ret rækkerne, og skriv så ja."
    found = text if text.startswith("spørgsmål") else f"gæt: {text}"
    return Fault(name, found, "at et menneske har set efter", action, rows[0], GUESS, level=Level.WARNING, quotes=False)
