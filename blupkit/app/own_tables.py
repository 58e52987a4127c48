"""What a consultant is told of an own table: at once by the rule on n, and later by the whole decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from blupkit import survey
from blupkit.app.deciding import decided_with
from blupkit.core import ALL, read_edition
from blupkit.core.danish import first_upper, listing
from blupkit.core.sections import OwnTable

if TYPE_CHECKING:
    from blupkit.core import Study
    from blupkit.survey import Responses


def own_table_preview(
    study: Study, question: str, by: str, municipalities: Sequence[str] = (ALL,), responses: Responses | None = None
) -> str:
    """Sig straks, hvad reglen om antal svar tillader, kommune for kommune.

    It counts, and decides nothing: what else has to be hidden so that nothing can be worked out, `own_table_verdict`
    says. It is for the consultant's eyes.

    Parameters
    ----------
    study : Study
        The study.
    question, by : str
        What the table is of, and what it is split by ("gruppe" for nothing but the groups).
    municipalities : sequence of str
        Whose own numbers are wanted: slugs, or "alle".
    responses : Responses, optional
        What `survey.read_responses` gave, so that a panel need not read them again.

    Returns
    -------
    str
        A line for each group, in Danish.

    Raises
    ------
    DataError
        There is no such question, or municipality; with the nearest that there is.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> print(own_table_preview(example_study(), "form", "gruppe", ["nordby"]))
    Lokalrådsmedlemmer: for få svar.
    Kommunalt ansatte: for få i Nordby: vises for begge kommuner.
    """
    own = OwnTable(name="prøve", question=question, by=by, readers=tuple(municipalities))
    asked = _declaring(study, own)
    responses = survey.read_responses(asked) if responses is None else survey.with_study(responses, asked)
    survey.check_own(responses)
    found = survey.allowed_places(responses, own)
    lines = []
    for group in study.group_keys:
        parts, shown = found.get(group, ((), {}))
        lines.append(f"{first_upper(study.group(group).name)}: {_said(study, own, parts, shown)}")
    return "\n".join(lines)


def _declaring(study: Study, own: OwnTable) -> Study:
    """Give the study with one more own table; one of the same content or name gives way."""
    others = tuple(one for one in study.release.own if one.table != own.table and one.name != own.name)
    return study.model_copy(update={"release": study.release.model_copy(update={"own": (*others, own)})})


def _said(study: Study, own: OwnTable, parts: Sequence[str], shown: dict[str, bool]) -> str:
    if not shown.get(ALL):
        return "for få svar til at blive delt op." if not own.by_group else "for få svar."
    everywhere = read_edition(study, ALL).place
    names = {one.slug: one.short for one in study.municipalities if one.slug in shown}
    alone = [name for place, name in names.items() if shown[place]]
    few = [name for place, name in names.items() if not shown[place]]
    said = [f"kan vises for {listing(alone)}"] if alone else []
    if few:
        where = listing(few) if alone or len(few) == 1 else "de enkelte kommuner"
        said.append(f"for få i {where}: vises for {everywhere}")
    rows = f" Rækker: {listing(f'»{part}«' for part in parts)}." if not own.by_group else ""
    return f"{'; '.join(said) or f'vises for {everywhere}'}.{rows}"


def own_table_verdict(study: Study, own: OwnTable) -> str:
    """Sig, hvad hele afgørelsen siger om tabellen: hvor den vises, eller hvorfor den ikke kan være med.

    The whole release is decided as for a batch, with this table beside those that the study declares. It takes some
    seconds, so a panel runs it in a thread. Nothing is written.

    Parameters
    ----------
    study : Study
        The study.
    own : OwnTable
        The table.

    Returns
    -------
    str
        In Danish.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> print(own_table_verdict(example_study(), OwnTable(navn="Former", spoergsmaal="form")))
    Tabellen er med på siderne i forvejen.
    """
    asked = _declaring(study, own)
    draft, release = decided_with(asked)
    refused = [note for note in release.notes if f"»{own.name}«" in note]
    if refused:
        return refused[0]
    if own.by_group and own.table not in {name for name, _ in draft.readers}:
        return "Tabellen er med på siderne i forvejen."
    shown, lines = release[own.table].shown, []
    for group, rows in shown.groupby("group", sort=False):
        places = [place for place in study.readers if place in set(rows["municipality"])]
        names = [read_edition(study, place).place for place in places]
        lines.append(f"{first_upper(study.group(str(group)).name)}: vises for {listing(names)}.")
    return "\n".join(lines)
