"""Mails to those who have a quote of somebody who was taken out; whole materials that are past their date."""

import hashlib
import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from life_support import TODAY, make_study, send, texts_under, withdraw, write_answers
from support import blupkit, on_days

from blupkit import survey
from blupkit.app import all_faults, do, plan_overdue
from blupkit.app.life import changes
from blupkit.cli import main
from blupkit.core import read_study
from blupkit.core.files import write_whole
from blupkit.core.outputs import Outputs

QUOTE = "Men en pulje hjalp os sidste år."
HEADS = "dato;pakke;sha256;modtager;udgivelse\n"
DUE = """
[[opbevaring.materiale]]
navn = "spoergeskema"
slettes = 2026-11-01

[[opbevaring.materiale]]
navn = "optagelser"
slettes = 2026-11-01
filer = ["optagelser/*"]

[[opbevaring.materiale]]
navn = "interview"
slettes = 2027-11-01
"""


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    on_days(monkeypatch, TODAY)


def package(outputs: Outputs, name: str, words: str) -> str:
    """Write a package with a page; gives its mark."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "faelles/03.html", f"<html><body><p>{words.replace('hjalp', '<b>hj</b>alp')}</p></body></html>"
        )
    outputs.write(outputs.package(name), buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def test_whoever_has_the_quote_gets_a_mail_that_says_neither_who_nor_what(tmp_path: Path) -> None:
    study, outputs = make_study(tmp_path), Outputs(tmp_path / "ud")
    marks = {name: package(outputs, name, QUOTE if name == "nordby" else "Andet.") for name in ("nordby", "sydby")}
    lines = [f"2026-11-20;{name};{mark};{name.title()}: koordinatoren;\n" for name, mark in marks.items()]
    lines += ["2026-10-01;nordby;0000;Nordby: en forgænger;\n"]  # that package lies there no longer
    write_whole(study.path("sendt/modtagere.csv"), HEADS + "".join(lines))
    withdraw(study, outputs, participant="Bo Storm")
    mails = {path.read_text("utf-8") for path in (outputs.folder / "intern" / "mails").iterdir()}
    assert sorted(mail.splitlines()[0] for mail in mails) == ["Til: Nordby: en forgænger", "Til: Nordby: koordinatoren"]
    for mail in mails:
        assert "pulje" not in mail
        assert "Storm" not in mail
        assert "slette pakken" in mail
        assert ("pakken rummer et citat" in mail) == ("koordinatoren" in mail.splitlines()[0])
    assert not [path for path, text in texts_under(study.folder, outputs.folder) if QUOTE in text]


def test_somebody_who_is_not_quoted_is_in_nobody_s_package(tmp_path: Path) -> None:
    study, outputs = make_study(tmp_path), Outputs(tmp_path / "ud")
    mark = package(outputs, "nordby", QUOTE)
    write_whole(study.path("sendt/modtagere.csv"), f"{HEADS}2026-11-20;nordby;{mark};Nordby;\n")
    withdraw(study, outputs, participant="Ida Holm")
    assert not (outputs.folder / "intern" / "mails").exists()


def test_what_is_overdue_goes_and_the_survey_s_cells_stand_as_sent(tmp_path: Path) -> None:
    study, outputs = make_study(tmp_path, DUE), Outputs(tmp_path / "ud")
    cells = {("Nordby", "L"): 12, ("Sydby", "L"): 14, ("Nordby", "A"): 12, ("Sydby", "A"): 13}
    write_answers(study, cells)
    first = send(study, outputs)
    answers, toml = (study.path(name).read_text("utf-8") for name in ("spoergeskema/svar.csv", "study.toml"))
    write_whole(study.path("optagelser/fg1.mp4"), b"lyd")
    assert {"fejl"} == set(all_faults(study)["level"])
    plan = plan_overdue(study, outputs, TODAY, all_faults)
    assert plan is not None
    do(plan)

    left = read_study(study.folder)
    assert left.survey is None
    assert left.interviews is not None
    assert not study.path("spoergeskema/svar.csv").exists()
    assert not study.path("optagelser").exists()
    assert study.path("interview/fg1.txt").exists()
    assert "fejl" not in set(all_faults(left)["level"])
    assert plan_overdue(left, outputs, TODAY, all_faults) is None
    (kept,) = survey.sent_releases(left)
    assert '"persons": []' in kept.read_text("utf-8")
    assert "Slettet, fordi datoen i study.toml var passeret: Spørgeskemaet, Optagelser." in plan.done
    # The same answers come in again with one more: nothing of that one can be told from the first release.
    more = answers + "NL99;Nordby;L;5;1;5;1;1;;1;0;\n"
    write_whole(study.path("spoergeskema/svar.csv"), more)
    write_whole(study.path("study.toml"), toml.replace("2026-11-01", "2028-11-01"))
    second = send(read_study(study.folder), outputs)
    then, now = (release["behov"].frame for release in (first, second))
    both = then.merge(now, on=["municipality", "group", "item", "measure"], suffixes=("_then", "_now"))
    both = both.dropna(subset=["n_then", "n_now"])
    assert len(both)
    assert (both["n_then"] == both["n_now"]).all()


def test_the_commands_ask_first_and_name_what_goes(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    common = (str(study.folder), "--output", str(tmp_path / "ud"))
    asked = blupkit("withdraw", *common, "--participant", "Bo Storm", folder=tmp_path)
    assert asked.returncode == 1
    assert "ture i udskrifterne: 2" in asked.stdout
    assert "interview/fg1.txt" in asked.stdout
    assert "Puljerne" not in asked.stdout + asked.stderr
    assert "--yes" in asked.stderr
    assert "Puljerne" in study.path("interview/fg1.txt").read_text("utf-8")
    done = blupkit("withdraw", *common, "--participant", "Bo Storm", "--yes", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "kvitteringen ligger i mappen kvitteringer/" in done.stdout
    assert "spørgeskemasystemet" in done.stdout
    assert "Puljerne" not in study.path("interview/fg1.txt").read_text("utf-8")
    again = blupkit("withdraw", *common, "--participant", "Bo Storm", "--yes", folder=tmp_path)
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def no_answer(_: str) -> str:
    """Press Ctrl-D."""
    raise EOFError


def test_nothing_is_done_where_the_question_gets_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    study = make_study(tmp_path)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", no_answer)
    monkeypatch.setattr(sys, "argv", ["blupkit", "withdraw", str(study.folder), "--participant", "Bo Storm"])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert capsys.readouterr().out.endswith("Intet er ændret.\n")
    assert "Puljerne" in study.path("interview/fg1.txt").read_text("utf-8")


def test_no_page_is_made_or_packed_of_a_study_that_somebody_is_taken_halfway_out_of(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    write_whole(study.folder / changes.JOURNAL / "plan.json", '{"files": {}, "gone": {}}')
    for words in ("render", "package"):
        done = blupkit(words, str(study.folder), "--output", str(tmp_path / "ud"), folder=tmp_path)
        assert done.returncode == 1
        assert "en udtagning eller sletning, der blev afbrudt" in done.stderr
        assert "Traceback" not in done.stderr
    finished = blupkit("withdraw", str(study.folder), "--output", str(tmp_path / "ud"), folder=tmp_path)
    assert "Den er nu gjort færdig." in finished.stdout
    assert not (study.folder / changes.JOURNAL).exists()


def test_somebody_is_taken_out_at_midnight_though_a_date_is_passed_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = make_study(tmp_path, DUE.replace("2026-11-01", "2026-12-31"))
    on_days(monkeypatch, date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 1))
    given = "withdraw", study.folder, "--output", tmp_path / "ud", "--participant", "Bo Storm", "--yes"
    done = blupkit(*given, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name[:10] for path in study.path("kvitteringer").iterdir()] == ["2026-12-31"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["withdraw"], "enten --participant NAVN eller --respondent ID"),
        (["withdraw", "--participant", "Bo Storm", "--respondent", "3"], "enten --participant NAVN eller"),
        (["delete"], "--overdue"),
    ],
)
def test_a_command_without_its_choice_is_told_so(tmp_path: Path, words: list[str], said: str) -> None:
    study = make_study(tmp_path)
    done = blupkit(*words[:1], str(study.folder), "--output", str(tmp_path / "ud"), *words[1:], folder=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr


def test_nothing_is_deleted_before_its_date(tmp_path: Path) -> None:
    study = make_study(tmp_path, DUE.replace("2026-11-01", "2026-11-29"))  # it may lie there today
    done = blupkit("delete", str(study.folder), "--overdue", "--output", str(tmp_path / "ud"), folder=tmp_path)
    assert (done.returncode, "intet, hvis slettedato er passeret" in done.stdout) == (0, True)
    assert study.path("spoergeskema/svar.csv").is_file()


def test_interviews_that_are_overdue_go_and_the_survey_stays(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    toml = study.path("study.toml")
    kept = toml.read_text("utf-8") + '\n[[opbevaring.materiale]]\nnavn = "interview"\n'
    coded = kept.replace("[interview]", '[interview]\nkodninger_aabne = "interview/aabne.tsv"')
    toml.write_text(coded + "slettes = 2026-11-01\n", encoding="utf-8")
    heads = "spoergsmaal\tbesvarelse\tstart\tend\tcode\tquote\n"
    study.path("interview/aabne.tsv").write_text(heads, encoding="utf-8")
    plan = plan_overdue(read_study(study.folder), Outputs(tmp_path / "ud"), TODAY, all_faults)
    assert plan is not None
    do(plan)
    left = read_study(study.folder)
    assert left.interviews is None
    assert sorted(path.name for path in study.path("interview").iterdir()) == ["kodebog.csv"]
    assert len(survey.read_responses(left).respondents) == 20
    assert "fejl" not in set(all_faults(left)["level"])
    assert not [path for path, text in texts_under(study.folder) if "Bo Storm" in text]
