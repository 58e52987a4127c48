"""What is coded in the interviews and in the open answers, each coding beside the place it stands in."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from blupkit.core import DataError, Fault, Level, Study
from blupkit.core.danish import listing, many
from blupkit.interviews.coding.coded import Coded, load_coded, load_coded_answers
from blupkit.interviews.coding.codings import edited_under
from blupkit.interviews.exploring.material import Material, mark_of, read_material, said_files


@dataclass(frozen=True, eq=False)
class CodedMaterial:
    """What people have coded, or what patterns point to where nobody has.

    Parameters
    ----------
    material : Material
        What was said and written.
    coded : Coded
        The interviews with one coder's codings, or with suggestions.
    codings : pandas.DataFrame
        `CODING_COLUMNS` of interviews and open answers, and `row`: the place, as a row of `material.places`. In the
        order of the places.
    unread : tuple of str
        What of the codings cannot be used, in Danish sentences; `material.unread` tells the rest.
    moved : frozenset of str
        The ids of codings that a program moved when a transcript was edited, and nobody has confirmed.
    """

    material: Material
    coded: Coded
    codings: pd.DataFrame
    unread: tuple[str, ...]
    moved: frozenset[str] = frozenset()

    @property
    def by_whom(self) -> str:
        """Whose codings they are, in one Danish sentence; suggestions are never called codings."""
        if self.coded.is_suggested:
            return "Ingen har kodet interviewene: Det er forslag fra kodebogens søgemønstre, som ingen har set efter."
        coders = [coder for coder in dict.fromkeys(self.codings["coder"]) if coder]
        who = f"Kodet af {listing(coders)}." if coders else "Kodet af en person."
        left = self.coded.participant_turns["interview"].nunique() - self.coded.spoken["interview"].nunique()
        return who + (f" {many(left, 'interview er', 'interview er')} ikke kodet endnu." if left else "")


_read: dict[str, CodedMaterial] = {}


def read_coded_material(study: Study) -> CodedMaterial:
    """Read what is coded, or give what was read last if not a byte of it has changed since.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    CodedMaterial
        Kept in memory, the last one only. A line that cannot be used is counted in `unread`, and the rest used.

    Raises
    ------
    FileError, DataError
        The study has no interviews, or transcripts or codebook cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_coded_material(example_study()).codings[["row", "code"]].values.tolist()
    [[1, '2.1'], [1, '1.1'], [2, '1.1'], [3, '2.1']]
    """
    files, material = study.interview_files, read_material(study)
    names = (files.codebook, *files.codings.values(), *filter(None, [files.answer_codings]))
    mark = mark_of(study, (*said_files(study), *names))
    if mark not in _read:
        _read.clear()
        _read[mark] = _joined(material)
    return _read[mark]


def _joined(material: Material) -> CodedMaterial:
    study = material.study
    coded, faults = load_coded(study)
    if coded is None:
        raise DataError([fault for fault in faults if fault.level is Level.SERIOUS] or faults)
    parts = [coded.codings]
    if study.interview_files.answer_codings and len(material.answers):
        answers, wrong = load_coded_answers(study, coded.codebook, material.answers)
        parts.append(answers.codings)
        faults = [*faults, *wrong]
    codings = pd.concat([part.astype({"turn": "str"}) for part in parts], ignore_index=True)
    keys = zip(codings["interview"], codings["turn"], strict=True)
    codings = codings.assign(row=[material.row_of.get(key, -1) for key in keys])
    codings = codings[codings["row"] >= 0].sort_values(["row", "start"], kind="stable", ignore_index=True)
    coders = dict.fromkeys(coded.codings["coder"])
    moved = frozenset[str]().union(*(edited_under(study, coded, coder).moved for coder in coders))
    return CodedMaterial(material, coded, codings, tuple(_set_aside(study, faults)), moved)


def _set_aside(study: Study, faults: list[Fault]) -> list[str]:
    files = study.interview_files
    names = {*files.codings.values(), files.answer_codings}
    wrong = [fault for fault in faults if fault.file in names]
    if not wrong:
        return []
    return [f"{many(len(wrong), 'linje', 'linjer')} i filerne med kodninger har fejl: Se »blupkit check«."]
