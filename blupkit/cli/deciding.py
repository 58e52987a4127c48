"""The decision on what is shown: made once for all pages, and left beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from blupkit.cli.console import make_console

if TYPE_CHECKING:
    from blupkit.core import Release, Study

#: The decision that the notebooks read, and what it was made from; both lie with what must not be shared.
RELEASE, BASIS = Path("intern") / "udgivelse.json", Path("intern") / "udgivelse_grundlag.json"
#: What of it each reader's pages read.
PARTS = Path("intern") / "udgivelse"
NOT_SAFE = (
    "Siderne er ikke lavet: Et skjult tal kunne regnes ud af de tal, der ellers ville stå der. Det bør ikke kunne ske;"
    " send undersøgelsens mappe intern/ til den, der passer programmet."
)
LATE_NOTE = (
    "{number} steder er tal skjult, fordi der kun er kommet få nye besvarelser, siden siderne sidst blev sendt. Den"
    " interne side siger hvor. Vent med at sende, til der er kommet flere."
)


def decide(study: Study, target: Path) -> dict[str, str]:
    """Decide what the whole release shows, once for all its pages, and leave the decision beside them."""
    from blupkit.core import ALL, BlupkitError, read_edition, release_for, write_basis, write_release
    from blupkit.survey import make_release

    try:
        draft, release = make_release(study)
    except BlupkitError as error:
        return {"spoergeskema": str(error)}
    write_release(release, target / RELEASE)
    for place in [*(municipality.slug for municipality in study.municipalities), ALL]:
        write_release(release_for(release, read_edition(study, place)), target / PARTS / f"{place}.json")
    write_basis(draft, release, study, target / BASIS)
    if note := late_note(release):
        make_console().print(note, highlight=False)
    return {} if release.passed else {"udgivelse": NOT_SAFE}


def late_note(release: Release) -> str:
    """Say how much is hidden because few answers came since the pages were last sent; "" where nothing is."""
    from blupkit.core.published import LATE

    late = int((release.decisions["reason"] == LATE).sum())
    return LATE_NOTE.format(number=late) if late else ""
