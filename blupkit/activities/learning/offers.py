"""The catalogue of learning as one reader sees it: what fits, what was chosen, what was asked for and is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from blupkit.activities.learning.match import GAP, TOP, Match, match_activities, place_of
from blupkit.activities.reading import Activities, read_activities
from blupkit.core.danish import first_upper, listing, number, rounded
from blupkit.core.study import ALL
from blupkit.disclosure.safe_table import MeasureRow, SafeTable, Status, is_shown, measure_table

if TYPE_CHECKING:
    from blupkit.activities.reading import Row
    from blupkit.core.study import Edition, Study

#: What the numbers of a match are called on a page.
MEAN, HIT, COVERED = "Gab", "Træf", "Dækning, pct."
SURE, POSSIBLE = "Sikre", "Mulige"
WANTED, SUITED = "Ønsker formen, pct.", "Tid passer, pct."
MEASURES: Final = (MEAN, HIT, COVERED, SURE, POSSIBLE, WANTED, SUITED)
#: What those are who would come to what is offered next.
INTERESTED: Final = "Interesserede"
#: How many digits after the comma they have, where it is not the study's own.
DIGITS: Final = dict.fromkeys((HIT, COVERED, SURE, POSSIBLE, WANTED, SUITED), 0)
#: So many are suggested to a group at most, of those that fit clearly better than a random choice.
MOST: Final = 3
CLEARLY: Final = 60
RANDOM: Final = 50
CHOSEN: Final = "med"
#: What answers to a question with choices are called.
_SHARE: Final = "Andel"
_PER_CENT: Final = 100.0
#: A group's answer to a question with choices: `item`, `label`, `value`, `n`, `status`, and whether it is `shown`.
Answer = Mapping[str, Any]


class Offer(NamedTuple):
    """An activity for one group.

    Parameters
    ----------
    row : dict
        Its row in `katalog.csv`.
    match : Match
        How it fits.
    choice, why : str
        "med" or "ikke med" and the reason, where the consultant has chosen; else "".
    wanted, suited : dict or None
        The answer of those who want such a form, and of those whom the time of day suits; None where it was not asked.
    """

    row: Row
    match: Match
    choice: str
    why: str
    wanted: Answer | None
    suited: Answer | None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The catalogue as one reader sees it.

    Parameters
    ----------
    found : Activities
        What `read_activities` gave.
    edition : Edition
        The reader.
    needs, places : SafeTable
        What the release shows of the needs and of their places.
    form, times : SafeTable
        What it shows of how and when people want to learn; without rows where that was not asked.
    """

    found: Activities
    edition: Edition
    needs: SafeTable
    places: SafeTable
    form: SafeTable
    times: SafeTable

    @property
    def common(self) -> bool:
        """Whether the reader is that of all municipalities."""
        return self.edition.key == ALL

    def source(self, what: str) -> str:
        """Give what stands after "Kilde:" where it is not the survey."""
        return self.edition.study.source(f"{what}, {self.edition.study.name}.")

    def place(self, group: str) -> str:
        """Give whose numbers of a group the reader sees: its own municipality's, or those of all."""
        return place_of(group, self.edition)

    @property
    def rows(self) -> list[Row]:
        """The activities, in the order of the catalogue."""
        return self.found["katalog"]

    @property
    def listed(self) -> pd.DataFrame:
        """Each activity in a line, for a slide: "Forløb", "Form", "For hvem" and "Varighed", as texts."""
        edition, everybody = self.edition, {*self.edition.study.group_keys}
        rows = [
            (
                str(row["titel"]),
                first_upper(row["format"]),
                "Alle" if everybody == {*row["maalgruppe"]} else _named(edition, row["maalgruppe"]),
                hours_in_words(row["timer"]),
            )
            for row in self.rows
        ]
        return pd.DataFrame(rows, columns=["Forløb", "Form", "For hvem", "Varighed"])

    @cached_property
    def sessions(self) -> list[Row]:
        """The sessions that this reader's people may come to; all of them for the reader of all."""
        return [row for row in self.found["afholdelser"] if self.concerns(row["kommuner"] or (ALL,))]

    def concerns(self, places: Collection[str]) -> bool:
        """Tell whether what is held for some municipalities ("alle" for all of them) concerns this reader."""
        return self.common or bool({ALL, self.edition.key} & {*places})

    @cached_property
    def offers(self) -> dict[str, list[Offer]]:
        """Group → its activities, those that fit best first; what cannot be computed comes last."""
        rows = {row["id"]: row for row in self.rows}
        chosen = {
            (row["gruppe"], row["aktivitet"]): row
            for place in (ALL, self.edition.key)
            for row in self.found["valg"]
            if row["kommune"] == place
        }
        offers: dict[str, list[Offer]] = {group: [] for group in self.edition.study.group_keys}
        for match in match_activities(self.found, self.needs, self.places, self.edition):
            row, said = rows[match.activity], chosen.get((match.group, match.activity))
            choice, why = (said["valg"], said["begrundelse"]) if said else ("", "")
            wanted = _answer(self._forms[match.group], row["form_kode"])
            suited = _answer(self._times[match.group], row["tidspunkt"])
            offers[match.group].append(Offer(row, match, choice, why, wanted, suited))
        for some in offers.values():
            some.sort(key=lambda offer: -offer.match.hit if offer.match.known else 1)
        return {group: some for group, some in offers.items() if some}

    def suggested(self, group: str) -> list[Offer]:
        """Give what is suggested to a group: what the consultant has chosen, and what fits best."""
        offers = self.offers.get(group, [])
        fit = [offer.match.hit for offer in offers if offer.match.known and not offer.choice]
        last = max(CLEARLY, *fit[:MOST][-1:]) if len(fit) >= MOST else CLEARLY
        return [offer for offer in offers if offer.choice == CHOSEN or (not offer.choice and offer.match.hit >= last)]

    def refused(self, group: str) -> list[Offer]:
        """Give what the consultant has taken out for a group."""
        return [offer for offer in self.offers.get(group, []) if offer.choice and offer.choice != CHOSEN]

    def unknown(self, group: str) -> list[Offer]:
        """Give the activities whose match cannot be computed from what is shown of a group."""
        return [offer for offer in self.offers.get(group, []) if not offer.match.known]

    def silent(self, group: str) -> bool:
        """Tell whether nothing is shown of a group's needs."""
        return self._gaps(group).empty

    def _gaps(self, group: str) -> pd.DataFrame:
        rows = self.needs.shown
        own = (rows["group"] == group) & (rows["municipality"] == self.place(group))
        return rows[own & (rows["measure"] == GAP)]

    @cached_property
    def _forms(self) -> Mapping[str, list[Answer]]:
        return self._answers(self.form)

    @cached_property
    def _times(self) -> Mapping[str, list[Answer]]:
        return self._answers(self.times)

    def _answers(self, table: SafeTable) -> Mapping[str, list[Answer]]:
        """Give what each group answered, of those whose numbers the reader sees."""
        found: dict[str, list[Answer]] = defaultdict(list)
        rows = table.frame.assign(shown=is_shown(table.frame))
        rows = rows[rows["measure"] == _SHARE]
        for cells in zip(*(rows[name].tolist() for name in rows.columns), strict=True):
            answer = dict(zip(rows.columns, cells, strict=True))
            if answer["municipality"] == self.place(answer["group"]):
                found[answer["group"]].append(answer)
        return found

    @cached_property
    def interest(self) -> SafeTable:
        """How many have said that they would come to what is offered next, of all groups and municipalities together.

        Fewer than `min_n` persons are not told of, and no group by itself: what the groups are would follow from it.
        """
        titles = {row["id"]: str(row["titel"]) for row in self.rows}
        least, rows = self.edition.study.thresholds.min_n, []
        for row in self.found["interesse"]:
            counts = [row[f"interesse_{group}"] for group in self.edition.study.group_keys]
            known = all(isinstance(count, int) for count in counts)
            value = float(sum(counts)) if known else float("nan")
            own = (ALL, ALL, row["aktivitet"], titles[row["aktivitet"]])
            rows.append(MeasureRow(*own, INTERESTED, value, lowest=0, highest=float("inf")))
        table = measure_table(sorted(rows, key=lambda row: -row.value if row.value >= least else 0))
        few = table["value"] < least
        frame = table.assign(status=[Status.HIDDEN if one else Status.SHOWN for one in few], among=few)
        return SafeTable(frame.assign(value=table["value"].mask(few)), least)

    @cached_property
    def table(self) -> SafeTable:
        """How each activity fits each group, as a table that pages and packages take."""
        rows, statuses = [], []
        for offer in (offer for some in self.offers.values() for offer in some):
            for row, status in self._numbers(offer):
                rows.append(row)
                statuses.append(status)
        table = measure_table(rows)
        return replace(self.needs, frame=table.assign(status=statuses))

    @cached_property
    def _ends(self) -> tuple[float, float]:
        """The smallest and the largest gap that there could be."""
        gaps = self.needs.frame[self.needs.frame["measure"] == GAP]
        return gaps["lowest"].min(), gaps["highest"].max()

    def _numbers(self, offer: Offer) -> list[tuple[MeasureRow, Status]]:
        match = offer.match
        place = self.place(match.group)
        own = (place, match.group, match.activity, str(offer.row["titel"]))
        status = Status.FEW if match.few and match.known else Status.SHOWN
        told = {
            MEAN: (match.gap, *self._ends),
            HIT: (match.hit, 0, _PER_CENT),
            COVERED: (_PER_CENT * match.covered, 0, _PER_CENT),
        }
        told |= {
            name: (float(count), 0, len(match.items))
            for name, count in ((SURE, match.sure), (POSSIBLE, match.possible))
            if count is not None and match.known
        }
        numbers = [
            (MeasureRow(*own, name, value, n=len(match.items), lowest=low, highest=high), status)
            for name, (value, low, high) in told.items()
        ]
        for name, answer in ((WANTED, offer.wanted), (SUITED, offer.suited)):
            if answer is not None:
                n: int = 0 if pd.isna(answer["n"]) else int(answer["n"])
                row = MeasureRow(*own, name, answer["value"], n=n, lowest=0, highest=_PER_CENT)
                numbers.append((row, answer["status"]))
        return numbers

    def not_offered(self, group: str, column: str) -> list[Answer]:
        """Give the answers of a group that no activity for it has, the most frequent first.

        Parameters
        ----------
        group : str
            The group.
        column : str
            What the catalogue calls it: "form_kode" or "tidspunkt".

        Returns
        -------
        list of dict
            Answers that are shown and that somebody chose.
        """
        offered = {str(offer.row[column]).casefold() for offer in self.offers.get(group, []) if offer.row[column]}
        answers = (self._forms if column == "form_kode" else self._times)[group]
        left = [
            answer
            for answer in answers
            # "None of these" is no wish.
            if answer["shown"] and answer["value"] > 0 and offered.isdisjoint(_said(answer)) and not _refuses(answer)
        ]
        return sorted(left, key=lambda answer: -answer["value"])

    def not_covered(self, group: str) -> list[tuple[str, float]]:
        """Give which of a group's largest gaps, as printed, no activity for it takes up: their labels and gaps."""
        rows = self._gaps(group)
        printed = rows["value"].map(lambda gap: rounded(gap, self.edition.study.decimals))
        largest = printed[printed > 0].nlargest(TOP, keep="all")
        covered = {item for offer in self.offers.get(group, []) for item in offer.row["kompetencer"]}
        left = rows.loc[largest.index][lambda some: ~some["item"].isin(covered)]
        return [(str(label), float(largest[place])) for place, label in left["label"].items()]


def _named(edition: Edition, groups: Collection[str]) -> str:
    return first_upper(listing(map(edition.group_name, groups)))


def hours_in_words(hours: float) -> str:
    """Write a length of time; half an hour as a fraction, as it is read aloud.

    Examples
    --------
    >>> hours_in_words(1.5), hours_in_words(0.75)
    ('1½ time', '45 minutter')
    """
    whole, rest = divmod(hours, 1)
    if rest not in (0, 0.5):
        return f"{number(60 * hours, 0)} minutter"
    half = "½" if rest else ""
    return f"{number(whole, 0) if whole or not half else ''}{half} {'time' if hours <= 1.5 else 'timer'}"


def _said(answer: Answer) -> tuple[str, str]:
    """Give an answer's code and its words, as they are compared."""
    return str(answer["item"]).casefold(), str(answer["label"]).casefold()


def _refuses(answer: Answer) -> bool:
    return _said(answer)[1].startswith("ingen")


def _answer(answers: Collection[Answer], code: str | None) -> Answer | None:
    """Give an answer by its code or its words; None where there is none such."""
    return next((answer for answer in answers if code and code.casefold() in _said(answer)), None)


def read_catalogue(
    study: Study, edition: Edition, *, needs: SafeTable, places: SafeTable, form: SafeTable, times: SafeTable
) -> Catalogue:
    """Read the catalogue of learning, and hold it against what the release shows one reader.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/`.
    edition : Edition
        The reader.
    needs, places : SafeTable
        What the release shows of the needs and of their places. Only what is shown is used, as it is printed.
    form, times : SafeTable
        What it shows of how and when people want to learn; without rows where that was not asked.

    Returns
    -------
    Catalogue
        Without activities where there is no `katalog.csv`.

    Raises
    ------
    DataError
        Something in the tables is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure.safe_table import NO_TABLE
    >>> study = example_study()
    >>> tables = dict.fromkeys(("needs", "places", "form", "times"), NO_TABLE)
    >>> read_catalogue(study, read_edition(study, "nordby"), **tables).offers
    {}
    """
    return Catalogue(read_activities(study), edition, needs, places, form, times)
