"""A participant is taken out of every file, and what the others said stays coded where it was."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from life_support import TODAY, make_study, texts_under, withdraw

from blupkit import interviews
from blupkit.app import all_faults, do, plan_participant
from blupkit.app.life import changes
from blupkit.app.life.guarding import check_life
from blupkit.core import DataError, Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.interviews.transcripts.person import find_person

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture
def demo(tmp_path: Path) -> Study:
    return read_study(shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("generator")))


@pytest.fixture(scope="module")
def whole() -> tuple[interviews.Coded, pd.DataFrame]:
    """What the demo's interviews hold while everybody is in them, and its faults; read only."""
    study = read_study(DEMO)
    return interviews.read_coded(study), all_faults(study)


def six_in_a_row(text: str) -> str:
    """Give six words in a row of a text, as they stand there; "" where there are fewer."""
    found = re.search(r"\S+(?: \S+){5}", text)
    return found[0] if found and len(found[0]) > 25 else ""


def widget_notebook(said: str) -> bytes:
    """A notebook as JupyterLab saves it: an output, and the coder's state with the interview in it."""
    output = nbformat.v4.new_output("stream", text=said)
    cell = nbformat.v4.new_code_cell("interviews.coder(study)", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {"state": {"text": said}}})
    return nbformat.writes(notebook).encode()


@pytest.mark.parametrize(
    ("who", "file"),
    [
        ("Kirsten Damgaard Lauritsen", "fg1.vtt"),
        ("fg2: Ansat 1", "fg2.vtt"),
        ("fg3: Lokalråd 1", "fg3.docx"),
        ("Finn Vestergaard Juhl", "fg4.txt"),
    ],
)
def test_nothing_is_left_of_a_participant_and_everything_of_the_others(
    demo: Study, outputs: Outputs, tmp_path: Path, who: str, file: str, whole: tuple[interviews.Coded, pd.DataFrame]
) -> None:
    name = find_person(demo, who).name
    before, faults = whole
    mine = before.turns["speaker"] == name
    words = [run for run in map(six_in_a_row, before.turns.loc[mine, "text"]) if run]
    assert len(words) > 10
    # What lies around: an old page, a failed notebook, papermill's output, a checkpoint, a lock, an export of codings.
    for path in (outputs.page("faelles/gammel"), outputs.failed("faelles/03"), outputs.basis, outputs.package("x")):
        outputs.write(path, f"{name}: {words[0]}")
    around = tmp_path / "noteboeger"
    (around / ".ipynb_checkpoints").mkdir(parents=True)
    for place in (around / "06_kodning.ipynb", around / ".ipynb_checkpoints" / "06_kodning-checkpoint.ipynb"):
        place.write_bytes(widget_notebook(words[0]))
    (demo.folder / "ud.ipynb").write_bytes(widget_notebook(words[0]))
    (demo.folder / "interview" / f"~${file}").write_text(name, encoding="utf-16")
    interviews.write_qdpx(demo.folder / "kodninger.qdpx", demo, before)
    outputs.basis.unlink()  # no survey was decided on: what lies in the package is no release
    plan = plan_participant(demo, outputs, who, TODAY, all_faults, (around,))
    assert not any(word in str(plan.counts) for word in (name, *words))
    do(plan)

    study = read_study(demo.folder)
    for path, text in texts_under(demo.folder, outputs.folder, around):
        assert name not in text, path
        assert not [run for run in words if run in text], path
    after, new = interviews.read_coded(study), all_faults(study)
    pd.testing.assert_frame_equal(
        before.turns[~mine][["interview", "turn", "start", "end", "speaker", "role"]],
        after.turns[~mine][["interview", "turn", "start", "end", "speaker", "role"]],
    )
    others = before.codings.merge(before.turns[~mine][["interview", "turn"]])
    place = ["interview", "turn", "start", "end", "code", "direction", "about"]
    pd.testing.assert_frame_equal(others[place], after.codings[place])
    kinds = ["file", "column", "expected", "level"]
    assert new[kinds].value_counts().le(faults[kinds].value_counts().reindex(new[kinds].value_counts().index)).all()
    (receipt,) = (study.folder / "kvitteringer").iterdir()
    assert plan.case in receipt.name
    assert study.interviews is not None
    assert len(after.participants) == len(before.participants) - 1


def test_the_summaries_of_the_others_follow_their_new_labels(demo: Study, outputs: Outputs) -> None:
    withdraw(demo, outputs, participant="fg3: Ansat 1")
    coded = interviews.read_coded(demo)
    matrix = interviews.framework_matrix(demo, coded).set_index(["interview", "label"])
    assert "Ansatte skal tale sammen internt først" in matrix.loc[("fg3", "Ansat 1"), "6"]
    assert ("fg3", "Ansat 2") not in matrix.index


def test_two_after_one_another_stay_two(demo: Study, outputs: Outputs) -> None:
    turns = len(interviews.read_turns(demo))
    withdraw(demo, outputs, participant="Kirsten Damgaard Lauritsen")
    withdraw(demo, outputs, participant="Anders Bruun Kjeldsen")
    after = interviews.read_turns(demo)
    assert len(after) == turns
    assert {"Udgået 1", "Udgået 2"} <= set(after["speaker"])
    assert set(after.loc[after["speaker"].str.startswith("Udgået"), "words"]) == {0}


def test_a_name_that_others_say_is_a_line_as_long(tmp_path: Path, outputs: Outputs) -> None:
    study = make_study(tmp_path)
    text = "# L1 er Bo Storm\n[00:00:01] M: Hvad siger Bo?\n[00:00:05] L1: Jeg kan ikke love noget.\n"
    text += "[00:00:20] A1: Vi har intet mandat, og Bos pulje hjalp.\n[00:00:40] L1: Men en pulje hjalp os sidste år.\n"
    study.path("interview/fg1.txt").write_text(text, encoding="utf-8")
    codings = "interview\tturn\tstart\tend\tcode\tretning\tom_part\tquote\nfg1\t3\t24\t45\t2.1\t\t\tBos pulje hjalp\n"
    codings = codings.replace("24\t45", "24\t39")
    study.path("interview/kodninger_A.tsv").write_text(codings, encoding="utf-8")
    assert len(interviews.read_coded(study).codings) == 1
    withdraw(study, outputs, participant="bo storm")
    after = interviews.read_coded(read_study(study.folder))
    assert after.turns["text"].tolist()[::2] == ["Hvad siger __?", "Vi har intet mandat, og ___ pulje hjalp."]
    assert after.codings["quote"].tolist() == ["___ pulje hjalp"]
    assert not [path for path, seen in texts_under(study.folder) if re.search(r"\bBo\b|Storm", seen)]


def test_what_was_interrupted_is_finished_by_the_next_run(
    demo: Study, outputs: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_participant(demo, outputs, "Finn Vestergaard Juhl", TODAY, interviews.check_interviews)
    put, done = changes.write_whole, []

    def stopped(path: Path, content: bytes) -> None:
        done.append(path)
        if len(done) == len(plan.files) + 3:  # all are prepared, the plan lies there, one is in place
            raise KeyboardInterrupt
        put(path, content)

    monkeypatch.setattr(changes, "write_whole", stopped)
    with pytest.raises(KeyboardInterrupt):
        do(plan)
    monkeypatch.undo()
    assert "en udtagning eller sletning, der blev afbrudt" in check_life(demo, TODAY)["found"].tolist()
    assert changes.finish(demo.folder)
    assert not changes.finish(demo.folder)
    assert not [path for path, text in texts_under(demo.folder) if "Vestergaard Juhl" in text]
    assert check_life(demo, TODAY).empty


def test_stopped_before_the_plan_lies_there_nothing_is_changed(
    demo: Study, outputs: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in demo.folder.rglob("*") if path.is_file()}
    plan = plan_participant(demo, outputs, "Finn Vestergaard Juhl", TODAY, interviews.check_interviews)

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(changes, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        do(plan)
    monkeypatch.undo()
    assert not changes.finish(demo.folder)
    assert {path: path.read_bytes() for path in demo.folder.rglob("*") if path.is_file()} == before


def test_somebody_who_is_not_there_is_told_without_a_name(demo: Study, outputs: Outputs) -> None:
    with pytest.raises(DataError, match="interview og betegnelse") as told:
        withdraw(demo, outputs, participant="Søren Ingen")
    assert "Søren" not in str(told.value)


def test_words_that_nobody_knows_whose_they_are_stop_it(tmp_path: Path, outputs: Outputs) -> None:
    study = make_study(tmp_path)
    text = "1\n00:00:01,000 --> 00:00:02,000\nHvad er svært?\n\n2\n00:00:03,000 --> 00:00:04,000\nPuljerne.\n"
    study.path("interview/fg1.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="en udskrift uden talere"):
        withdraw(study, outputs, participant="Bo Storm")


def test_a_coder_s_log_keeps_every_event_of_the_others(demo: Study, outputs: Outputs) -> None:
    log = demo.path("interview/kodninger_A.jsonl")
    before = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    theirs = set(find_person(demo, "fg3: Lokalråd 1").places)
    withdraw(demo, outputs, participant="fg3: Lokalråd 1")
    after = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    kept = [event for event in before if (event["interview"], str(event["turn"])) not in theirs]
    assert [event["id"] for event in after] == [event["id"] for event in kept]
    assert 0 < len(after) < len(before)
