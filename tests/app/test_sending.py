"""What is noted as sent is what was in the packages, whatever has been made since; and who got it."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from datetime import date
from pathlib import Path

import pytest
from support import on_days

from blupkit import report
from blupkit.app import note_sent, unsent_note
from blupkit.app.sending import Handed, handed_over, sent_table
from blupkit.core import DataError, FileError, Study
from blupkit.core.outputs import Outputs
from blupkit.report.packages.package import Enclosure
from blupkit.survey.release import sent_releases

TODAY = "2024-02-29"


@pytest.fixture(autouse=True)
def leap_day(monkeypatch: pytest.MonkeyPatch) -> None:
    on_days(monkeypatch, date.fromisoformat(TODAY))


def decided(outputs: Outputs, text: str) -> None:
    """Leave a decision as `blupkit render` does; what is in it is nothing to those who keep it."""
    outputs.write(outputs.basis, text)


def pack(study: Study, outputs: Outputs, *names: str, said: str = "Hej", passphrase: str = "") -> list[str]:
    """Pack as `blupkit package` does; gives the files' checksums."""
    sums = []
    for name in names:
        package = report.Package(name, (Enclosure("brev.txt", said.encode(), name, "Brev"),))
        path = report.write_package(package, study, outputs, passphrase)
        report.note_packed(name, package.mark, outputs, decided=study.survey is not None)
        sums.append(hashlib.sha256(path.read_bytes()).hexdigest())
    return sums


def lines(study: Study) -> list[list[str]]:
    text = study.path("sendt/modtagere.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_what_was_in_the_packages_is_kept_and_not_what_was_made_since(study: Study, outputs: Outputs) -> None:
    decided(outputs, "det, der blev pakket")
    north, group = pack(study, outputs, "nordby", "projektgruppe")
    decided(outputs, "det, der er lavet siden")
    noted = note_sent(study, outputs)
    assert (noted.packages, noted.remade) == (("nordby", "projektgruppe"), True)
    [kept] = noted.releases
    assert kept.read_text("utf-8") == "det, der blev pakket"
    assert sent_releases(study) == [kept]
    assert lines(study) == [
        ["dato", "pakke", "sha256", "modtager", "udgivelse"],
        [TODAY, "nordby", north, "", kept.name],
        [TODAY, "projektgruppe", group, "", kept.name],
    ]
    if os.name == "posix":
        assert noted.recipients.stat().st_mode & 0o777 == 0o600


def test_what_is_noted_around_midnight_is_of_one_day(
    study: Study, outputs: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(outputs, "første")
    pack(study, outputs, "nordby")
    decided(outputs, "anden")
    pack(study, outputs, "sydby")
    on_days(monkeypatch, date(2026, 12, 31), date(2027, 1, 1))
    kept = [path.name for path in note_sent(study, outputs).releases]
    assert kept == ["2026-12-31_001.json", "2026-12-31_002.json"]
    assert [[row[0], row[4]] for row in lines(study)[1:]] == [["2026-12-31", name] for name in kept]


def test_packages_made_at_different_times_each_keep_their_own_release(study: Study, outputs: Outputs) -> None:
    decided(outputs, "første")
    pack(study, outputs, "nordby")
    decided(outputs, "anden")
    pack(study, outputs, "sydby")
    noted = note_sent(study, outputs)
    assert [kept.read_text("utf-8") for kept in noted.releases] == ["første", "anden"]
    assert not noted.remade
    by_package = {row[1]: row[4] for row in lines(study)[1:]}
    assert by_package == {"nordby": noted.releases[0].name, "sydby": noted.releases[1].name}
    assert not list(outputs.packed.parent.glob("pakket/*.part"))


def test_only_the_package_that_was_handed_over_is_noted(study: Study, outputs: Outputs) -> None:
    decided(outputs, "første")
    north, _ = pack(study, outputs, "nordby", "sydby")
    noted = note_sent(study, outputs, ["Nordby: koordinatoren", "nordby kommune: borgmesteren; med kopi", "Nordby"])
    assert noted.packages == ("nordby",)
    assert [row[1:4] for row in lines(study)[1:]] == [
        ["nordby", north, "koordinatoren"],
        ["nordby", north, "borgmesteren; med kopi"],
        ["nordby", north, "Nordby"],
    ]
    # The other goes a day later; those who have theirs stand there once.
    note_sent(study, outputs, ["Nordby: koordinatoren", "Sydby: =HYPERLINK(1)"])
    assert [row[3] for row in lines(study)[1:]] == [
        "koordinatoren",
        "borgmesteren; med kopi",
        "Nordby",
        "'=HYPERLINK(1)",
    ]
    assert handed_over(study)[-1].who == "=HYPERLINK(1)"
    assert len(sent_releases(study)) == 1
    before = lines(study)
    note_sent(study, outputs)  # all that lies there is noted already, with those who got it
    assert lines(study) == before


@pytest.mark.parametrize("place", ["Vestby", "", "nord", "intern"])
def test_an_unknown_municipality_is_told_with_those_there_are(study: Study, outputs: Outputs, place: str) -> None:
    decided(outputs, "første")
    pack(study, outputs, "nordby")
    with pytest.raises(DataError, match="Forventet: Nordby, Sydby eller projektgruppe"):
        note_sent(study, outputs, ["Nordby: A", f"{place}: B"])
    assert not study.path("sendt").exists()


def test_nothing_is_noted_where_one_package_is_not_as_it_was_made(study: Study, outputs: Outputs) -> None:
    decided(outputs, "første")
    pack(study, outputs, "nordby", "sydby")
    path = outputs.package("sydby")
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(FileError, match=r"sydby\.zip: Her står »en pakke, der er ændret"):
        note_sent(study, outputs)
    with pytest.raises(FileError, match=r"projektgruppe\.zip: Her står »ingen pakke«"):
        note_sent(study, outputs, ["Nordby: A", "projektgruppen: B"])
    assert not study.path("sendt").exists()


@pytest.mark.parametrize("note", ["", "{", '{"nu": {"nordby": ["kun et navn"]}, "foer": {}}', "[]"])
def test_a_package_that_nobody_knows_the_making_of_is_not_noted(study: Study, outputs: Outputs, note: str) -> None:
    decided(outputs, "første")
    pack(study, outputs, "nordby")
    outputs.packed.write_text(note, "utf-8")
    with pytest.raises(FileError, match="Pak igen, og send den nye pakke"):
        note_sent(study, outputs)
    assert not study.path("sendt").exists()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("noget andet")])
def test_a_release_that_is_gone_or_changed_since_stops_the_note(
    study: Study, outputs: Outputs, spoil: type[Path.unlink]
) -> None:
    decided(outputs, "første")
    pack(study, outputs, "nordby")
    [kept] = outputs.packed.parent.glob("pakket/*.json")
    spoil(kept)
    with pytest.raises(FileError, match="Pak igen med »blupkit package«"):
        note_sent(study, outputs)
    assert not study.path("sendt").exists()


def test_without_packages_nothing_can_have_been_sent(study: Study, outputs: Outputs) -> None:
    decided(outputs, "første")
    with pytest.raises(FileError, match="Her står »ingen pakke«"):
        note_sent(study, outputs)
    with pytest.raises(FileError, match="ingen erstattet pakke"):
        note_sent(study, outputs, earlier=True)


def test_packages_that_take_the_place_of_unsent_ones_are_told_of_and_can_still_be_noted(
    study: Study, outputs: Outputs
) -> None:
    def note(said: str) -> str:
        package = report.Package("nordby", (Enclosure("brev.txt", said.encode(), "nordby", "Brev"),))
        return unsent_note({"nordby": package.mark}, study, outputs)

    assert note("Hej") == ""
    decided(outputs, "første")
    [first] = pack(study, outputs, "nordby")
    assert note("Hej") == "", "the same package again takes nobody's place"
    decided(outputs, "anden")
    assert "bliver nu erstattet af andre: nordby." in note("Hej igen")
    [second] = pack(study, outputs, "nordby", said="Hej igen")
    noted = note_sent(study, outputs, earlier=True)
    assert [kept.read_text("utf-8") for kept in noted.releases] == ["første"]
    assert [row[2] for row in lines(study)[1:]] == [first]
    assert note("Hej tredje"), "the second is not noted"
    with pytest.raises(FileError, match="ingen erstattet pakke"):
        note_sent(study, outputs, earlier=True)
    note_sent(study, outputs)
    assert note("Hej tredje") == ""
    assert [row[2] for row in lines(study)[1:]] == [first, second]
    assert [path.read_text("utf-8") for path in sent_releases(study)] == ["første", "anden"]


def test_only_what_some_package_was_made_of_is_kept_beside_them(study: Study, outputs: Outputs) -> None:
    for number in range(5):
        decided(outputs, f"nummer {number}")
        pack(study, outputs, "nordby", said=str(number))
    kept = {path.read_text("utf-8") for path in outputs.packed.parent.glob("pakket/*")}
    assert kept == {"nummer 3", "nummer 4"}


def test_a_package_that_is_locked_anew_is_another_file_with_the_same_in_it(study: Study, outputs: Outputs) -> None:
    decided(outputs, "første")
    [first] = pack(study, outputs, "nordby", passphrase="hest lampe tirsdag")
    [second] = pack(study, outputs, "nordby", passphrase="hest lampe tirsdag")
    assert first != second
    assert len(note_sent(study, outputs, earlier=True).releases) == 1
    note_sent(study, outputs)
    assert [row[2] for row in lines(study)[1:]] == [first, second]
    assert len(sent_releases(study)) == 1


def test_a_study_without_a_survey_notes_who_got_what(study: Study, outputs: Outputs) -> None:
    bare = study.model_copy(update={"survey": None})
    [only] = pack(bare, outputs, "projektgruppe")
    noted = note_sent(bare, outputs, ["projektgruppen: hele gruppen"])
    assert (noted.releases, noted.remade) == ((), False)
    assert lines(bare)[1:] == [[TODAY, "projektgruppe", only, "hele gruppen", ""]]


def test_a_list_that_somebody_has_edited_is_read_and_kept(study: Study) -> None:
    rows = [Handed("2026-05-01", "nordby", "ab", "A; B", ""), Handed("2026-05-02", "sydby", "cd", "", "x.json")]
    study.path("sendt").mkdir()
    study.path("sendt/modtagere.csv").write_bytes(sent_table(rows))
    assert handed_over(study) == rows
