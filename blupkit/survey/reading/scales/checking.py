"""What is wrong with the file of scales, and scales whose codes run against their words turned the right way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

import pandas as pd

from blupkit.core import Fault, Level, cell_faults, one_of
from blupkit.survey.reading.column_names import NUMBER, plain
from blupkit.survey.reading.questionnaire import Kind, Meaning
from blupkit.survey.reading.scales.words import Run, direction, meanings

#: What stands between a label and its other versions.
VERSIONS: Final = "|"
#: The kinds whose answers are reckoned with as numbers.
ORDERED: Final = (Kind.IMPORTANCE, Kind.LEVEL, Kind.STATEMENT)


def with_versions(scales: pd.DataFrame) -> pd.DataFrame:
    """Split labels such as "Helt enig | Strongly agree": the first is shown, the others are read as the same.

    Parameters
    ----------
    scales : pandas.DataFrame
        `text` and whatever else, as the file has them.

    Returns
    -------
    pandas.DataFrame
        With `spellings`, a tuple.
    """
    parts = [[part.strip() for part in text.split(VERSIONS)] for text in scales["text"]]
    others = pd.Series([tuple(part[1:]) for part in parts], index=scales.index, dtype=object)
    return scales.assign(text=[part[0] for part in parts], spellings=others)


def scale_faults(scales: pd.DataFrame, name: str, ordered: Collection[str]) -> list[Fault]:
    """List what is wrong with the rows of the scales.

    Parameters
    ----------
    scales : pandas.DataFrame
        `scale`, `code` as text, `text`, `spellings`, `meaning`.
    name : str
        The file, for messages.
    ordered : collection of str
        The scales whose answers are reckoned with as numbers.

    Returns
    -------
    list of Fault
        A "ved ikke" that counts as an answer is an "advarsel" where nothing is reckoned with it.
    """
    code, meaning = scales["code"], scales["meaning"]
    no_number = code[~code.str.fullmatch(NUMBER.pattern)]
    numbers = pd.to_numeric(code.str.replace(",", "."), errors="coerce").where(code.str.fullmatch(NUMBER.pattern))
    again = numbers.notna() & pd.DataFrame({"scale": scales["scale"], "code": numbers}).duplicated()
    unknown = meaning[~meaning.isin(list(Meaning))]
    return [
        *cell_faults(name, no_number, "et tal", "Skriv svarets kode, som den står i eksporten.", "kode"),
        *cell_faults(name, unknown, one_of(Meaning), "Ret ordet.", "betydning"),
        *cell_faults(name, code[again], "hver kode kun én gang i en skala", "Fjern den ene række.", "kode"),
        *_shared_labels(scales, name),
        *_no_answers(scales, name, ordered),
    ]


def _shared_labels(scales: pd.DataFrame, name: str) -> Iterator[Fault]:
    for scale, part in scales.groupby("scale", sort=False):
        owner: dict[str, tuple[object, str]] = {}
        for row, text, others, code, meaning in part[["text", "spellings", "code", "meaning"]].itertuples(name=None):
            for label in dict.fromkeys(plain(each) for each in (text, *others) if each):
                first, kind = owner.setdefault(label, (code, meaning))
                if first != code and not kind == meaning != Meaning.ANSWER:
                    expected = f"en anden tekst end kode {first} på skalaen »{scale}« har"
                    action = "To koder med samme tekst kan ikke skelnes, heller ikke på siderne. Ret den ene."
                    yield Fault(name, str(text), expected, action, int(str(row)), "tekst")


def _no_answers(scales: pd.DataFrame, name: str, ordered: Collection[str]) -> Iterator[Fault]:
    answers = scales[scales["meaning"] == Meaning.ANSWER]
    said = answers.groupby("scale", sort=False)["text"].transform(lambda texts: meanings(texts.tolist()))
    for row, scale, text in answers.loc[said != Meaning.ANSWER, ["scale", "text"]].itertuples(name=None):
        meant = said[row]
        reckoned = scale in ordered
        why = "Koden ville indgå i gennemsnittet." if reckoned else "Svaret er talt med i procenterne."
        action = f"{why} Skriv {meant} i stedet for {Meaning.ANSWER} ved »{text}«."
        level = Level.SERIOUS if reckoned else Level.WARNING
        yield Fault(name, str(Meaning.ANSWER), str(meant), action, int(str(row)), "betydning", level=level)


def turned(
    scales: pd.DataFrame, ordered: Collection[str], given: Mapping[str, str], name: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Let the most be the highest code, by the words of each scale or what the study says of it.

    Parameters
    ----------
    scales : pandas.DataFrame
        `scale`, `code` (a number), `text`, `meaning`, by row of the file.
    ordered : collection of str
        The scales whose answers are reckoned with as numbers.
    given : mapping of str to str
        Scale → "stigende" or "faldende", where the study says it.
    name : str
        The file, for messages.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        With `written`, the code of the export; a scale that was turned has another `code`, and stands from least to
        most. An "advarsel" for each, and a "fejl" where codes and words disagree otherwise or nobody can know.
    """
    faults = [
        Fault("study.toml", scale, one_of(dict.fromkeys(scales["scale"])), "Ret navnet.", column="skala_retning")
        for scale in given
        if scale not in set(scales["scale"])
    ]
    parts = []
    for scale, part in scales.assign(written=scales["code"]).groupby("scale", sort=False):
        if scale in ordered:
            run, fault = _run(str(scale), part, given, name)
            faults += fault
            part = _reversed(part) if run == Run.FALLING else part
        parts.append(part)
    return (pd.concat(parts) if parts else scales.assign(written=scales["code"])), faults


def _run(scale: str, part: pd.DataFrame, given: Mapping[str, str], name: str) -> tuple[Run, list[Fault]]:
    """Say which way a scale runs, and what there is to tell of it."""
    answers = part[part["meaning"] == Meaning.ANSWER]
    codes, texts = answers["code"].tolist(), answers["text"].tolist()
    if scale in given:
        return Run(given[scale]), []
    run, row = direction(codes, texts), int(str(part.index[0]))
    setting = f'skala_retning = {{ {scale} = "stigende" }} eller "faldende" under [spoergeskema] i study.toml'
    falling = len(codes) > 2 and codes == sorted(codes, reverse=True)
    if run == Run.FALLING:
        low, high = (texts[codes.index(end)] for end in (max(codes), min(codes)))
        found = f"koderne på skalaen »{scale}« løber fra mest til mindst"
        action = f"Der er regnet efter ordene: »{high}« er mest, »{low}« er mindst. Er det forkert, så skriv {setting}."
        expected = "koder, der stiger, når svaret er mere"
        return run, [Fault(name, found, expected, action, row, "kode", level=Level.WARNING, quotes=False)]
    if run == Run.MIXED or (run == Run.UNKNOWN and falling):
        order = ", ".join(f"{code:g} {text}" for code, text in zip(codes, texts, strict=True))
        found = f"skalaen »{scale}« i rækkefølgen {order}"
        why = "Ordene og koderne siger ikke det samme" if run == Run.MIXED else "Rækkerne står fra høj til lav kode"
        action = f"{why}. Ret rækkerne, eller skriv, om den højeste kode er mest: {setting}."
        return Run.UNKNOWN, [Fault(name, found, "koder, der stiger, når svaret er mere", action, row, "kode")]
    return run, []


def _reversed(part: pd.DataFrame) -> pd.DataFrame:
    """Turn the codes of the answers end for end; what is no answer gets a code that none of them has."""
    is_answer = part["meaning"] == Meaning.ANSWER
    answers, others = part[is_answer], part[~is_answer]
    ends = answers["code"].min() + answers["code"].max()
    answers = answers.assign(code=ends - answers["code"]).sort_values("code", kind="stable")
    taken = others["code"].isin(answers["code"])
    free = part["code"].max() + 1 + taken.cumsum()
    return pd.concat([answers, others.assign(code=others["code"].mask(taken, free))])
