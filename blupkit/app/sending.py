"""What is noted when packages have been sent: what was in them, and who got which, in a list beside the study."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from blupkit import report, survey
from blupkit.core import DataError, Fault, FileError, read_table
from blupkit.core.spreadsheet import excel_csv, unguarded

if TYPE_CHECKING:
    from blupkit.core import Study
    from blupkit.core.outputs import Outputs

#: Where the list lies in the study's folder.
RECIPIENTS: Final = "sendt/modtagere.csv"
HEADS: Final = ("dato", "pakke", "sha256", "modtager", "udgivelse")
#: The project group's package, and what else it is called.
GROUP: Final = "projektgruppe"
_GROUP_TOO: Final = (GROUP, "projektgruppen", "alle")
UNSENT: Final = (
    "Pakker, som ikke er noteret som sendt, bliver nu erstattet af andre: {names}. Har du sendt dem, så notér det med"
    " »blupkit sent« og --earlier; ellers kan forskellen mellem de to røbe enkeltpersoners svar."
)


class Noted(NamedTuple):
    """What was noted as sent.

    Parameters
    ----------
    packages : tuple of str
        Their names.
    releases : tuple of pathlib.Path
        What they were made from, in the study's folder `sendt/`; none in a study without a survey.
    recipients : pathlib.Path
        The list of who got what.
    remade : bool
        Whether pages have been made anew since the packages: those are not among what was noted.
    """

    packages: tuple[str, ...]
    releases: tuple[Path, ...]
    recipients: Path
    remade: bool


def note_sent(study: Study, outputs: Outputs, to: Sequence[str] = (), *, earlier: bool = False) -> Noted:
    """Note with the study what was in the packages that were sent, so that later pages tell nothing beside them.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        The study's output.
    to : sequence of str
        Who got which package, as `read_recipients` takes it; without it all packages are noted, and nobody.
    earlier : bool
        Note those that later ones have taken the place of, without having been noted.

    Returns
    -------
    Noted
        What was noted. The same release is kept once.

    Raises
    ------
    FileError
        A package is not there, is another than the one that was written, or nobody knows what it was made from: then
        nothing is noted.
    DataError
        A municipality is not one of the study's.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> note_sent(example_study(), Outputs(Path("intet")))
    Traceback (most recent call last):
    blupkit.core.errors.FileError: intet/pakker: Her står »ingen pakke«. Forventet: pakker, der kan være sendt. ...
    """
    given = read_recipients(study, to)
    handed = handed_over(study)
    packed = report.read_packed(outputs)
    chosen = list(dict.fromkeys(package for package, _ in given))
    if earlier:
        noted = {one.sha256 for one in handed}
        made = {name: one for name, one in packed.before.items() if one.sha256 not in noted}
        lies = set(made)
    else:
        made = dict(packed.now)
        lies = {name for name in outputs.packages if packed.lies(name, outputs)}
    names = chosen or (sorted(made) if earlier else outputs.packages)
    _check_packages(names, lies, outputs, earlier=earlier)
    today = date.today().isoformat()
    kept = _keep_bases([made[name].basis for name in names], study, outputs, today)
    whom = given or [(name, "") for name in names]
    rows = [
        Handed(today, name, made[name].sha256, who, kept[made[name].basis].name if made[name].basis else "")
        for name, who in whom
    ]
    recipients = outputs.write(study.path(RECIPIENTS), sent_table([*handed, *rows]))
    remade = bool(kept) and outputs.basis.is_file() and mark_of(outputs.basis) not in kept
    return Noted(tuple(names), tuple(kept.values()), recipients, remade)


def _check_packages(names: Sequence[str], lies: Collection[str], outputs: Outputs, *, earlier: bool) -> None:
    if not names:
        found = "ingen erstattet pakke, der ikke er noteret" if earlier else "ingen pakke"
        pack = "Lav pakkerne med »blupkit package«, og send dem, før du noterer det."
        action = "De pakker, der ligger der nu, noteres med »blupkit sent« uden --earlier." if earlier else pack
        raise FileError(Fault(str(outputs.package("x").parent), found, "pakker, der kan være sendt", action))
    expected, action = "pakken, som »blupkit package« lavede den", "Pak igen, og send den nye pakke."
    faults = [
        Fault(
            str(outputs.package(name)),
            "en pakke, der er ændret, eller som er pakket på anden vis" if name in outputs.packages else "ingen pakke",
            expected,
            action,
        )
        for name in names
        if name not in lies
    ]
    if faults:
        raise FileError(faults)


def _keep_bases(marks: Sequence[str], study: Study, outputs: Outputs, today: str) -> dict[str, Path]:
    """Keep with the study what packages were made from, the oldest first; all of it is read before any is kept."""
    action = "Filen er væk eller ændret. Pak igen med »blupkit package«, og send de nye pakker."
    texts = {}
    for mark in filter(None, dict.fromkeys(marks)):
        path = outputs.existing(outputs.packed_basis(mark), "det, pakken er lavet af", action)
        if mark_of(path) != mark:
            raise FileError(Fault(str(path), "noget andet end det, pakken er lavet af", "filen, som den var", action))
        texts[mark] = path
    in_order = sorted(texts, key=lambda mark: texts[mark].stat().st_mtime_ns)
    key = survey.marks_key(study, outputs.key)
    return {mark: survey.keep_sent(study, texts[mark].read_text("utf-8"), key, today) for mark in in_order}


def mark_of(path: Path) -> str:
    """Give what a package, or a decision, is noted by: the SHA-256 of its file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unsent_note(marks: Mapping[str, str], study: Study, outputs: Outputs) -> str:
    """Say which packages will take the place of others that nobody has noted as sent.

    Parameters
    ----------
    marks : mapping of str to str
        The packages that are to be written, each with the mark of what is in it.
    study, outputs
        As in `note_sent`.

    Returns
    -------
    str
        Two sentences for the sender; "" where all that lies there is noted, or will be written again as it is.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> unsent_note({"nordby": "a"}, example_study(), Outputs(Path("intet")))
    ''
    """
    now, sent = report.read_packed(outputs).now, {one.sha256 for one in handed_over(study)}
    others = (name for name, mark in marks.items() if name in now and now[name].content != mark)
    names = [name for name in others if now[name].sha256 not in sent]
    return UNSENT.format(names=", ".join(names)) if names else ""


class Handed(NamedTuple):
    """One package that somebody got.

    Parameters
    ----------
    day : str
        When, as ISO 8601.
    package : str
        Its name: a municipality's slug, or "projektgruppe".
    sha256 : str
        Of the file.
    who : str
        Who got it; "" where that was not said.
    release : str
        The file in `sendt/` with what it was made from; "" in a study without a survey.
    """

    day: str
    package: str
    sha256: str
    who: str
    release: str


def read_recipients(study: Study, given: Iterable[str]) -> list[tuple[str, str]]:
    """Read who got which package.

    Parameters
    ----------
    study : Study
        Its municipalities.
    given : iterable of str
        "Kerteminde: landdistriktskoordinator": a municipality, or the project group; a colon; and who. Without a colon
        it is the municipality itself that got it.

    Returns
    -------
    list of tuple of str
        The package's name, and who.

    Raises
    ------
    DataError
        All that name no municipality of the study.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_recipients(example_study(), ["Nordby Kommune: koordinatoren", "projektgruppen:  A: B"])
    [('nordby', 'koordinatoren'), ('projektgruppe', 'A: B')]
    >>> read_recipients(example_study(), ["Vestby: koordinatoren"])
    Traceback (most recent call last):
    blupkit.core.errors.DataError: kommandolinjen, valgmulighed »--to«: Her står »Vestby«. Forventet: Nordby, Sydby ...
    """
    found, faults = [], []
    for text in given:
        place, _, who = (part.strip() for part in text.partition(":"))
        package = GROUP if place.casefold() in _GROUP_TOO else study.match_municipality(place)
        if package:
            found.append((package, who or place))
            continue
        known = [*(municipality.short for municipality in study.municipalities), GROUP]
        expected = f"{', '.join(known[:-1])} eller {known[-1]}"
        action = 'Skriv kommunen, et kolon og modtageren, fx --to "Kommunens navn: koordinatoren".'
        faults.append(Fault("kommandolinjen", place or "ingenting", expected, action, column="--to"))
    if faults:
        raise DataError(faults)
    return found


def handed_over(study: Study) -> list[Handed]:
    """Read who has got what.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    list of Handed
        In the order they were noted; empty where nothing was sent, or an earlier version noted it.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> handed_over(example_study())
    []
    """
    if not study.path(RECIPIENTS).is_file():
        return []
    table = read_table(study.path(RECIPIENTS), RECIPIENTS).reindex(columns=list(HEADS), fill_value="")
    return [Handed(*map(unguarded, cells)) for cells in table.itertuples(index=False, name=None)]


def sent_table(rows: Sequence[Handed]) -> bytes:
    """Write the list, each line once.

    Parameters
    ----------
    rows : sequence of Handed
        In the order they are to stand. One that does not say who is left out where another line tells of the package.

    Examples
    --------
    >>> row = Handed("2026-05-01", "nordby", "ab", "", "2026-05-01_001.json")
    >>> sent_table([row, row._replace(who="koordinatoren"), row]).decode("utf-8-sig").splitlines()[1:]
    ['2026-05-01;nordby;ab;;2026-05-01_001.json', '2026-05-01;nordby;ab;koordinatoren;2026-05-01_001.json']
    """
    kept: list[Handed] = []
    for row in rows:
        told = any((row.package, row.sha256) == (other.package, other.sha256) for other in kept)
        if row not in kept and (row.who or not told):
            kept.append(row)
    return excel_csv([HEADS, *kept])
