"""What a coder looks up while she codes: all passages of a code, her memos, and what somebody else has coded."""

from __future__ import annotations

import contextlib
import io

from blupkit.core import BlupkitError, Study
from blupkit.display import ResultTable
from blupkit.interviews.coding.codings import load_codings
from blupkit.interviews.desk.session import Message, RefusedError, Session
from blupkit.interviews.exploring.material import INTERVIEW
from blupkit.interviews.exploring.passages import passages


def passages_of(study: Study, coder: str, message: Message) -> Message:
    """Give all passages of a code, in full and with who said them, across interviews and open answers.

    Parameters
    ----------
    study : Study
        The study.
    coder : str
        Whose codings of the interviews they are.
    message : dict
        `code` or `theme`, `group`, `direction`; `excel` to have them in a workbook.

    Raises
    ------
    RefusedError
        They cannot be read, or the workbook cannot be written.
    """
    wanted = {key: str(message.get(key) or "") for key in ("code", "theme", "group", "direction")}
    files = study.interview_files.model_copy(update={"main_coder": coder})
    try:
        table = passages(study.model_copy(update={"interviews": files}), **wanted)
        if message.get("excel"):
            with contextlib.redirect_stdout(io.StringIO()):  # it says where the file lies; here the page does
                place = table.to_excel()
            return {"told": f"Stederne ligger i {place}. Filen er intern."}
    except BlupkitError as error:
        raise RefusedError(str(error)) from error
    return {"places": _places(table, study), "remarks": list(table.notes)}


def _places(table: ResultTable, study: Study) -> list[Message]:
    ids = {title: ident for ident, title in study.interview_titles.items()}
    frame = table.frame.astype("object").where(table.frame.notna(), "")
    found = []
    for row in frame.to_dict("records"):
        is_turn = row["Kilde"] == INTERVIEW
        turn = int(row["Tur"]) if is_turn else ""
        head = [
            row["Sted"],
            f"tur {turn}" if is_turn else "",
            row["Hvem"],
            row.get("Tid", ""),
            row["Kode"],
            row["Retning"],
        ]
        found.append(
            {
                "interview": ids.get(row["Sted"], "") if is_turn else "",
                "turn": turn,
                "head": " · ".join(str(part) for part in head if part),
                "text": row["Passage"],
            }
        )
    return found


def memos(session: Session, titles: dict[str, str]) -> list[Message]:
    """Give all memos: on the interviews, on codes, and on codings in the order in which they were set.

    Parameters
    ----------
    session : Session
        Whose memos they are.
    titles : dict of str to str
        Interview → what it is called.
    """
    names = session.codable.codebook.names
    found: list[Message] = []
    for note in session.notes:
        interview, code = note.interview, note.code
        head = f"Kode {code} {names.get(code, '')}" if code else f"Interview {titles.get(interview, interview)}"
        found.append({"interview": interview, "code": code, "turn": "", "head": head, "text": "", "memo": note.memo})
    for event in session.events:
        passage = event.passage
        if passage.memo.strip():
            title = titles.get(passage.interview, passage.interview)
            head = f"{title} · tur {passage.turn} · {passage.code} {names.get(passage.code, '')}"
            place: Message = {"interview": passage.interview, "code": "", "turn": passage.turn}
            found.append(place | {"head": head, "text": passage.quote or "", "memo": passage.memo})
    return found


def of_others(study: Study, session: Session, coder: str, file: str) -> list[Message]:
    """Give what another coder has coded in the open interview; what cannot be placed is not shown.

    Parameters
    ----------
    study : Study
        The study.
    session : Session
        What is open.
    coder, file : str
        The other, and the file within the study's folder.
    """
    codings, _ = load_codings(study, session.codable, {coder: file})
    here = codings[codings["interview"] == session.interview]
    columns = ["coder", "turn", "start", "end", "code", "direction"]
    return [dict(zip(columns, row, strict=True)) for row in here[columns].to_numpy(dtype=object).tolist()]
