"""The record of processing as a page that an officer can file: `intern/fortegnelse.html`."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit.app.life.inventory import Line, Part, made_parts, material_parts, processing
from blupkit.app.sending import handed_over
from blupkit.core.danish import long_date, many
from blupkit.report.pages.frame import page_frame

if TYPE_CHECKING:
    from blupkit.core import Study
    from blupkit.core.outputs import Outputs

TITLE: Final = "Fortegnelse over personoplysninger"
EMPTY: Final = "ikke udfyldt"
NOT_NOTED: Final = "ikke noteret"
NO_ADVICE: Final = (
    "Siden har de felter, som databeskyttelsesforordningens artikel 30 nævner. Den er ikke juridisk rådgivning, og den"
    " siger ikke, om behandlingen er lovlig: Det afgør den dataansvarlige, gerne med sin databeskyttelsesrådgiver."
)
NOT_CALLED_BACK: Final = (
    "En pakke, der er sendt, kan ikke kaldes tilbage herfra. Bliver en deltager taget ud, skriver blupkit et udkast til"
    " en mail til dem, der har fået et citat fra deltageren."
)


def write_inventory(study: Study, outputs: Outputs, today: date, consents: str = "") -> Path:
    """Write the page that says what lies where, who may look, until when, and what was sent to whom.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        Its output; the page lies in its internal folder.
    today : datetime.date
        The day of the record.
    consents : str
        How many participants' consent is in the register.

    Returns
    -------
    pathlib.Path
        The page. It names no participant and no respondent.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> page = write_inventory(example_study(), Outputs(Path(tempfile.mkdtemp())), date(2026, 1, 1))
    >>> EMPTY in page.read_text("utf-8"), "Bo Storm" in page.read_text("utf-8")
    (True, False)
    """
    parts = [processing(study), *material_parts(study, today, consents), made_parts(study, outputs)]
    empty = sum(not line.says for part in parts for line in part.lines)
    missing = f"{many(empty, 'felt', 'felter')} er ikke udfyldt; hvor de udfyldes, står ved hvert af dem."
    body = [
        f"<p>Skrevet af blupkit {escape(long_date(today))} ud fra study.toml og de filer, der ligger i mappen.</p>",
        f'<p class="banner">{NO_ADVICE}</p>',
        f"<p>{missing if empty else 'Alle felter er udfyldt.'}</p>",
        *map(_section, parts),
        _sent(study),
    ]
    title = f"{TITLE}: {study.name}"
    page = page_frame(title, study, f'<div class="text">{"".join(body)}</div>', has_numbers=False)
    return outputs.write(outputs.inventory, page)


def _section(part: Part) -> str:
    lines = "".join(map(_line, part.lines))
    return f'<h2>{escape(part.heading)}</h2><div class="joint"><section><dl>{lines}</dl></section></div>'


def _line(line: Line) -> str:
    if line.says:
        return f"<dt>{escape(line.field)}</dt><dd>{_breakable(line.says)}</dd>"
    hint = f" (skriv {escape(line.setting)} i study.toml)" if line.setting else ""
    return f'<dt>{escape(line.field)}</dt><dd><span class="failed">{EMPTY}</span>{hint}</dd>'


def _breakable(text: str) -> str:
    """Let a long path break where a folder ends, so that it fits on a telephone."""
    return escape(text).replace("/", "/<wbr>").replace("\\", "\\<wbr>").replace("_", "_<wbr>")


def _sent(study: Study) -> str:
    kept = handed_over(study)
    rows = "".join(
        f"<tr><td>{escape(one.day)}</td><td>{escape(one.who or NOT_NOTED)}</td><td>{_breakable(one.package)}</td></tr>"
        for one in kept
    )
    table = (
        '<div class="scroll" data-internal=""><table><thead><tr><th scope="col">Dato</th><th scope="col">Modtager</th>'
        f'<th scope="col">Pakke</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
    none = "<p>Der er ikke noteret, hvem der har fået hvad. Notér det med »blupkit sent MAPPE --to NAVN«.</p>"
    return f"<h2>Sendt til hvem</h2>{table if kept else none}<p>{NOT_CALLED_BACK}</p>"
