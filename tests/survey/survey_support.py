"""What several test files of the survey need."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from support import suppress

from blupkit.core import Edition, Study, read_edition
from blupkit.disclosure import SafeTable, internal, select_edition
from blupkit.survey import (
    Responses,
    check_responses,
    choice_shares,
    cooperation,
    mirror,
    needs,
    read_responses,
    response_rates,
)
from blupkit.survey.measures.response import screening_counts
from blupkit.survey.measures.spread import settled

MakeStudy = Callable[..., Study]


POLITICIANS = """[[gruppe]]
noegle = "P"
navn = "byrådspolitikere"
ental = "Byrådspolitiker"
koder = ["P", "2"]
omtales_som = "politikerne"

[[kommune]]
kode = 430"""


THREE_GROUPS = {
    "study.toml": ("[[kommune]]\nkode = 430", POLITICIANS),
    "spoergeskema.csv": (";L A;fem;D1;", ";L P A;fem;D1;"),
}


#: The level of k1 in each group of the study below; its importance is always 5.
LEVELS = {"L": "112233445512", "P": "223344554433", "A": "544433325555"}


def rows_of(levels: dict[str, str]) -> list[str]:
    """One answer a level of k1, all in Faaborg-Midtfyn; all rate k2 alike."""
    return [
        f"{group}{n:02};430;{group};5;{level};5;4;;;;;;;;"
        for group, digits in levels.items()
        for n, level in enumerate(digits)
    ]


def three_groups(make_study: MakeStudy, levels: dict[str, str] | None = None) -> Responses:
    return read_responses(make_study(rows=rows_of(levels or LEVELS), change=THREE_GROUPS))


def shown_needs(responses: Responses, groups: tuple[str, ...] = (), items: tuple[str, ...] = ()) -> SafeTable:
    """Everything may be shown but the groups and the items that are named; spreads follow their rule."""
    frame = needs(responses, draws=20)
    hidden = frame["group"].isin(groups) | frame["item"].isin(items)
    frame = frame.assign(status=np.where(hidden, "skjult", "vist"), n=frame["n"].astype("Int64").mask(hidden))
    shown = SafeTable(frame.assign(value=frame["value"].mask(hidden)), min_n=5)
    return settled(shown, (), responses.study.thresholds.caution_n)


def invited(responses: Responses) -> SafeTable:
    """How many were invited, of whom as many as there are may be told."""
    return internal(response_rates(responses), responses.study)


#: What members and employees have written, for each of whom the row stands below.
MEMBERS = ["Puljen til Mathiesen"] * 2 + ["Puljen til Mathiesen, bro bro"] * 4
EMPLOYEES = ["Mere tid til vejen"] * 6


def written_rows(texts: dict[str, list[str]]) -> list[str]:
    """One row a person, no two alike, for the groups by their codes."""
    people = [(group, text) for group, written in texts.items() for text in written]
    return [
        f"{n};430;{group};{n % 5 + 1};{n // 5 + 1};4;3;;;{'3' if group == '1' else ''};;1;0;1;{text}"
        for n, (group, text) in enumerate(people)
    ]


#: Employees' importance and level of k1, so gaps 0, 1, 3, 2 of 10 invited in Faaborg-Midtfyn and 1, -1, 2 of 8 in
#: Næstved. One lokalråd member answers in Faaborg-Midtfyn, and one in Næstved, where the number invited is unknown.
_RATED = ("430 4 4", "430 5 4", "430 5 2", "430 4 2", "Næstved 5 4", "Næstved 3 4", "Næstved 4 2")
WEIGHTED_ROWS = [
    *(f"a{n};{a.split()[0]};3;{a.split()[1]};{a.split()[2]};;;;;;;;;;" for n, a in enumerate(_RATED)),
    "l1;430;1;5;2;4;3;;;;;;;;",
    "l2;Næstved;1;5;4;4;4;;;;;;;;",
]
#: importance and level of k1 and k2 for eleven in each group and municipality, and an answer to "tid".
ELEVEN_ROWS = [
    f"{place}{group}{n};{place};{group};5;{1 + n % 4};4;{2 + n % 3};;;{1 + n % 5};{1 + n % 5};1;{n % 2};{1 + n % 2};"
    for place in ("430", "370")
    for group in (1, 3)
    for n in range(11)
]
#: Four competences with their importance and level, one in each quadrant.
FOUR = (("lytte", 5.0, 2.0), ("skrive", 5.0, 4.0), ("regne", 3.0, 2.0), ("synge", 3.0, 4.0))


def rated(*items: tuple[str, float, float], status: str = "vist") -> SafeTable:
    """Competences with their importance and level, of members in Slagelse."""
    rows = [
        ("slagelse", "L", item, item.capitalize(), measure, value, 1.0, 5.0, status)
        for item, importance, level in items
        for measure, value in (("Vigtighed", importance), ("Nuværende niveau", level))
    ]
    columns = ["municipality", "group", "item", "label", "measure", "value", "lowest", "highest", "status"]
    return SafeTable(pd.DataFrame(rows, columns=columns), 5)


def two_item_rows(count: int) -> list[str]:
    """Importance of k1 and k2 by turns 5 5, 4 4, 5 3; level always 1 2."""
    given = ["5;1;5;2", "4;1;4;2", "5;1;3;2"]
    return [f"r{n:02};430;1;{given[n % 3]};;;;;;;;" for n in range(count)]


def study_rows(local: int, employed: int) -> list[str]:
    """Answers that vary: local members in Faaborg-Midtfyn and employees there, and twelve of each in Næstved."""
    rows = [f"l{n};430;1;5;{1 + n % 3};4;{2 + n % 3};;;{2 + n % 3};;1;{n % 2};1;" for n in range(local)]
    rows += [
        f"a{n};430;3;4;{2 + n % 3};5;{1 + n % 4};4;{1 + n % 3};;{3 + n % 3};1;{n % 2};{1 + n % 2};"
        for n in range(employed)
    ]
    rows += [f"m{n};370;1;5;{1 + n % 3};4;{2 + n % 3};;;{2 + n % 3};;1;{n % 2};{1 + n % 2};" for n in range(12)]
    return rows + [f"b{n};370;3;4;{2 + n % 3};5;{1 + n % 4};4;{1 + n % 3};;{3 + n % 3};1;{n % 2};1;" for n in range(12)]


def short(
    make_study: MakeStudy, local: int, employed: int, invited: tuple[str, str] | None = None
) -> tuple[Edition, dict[str, SafeTable]]:
    study = make_study(rows=study_rows(local, employed), change={"udsendelse.csv": invited} if invited else None)
    responses = read_responses(study)
    tables = {
        "rates": response_rates(responses),
        "needs": needs(responses, draws=100),
        "mirror": cooperation(responses, draws=100),
        "formats": choice_shares(responses, "form"),
        "screening": screening_counts(responses),
    }
    edition = read_edition(study, "faaborg-midtfyn")
    screening = suppress(tables.pop("screening"), study)
    safe_tables = {name: select_edition(suppress(table, study), edition) for name, table in tables.items()}
    safe_tables["mirror"] = mirror(safe_tables["mirror"], study)
    return edition, safe_tables | {"screening": screening}


def messages(study: Study) -> list[str]:
    table = check_responses(study)
    return [f"{line.found} | {line.expected} | {line.action}" for line in table.itertuples()]


def states_of(responses: Responses, respondent: str) -> dict[str, str]:
    rows = responses.answers[responses.answers["respondent"] == respondent]
    return dict(zip(rows["variable"], rows["state"], strict=True))


def count_of(responses: Responses, rule: str) -> int:
    table = responses.set_aside.set_index("rule")["n"]
    return int(table[rule])


def table_rows(table: pd.DataFrame, columns: list[str], **where: str) -> list[list[object]]:
    for column, wanted in where.items():
        table = table[table[column] == wanted]
    return table[columns].to_numpy().tolist()
