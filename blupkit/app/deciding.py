"""The decision on what is shown: made once for all pages, and left beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Study
    from blupkit.disclosure import Release
    from blupkit.survey import Responses

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


def decide(study: Study, target: Path, tell: Callable[[str], None]) -> dict[str, str]:
    """Decide what the whole release shows, once for all its pages, and leave the decision beside them.

    What a sender must know before sending goes to `tell`; what stops the pages is returned, by material.
    """
    from blupkit.core import ALL, BlupkitError, read_edition
    from blupkit.disclosure import release_for, write_basis, write_release
    from blupkit.survey import make_release, read_responses

    try:
        responses = read_responses(study)
        draft, release = make_release(responses, _themes(study, responses))
    except BlupkitError as error:
        return {"spoergeskema": str(error)}
    write_release(release, target / RELEASE)
    for place in [*(municipality.slug for municipality in study.municipalities), ALL]:
        write_release(release_for(release, read_edition(study, place)), target / PARTS / f"{place}.json")
    write_basis(draft, release, study, target / BASIS)
    if note := late_note(release):
        tell(note)
    return {} if release.passed else {"udgivelse": NOT_SAFE}


def _themes(study: Study, responses: Responses) -> dict[str, pd.DataFrame]:
    """Count the themes of the open answers; the page that shows them tells what is wrong with the codings."""
    if not (study.interviews and study.interviews.answer_codings):
        return {}
    from blupkit.core import BlupkitError
    from blupkit.interviews import open_answer_tables

    try:
        return open_answer_tables(study, responses.answers)
    except BlupkitError:
        return {}


def late_note(release: Release) -> str:
    """Say how much is hidden because few answers came since the pages were last sent; "" where nothing is."""
    from blupkit.disclosure.quantities import Reason

    late = int((release.decisions["reason"] == Reason.LATE).sum())
    return LATE_NOTE.format(number=late) if late else ""
