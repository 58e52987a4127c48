"""What is noted when packages have been sent: what was in them, and who got them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from blupkit import report, survey
from blupkit.app.recipients import FILE as RECIPIENTS
from blupkit.app.recipients import Handed, handed_over, read_recipients, sent_table
from blupkit.core import Fault, FileError

if TYPE_CHECKING:
    from blupkit.core import Study
    from blupkit.core.outputs import Outputs

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
        Who got which package, as `recipients.read_recipients` takes it; without it all packages are noted, and nobody.
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
    kept = _keep_bases([made[name].basis for name in names], study, outputs)
    whom = given or [(name, "") for name in names]
    today = date.today().isoformat()
    rows = [
        Handed(today, name, made[name].sha256, who, kept[made[name].basis].name if made[name].basis else "")
        for name, who in whom
    ]
    recipients = outputs.write(study.path(RECIPIENTS), sent_table([*handed, *rows]))
    remade = bool(kept) and outputs.basis.is_file() and _mark(outputs.basis.read_bytes()) not in kept
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


def _keep_bases(marks: Sequence[str], study: Study, outputs: Outputs) -> dict[str, Path]:
    """Keep with the study what packages were made from, the oldest first; all of it is read before any is kept."""
    action = "Filen er væk eller ændret. Pak igen med »blupkit package«, og send de nye pakker."
    texts = {}
    for mark in filter(None, dict.fromkeys(marks)):
        path = outputs.existing(outputs.packed_basis(mark), "det, pakken er lavet af", action)
        if _mark(path.read_bytes()) != mark:
            raise FileError(Fault(str(path), "noget andet end det, pakken er lavet af", "filen, som den var", action))
        texts[mark] = path
    in_order = sorted(texts, key=lambda mark: texts[mark].stat().st_mtime_ns)
    key = survey.marks_key(study, outputs.key)
    return {mark: survey.keep_sent(study, texts[mark].read_text("utf-8"), key) for mark in in_order}


def _mark(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


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
