"""From the plan to finished pages: what is unchanged is kept, what fails is kept as evidence, the others go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent import futures
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from blupkit.core import ALL
from blupkit.core.outputs import Outputs
from blupkit.report.batch.manifest import Manifest, file_mark, file_marks, mark, program_mark, read_manifest
from blupkit.report.batch.plan import RELEASE, RELEASE_FILE, Page
from blupkit.report.batch.pool import Finished, Runner, run_pages

#: How long, in seconds, nobody asks again whether the release has been decided.
MOMENT: Final = 0.05


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

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> page = Page(example_study(), Path("03_temaer.ipynb"), "Temaer", "alle", "faelles", {}, ())
    >>> Outcome(page, Path("outputs/proeve/faelles/03_temaer.html"), 1.5).problem
    ''
    """

    page: Page
    path: Path
    seconds: float
    problem: str = ""
    kept: bool = False


def render_pages(
    pages: Sequence[Page],
    outputs: Outputs,
    *,
    check: Callable[[], Mapping[str, str]] = dict,
    decide: Callable[[], Mapping[str, str]] = dict,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
    runner: Runner = run_pages,
    run: str = "",
) -> list[Outcome]:
    """Run the notebooks and write their pages; go on past one that fails, and keep those that nothing has changed for.

    A page is written beside its place and moved there when it is whole, so a page that was there before is replaced by
    a finished one or not at all. A notebook that fails is kept under `fejl/`, with what it showed up to the fault. The
    manifest is written after every page: a batch that was killed goes on where it was.

    Parameters
    ----------
    pages : sequence of Page
        What `plan_pages` returned.
    outputs : Outputs
        The study's output.
    check : callable
        Finds which material ("interview") cannot be used, and why; its pages fail with that message. It is asked while
        the release is decided.
    decide : callable
        Writes the release that pages show, while those that need no survey are run; gives what it found that cannot be
        used, as `check` does.
    on_outcome : callable
        Called with each `Outcome` as it comes.
    force : bool
        Whether unchanged pages are made again too.
    runner : callable
        How pages are run; two processes here when omitted.
    run : str
        Mark of this run, from `run_mark`; noted when every page is there.

    Returns
    -------
    list of Outcome
        In the order of `pages`.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> page = Page(study, Path("03_temaer.ipynb"), "Temaer", "alle", "faelles", {}, ("interview",))
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> runner = lambda pages: (page for page in pages)
    >>> [outcome] = render_pages([page], outputs, check=lambda: {"interview": "fg1.vtt: tom"}, runner=runner)
    >>> outcome.problem, outcome.path == outputs.failed("faelles/03_temaer")
    ('fg1.vtt: tom', True)
    """
    state = _State(read_manifest(outputs), force, on_outcome)
    with futures.ThreadPoolExecutor(2) as side:
        checked, decided = side.submit(check), side.submit(decide)

        def wanted() -> Iterator[Page | None]:
            while futures.wait([checked], timeout=MOMENT).not_done:
                yield None
            early = (page for page in pages if not page.needs_survey)
            yield from (page for page in early if state.wants(page, checked.result()))
            while futures.wait([decided], timeout=MOMENT).not_done:
                yield None
            # Those of all municipalities take longest: begun last, the last of them would leave a core without work.
            late = sorted((page for page in pages if page.needs_survey), key=lambda page: page.municipality != ALL)
            yield from (page for page in late if state.wants(page, {**checked.result(), **decided.result()}))

        # Whatever interrupts, while a page is waited for or written, ends what is still running.
        with closing(runner(wanted())) as runs:
            for finished in runs:
                state.take(finished)
    state.close(run, pages)
    return [state.outcomes[page.name] for page in pages]


def changed_pages(pages: Sequence[Page], outputs: Outputs) -> list[Page]:
    """Find the pages that do not lie there as they would be made now.

    Parameters
    ----------
    pages : sequence of Page
        What `plan_pages` returned, with the same parameters as when they were made.
    outputs : Outputs
        The study's output.

    Returns
    -------
    list of Page
        Those that are missing, were made from something else, or were changed by hand.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import ALL, Study
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "03_temaer.ipynb").touch()
    >>> study = Study(folder=folder, navn="P", udgiver="U", periode="2026", data_dato="2026-01-01")
    >>> page = Page(study, folder / "03_temaer.ipynb", "Temaer", "alle", "faelles", {}, ())
    >>> [page.name for page in changed_pages([page], Outputs(folder / "outputs"))]
    ['faelles/03_temaer']
    """
    manifest = read_manifest(outputs)
    return [page for page in pages if not manifest.keeps(page.name, inputs_mark(page))]


@dataclass
class _State:
    """How far a batch has come."""

    manifest: Manifest
    force: bool
    on_outcome: Callable[[Outcome], None]
    inputs: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)

    def wants(self, page: Page, blocked: Mapping[str, str]) -> bool:
        """Tell whether a page must be run; those that cannot be made, or are as they would become, are settled here."""
        outputs = self.manifest.outputs
        # What was decided of answers that cannot be read now is not there, or was decided of others.
        uses = (*page.uses, "spoergeskema") if RELEASE in page.uses and page.study.survey else page.uses
        reasons = dict.fromkeys(blocked[use] for use in uses if use in blocked)
        if reasons:
            self.blocked[page.name] = page.title
            self._tell(Outcome(page, outputs.failed(page.name), 0.0, "\n".join(reasons)))
            return False
        self.inputs[page.name] = inputs_mark(page)
        if not self.force and self.manifest.keeps(page.name, self.inputs[page.name]):
            self._tell(Outcome(page, outputs.page(page.name), 0.0, kept=True))
            return False
        return True

    def take(self, finished: Finished) -> None:
        """Keep what a run has given, and note it at once: a batch that is killed goes on from here."""
        outcome = _keep(finished, self.manifest.outputs)
        name, stopped, notebook = finished.page.name, bool(outcome.problem), str(finished.page.notebook.resolve())
        for ending, path in self.manifest.beside(name).items():
            if ending not in finished.files and not stopped:
                path.unlink(missing_ok=True)  # made with an earlier page, and told by this one no more
        self.manifest = self.manifest.with_page(
            name,
            self.inputs[name],
            outcome.seconds,
            stopped=stopped,
            notebook=notebook,
            title=finished.page.title,
            beside=[ending for ending in finished.files if ending != ".html"],
        )
        self.manifest.write()
        self._tell(outcome)

    def close(self, run: str, pages: Sequence[Page]) -> None:
        """Note the pages that could not be begun, and the run as a whole when every page of it is there."""
        names = [page.name for page in pages]
        self.manifest = self.manifest.with_blocked(names, self.blocked)
        if self.outcomes and not any(outcome.problem for outcome in self.outcomes.values()):
            self.manifest = self.manifest.with_run(run, names)
        if self.manifest.outputs.folder.is_dir():  # where nothing was ever made, there is nothing to note it beside
            self.manifest.write()

    def _tell(self, outcome: Outcome) -> None:
        self.outcomes[outcome.page.name] = outcome
        self.on_outcome(outcome)


def _keep(finished: Finished, outputs: Outputs) -> Outcome:
    """Write a finished page, or the evidence of one that failed."""
    page, problem = finished.page, finished.problem
    target, evidence = outputs.page(page.name), outputs.failed(page.name)
    if not problem:
        try:
            # The page last: where it is new, so is what lies beside it.
            for ending, content in sorted(finished.files.items(), key=lambda file: file[0] == ".html"):
                outputs.write(target.with_suffix(ending), content)
        except OSError as error:
            problem = f"Siden kunne ikke gemmes ({error.strerror}). Er disken fuld, eller er filen åben?"
    evidence.unlink(missing_ok=True)
    if not problem:
        return Outcome(page, target, finished.seconds)
    if notebook := finished.notebook:
        with suppress(OSError):  # the page's own fault has been told
            outputs.write(evidence, notebook)
    return Outcome(page, evidence, finished.seconds, problem)


#: What no page reads: what was sent, which a new release is held against, and receipts.
_KEPT = ("sendt/", "kvitteringer/")


def inputs_mark(page: Page) -> str:
    """Mark what a page is made from: its notebook, its parameters, the program, and the files it may read.

    A page that shows the release reads its part of it instead of the answers.

    Parameters
    ----------
    page : Page
        One of those that `plan_pages` returned.

    Returns
    -------
    str
        Another mark, another page.
    """
    survey = page.study.survey
    unread = survey.answers if survey and RELEASE in page.uses and not page.reads_answers else ()
    files = file_marks(page.study.folder)
    return mark(
        {
            "files": {
                name: found for name, found in files.items() if name not in unread and not name.startswith(_KEPT)
            },
            "notebook": file_mark(page.notebook),
            "page": [page.title, page.municipality, page.folder, *page.uses],
            "parameters": {name: value for name, value in page.parameters.items() if name != RELEASE_FILE},
            "program": program_mark(),
            "release": _release_mark(page.release_file) if RELEASE in page.uses else "",
        }
    )


def _release_mark(path: Path | None) -> str:
    """Mark what a release shows, whatever it was made from, and however narrowly it was tried."""
    return _shown_mark(path.read_text("utf-8")) if path is not None and path.is_file() else ""


@lru_cache(maxsize=16)  # several pages show the same part of it
def _shown_mark(release: str) -> str:
    content = json.loads(release)
    return mark({key: value for key, value in content.items() if key not in {"source", "audit", "program"}})
