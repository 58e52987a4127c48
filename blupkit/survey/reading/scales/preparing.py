"""The scales made ready for this export: what stands between labelled ends, own words, digits that may be labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core.danish import listing, many
from blupkit.core.errors import Fault, did_you_mean
from blupkit.survey.reading.column_names import OTHER, emptied, is_blank, plain
from blupkit.survey.reading.exports import Export
from blupkit.survey.reading.questionnaire import Kind, Meaning, Questionnaire
from blupkit.survey.reading.scales.cells import ScaleReader, as_number, may_be_own_words

OWN_WORDS: Final = "Andet (egne ord)"
#: A scale with words at its ends has no more steps than this.
_STEPS: Final = 101
#: How many spellings of own words are told one by one.
_TOLD: Final = 20


@dataclass(frozen=True, eq=False)
class _Use:
    """One scale as the export uses it: its rows, the closed questions on it, and how often each cell stands there."""

    rows: pd.DataFrame
    variables: tuple[str, ...]
    cells: Counter[str]
    only_single: bool

    @property
    def answers(self) -> pd.DataFrame:
        return self.rows[self.rows["meaning"] == Meaning.ANSWER]

    def numbers(self) -> dict[float, str]:
        read = {cell: as_number(cell) for cell in self.cells}
        return {number: cell for cell, number in read.items() if number is not None}


def prepare_scales(
    questionnaire: Questionnaire, export: Export, cells_are: str | None
) -> tuple[Questionnaire, dict[str, ScaleReader], list[Fault]]:
    """Make each scale ready to read the cells that stand in the export.

    A scale with words at its ends only gets the whole numbers between them that were answered; a question with one
    answer gets an answer for own words, so that whoever wrote some is not counted as nobody. Where digits are both
    codes and labels, what is only possible as one of them decides.

    Parameters
    ----------
    questionnaire : Questionnaire
        As its files, or the export, have it; not changed.
    export : Export
        The cells.
    cells_are : str or None
        "koder" or "etiketter", where the study says it.

    Returns
    -------
    tuple of Questionnaire, dict of str to ScaleReader, and list of Fault
        The questionnaire with those scales; how to read each; and what was decided, a "fejl" where nobody can know.
    """
    readers: dict[str, ScaleReader] = {}
    faults: list[Fault] = []
    for scale, use in _uses(questionnaire, export):
        use = _with_steps_between(use, export, faults)
        use = _with_own_words(use, export, faults)
        readers[scale] = ScaleReader(use.rows, labelled=_digits_are_labels(scale, use, export, cells_are, faults))
        faults += _shared_words(use, readers[scale], export)
        faults += _translated_words(use, readers[scale], export)
    if not readers:
        return questionnaire, readers, faults
    unused = questionnaire.scales[~questionnaire.scales["scale"].isin(list(readers))]
    scales = pd.concat([unused, *(reader.rows for reader in readers.values())])
    order = scales["scale"].map({name: at for at, name in enumerate(dict.fromkeys(questionnaire.scales["scale"]))})
    scales = scales.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    return replace(questionnaire, scales=scales), readers, faults


def without_blanks(questionnaire: Questionnaire, export: Export, respondent: str | None) -> Export:
    """Empty the cells that are no answer: R's "NA", a dash, and codes that SPSS calls missing and no scale knows.

    Parameters
    ----------
    questionnaire : Questionnaire
        Its questions; what is an answer on the scale of one of them stays.
    export : Export
        The cells; not changed.
    respondent : str or None
        The column of the respondents' ids.

    Returns
    -------
    Export
        The same, and a warning for each such sign with how many cells it stood in.
    """
    lines, data = questionnaire.by_variable, export.data
    scales = {str(scale): ScaleReader(rows) for scale, rows in questionnaire.scales.groupby("scale")}
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for name in (str(name) for name in [*lines.index, respondent] if name in export.cells):
        column = export.cells[name]
        reader = scales.get(str(lines["scale"].get(name, "")))
        # A box of a multiple choice has no scale of its own.
        codes = {"0", "1"} if lines["kind"].get(name) == Kind.MULTIPLE else set()
        empty = set()
        for cell, n in zip(column.categories, np.bincount(column.codes, minlength=len(column.categories)), strict=True):
            text = cell.strip()
            declared = (name, text) in export.missing
            known = text in codes or (reader is not None and not reader.is_unknown(text))
            if n and (declared or is_blank(text)) and not known:
                empty.add(cell)
                counts[declared][text] += int(n)
        if empty:
            data = data.assign(**{name: emptied(data[name], empty)})
    told = [_emptied(export, cell, n, declared=sign) for sign, each in counts.items() for cell, n in each.items()]
    return replace(export, data=data, faults=(*export.faults, *told)) if told else export


def _emptied(export: Export, cell: str, n: int, *, declared: bool) -> Fault:
    expected = "en tekst til koden, hvis den er et svar" if declared else "en tom celle, hvor intet er svaret"
    read = "Cellen er læst som tom." if n == 1 else "Cellerne er læst som tomme."
    why = "Filen selv siger, at koden ikke er et svar. " if declared else ""
    action = f"{why}{read} Er det et svar på en skala, så skriv det i skalaer.csv."
    return export.warning(f"»{cell}« i {many(n, 'celle', 'celler')}", expected, action, quotes=False)


def _uses(questionnaire: Questionnaire, export: Export) -> Iterator[tuple[str, _Use]]:
    lines = questionnaire.by_variable
    lines = lines[~lines["kind"].isin([Kind.OPEN, Kind.MULTIPLE]) & lines.index.isin(export.data.columns)]
    every = dict(list(questionnaire.scales.groupby("scale", sort=False)))
    for scale, part in lines.groupby("scale", sort=False):
        cells: Counter[str] = Counter()
        for name in part.index:
            column = export.cells[name]
            counts = np.bincount(column.codes, minlength=len(column.categories)).tolist()
            cells.update({str(cell).strip(): n for cell, n in zip(column.categories, counts, strict=True) if n})
        cells.pop("", None)
        if scale in every:
            yield str(scale), _Use(every[scale], tuple(part.index), cells, set(part["kind"]) == {Kind.SINGLE})


def _with_steps_between(use: _Use, export: Export, faults: list[Fault]) -> _Use:
    """Let the whole numbers between two labelled ends, and a labelled middle, be answers."""
    answers = use.answers
    codes = sorted(answers["code"].tolist())
    if len(codes) not in (2, 3) or (answers["text"] == "").any() or codes[-1] - codes[0] >= _STEPS:
        return use
    if any(code % 1 for code in codes) or (len(codes) == 3 and codes[1] * 2 != codes[0] + codes[2]):
        return use
    known, span = set(use.rows["code"]), range(int(codes[0]) + 1, int(codes[-1]))
    steps = [float(step) for step in span if step not in known]
    found = sorted(number for number in use.numbers() if number in steps)
    if not found:
        return use
    row = answers.iloc[0].to_dict() | {"text": "", "meaning": Meaning.ANSWER}
    more = pd.DataFrame([row | {"code": step} | ({"written": step} if "written" in row else {}) for step in steps])
    ends = " og ".join(f"»{text}«" for text in answers["text"])
    stands = f"{listing([f'{number:g}' for number in found])}, som ingen tekst har"
    action = f"De er talt som svar mellem {ends}. Er de ikke det, så giv hver kode en tekst."
    faults.append(export.warning(stands, "en tekst til hver kode", action, column=use.variables[0], quotes=False))
    ordered = pd.concat([use.rows.iloc[:0], pd.concat([answers, more]).sort_values("code", kind="stable")])
    return replace(use, rows=pd.concat([ordered, use.rows[use.rows["meaning"] != Meaning.ANSWER]]))


def _with_own_words(use: _Use, export: Export, faults: list[Fault]) -> _Use:
    """Let own words in a question with one answer count as "Andet", so that nobody who answered is left out."""
    reader = ScaleReader(use.rows)
    words = Counter(
        {
            cell: n
            for cell, n in use.cells.items()
            if as_number(cell) is None
            and plain(cell) not in reader.shared
            and np.isnan(reader.read(cell))
            and may_be_own_words(cell)
        }
    )
    if not use.only_single or not words:
        return use
    texts = use.answers["text"].astype(str)
    named = texts[texts.map(lambda text: bool(OTHER.match(text)))]
    rows = use.rows.assign(catch_all=use.rows.index.isin(named.index[:1]))
    if named.empty:
        own = use.rows.iloc[0].to_dict() | {"code": use.rows["code"].max() + 1, "text": OWN_WORDS}
        own |= {"written": np.nan, "spellings": (), "meaning": Meaning.ANSWER, "catch_all": True}
        rows = rows.assign(written=rows.get("written", rows["code"]), spellings=rows.get("spellings", ""))
        rows = pd.concat([rows, pd.DataFrame([own])])
    faults += _own_words_told(words, use, named.iloc[0] if len(named) else OWN_WORDS, export)
    return replace(use, rows=rows)


def _own_words_told(words: Counter[str], use: _Use, answer: str, export: Export) -> list[Fault]:
    """Tell one line a spelling what own words count as."""
    faults, answers, column = [], use.answers["text"].tolist(), use.variables[0]
    for cell, n in words.most_common(_TOLD):
        what = "1 besvarelse er" if n == 1 else f"{n} besvarelser er"
        meant = did_you_mean(cell, answers, "", cutoff=0.75)
        action = [f"{what} talt som »{answer}«.", meant, "Er det et af svarene, så ret teksten i skalaer.csv."]
        faults.append(export.warning(cell, "et af svarene på skalaen", " ".join(filter(None, action)), column=column))
    if len(words) > _TOLD:
        found, action = f"{len(words) - _TOLD} andre svar med egne ord", [f"De er talt som »{answer}«."]
        faults.append(export.warning(found, "et af svarene", action[0], column=column, quotes=False))
    return faults


def _digits_are_labels(scale: str, use: _Use, export: Export, cells_are: str | None, faults: list[Fault]) -> bool:
    """Decide what digits are that are a code and another code's label, and say so."""
    reader = ScaleReader(use.rows)
    numbers = use.numbers()
    torn = sorted(number for number in numbers if number in reader.torn)
    if not torn or cells_are is not None:
        return cells_are == "etiketter" and bool(reader.torn)
    only_label = [cell for n, cell in numbers.items() if n in reader.digits and n not in reader.codes]
    only_label += [cell for cell in use.cells if as_number(cell) is None and reader.of_words(cell) is not None]
    only_code = [cell for n, cell in numbers.items() if n in reader.codes and n not in reader.digits]
    cell = numbers[torn[0]]
    both = f"{cell}, som er en kode på skalaen »{scale}« og teksten til en anden kode"
    if bool(only_label) == bool(only_code):
        seen = (
            f" Både {only_label[0]} og {only_code[0]} står der, og de kan ikke begge være rigtige."
            if only_label
            else ""
        )
        action = (
            'Skriv svar_er = "koder" eller svar_er = "etiketter" under [spoergeskema] i '
            f"study.toml: filen siger det ikke selv.{seen}"
        )
        row, column = _first_place(export, use.variables, cell)
        expected = "et svar, der kun kan læses på én måde"
        faults.append(Fault(export.name, both, expected, action, row, column, quotes=False))
        return False
    what, proof = ("etiketter", only_label[0]) if only_label else ("koder", only_code[0])
    only = "tekst" if only_label else "kode"
    action = (
        f'Svarene er læst som {what}, for »{proof}« findes kun som {only}. Skriv svar_er = "{what}" under'
        f" [spoergeskema] i study.toml, hvis det er rigtigt."
    )
    expected = "et svar, der kun kan læses på én måde"
    faults.append(export.warning(both, expected, action, column=use.variables[0], quotes=False))
    return bool(only_label)


def _shared_words(use: _Use, reader: ScaleReader, export: Export) -> list[Fault]:
    """Refuse a word that two codes share where it stands in a cell: nobody can say which of them was meant."""
    faults = []
    for cell in use.cells:
        if as_number(cell) is None and plain(cell) in reader.shared:
            codes = listing([f"{code:g}" for code in reader.shared[plain(cell)]])
            action = "Ret skalaen, så hver kode har sin egen tekst, eller hent eksporten igen med koder."
            row, column = _first_place(export, use.variables, cell)
            expected = f"en tekst, der kun hører til én kode; den hører til {codes}"
            faults.append(Fault(export.name, cell, expected, action, row, column))
    return faults


def _translated_words(use: _Use, reader: ScaleReader, export: Export) -> list[Fault]:
    """Tell which words were read as the same step of the scale in another language."""
    texts = dict(zip(reader.rows["code"].astype(float), reader.rows["text"], strict=True))
    faults = []
    for cell, n in use.cells.items():
        known = as_number(cell) is not None or plain(cell) in reader.shared or reader.of_words(cell) is not None
        code = None if known else reader.translated(cell)
        if code is not None:
            action = (
                f"{'1 svar' if n == 1 else f'{n} svar'} er læst som »{texts[code]}«. Er det forkert, så skriv den anden"
                " sprogversion efter en lodret streg i skalaer.csv: Helt enig | Strongly agree."
            )
            expected = "skalaens egne ord"
            faults.append(export.warning(cell, expected, action, column=use.variables[0]))
    return faults


def _first_place(export: Export, variables: tuple[str, ...], cell: str) -> tuple[int, str]:
    """Find the first row and variable in which a cell stands."""
    stands = {name: export.data[name].astype("str").str.strip() == cell for name in variables}
    name = next(name for name, here in stands.items() if here.any())
    return int(str(stands[name].idxmax())), name
