"""A package for each partner: its pages and tables, what they are, and a letter; searched before it is written."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from importlib.resources import files as files_of
from itertools import chain
from pathlib import Path
from typing import Final

import pandas as pd
import pyzipper
from jinja2 import Template

from blupkit.core import ALL, DisclosureError, Fault, Study, read_edition
from blupkit.core.danish import first_upper, from_the_end, listing, long_date, rounded
from blupkit.core.outputs import Folder, Outputs
from blupkit.core.slugs import slug
from blupkit.core.spreadsheet import excel_csv, excel_workbook, sheet_names
from blupkit.disclosure import SafeTable
from blupkit.disclosure.safe_table import Status
from blupkit.report.batch.manifest import Manifest, read_manifest
from blupkit.report.batch.plan import Page
from blupkit.report.office.beside import BESIDE, beside_title, is_part
from blupkit.report.packages.scan import EVERYBODY, Scan
from blupkit.report.pages.frame import few_rule
from blupkit.report.pages.material import title_in

Rows = Sequence[Sequence[object]]
TABLES, WORKBOOK = "tabeller", "tabeller.xlsx"
CONTENTS_SHEET: Final = "Indhold"
#: Where a page leads to another one, as `report.lead_to` writes it.
_LEADS: Final = re.compile(rb'<p class="leads"><a href="([\w-]+)\.html">[^<]*</a></p>')
LETTER, CONTENTS = "foelgebrev.txt", "indhold.csv"
HEADS: Final = (
    *("Kommune", "Gruppe", "Emne", "Mål"),
    *("Værdi", "Nedre grænse", "Øvre grænse", "Antal besvarelser", "Bemærkning"),
)
REMARKS: Final = {
    Status.HIDDEN: "vises ikke af hensyn til fortroligheden",
    Status.FEW: "få besvarelser: læses med varsomhed",
    Status.COARSE: "få besvarelser tæt på en ende af skalaen: kun en grænse vises",
}
#: What a notebook says that it uses when it reads interviews.
INTERVIEW: Final = "interview"
#: A measure on a scale this short is written with two digits after the comma.
_SHORT_SCALE: Final = 1.0
REMOVE: Final = (
    "Fjern det i notesbogen eller i dens filer. Må alle se det, så skriv det under »offentligt« i study.toml."
)


@dataclass(frozen=True)
class Enclosure:
    """One file of a package.

    Parameters
    ----------
    name : str
        Its path in the package.
    content : bytes
        What is in it.
    reader : str
        Whose numbers may stand there: a slug, "alle" or `EVERYBODY`.
    title : str
        What it is, for the letter and the list of contents.
    suggested : bool
        Whether it is a page whose themes the program has found, and no person has looked at.
    page : str
        Of a page the SHA-256 of what lies in the output, where its links lead to what lies beside it there.
    """

    name: str
    content: bytes
    reader: str
    title: str
    suggested: bool = False
    page: str = ""


@dataclass(frozen=True)
class Package:
    """What one partner gets.

    Parameters
    ----------
    name : str
        A municipality's slug, or "projektgruppe": the file's name without its suffix.
    files : tuple of Enclosure
        In the order of the list of contents.

    Examples
    --------
    >>> Package("slagelse", (Enclosure("brev.txt", b"Hej", "slagelse", "Brev"),)).files[0].title
    'Brev'
    """

    name: str
    files: tuple[Enclosure, ...]

    @property
    def mark(self) -> str:
        """Mark of what is in it, the same whether it is locked or not."""
        sums = [(file.name, hashlib.sha256(file.content).hexdigest()) for file in self.files]
        return hashlib.sha256(repr(sums).encode()).hexdigest()

    @property
    def pages(self) -> list[str]:
        """SHA-256 of each page in it, as it lies in the output."""
        return [file.page for file in self.files if file.page]


def plan_packages(
    study: Study,
    pages: Sequence[Page],
    outputs: Outputs,
    tables: Mapping[str, Mapping[str, SafeTable]],
    titles: Mapping[str, str],
    municipalities: Sequence[str] = (),
) -> list[Package]:
    """Put together what each partner gets: its own pages and tables, and those that are common to all.

    Parameters
    ----------
    study : Study
        The study.
    pages : sequence of Page
        The pages that lie finished in the output; internal ones have no reader, and are left out.
    outputs : Outputs
        The study's output.
    tables : mapping of str to mapping of str to SafeTable
        A slug or "alle" → what its pages show of the release, by table.
    titles : mapping of str to str
        Table → what it is, in Danish.
    municipalities : sequence of str
        Only these slugs, and "alle" for the project group; all packages when empty.

    Returns
    -------
    list of Package
        One for each municipality that has pages, and one for the project group with all of theirs.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> page = Page(study, Path("03_temaer.ipynb"), "Temaer", ALL, "faelles", {}, ())
    >>> _ = outputs.write(outputs.page(page.name), "<h1>Temaer</h1>")
    >>> [package] = plan_packages(study, [page], outputs, {}, {})
    >>> package.name, [file.name for file in package.files]
    ('projektgruppe', ['foelgebrev.txt', 'faelles/temaer.html', 'indhold.csv'])
    """
    manifest = read_manifest(outputs)

    def enclosed(place: str) -> list[Enclosure]:
        folder = Folder.COMMON if place == ALL else place
        own = [page for page in pages if page.folder == folder]
        names = {page.notebook.stem: _packed_name(page, title_in(outputs.page(page.name).read_text())) for page in own}
        rows = {
            name: _table(table, study, place)
            for name, table in tables.get(place, {}).items()
            # The numbers of all lie with the common pages.
            if own and place in set(table.shown.dropna(subset="value")["municipality"])
        }
        return [
            *(file for page in own for file in _page(page, place, manifest, names)),
            *([_workbook(rows, str(folder), place, titles)] if rows else []),
            *(
                Enclosure(f"{folder}/{TABLES}/{name}.csv", excel_csv(cells, decimals=2), place, titles.get(name, name))
                for name, cells in rows.items()
            ),
        ]

    own, common = {m.slug: enclosed(m.slug) for m in study.municipalities}, enclosed(ALL)
    wanted = [place for place, files in own.items() if files and (not municipalities or place in municipalities)]
    packages = [_package(study, place, [*own[place], *common]) for place in wanted]
    if not municipalities or ALL in municipalities:
        packages.append(_package(study, EVERYBODY, [*chain.from_iterable(own.values()), *common]))
    return packages


def _packed_name(page: Page, own: str) -> str:
    """Name a page in a package: the number that puts notebooks in order says nothing to anybody else."""
    return slug(own) or re.sub(r"^\d+_", "", page.notebook.stem)


def _led(names: Mapping[str, str], found: re.Match[bytes]) -> bytes:
    """Let a page lead to another by the name that it has here; to one that is not in the package, it does not lead."""
    stem = found[1].decode()
    return found[0].replace(found[1], names[stem].encode(), 1) if stem in names else b""


def _page(page: Page, place: str, manifest: Manifest, names: Mapping[str, str]) -> list[Enclosure]:
    """Give a page, and what was made with it and lies beside it; its links lead to what the other pages are called."""
    place = EVERYBODY if page.compares else place
    lies = manifest.outputs.page(page.name).read_bytes()
    own, name, mark = title_in(lies.decode()), names[page.notebook.stem], hashlib.sha256(lies).hexdigest()
    content = _LEADS.sub(partial(_led, names), lies)
    title = f"{own or page.title} for {page.edition.place}"
    beside = [
        Enclosure(f"{page.folder}/{name}{ending}", path.read_bytes(), place, f"{title} {beside_title(ending)}")
        for ending, path in manifest.beside(page.name).items()
    ]
    return [Enclosure(f"{page.folder}/{name}.html", content, place, title, _is_suggested(page), mark), *beside]


def _is_suggested(page: Page) -> bool:
    """Tell whether a page speaks of interviews that nobody has coded; in open answers suggestions never count."""
    spoken = page.study.interviews
    return bool(spoken and not spoken.codings and INTERVIEW in page.uses and not page.reads_answers)


def _workbook(rows: Mapping[str, Rows], folder: str, place: str, titles: Mapping[str, str]) -> Enclosure:
    """Put all tables of a folder into one workbook for Excel, behind a sheet that says what each of them is."""
    names = dict(zip(rows, sheet_names(rows, taken=CONTENTS_SHEET), strict=True))
    listed = [("Ark", "Hvad det er"), *((names[table], titles.get(table, table)) for table in rows)]
    sheets: dict[str, Rows] = {CONTENTS_SHEET: listed, **{names[table]: cells for table, cells in rows.items()}}
    return Enclosure(f"{folder}/{WORKBOOK}", excel_workbook(sheets), place, "Alle tabellerne til Excel")


def _table(table: SafeTable, study: Study, place: str) -> Rows:
    edition = read_edition(study, place)
    places = study.place_names(first_upper(read_edition(study, ALL).place))
    groups = {group.key: first_upper(edition.group_name(group.key)) for group in study.groups} | {ALL: "Alle grupper"}
    rows: list[Sequence[object]] = [HEADS]
    for row in table.frame.to_dict("records"):
        # As on the pages: points and per cent have the study's decimals, an alpha has two.
        digits = 2 if abs(row["highest"]) <= _SHORT_SCALE else study.decimals
        numbers: list[Decimal | str | None] = [_decimal(row[name], digits) for name in ("value", "low", "high")]
        if row["status"] == Status.COARSE:
            numbers[0] = from_the_end(row["bound"], row["lowest"], row["highest"])
        n = None if pd.isna(row["n"]) else int(row["n"])
        measure = f"{row['measure']} ({row['rating'].lower()})" if "rating" in row else row["measure"]
        words = [places[row["municipality"]], groups[row["group"]], row["label"], measure]
        rows.append([*words, *numbers, n, REMARKS.get(row["status"], "")])
    return rows


def _decimal(value: float, digits: int) -> Decimal | None:
    """Give a number as the pages print it: nothing behind the digits that are shown leaves the house."""
    return None if pd.isna(value) else Decimal(f"{rounded(value, digits) + 0.0:.{digits}f}")


def _package(study: Study, name: str, files: list[Enclosure]) -> Package:
    letter = Enclosure(LETTER, _letter(study, name, files), name, "Forslag til følgebrev")
    every = [letter, *files]
    rows = [[file.name, file.title, hashlib.sha256(file.content).hexdigest()] for file in every]
    contents = excel_csv([["Fil", "Hvad den er", "Kontrolsum (SHA-256)"], *rows])
    return Package(name, (*every, Enclosure(CONTENTS, contents, name, "Indhold")))


def _letter(study: Study, name: str, files: Sequence[Enclosure]) -> bytes:
    """Write what the coordinator may put in the mail; with the line ends that Windows shows."""
    group = name == EVERYBODY
    words = (files_of("blupkit.report.packages") / LETTER).read_text("utf-8")
    letter: str = Template(words, trim_blocks=True, keep_trailing_newline=True).render(
        study=study,
        group=group,
        place="projektgruppen" if group else read_edition(study, name).place,
        pages=[file for file in files if file.name.endswith((".html", *BESIDE)) and not is_part(file.name)],
        suggested=listing(f"»{file.title}«" for file in files if file.suggested),
        sources=listing(_sources(study)),
        tables=TABLES,
        workbook=WORKBOOK,
        contents=CONTENTS,
        few=few_rule(study),
    )
    return letter.replace("\n", "\r\n").encode("utf-8-sig")


def _sources(study: Study) -> list[str]:
    """Say what the results rest on, each with its own time."""
    survey = [f"spørgeskemaer fra {study.period} (opgjort {long_date(study.data_date)})"] if study.survey else []
    spoken = study.interviews
    talks = [f"fokusgrupper fra {spoken.period or study.period}"] if spoken else []
    return [*survey, *talks] or [f"data fra {study.period}"]


def check_package(package: Package, scan: Scan) -> None:
    """Search a package for what its reader must not see.

    Parameters
    ----------
    package : Package
        What `plan_packages` put together.
    scan : Scan
        What is searched for.

    Raises
    ------
    DisclosureError
        Something was found; the message names file and place, and never what stands there.

    Examples
    --------
    >>> from blupkit.report import Secrets
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> nothing = pd.DataFrame(columns=["label", "value", "low", "high", "n", "highest"])
    >>> secrets = Secrets({"et navn": lambda text: "Birthe" in text}, {}, nothing, {ALL: nothing})
    >>> package = Package("slagelse", (Enclosure("brev.txt", b"Tak til Birthe", ALL, "Brev"),))
    >>> check_package(package, Scan(secrets, study))
    Traceback (most recent call last):
    blupkit.core.errors.DisclosureError: slagelse.zip, brev.txt, linje 1: Her står »et navn«. Forventet: intet ...
    """
    found = [(file.name, leak) for file in package.files for leak in scan.leaks(file.name, file.content, file.reader)]
    if found:
        zipped = f"{package.name}.zip"
        raise DisclosureError(
            Fault(f"{zipped}, {name}, {leak.place}", leak.what, "intet fortroligt", REMOVE) for name, leak in found
        )


def write_package(package: Package, study: Study, outputs: Outputs, passphrase: str = "") -> Path:
    """Write a package as a zip file, whole or not at all; without a passphrase the same package gives the same bytes.

    Parameters
    ----------
    package : Package
        One that `check_package` found nothing in.
    study : Study
        Its data date is the date of all files.
    outputs : Outputs
        Where it is written, under its name.
    passphrase : str
        Encrypts the files' content with AES-256; their names can still be read. Such a file opens in 7-Zip, WinZip and
        Keka, and not in every Windows by itself.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    DisclosureError
        What was packed is not what was searched.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> package = Package("slagelse", (Enclosure("brev.txt", b"Hej", ALL, "Brev"),))
    >>> path = write_package(package, study, Outputs(Path(tempfile.mkdtemp())))
    >>> zipfile.ZipFile(path).read("brev.txt"), zipfile.ZipFile(path).infolist()[0].date_time[:3]
    (b'Hej', (2022, 5, 2))
    """
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        if passphrase:
            archive.setpassword(passphrase.encode())
            archive.setencryption(pyzipper.WZ_AES, nbits=256)
        for file in package.files:
            # No clock, no user, no system of this machine.
            entry = archive.zipinfo_cls(file.name, date_time=(*study.data_date.timetuple()[:3], 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 0, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.content)
    raw = buffer.getvalue()
    _check_archive(raw, package, passphrase)
    return outputs.write(outputs.package(package.name), raw)


def _check_archive(raw: bytes, package: Package, passphrase: str) -> None:
    """Open the finished file as a stranger would: it holds the files that were searched, and nothing beside them."""
    with pyzipper.AESZipFile(io.BytesIO(raw)) as archive:
        archive.setpassword(passphrase.encode() or None)
        entries = archive.infolist()
        same = [entry.filename for entry in entries] == [file.name for file in package.files] and all(
            archive.read(entry) == file.content for entry, file in zip(entries, package.files, strict=True)
        )
        bare = not archive.comment and not any(entry.comment or (entry.extra and not passphrase) for entry in entries)
    if not (same and bare):
        action = "Meld fejlen til den, der passer programmet."
        raise DisclosureError(Fault(f"{package.name}.zip", "andet end det, der er gennemset", "kun filerne", action))
