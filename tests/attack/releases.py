"""Releases to attack: made by the product as a user makes them, in one process (tables) or through finished zips."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from attack.families import Truth, read_truth
from attack.seen import Seen, read_names, see_frames, see_packages
from attack.splits import read_splits
from attack.studies import MadeUp, go_on
from attack.system import Edition
from support import blupkit

from blupkit.core import Study
from blupkit.disclosure import read_sent, write_basis
from blupkit.survey import Responses, keep_sent, kept_key, make_release, marks_key, read_responses, sent_releases
from blupkit.survey.waiting import counted


def truth_of(study: Study) -> Truth:
    return read_truth(_counted(read_responses(study), kept_key(study)))


def _counted(responses: Responses, key: str) -> Responses:
    """Give the answers that the next release is made of: what waits is in none."""
    return counted(responses, [read_sent(path) for path in sent_releases(responses.study)], key)[0]


def decided(study: Study, *, send: bool = False) -> Edition:
    """Decide a release, and keep it as sent: what readers see of its tables."""
    key = marks_key(study, study.folder / "noegle")
    answered = read_responses(study)
    responses = _counted(answered, key)
    draft, release = make_release(answered, key=key)
    assert release.passed
    if send:
        basis = study.folder / "grundlag.json"
        write_basis(draft, release, study, basis)
        keep_sent(study, basis.read_text("utf-8"), key)
    return Edition(see_frames(release.tables), read_truth(responses), read_splits(responses), release.notes)


def chain(study: MadeUp, seed: int, length: int = 3) -> Iterator[Edition]:
    """Decide and send one release after the other, while people come, go and think again."""
    for number in range(length):
        if number:
            go_on(study, seed + 1000 * number)
        yield decided(study.write(), send=True)


def commanded(*words: object) -> None:
    """Run a command as a user does."""
    done = blupkit(*words)
    assert done.returncode == 0, done.stdout + done.stderr


def packaged(study: Study, output: Path, *, send: bool = False) -> tuple[list[Path], Edition]:
    """Make pages and packages, and keep them as sent: the zips, copied to where the attacker keeps them."""
    commanded("render", study.folder, "-o", output)
    commanded("package", study.folder, "-o", output)
    truth = truth_of(study)  # as it was decided: once it is sent, others may wait
    if send:
        commanded("sent", study.folder, "-o", output)
    made = sorted((output / study.folder.name).glob("pakker/*.zip"))
    kept = output / f"hos_modtagerne_{len(list(output.glob('hos_*')))}"
    kept.mkdir()
    zips = [Path(shutil.copy2(path, kept)) for path in made]
    return zips, Edition(seen_in(zips, study), truth)


def seen_in(zips: list[Path], study: Study) -> Seen:
    return see_packages(zips, read_names(study.folder))
