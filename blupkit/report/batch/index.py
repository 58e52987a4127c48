"""The index: the consultant's page of how far each municipality has come, which leads to every page of a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from blupkit.core import Study
from blupkit.core.danish import first_upper, many, moment
from blupkit.core.outputs import Folder, Outputs
from blupkit.report.batch.manifest import MADE, Manifest, read_manifest
from blupkit.report.pages.frame import page_frame
from blupkit.report.pages.material import title_in

#: A page's title stands among its first letters.
_HEAD: Final = 2000
PLACE, PAGES, COMMON = "Kommune", "Sider", "Fælles for alle"
INTERNAL: Final = "Kun til dig – må ikke deles"
STOPPED: Final = "gik i stå"
NOTHING: Final = "–"
#: From so many rows on the list is longer than a screen, and its top leads into it.
LONG: Final = 12


class Told(NamedTuple):
    """One thing that is told.

    Parameters
    ----------
    words : str
        In Danish; "" where there is nothing to tell.
    urges : bool
        Whether it asks the consultant to do something.
    file : pathlib.Path, optional
        What the words lead to, in the study's output.
    """

    words: str = ""
    urges: bool = False
    file: Path | None = None


class Standing(NamedTuple):
    """What is told of a reader beside their pages.

    Parameters
    ----------
    changed : Told
        What has changed since it was sent.
    hidden : Told
        How much is hidden, and why.
    package : Told
        Whether the package is made.
    sent : Told
        Who got it.
    checked : Told
        What the last check said.
    """

    changed: Told = Told()
    hidden: Told = Told()
    package: Told = Told()
    sent: Told = Told()
    checked: Told = Told()


#: The heads of a standing's columns.
_HEADS: Final = {
    "changed": "Siden sidst sendt",
    "hidden": "Skjult",
    "package": "Pakke",
    "sent": "Sendt til",
    "checked": "Kontrol",
}


def write_index(
    study: Study,
    outputs: Outputs,
    standings: Mapping[str, Standing] | None = None,
    about: Sequence[Told] = (),
    note: str = "",
    ahead: Sequence[Told] = (),
) -> Path:
    """Write the study's index page from what lies in its output, and what others know of it.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        The study's output.
    standings : mapping of str to Standing, optional
        A municipality's slug, or `Folder.COMMON` → what is told of it.
    about : sequence of Told
        What is told of the whole study.
    note : str
        What the words in the table mean.
    ahead : sequence of Told
        What the plan says comes next; all in one line, so that the rows stay on the screen.

    Returns
    -------
    pathlib.Path
        The index. It is internal: it lies beside the pages, and no package holds it.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> _ = outputs.write(outputs.page("faelles/03_temaer"), "")
    >>> '<a href="faelles/03_temaer.html">Temaer</a>' in write_index(example_study(), outputs).read_text("utf-8")
    True
    """
    found = _Found(outputs, read_manifest(outputs))
    given = standings or {}
    heads = {name: head for name, head in _HEADS.items() if any(getattr(one, name).words for one in given.values())}
    short = {m.slug: m.short for m in study.municipalities}
    readers = {m.slug: (m.short, m.name) for m in study.municipalities} | {Folder.COMMON: (COMMON, "")}
    rows = "".join(_row(name, whose, given.get(name, Standing()), found, heads) for name, whose in readers.items())
    top = "".join(f'<th role="columnheader" scope="col">{head}</th>' for head in (PLACE, PAGES, *heads.values()))
    lines = "".join(f"<li>{found.said(told)}</li>" for told in (_written(found), *_stopped(found), *about))
    lines += f"<li>{' · '.join(map(found.said, ahead))}</li>" if ahead else ""
    if len(readers) > LONG:
        lines += _todo({name: short for name, (short, _) in readers.items()}, given, found)
    body = (
        f'<ul class="about-all">{lines}</ul>'
        '<table class="standings" role="table"><caption>Hvor langt hver kommune er</caption>'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
        f"{f'<p class=note>{escape(note)}</p>' if note else ''}{_internal(found, short)}"
    )
    style = (files("blupkit.report.pages") / "templates" / "index.css").read_text("utf-8")
    return outputs.write(outputs.index, page_frame(f"{study.name} – alle sider", study, body, style=style))


@dataclass(frozen=True)
class _Found:
    """What lies in a study's output."""

    outputs: Outputs
    manifest: Manifest

    def stems(self, folder: str) -> set[str]:
        """The notebooks of a folder whose pages lie there, or were asked for and not made."""
        asked = (name.rpartition("/") for name in self.manifest.stopped)
        return self.outputs.pages_in(folder) | {stem for place, _, stem in asked if place == folder}

    def title(self, name: str) -> str:
        """Say what a page is called: as it says itself, else as its notebook, or as that notebook's file."""
        made, own = self.outputs.page(name), ""
        if made.is_file():
            with made.open(encoding="utf-8") as file:
                own = title_in(file.read(_HEAD))
        return own or self.manifest.titles.get(name) or first_upper(name.partition("_")[2].replace("_", " "))

    def said(self, told: Told) -> str:
        """Write what is told; what asks for something stands out."""
        words = escape(told.words)
        if told.file:
            words = f'<a href="{quote(told.file.relative_to(self.outputs.folder).as_posix())}">{words}</a>'
        return f"<b>{words}</b>" if told.urges else words


def _written(found: _Found) -> Told:
    """Say when the pages were made, and when this was written: what was done since, it cannot know."""
    pages = found.manifest.pages.values()
    # As moments and not as texts: in the hour that comes twice when summer time ends, the later one has the lower text.
    times = [datetime.fromisoformat(entry.finished).astimezone() for entry in pages if entry.outcome == MADE]
    made = f"Den nyeste side er lavet {moment(max(times))}. " if times else ""
    return Told(f"{made}Oversigten er skrevet {moment(datetime.now())}; hvad du har ændret siden, står her ikke.")


def _stopped(found: _Found) -> list[Told]:
    """Say how many pages could not be made when they were last asked for."""
    stopped = len(found.manifest.stopped)
    said = f"{many(stopped, 'side', 'sider')} gik i stå, da de sidst skulle laves. »blupkit render« siger hvorfor."
    return [Told(said, urges=True)] if stopped else []


def _todo(names: Mapping[str, str], given: Mapping[str, Standing], found: _Found) -> str:
    """Lead from the top of a long list to the rows in which something asks for something."""
    stopped = {name.split("/")[-2] for name in found.manifest.stopped}
    asks = [name for name in names if name in stopped or any(told.urges for told in given.get(name, ()))]
    links = ", ".join(f'<a href="#{name}">{escape(names[name])}</a>' for name in asks)
    return f"<li>Se især på {links}.</li>" if links else ""


def _row(name: str, whose: tuple[str, str], standing: Standing, found: _Found, heads: Mapping[str, str]) -> str:
    short, official = whose
    cells = {PAGES: _pages(name, official, found)}
    cells |= {head: found.said(getattr(standing, field)) or NOTHING for field, head in heads.items()}
    told = "".join(f'<td role="cell" data-head="{head}">{cell}</td>' for head, cell in cells.items())
    kind = ' class="common"' if name == Folder.COMMON else ""
    return f'<tr role="row" id="{name}"{kind}><th role="rowheader" scope="row">{escape(short)}</th>{told}</tr>'


def _pages(folder: str, place: str, found: _Found) -> str:
    lines = "".join(_page(f"{folder}/{stem}", place, found) for stem in sorted(found.stems(folder)))
    return f'<ul class="pages">{lines}</ul>' if lines else "ingen sider"


def _page(name: str, place: str, found: _Found) -> str:
    # With the place, a list of the links alone can be read too.
    whose = f'<span class="unseen">, {escape(place)}</span>' if place else ""
    return f"<li>{_link(name, found.title(name), found, whose)}</li>"


def _link(name: str, words: str, found: _Found, whose: str = "") -> str:
    """Lead to a page where it lies, and say where it could not be made."""
    lies = found.outputs.page(name).is_file()
    link = f'<a href="{name}.html">{escape(words)}{whose}</a>' if lies else escape(words)
    note = f"{STOPPED}; siden her er fra før" if lies else STOPPED
    return f'{link} <span class="failed">– {note}</span>' if name in found.manifest.stopped else link


def _internal(found: _Found, places: Mapping[str, str]) -> str:
    """Lead to what must not be shared, in a colour of its own, with words that say the same."""
    lines = "".join(_page(f"{Folder.INTERNAL}/{stem}", "", found) for stem in sorted(found.stems(Folder.INTERNAL)))
    lines += _internal_of_each(found, places)
    if (faults := found.outputs.faults_in_words).is_file():
        lines += f"<li>{found.said(Told('Listen over fejl, med det, der står i filerne', file=faults))}</li>"
    return f'<section class="not-shared"><h2>{INTERNAL}</h2><ul class="pages">{lines}</ul></section>'


def _internal_of_each(found: _Found, places: Mapping[str, str]) -> str:
    """Lead to what the consultant has of each municipality, a line to each kind of page."""
    pages = [(stem, place) for place in places for stem in found.stems(f"{Folder.INTERNAL}/{place}")]
    lines = ""
    for stem in sorted({stem for stem, _ in pages}):
        names = {place: f"{Folder.INTERNAL}/{place}/{stem}" for each, place in pages if each == stem}
        title = found.title(next(iter(names.values())))
        lines += (
            f"<li>{escape(title)}: {', '.join(_link(name, places[place], found) for place, name in names.items())}</li>"
        )
    return lines
