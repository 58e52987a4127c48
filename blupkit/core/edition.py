"""The study as one reader gets it: one municipality's page, or the page for all of them."""

from __future__ import annotations

from blupkit.core.danish import count
from blupkit.core.study import ALL, Municipality, Section, Study


class Edition(Section):
    """The study as one reader gets it: one municipality's page, or the page for all of them.

    Words that differ between municipalities are asked for here, so that no notebook needs to know them.
    """

    study: Study
    municipality: Municipality | None

    @property
    def key(self) -> str:
        """The value of the `municipality` column: a slug or "alle"."""
        return self.municipality.slug if self.municipality else ALL

    @property
    def place(self) -> str:
        """The municipality's official name, or "alle seks kommuner"."""
        if self.municipality:
            return self.municipality.name
        return f"alle {count(len(self.study.municipalities))} kommuner" if self.study.municipalities else "alle"

    @property
    def local_groups(self) -> tuple[str, ...]:
        """Keys of the groups whose own answers this page shows."""
        return tuple(group.key for group in self.study.groups if group.key not in self.common_groups)

    @property
    def common_groups(self) -> tuple[str, ...]:
        """Keys of the groups that a municipality's page shows for all municipalities together only."""
        return tuple(group.key for group in self.study.groups if self.municipality and not group.shown_locally)

    def group_name(self, key: str) -> str:
        """The group's name, plural, in the municipality's own word."""
        local = self.municipality.group_names.get(key) if self.municipality else None
        return local or self.study.group(key).name

    def group_in(self, key: str, municipality: str) -> str:
        """The group's name, with the place when the numbers are not the reader's own municipality's."""
        if municipality == self.key:
            return self.group_name(key)
        return f"{self.study.group(key).name} i {read_edition(self.study, municipality).place}"

    @property
    def source(self) -> str:
        """The line under each figure of the survey: what the numbers come from, and whether they are invented."""
        return self._source("Spørgeskemaundersøgelse", self.study.period)

    @property
    def interview_source(self) -> str:
        """The same line for what was said in the interviews."""
        files = self.study.interviews
        return self._source("Interview", files.period if files and files.period else self.study.period)

    def _source(self, kind: str, period: str) -> str:
        return f"{kind}, {self.study.name}, {period}." + (" (Syntetiske demodata)" if self.study.synthetic else "")


def read_edition(study: Study, municipality: str) -> Edition:
    """Choose which reader a page is made for.

    Parameters
    ----------
    study : Study
        What `read_study` returned.
    municipality : str
        A municipality's slug, for example "slagelse", or "alle".

    Returns
    -------
    Edition
        The study with that municipality's words.

    Raises
    ------
    DataError
        The study has no such municipality.
    """
    return Edition(study=study, municipality=study.municipality(municipality))
