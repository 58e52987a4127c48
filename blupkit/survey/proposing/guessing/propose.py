"""From an export to a proposal: every column a row, a person or left out, and every guess with its reason."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.slugs import slug
from blupkit.survey.proposing.guessing.blocks import GRID, JOINED, SEVERAL, SINGLE, WRITTEN, Block, make_blocks
from blupkit.survey.proposing.guessing.columns import Column, make_columns
from blupkit.survey.proposing.guessing.known import OF_EXPORT, Known
from blupkit.survey.proposing.guessing.pairs import Pair, find_pairs
from blupkit.survey.proposing.guessing.people import find_groups, find_id, find_places, who_was_asked
from blupkit.survey.proposing.guessing.proposal import Proposal, Row
from blupkit.survey.proposing.guessing.scales import Scale
from blupkit.survey.proposing.guessing.wording import is_name, short, word_columns

#: What systems write beside the answers in tables that are nobody's own format.
_LEFT: Final = re.compile(
    r"stato_\d+|(start|end|stop|submit(ted)?|submission|created|updated|modified|recorded|completed?|last ?page"
    r"|response|besvarelses|oprettet|ændret|afsluttet|start|slut)[ _]?(date|time|dato|tid(spunkt)?|stamp|at|on)?"
    r"|(date|time|dato|tidspunkt)[ _](created|modified|submitted|started|oprettet|.*)|duration.*|progress|finished"
    r"|distributionchannel|(user|response|start)?[ _]?language|sprog|tidsstempel|timestamp|collector ?id|status"
    r"|custom ?data.*"
    r"|_(id|uuid|index|notes|status|tags|submission_time|validation_status|submitted_by|_version__)"
    r"|X_(id|uuid|index|notes|status|tags|submission_time|validation_status|submitted_by|_version__?)"
    r"|X\.U\.FEFF\.\w+"
    r"|redcap_.*|.*_complete|.*_timestamp|recipient.*|externalreference|externaldatareference"
    r"|(interview|group|question|page|total)[ _]?time\d*",
    re.IGNORECASE,
)
#: What stands in a box of Kobo's, and where R has written it again.
_BOX: Final = frozenset({"0", "1", "true", "false"})
_KINDS: Final = {GRID: "enkelt", SEVERAL: "flere", JOINED: "flere", SINGLE: "enkelt", WRITTEN: "aaben"}
_FAMILIES: Final = {"kode": "tal", "interval": "", "": ""}


def propose(data: pd.DataFrame, known: Known, separator: str | None = "", respondent: str = "") -> Proposal:
    """Propose a questionnaire for an export.

    Parameters
    ----------
    data : pandas.DataFrame
        Categories of text, one column a heading, without personal data.
    known : Known
        What is known of the questions beside the answers.
    separator : str
        As `make_blocks` takes it.
    respondent : str
        The column with an id, where the system has one.

    Returns
    -------
    Proposal
        Every column is in a row, names a person's place, or is left out.

    Examples
    --------
    >>> data = pd.DataFrame({"id": ["1", "2", "3"], "Enig?": ["Ja", "Nej", "Ja"]}, dtype="category")
    >>> [(row.variable, row.kind) for row in propose(data, Known()).rows]
    [('s01', 'enkelt')]
    """
    columns = make_columns(data)
    words = word_columns(list(columns), {name: known.text_of(name) for name in columns})
    proposal = Proposal(respondents=len(data), respondent=respondent if respondent in columns else find_id(columns))
    proposal.places = find_places(columns, words, known)
    proposal.groups = find_groups(columns, words, known, proposal.places.heading)
    proposal.keys = _keys(list(proposal.groups.names))
    apart = {proposal.respondent, proposal.places.heading, proposal.groups.heading}
    proposal.left = [
        name
        for name, column in columns.items()
        if name not in apart and (_is_left(name, column, known) or _repeats(name, columns))
    ]
    asked = {name: column for name, column in columns.items() if name not in apart | set(proposal.left)}
    blocks = make_blocks(asked, words, known, separator)
    pairs = find_pairs(blocks)
    _name_scales(blocks, proposal)
    _name_rows(blocks, pairs, proposal, set(columns))
    _ask(proposal, columns)
    _say_about(proposal)
    return proposal


def _is_left(name: str, column: Column, known: Known) -> bool:
    """Whether a column is a system's own; one that a questionnaire asks for is not."""
    if known.text_of(name) and known.source != OF_EXPORT:
        return False
    names_the_row = column.is_unique and bool(re.fullmatch(r"(?i)_?(id|uuid)([ _.-].*)?", name))
    return bool(_LEFT.fullmatch(name.strip())) or names_the_row


def _repeats(name: str, columns: Mapping[str, Column]) -> bool:
    """Whether a column only repeats, joined by blanks, the choices that have a box each, as Kobo's; R writes dots."""
    boxes = {
        one[len(name) + 1 :].casefold()
        for one, column in columns.items()
        if one.startswith((f"{name}.", f"{name}/")) and column.words <= _BOX
    }
    parts = {part for text in columns[name].words for part in text.split()}
    return len(boxes) > 1 and bool(parts) and parts <= boxes


def _keys(names: list[str]) -> dict[str, str]:
    """Give each group a key: its first letter, or as many as it takes."""
    keys: dict[str, str] = {}
    for name in names:
        letters = re.sub(r"[^A-Za-zÆØÅæøå0-9]", "", name) or "G"
        tries = [letters[:1].upper(), letters[:2].capitalize(), letters[:3].capitalize()]
        free = [key for key in tries if key not in keys.values()]
        keys[name] = free[0] if free else f"G{len(keys) + 1}"
    return keys


def _name_scales(blocks: list[Block], proposal: Proposal) -> None:
    """Give each different scale a name; one that is part of another with the same words is that one."""
    scales = [block.scale for block in blocks if block.scale]
    for block in blocks:
        if block.scale:
            block.scale = next((wider for wider in scales if _is_part(block.scale, wider)), block.scale)
    for block in blocks:
        same = next((scale for scale in proposal.scales.values() if scale == block.scale), None)
        if same:
            block.scale = same
        elif block.scale:
            family = _FAMILIES.get(block.scale.family, block.scale.family)
            base = family or slug(short(block.code or block.question, 20)).replace("-", "_") or "skala"
            name, number = base, 2
            while name in proposal.scales:
                name, number = f"{base}_{number}", number + 1
            proposal.scales[name] = block.scale


def _is_part(scale: Scale, wider: Scale) -> bool:
    same = scale.family == wider.family and scale.family not in {"", "kode"} and scale.size < wider.size
    return same and {text for _, text, _ in scale.rows} < {text for _, text, _ in wider.rows}


def _name_rows(blocks: list[Block], pairs: list[Pair], proposal: Proposal, headings: set[str]) -> None:
    """Write the rows of all blocks; importance and level of a point share their item."""
    half = {id(block): (pair, block is pair.importance) for pair in pairs for block in (pair.importance, pair.level)}
    names = {id(scale): name for name, scale in proposal.scales.items()}
    taken = {heading.casefold() for heading in headings}
    paired: dict[tuple[int, str], list[Row]] = {}
    for number, block in enumerate(blocks, start=1):
        pair, first = half.get(id(block), (None, False))
        rows = [_row(block, place, number, taken) for place in range(len(block.points))]
        _share_item(rows, block, proposal)
        for row in rows:
            row.scale = names.get(id(block.scale), "") if block.scale else ""
            row.guess = pair.reason if pair else block.reason
            if pair:
                row.kind = "vigtighed" if first else "niveau"
                paired.setdefault((id(pair), " ".join(row.point.split()).casefold()), []).append(row)
        rows[0].doubt = block.doubt
        _shorten(rows)
        proposal.rows += rows
    _pair_items(list(paired.values()), proposal)


def _row(block: Block, place: int, number: int, taken: set[str]) -> Row:
    column = block.columns[0 if block.kind == JOINED else place]
    several = len(block.points) > 1 or block.kind in {SEVERAL, JOINED}
    item = f"s{number:02}"
    variable = f"{item}_{place + 1}" if several else item
    if block.kind != JOINED and is_name(column.heading):
        variable = re.sub(r"\W+", "_", column.heading).strip("_") or variable
    others = taken - {column.heading.casefold()}
    while variable.casefold() in others:
        variable, item = f"{variable}x", f"{item}x"
    taken.add(variable.casefold())
    item = item if several else variable
    return Row(column.heading, variable, item, _KINDS[block.kind], block.question, block.points[place])


def _share_item(rows: list[Row], block: Block, proposal: Proposal) -> None:
    """Name a question of several columns by what their names begin with, where that is a name of its own."""
    used = {row.item for row in proposal.rows} | {row.variable for row in [*proposal.rows, *rows]}
    base = _common([row.variable for row in rows]).rstrip("_0123456789")
    if len(rows) > 1 and block.kind in {SEVERAL, GRID} and len(base) > 1 and base not in used:
        for row in rows:
            row.item = base


def _pair_items(points: list[list[Row]], proposal: Proposal) -> None:
    """Give importance and level of one point one item, which no other has."""
    used = {row.variable for row in proposal.rows}
    for number, rows in enumerate(points, start=1):
        base = _common([row.variable for row in rows]).rstrip("_")
        named = len(rows) > 1 and any(letter.isdigit() for letter in base) and base not in used
        item = base if named and is_name(rows[0].heading) else f"k{number:02}"
        used.add(item)
        for row in rows:
            row.item = item
            if not is_name(row.heading):
                row.variable = f"{item}_{'v' if row.kind == 'vigtighed' else 'n'}"


def _common(names: list[str]) -> str:
    """Give what all names begin with."""
    pairs = zip(min(names), max(names), strict=False)
    return "".join(one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _shorten(rows: list[Row]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        label = short(row.point or row.question)
        seen[label] = seen.get(label, 0) + 1
        row.label = label if seen[label] == 1 else f"{short(row.point or row.question, 30)} {seen[label]}"


def _ask(proposal: Proposal, columns: Mapping[str, Column]) -> None:
    """Say of each row which groups were asked, from who has empty cells."""
    rows_of = _group_rows(proposal, columns)
    if not rows_of or not proposal.rows:
        return
    given = np.logical_or.reduce([columns[row.heading].filled_rows for row in proposal.rows])
    together: dict[str, list[Column]] = {}
    for row in proposal.rows:
        key = row.item if row.kind == "flere" else row.heading
        together.setdefault(key, []).append(columns[row.heading])
    for row in proposal.rows:
        key = row.item if row.kind == "flere" else row.heading
        asking = who_was_asked(together[key], rows_of, given)
        row.groups = asking.groups
        row.doubt = row.doubt or (asking.doubt if row.kind != "flere" or row is _first(proposal, row.item) else "")


def _first(proposal: Proposal, item: str) -> Row:
    return next(row for row in proposal.rows if row.item == item)


def _group_rows(proposal: Proposal, columns: Mapping[str, Column]) -> dict[str, npt.NDArray[np.bool_]]:
    if not proposal.groups.heading:
        return {}
    column = columns[proposal.groups.heading]
    found = {}
    for name, key in proposal.keys.items():
        spelt = [name, *proposal.groups.spellings.get(name, [])]
        found[key] = np.logical_or.reduce([column.rows_of(text) for text in spelt])
    return found


#: What two groups are asked of each other.
_TOGETHER: Final = re.compile(
    r"samarbejd|samarbeid|samspil|cooperat|collaborat|work(ing)? together|tillid", re.IGNORECASE
)


def _say_about(proposal: Proposal) -> None:
    """Take ratings of the cooperation that all groups but one were asked as being about that one."""
    keys = set(proposal.keys.values())
    items: dict[str, str] = {}
    for question in dict.fromkeys(row.question for row in proposal.rows if row.kind == "enkelt"):
        rows = [row for row in proposal.rows if row.question == question and row.kind == "enkelt"]
        rated = all(row.scale and proposal.scales[row.scale].is_rating for row in rows)
        about = {frozenset(keys - set(row.groups)) for row in rows}
        together = any(_TOGETHER.search(f"{row.question} {row.point}") for row in rows)
        frequency = any(row.scale and proposal.scales[row.scale].family == "hyppighed" for row in rows)
        if len(keys) < 2 or not rated or not together or frequency or len(about) > 1 or len(next(iter(about))) != 1:
            continue
        (rated_group,) = next(iter(about))
        for row in rows:
            row.kind, row.about = "udsagn", rated_group
            row.item = (
                items.setdefault(" ".join(row.point.split()).casefold() or row.item, row.item)
                if row.point
                else row.item
            )
            row.guess = f"{row.guess}; det handler om gruppen {rated_group}, som ikke selv er spurgt"
