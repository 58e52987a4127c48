"""From the plan to finished pages: what is unchanged is kept, what fails is kept as evidence, the others go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import write_whole
from blupkit.core.study import Study
from blupkit.report.batch.fingerprint import file_marks, mark, program_mark
from blupkit.report.batch.manifest import (
    MADE,
    STOPPED,
    Entry,
    Manifest,
    is_kept,
    page_mark,
    read_manifest,
    write_manifest,
)
from blupkit.report.batch.plan import ANSWERS, RELEASE, RELEASE_FILE, Page
from blupkit.report.batch.pool import DEFAULT_ENGINE, prepare, run_pages

FAILED: Final = "fejl"
LOCK: Final = Path("intern") / "i-gang.lock"


@dataclass(frozen=True)
class Outcome:
    """How it went with one page.

    Parameters
    ----------
    page : Page
        Which page.
    path : pathlib.Path
        Where it lies; on failure, where the failed notebook lies.
    seconds : float
        Wall time.
    problem : str
        Empty when the page was made; otherwise what went wrong, in Danish.
    kept : bool
        Whether it lay there already, made from the same.
    """

    page: Page
    path: Path
    seconds: float
    problem: str = ""
    kept: bool = False


class Finished(Protocol):
    """What a way of running pages gives of each: `Run`, or what another machine sends back."""

    @property
    def page(self) -> Page:
        """Which page."""

    @property
    def notebook(self) -> dict[str, Any] | None:
        """Its notebook, as far as it came."""

    @property
    def html(self) -> str:
        """The page, when it was made."""

    @property
    def problem(self) -> str:
        """What went wrong, in Danish."""

    @property
    def seconds(self) -> float:
        """How long it took."""


#: A way of running pages: here in processes, or on other machines.
Runner = Callable[[Iterable[Page]], Generator[Finished, None, None]]


def render_pages(
    study: Study,
    pages: Sequence[Page],
    output: Path,
    *,
    blocked: Mapping[str, str] | None = None,
    decide: Callable[[], Mapping[str, str]] = dict,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
    runner: Runner | None = None,
    run: str = "",
) -> list[Outcome]:
    """Run the notebooks and write their pages; go on past one that fails, and keep those that nothing has changed for.

    A page is written beside its place and moved there when it is whole, so a page that was there before is replaced by
    a finished one or not at all. A notebook that fails is kept under `fejl/`, with what it showed up to the fault. The
    manifest is written after every page: a batch that was killed goes on where it was.

    Parameters
    ----------
    study : Study
        The study.
    pages : sequence of Page
        What `plan_pages` returned.
    output : pathlib.Path
        The study's output folder.
    blocked : mapping of str to str, optional
        Material ("spoergeskema", "interview") → why it cannot be used; its pages fail with that message.
    decide : callable
        Writes the release that pages show, while those without one are run; gives what it found to be blocked.
    on_outcome : callable
        Called with each `Outcome` as it comes.
    force : bool
        Whether unchanged pages are made again too.
    runner : callable, optional
        How pages are run; two processes here when omitted.
    run : str
        Mark of this run, from `run_mark`; noted when every page is there.

    Returns
    -------
    list of Outcome
        In the order of `pages`.
    """
    state = _State(study, output, read_manifest(output), force, on_outcome)
    if runner is None:
        prepare(pages, DEFAULT_ENGINE)
        runner = partial(run_pages, study=study)
    with ThreadPoolExecutor(1) as side:
        decided = side.submit(decide)
        early = [page for page in pages if RELEASE_FILE not in page.parameters]
        late = [page for page in pages if RELEASE_FILE in page.parameters]

        def wanted() -> Iterator[Page]:
            yield from (page for page in early if state.wants(page, blocked or {}))
            yield from (page for page in late if state.wants(page, {**(blocked or {}), **decided.result()}))

        # Whatever interrupts, while a page is waited for or written, ends what is still running.
        with closing(runner(wanted())) as runs:
            for finished in runs:
                state.take(finished)
    state.close(run, pages)
    return [state.outcomes[page.name] for page in pages]


def changed_pages(study: Study, pages: Sequence[Page], output: Path) -> list[Page]:
    """Find the pages that do not lie there as they would be made now.

    Parameters
    ----------
    study : Study
        The study.
    pages : sequence of Page
        What `plan_pages` returned, with the same parameters as when they were made.
    output : pathlib.Path
        The study's output folder.

    Returns
    -------
    list of Page
        Those that are missing, were made from something else, or were changed by hand.
    """
    manifest = read_manifest(output)
    return [page for page in pages if not is_kept(manifest, page.name, _inputs(study, page), output)]


@dataclass
class _State:
    """How far a batch has come."""

    study: Study
    output: Path
    manifest: Manifest
    force: bool
    on_outcome: Callable[[Outcome], None]
    inputs: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def wants(self, page: Page, blocked: Mapping[str, str]) -> bool:
        """Tell whether a page must be run; those that cannot be made, or are as they would become, are settled here."""
        reasons = [blocked[use] for use in page.uses if use in blocked]
        if reasons:
            self._tell(Outcome(page, _evidence(self.output, page), 0.0, "\n".join(reasons)))
            return False
        self.inputs[page.name] = _inputs(self.study, page)
        if not self.force and is_kept(self.manifest, page.name, self.inputs[page.name], self.output):
            self._tell(Outcome(page, self.output / f"{page.name}.html", 0.0, kept=True))
            return False
        return True

    def take(self, finished: Finished) -> None:
        """Keep what a run has given, and note it at once: a batch that is killed goes on from here."""
        outcome = _keep(finished, self.output)
        name = finished.page.name
        self.manifest = self.manifest.with_entry(name, _entry(outcome, self.inputs[name]))
        self._note()
        self._tell(outcome)

    def close(self, run: str, pages: Sequence[Page]) -> None:
        """Note the run as a whole, when every page of it is there."""
        if self.outcomes and not any(outcome.problem for outcome in self.outcomes.values()):
            self.manifest = self.manifest.with_run(run, tuple(page.name for page in pages))
            self._note()

    def _note(self) -> None:
        # A disk that is full has been told of with the page; without its note the page is made again, no more.
        with suppress(OSError):
            write_manifest(self.manifest, self.output)

    def _tell(self, outcome: Outcome) -> None:
        self.outcomes[outcome.page.name] = outcome
        self.on_outcome(outcome)


def _keep(finished: Finished, output: Path) -> Outcome:
    """Write a finished page, or the evidence of one that failed."""
    page, evidence = finished.page, _evidence(output, finished.page)
    target = output / f"{page.name}.html"
    problem = finished.problem
    if not problem:
        try:
            write_whole(target, finished.html)
        except OSError as error:
            problem = f"Siden kunne ikke gemmes ({error.strerror}). Er disken fuld, eller er filen åben?"
    if problem:
        _keep_evidence(finished.notebook, evidence)
        return Outcome(page, evidence, finished.seconds, problem)
    evidence.unlink(missing_ok=True)
    return Outcome(page, target, finished.seconds)


def _keep_evidence(notebook: dict[str, Any] | None, path: Path) -> None:
    path.unlink(missing_ok=True)
    if notebook is not None:
        with suppress(OSError):  # the page's own fault has been told
            write_whole(path, json.dumps(notebook, ensure_ascii=False, indent=1))


def _evidence(output: Path, page: Page) -> Path:
    return output / FAILED / f"{page.folder}_{page.notebook.stem}.ipynb"


def _entry(outcome: Outcome, inputs: str) -> Entry:
    made = not outcome.problem
    return Entry(
        inputs=inputs,
        outcome=MADE if made else STOPPED,
        page=page_mark(outcome.path) if made else "",
        seconds=round(outcome.seconds, 2),
        finished=datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _inputs(study: Study, page: Page) -> str:
    """Mark what a page is made from: its notebook, its parameters, the program, and the files it may read.

    A page that shows the release reads its part of it instead of the answers.
    """
    files = file_marks(study.folder)
    parameters = {name: value for name, value in page.parameters.items() if name != RELEASE_FILE}
    shown = ""
    if RELEASE in page.uses:
        unread = study.survey.answers if study.survey and ANSWERS not in page.uses else ()
        files = {name: found for name, found in files.items() if name not in unread}
        shown = _release_mark(Path(page.parameters[RELEASE_FILE]))
    return mark(
        {
            "files": files,
            "notebook": hashlib.sha256(page.notebook.read_bytes()).hexdigest(),
            "page": [page.title, page.municipality, page.folder, *page.uses],
            "parameters": parameters,
            "program": program_mark(),
            "release": shown,
        }
    )


def _release_mark(path: Path) -> str:
    """Mark what a release shows, whatever it was made from, and however narrowly it was tried."""
    if not path.is_file():
        return ""
    content = json.loads(path.read_text("utf-8"))
    return mark({key: value for key, value in content.items() if key not in {"source", "audit"}})


def hold(output: Path) -> Any:  # noqa: ANN401 - filelock has no common type
    """Hold a study's output, so that two batches do not write into each other's pages.

    Parameters
    ----------
    output : pathlib.Path
        The study's output folder.

    Returns
    -------
    filelock.BaseFileLock
        Held; let go of with `release()`, or by the system when the program ends.

    Raises
    ------
    FileError
        Somebody else holds it.
    """
    from filelock import FileLock, Timeout

    path = output / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        action = "Vent, til den er færdig, eller stop den, og kør igen."
        raise FileError(Fault(str(output), "en kørsel, der er i gang", "kun én kørsel ad gangen", action)) from error
    return lock
