"""A notebook in JupyterLab and the batch decide a release the same way, with the same tables."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from small_study import write_small_study

from blupkit.app import decide, deciding, load_release
from blupkit.core import ALL, Study, read_edition, read_study
from blupkit.core.outputs import Outputs
from blupkit.disclosure import Draft, Release
from blupkit.survey import SurveyRelease

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(DEMO)


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where somebody works: the output lies below."""
    return tmp_path_factory.mktemp("arbejde")


@pytest.fixture(autouse=True)
def _working_there(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(top)


@pytest.fixture(scope="module")
def outputs(study: Study, top: Path, demo_pages: Path) -> Outputs:
    """What `blupkit render` leaves beside the pages."""
    outputs = Outputs.of(study.folder, top / "outputs")
    shutil.copytree(demo_pages / "intern", outputs.folder / "intern")
    return outputs


def assert_same(one: Release, other: Release) -> None:
    assert list(one.tables) == list(other.tables)
    for name, table in one.tables.items():
        theirs = other.tables[name].frame.reset_index(drop=True)
        pd.testing.assert_frame_equal(table.frame.reset_index(drop=True), theirs, check_dtype=False)
    assert list(one.common) == list(other.common)
    for name, table in one.common.items():
        pd.testing.assert_frame_equal(table.frame, other.common[name].frame, check_dtype=False)
    pd.testing.assert_frame_equal(one.decisions, other.decisions)
    assert (one.targets, one.narrowest, one.passed) == (other.targets, other.narrowest, other.passed)


@pytest.fixture(scope="module")
def decided_now(study: Study, outputs: Outputs, top: Path) -> list[tuple[Study, tuple[str, str], SurveyRelease]]:
    """What a kernel decides where a batch has not decided the same: once, for nothing takes longer here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top)  # the batch's key is found below
        patch.setattr(deciding, "_of_batch", lambda study: None)
        deciding._LAST.clear()
        load_release(study, None)
    return list(deciding._LAST)


@pytest.fixture
def _decides_now(
    decided_now: list[tuple[Study, tuple[str, str], SurveyRelease]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "_of_batch", lambda study: None)
    deciding._LAST[:] = decided_now


@pytest.mark.usefixtures("_decides_now")
@pytest.mark.parametrize("reader", ["slagelse", ALL])
def test_a_reader_s_release_is_the_same_decided_now_and_read(study: Study, outputs: Outputs, reader: str) -> None:
    edition = read_edition(study, reader)
    assert_same(load_release(study, edition), load_release(study, edition, outputs.part(reader)))


@pytest.mark.usefixtures("_decides_now")
def test_quotes_that_may_be_shared_come_with_every_reader_s_part_without_place(study: Study, outputs: Outputs) -> None:
    parts = [load_release(study, read_edition(study, reader), outputs.part(reader)) for reader in study.readers]
    [quotes] = {tuple((one["group"], one["attribution"], one["text"]) for one in part.quotes) for part in parts}
    assert [group for group, *_ in quotes] == ["L", "P", "A"]  # one each, in the study's order
    decided = load_release(study, read_edition(study, "slagelse")).quotes
    assert tuple((one["group"], one["attribution"], one["text"]) for one in decided) == quotes
    assert not any(name.casefold() in text.casefold() for *_, text in quotes for name in study.known_names[3:])


@pytest.mark.usefixtures("_decides_now")
def test_the_consultant_s_is_the_same_with_the_themes_of_the_open_answers(study: Study, outputs: Outputs) -> None:
    whole = load_release(study, None)
    assert_same(whole, load_release(study, None, outputs.release))
    assert "temaer_aab1" in whole.tables
    assert set(whole.tables["besvarelser"].frame["municipality"]) > {ALL, "slagelse"}


def test_a_study_without_a_survey_has_a_release_without_tables(study: Study) -> None:
    bare = study.model_copy(update={"survey": None})
    assert load_release(bare, read_edition(bare, ALL)).tables == {}


@pytest.mark.usefixtures("_decides_now")
def test_of_the_demo_there_is_nothing_that_a_sender_must_know(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, kept = list[str](), load_release(study, None)
    monkeypatch.setattr(deciding, "_decide", lambda *_: (Draft({}), {}, kept))
    assert decide(study, Outputs(tmp_path / "ud"), told.append) == {}
    assert told == []


def test_a_kernel_decides_again_only_when_a_file_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # no batch has been run here
    copy = write_small_study(tmp_path / "studie", places=("Bakkeby", "Egeby", "Fjordby"))
    mine, decided, decide_now = read_study(copy), list[Study](), deciding._decide
    monkeypatch.setattr(deciding, "_decide", lambda of, *how: decided.append(of) or decide_now(of, *how))
    first = load_release(mine, read_edition(mine, "bakkeby"))
    other = load_release(mine, read_edition(mine, "egeby"))
    assert len(decided) == 1
    assert "egeby" in set(other.tables["behov"].frame["municipality"])
    assert "bakkeby" not in set(other.tables["behov"].frame["municipality"])
    # What a notebook does to its tables, the next one does not see.
    for release in (first, load_release(mine, None)):
        frame = release.tables["behov"].frame
        frame["value"] = 0.0
    assert (load_release(mine, None).tables["behov"].frame["value"] != 0).any()
    assert len(decided) == 1
    answers = copy / mine.survey_files.answers[0]
    lines = answers.read_bytes().splitlines(keepends=True)
    answers.write_bytes(b"".join(lines[:-1]))
    fewer = load_release(mine, None)
    assert len(decided) == 2
    assert fewer.source != other.source
    load_release(mine.model_copy(update={"name": "Et andet navn"}), None)
    assert len(decided) == 3


def test_a_kernel_reads_what_the_last_batch_decided_while_it_would_decide_the_same(
    study: Study, outputs: Outputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided, kept = list[Study](), load_release(study, None, outputs.release)
    monkeypatch.setattr(deciding, "_decide", lambda of, *how: (decided.append(of), kept))

    def loaded(of: Study) -> int:
        deciding._LAST.clear()
        decided.clear()
        assert_same(load_release(of, None), kept)
        return len(decided)

    assert loaded(study) == 0
    # The folder may be named in another way, as in a notebook that lies beside it; the declaration may not be another.
    assert loaded(study.model_copy(update={"folder": Path(os.path.relpath(study.folder))})) == 0
    assert loaded(study.model_copy(update={"contact": "en anden"})) == 1
    with monkeypatch.context() as other:
        other.setattr(deciding, "program_mark", lambda: "et andet program")
        assert loaded(study) == 1
    outputs.release.unlink()
    assert loaded(study) == 1
