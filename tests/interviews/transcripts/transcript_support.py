"""What the tests of transcripts share: files put together by hand, and what they hold."""

from __future__ import annotations

import io
from typing import Any

from blupkit.interviews.transcripts.turn import Said


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def said(turns: list[Said]) -> list[tuple[str, str]]:
    return [(turn.label, turn.text) for turn in turns]


def named(label: str) -> bool:
    return label in {"Bo", "Ida", "Bo (Kragelykke)"}
