"""A small study of one's own for the life of the data: the example, copied where it may be changed."""

import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from blupkit import survey
from blupkit.app import decide, do, plan_participant, plan_respondent
from blupkit.core import Study, example_study, read_study
from blupkit.core.outputs import Outputs
from blupkit.disclosure import read_release
from blupkit.interviews import check_interviews

TODAY = date(2026, 11, 29)
HEAD = "id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;s1_for;s1_lok;form_1;form_2;ord"


def make_study(folder: Path, more: str = "") -> Study:
    """Copy the example into a folder, with more settings at the end of its study.toml."""
    target = folder / "undersoegelse"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(example_study().folder, target, ignore=shutil.ignore_patterns("sendt"))
    toml = target / "study.toml"
    toml.write_text(toml.read_text("utf-8") + more, encoding="utf-8")
    for path in target.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return read_study(target)


def write_answers(study: Study, cells: dict[tuple[str, str], int], seed: int = 1) -> list[str]:
    """Write a survey with so many respondents in each municipality and group; gives their ids in the file's order."""
    rng = random.Random(seed)
    lines, ids = [HEAD], []
    for (place, group), number in cells.items():
        for _ in range(number):
            ids.append(f"{place[0]}{group}{len(ids) + 1}")
            rated = [str(rng.randint(1, 5)) for _ in range(4)]
            other = ["", str(rng.randint(1, 5))] if group == "A" else [str(rng.randint(1, 5)), ""]
            lines.append(";".join([ids[-1], place, group, *rated, *other, "1", str(rng.randint(0, 1)), ""]))
    study.path("spoergeskema/svar.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    invited = ["kommune;gruppe;antal_inviteret;kanal;dato;paamindelse"]
    invited += [f"{place};{group};{number + 9};mail;1.2.2022;" for (place, group), number in cells.items()]
    study.path("spoergeskema/udsendelse.csv").write_text("\n".join(invited) + "\n", encoding="utf-8")
    return ids


def send(study: Study, outputs: Outputs) -> survey.SurveyRelease:
    """Decide a release, and keep it as sent; gives what it shows."""
    assert decide(study, outputs, print) == {}
    survey.keep_sent(study, outputs.basis.read_text("utf-8"), survey.marks_key(study, outputs.key))
    return survey.SurveyRelease(**vars(read_release(outputs.release)))


def withdraw(study: Study, outputs: Outputs, *, participant: str = "", respondent: str = "") -> list[str]:
    """Take somebody out as the command does; gives what was told to go."""
    if participant:
        plan = plan_participant(study, outputs, participant, TODAY, check_interviews)
    else:
        plan = plan_respondent(study, outputs, respondent, TODAY, survey.check_responses)
    do(plan)
    return list(plan.counts)


def texts_under(*folders: Path) -> Iterator[tuple[Path, str]]:
    """Give everything that lies in some folders, as text in three encodings, what is in zips too."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            parts = [path.read_bytes()]
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    parts += [archive.read(name) for name in archive.namelist()]
            for raw in parts:
                for encoding in ("utf-8", "cp1252", "utf-16"):
                    text = raw.decode(encoding, "ignore")
                    yield path, text
                    yield path, re.sub(r"<[^>]*>", "", text)
                    yield path, re.sub(r"\\\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
