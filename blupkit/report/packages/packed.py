"""Which release each package was made from: it is the package that is sent, and pages may have been made since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from blupkit.core.outputs import Outputs


class Made(NamedTuple):
    """A package that was written.

    Parameters
    ----------
    package : str
        Its name.
    sha256 : str
        Of the file.
    content : str
        Mark of what is in it; a locked file is another one each time.
    basis : str
        SHA-256 of what its release was decided on; "" in a study without a survey.
    day : str
        When, as ISO 8601.
    pages : sequence of str
        SHA-256 of each page in it; none where an earlier version noted none.
    """

    package: str
    sha256: str
    content: str
    basis: str
    day: str
    pages: Sequence[str] = ()

    def others(self, pages: Iterable[Path]) -> int:
        """Count the pages that it does not hold as they lie there; none where nobody noted which it holds."""
        return sum(bool(self.pages) and _mark(page.read_bytes()) not in self.pages for page in pages)

    def fits(self, pages: Iterable[Path]) -> bool:
        """Tell whether it holds the pages that lie there and no others, as far as was noted."""
        return not self.pages or {_mark(page.read_bytes()) for page in pages} == set(self.pages)


@dataclass(frozen=True)
class Packed:
    """The packages of a study: each one's last, and the one that it took the place of.

    Parameters
    ----------
    now, before : mapping of str to Made
        By the package's name.
    """

    now: Mapping[str, Made] = field(default_factory=dict)
    before: Mapping[str, Made] = field(default_factory=dict)

    def lies(self, name: str, outputs: Outputs) -> bool:
        """Tell whether a package lies there as it was written."""
        path = outputs.package(name)
        return path.is_file() and name in self.now and self.now[name].sha256 == _mark(path.read_bytes())

    @property
    def bases(self) -> set[str]:
        """What any of them was decided on."""
        return {made.basis for made in (*self.now.values(), *self.before.values())}


def read_packed(outputs: Outputs) -> Packed:
    """Read what was noted of a study's packages.

    Parameters
    ----------
    outputs : Outputs
        The study's output.

    Returns
    -------
    Packed
        Empty where nothing was noted, or the note cannot be read: then the packages must be made again to be sent.

    Examples
    --------
    >>> from pathlib import Path
    >>> read_packed(Outputs(Path("intet"))).now
    {}
    """
    try:
        content = json.loads(outputs.packed.read_text("utf-8"))
        return Packed(*({name: Made(*cells) for name, cells in content[when].items()} for when in ("nu", "foer")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Packed()


def note_packed(name: str, content: str, outputs: Outputs, *, decided: bool, pages: Sequence[str] = ()) -> None:
    """Note what a package was made from, right after it was written, and keep that beside it.

    Parameters
    ----------
    name : str
        The package.
    content : str
        Mark of what is in it.
    outputs : Outputs
        The study's output.
    decided : bool
        Whether a decision on a release stands behind it; not in a study without a survey.
    pages : sequence of str
        SHA-256 of each page in it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> for path in (outputs.basis, outputs.package("nordby")):
    ...     _ = outputs.write(path, path.name)
    >>> note_packed("nordby", "a", outputs, decided=True)
    >>> packed = read_packed(outputs)
    >>> packed.lies("nordby", outputs), outputs.packed_basis(packed.now["nordby"].basis).read_text("utf-8")
    (True, 'udgivelse_grundlag.json')
    """
    raw = outputs.basis.read_bytes() if decided else b""
    basis = _mark(raw) if decided else ""
    if decided and not outputs.packed_basis(basis).is_file():
        outputs.write(outputs.packed_basis(basis), raw)
    old = read_packed(outputs)
    made = Made(name, _mark(outputs.package(name).read_bytes()), content, basis, date.today().isoformat(), pages)
    last = old.now.get(name)
    # A locked package is another file each time, and the same file may have been made from other answers.
    other = last is not None and (last.sha256, last.basis) != (made.sha256, made.basis)
    before = {**old.before, name: last} if last and other else old.before
    packed = Packed({**old.now, name: made}, before)
    outputs.write(outputs.packed, json.dumps({"nu": packed.now, "foer": packed.before}, ensure_ascii=False))
    for path in outputs.packed_basis(basis or "-").parent.glob("*.json"):
        if path.stem not in packed.bases:
            path.unlink()


def _mark(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
