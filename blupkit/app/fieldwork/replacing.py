"""Files that are written again, and that a person may have changed in between: hers stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blupkit.core.outputs import Outputs


def replace_written(contents: Mapping[str, bytes], outputs: Outputs) -> tuple[list[Path], list[Path]]:
    """Write what goes out, each file whole, and leave alone what is not as it was written the last time.

    Parameters
    ----------
    contents : mapping of str to bytes
        Folder and name → content.
    outputs : Outputs
        The study's output.

    Returns
    -------
    tuple of list of pathlib.Path
        What was written, also what was the same already; and what was left, because a person has changed it.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core.outputs import Outputs
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> made, _ = replace_written({"nord/brev.txt": b"Hej"}, outputs)
    >>> _ = made[0].write_bytes(b"Hej igen")
    >>> [len(each) for each in replace_written({"nord/brev.txt": b"Goddag"}, outputs)], made[0].read_bytes()
    ([0, 1], b'Hej igen')
    """
    outputs.make()
    record = outputs.sent_out_as_written
    before: dict[str, str] = json.loads(record.read_text("utf-8")) if record.is_file() else {}
    made, kept = list[Path](), list[Path]()
    for name, content in contents.items():
        path = outputs.sent_out / name
        if path.is_file() and _mark(path.read_bytes()) not in {before.get(name), _mark(content)}:
            kept.append(path)
            continue
        outputs.write(path, content)
        before[name] = _mark(content)
        made.append(path)
    outputs.write(record, json.dumps(before, ensure_ascii=False, indent=1, sort_keys=True))
    return made, kept


def _mark(content: bytes) -> str:
    return sha256(content).hexdigest()
