"""From columns to questions: which of them are one grid, one multiple choice, or a question alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from blupkit.survey.proposing.guessing.columns import Column
from blupkit.survey.proposing.guessing.known import Known
from blupkit.survey.proposing.guessing.scales import Scale, make_scale
from blupkit.survey.proposing.guessing.ticks import are_ticks, joined_choices, may_be_answers
from blupkit.survey.proposing.guessing.wording import Wording, common_words, is_name
from blupkit.survey.reading.column_names import OTHER

GRID, SEVERAL, JOINED, SINGLE, WRITTEN = "gitter", "flere", "samlet", "enkelt", "aaben"
_OPEN: Final = "åbent svar: teksterne er næsten alle forskellige"
_YES_OR_TICK: Final = "hvert sit ja/nej-spørgsmål, eller valg i ét? Er det valg, så skriv flere som type"
#: What a question says that may have several answers.
_SEVERAL_WORDS: Final = re.compile(
    r"(?i)(sæt|set|kryss?) .*(kryds|kryss|av)|flere (svar|kryds|kryss)|alle,? (der|som) |as many|all that apply"
    r"|select all|check all|choose all|(op til|up to|max|højst|mindst) (\d|to|tre|fire|fem|two|three|five)"
    r"|(choose|select|pick|vælg|velg) (the |de |op til |up to )?(\d|to|tre|fire|fem|two|three|four|five)"
)
#: What asks for more than a yes or a no: "…, which of these did you use?"
_ASKS_WHAT: Final = re.compile(
    r"(?i)(?:^|[-–,:.?)]\s+)(?:hvad|hva|hvem|hvilke[nt]?|hvor\w*|which|what|who|how|where|when|why)\b"
)
_YES_NO: Final = 2


#: In a grid of so many points, some may have been answered with few of the codes, if most were not.
_MANY, _MOST = 5, 0.6


@dataclass
class Block:
    """The columns of one question.

    Parameters
    ----------
    kind : str
        One of the words above.
    question : str
        What they share.
    columns : list of Column
        In the order of the file.
    points : list of str
        What each is about; for joined choices the choices of the one column.
    reason : str
        Why it was taken to be so.
    scale : Scale or None
        What can be chosen.
    doubt : str
        What has two readings.
    """

    kind: str
    question: str
    columns: list[Column]
    points: list[str]
    reason: str
    scale: Scale | None = None
    doubt: str = ""
    code: str = field(default="")


def make_blocks(
    columns: Mapping[str, Column], words: Mapping[str, Wording], known: Known, separator: str | None
) -> list[Block]:
    """Put the columns together that belong to one question.

    Parameters
    ----------
    columns : mapping of str to Column
        The questions among the columns.
    words : mapping of str to Wording
        Their headings taken apart.
    known : Known
        What is known of them.
    separator : str
        What stands between choices that are joined in a cell; "" where they never are. None where the reading knows a
        tick by 1 and 0 alone.

    Returns
    -------
    list of Block
        In the order of the file. Every column is in one of them.
    """
    words = _turned(words)
    shared: dict[str, list[str]] = {}
    for name in columns:
        question = words[name].question if words[name].shared else ""
        shared.setdefault(question or f"\0{name}", []).append(name)
    blocks: list[Block] = []
    for names in shared.values():
        blocks += _together([columns[name] for name in names], words, known, separator)
    order = {name: place for place, name in enumerate(columns)}
    blocks.sort(key=lambda block: order[block.columns[0].heading])
    return list(_with_same_points(list(_with_shared_words(blocks)), known))


def _turned(words: Mapping[str, Wording]) -> dict[str, Wording]:
    """Take `k01_v`, `k01_n`, `k02_v` … as questions `v` and `n` with points `k01` …, and not the other way round."""
    ends: dict[str, set[str]] = {}
    for wording in words.values():
        if wording.shared and wording.question and wording.code.startswith(wording.question):
            ends.setdefault(wording.question, set()).add(wording.point)
    alike = Counter(frozenset(points) for points in ends.values() if 1 < len(points) <= 3)
    wanted = {
        points for points, n in alike.items() if n > 1 and n >= len(points) and not any(p.isdigit() for p in points)
    }
    return {
        name: wording._replace(question=wording.point, point=wording.question)
        if wording.code.startswith(wording.question) and frozenset(ends.get(wording.question, ())) in wanted
        else wording
        for name, wording in words.items()
    }


def _together(
    columns: list[Column], words: Mapping[str, Wording], known: Known, separator: str | None
) -> Iterator[Block]:
    points = [words[column.heading].point for column in columns]
    question = words[columns[0].heading].question
    elsewhere = any(OTHER.match(point) for point in points)
    listed = [known.is_tick(column.heading) for column in columns]
    if any(listed) or len(columns) > 1:
        own = [_is_own_words(c, point, known) for c, point in zip(columns, points, strict=True)]
        rest = [column for column, written in zip(columns, own, strict=True) if not written]
        left = [point for point, written in zip(points, own, strict=True) if not written]
        for part in ([*zip(rest, left, strict=True)], *_alike(rest, left)):
            some, theirs = [column for column, _ in part], [point for _, point in part]
            block = _several(some, theirs, question, known, separator, elsewhere) or _grid(
                some, theirs, question, known
            )
            if block and all(column in columns for column in some):
                block.code = words[some[0].heading].code
                yield block
                columns = [column for column in columns if column not in some]
    for column in columns:
        yield _alone(column, words[column.heading], known, separator)


def _alike(columns: list[Column], points: list[str]) -> list[list[tuple[Column, str]]]:
    """Part the columns of a question that is no single grid: the ticks, and those with the very same answers."""
    parts: dict[object, list[tuple[Column, str]]] = {}
    for column, point in zip(columns, points, strict=True):
        tick = are_ticks([column, column], [point, point]) if column.filled else False
        parts.setdefault("kryds" if tick else column.words, []).append((column, point))
    return [part for part in parts.values() if 1 < len(part) < len(columns)]


def _is_own_words(column: Column, point: str, known: Known) -> bool:
    """Whether a column beside choices holds what was written under "other"."""
    if known.is_tick(column.heading):
        return False
    if known.is_written(column.heading):
        return True
    is_other = bool(OTHER.search(point) or re.search(r"(?i)(other|andet|annet|text|tekst|comment|kommentar)$", point))
    few = not column.is_numeric and not are_ticks([column, column], [point, point])
    return is_other and few and not column.is_closed


def _several(
    columns: list[Column], points: list[str], question: str, known: Known, separator: str | None, elsewhere: bool
) -> Block | None:
    """Make a multiple choice of columns that hold ticks, each for one choice; `elsewhere` says that one is "other"."""
    if not columns or (separator is None and not all(column.words <= {"0", "1"} for column in columns)):
        return None
    if not all(known.is_tick(column.heading) for column in columns):
        if not are_ticks(columns, points) or not all(_is_box(known.choices_of(c.heading)) for c in columns):
            return None
        asks = elsewhere or bool(_SEVERAL_WORDS.search(question) or _ASKS_WHAT.search(question))
        if may_be_answers(columns) and not asks and not _all_or_none(columns):
            return None
    reason = f"flere valg: {len(columns)} afkrydsninger deler spørgsmålet »{_shown(question)}«"
    return Block(SEVERAL, question, columns, points, reason)


def _all_or_none(columns: list[Column]) -> bool:
    """Whether whoever filled one of some columns filled them all: boxes come together, questions one by one."""
    return len(columns) > _MANY and all((c.filled_rows == columns[0].filled_rows).all() for c in columns)


def _is_box(choices: list[tuple[str, str]]) -> bool:
    """Whether the labels of a column are those of a tick: 0 and 1, or 1 alone."""
    return {value for value, _ in choices} <= {"0", "1", "Y", "N"}


def _grid(columns: list[Column], points: list[str], question: str, known: Known) -> Block | None:
    """Make a grid of columns that were all answered on the same scale."""
    if len(columns) < 2:
        return None
    listed = {tuple(known.choices_of(column.heading)) for column in columns}
    if len(listed) > 1:
        return None
    if not (listed - {()}) and not _answered_alike(columns):
        return None
    scale = make_scale(columns, known)
    if scale is None:
        return None
    few = len(columns) == _YES_NO and scale.family == "ja_nej"
    if few and not (listed - {()}) and all(is_name(column.heading) for column in columns):
        return None  # two names that begin alike, each a question of its own
    reason = f"gitter: {len(columns)} punkter deler spørgsmålet »{_shown(question)}« og svarene"
    doubt = _YES_OR_TICK if scale.family == "ja_nej" and scale.size == _YES_NO else ""
    return Block(GRID, question, columns, points, reason, scale, doubt)


def _answered_alike(columns: list[Column]) -> bool:
    """Tell whether columns that share a question were answered with the same words, or the same codes."""
    each = [column.words for column in columns if column.filled]
    if not each:
        return False
    widest, narrowest = max(map(len, each)), min(map(len, each))
    together, common = frozenset().union(*each), frozenset.intersection(*each)
    if all(column.is_numeric for column in columns if column.filled):
        used = sum(2 * len(words) >= widest for words in each)
        most = used == len(each) or (len(each) >= _MANY and used >= _MOST * len(each))
        return most and len(together) <= widest + 2 and (bool(common) or len(each) >= _MANY)
    return len(together) <= max(widest + 2, 1.5 * widest) and (bool(common) or len(together) <= 2 * narrowest)


#: What may stand between choices in one cell of a table that anybody may have written.
_SIGNS: Final = (";#", ";", "|", "\n")
#: It also stands inside choices ("Kurser, aften"): it parts them only where each was also chosen alone.
_COMMA: Final = ", "
_COMMA_INSIDE: Final = "et komma kan også stå inde i et valg: er valgene hele?"
_COMMA_BETWEEN: Final = "flere valg med komma imellem? Så skriv flere som type og en række for hvert valg"


def _alone(column: Column, wording: Wording, known: Known, separator: str | None) -> Block:
    question, point = wording.question, wording.point
    code = wording.code
    if code and point and (code.endswith(point) or code.startswith(point)):  # a name that was cut in vain
        question, point = code, ""
    if known.is_tick(column.heading) and (separator is not None or column.words <= {"0", "1"}):
        return Block(SEVERAL, question, [column], [point or question], "flere valg: ét valg", code=code)
    if not column.filled and not known.choices_of(column.heading):
        return Block(WRITTEN, question, [column], [point], "kolonnen er tom", code=code)
    if known.is_written(column.heading):
        return Block(WRITTEN, question, [column], [point], f"åbent svar ifølge {known.source}", code=code)
    # Where the system has no sign of its own for it, one that no choice is written with.
    signs: Sequence[str] = [separator] if separator else [] if separator is None else _SIGNS
    by_comma = joined_choices(column, _COMMA) if separator == "" else []
    separator, choices = next(((sign, found) for sign in signs if (found := joined_choices(column, sign))), ("", []))
    inside = bool(by_comma) and not choices and set(by_comma) <= set(column.answers)
    separator, choices = (_COMMA, by_comma) if inside else (separator, choices)
    if choices:
        written = sum(count for text, count in column.answers.items() if not _only(text, choices, separator))
        doubt = f"{written} celler rummer andet end de valg, der står her" if written else ""
        doubt = "; ".join(filter(None, [doubt, _COMMA_INSIDE if inside else ""]))
        between = f"»{separator.strip()}«" if separator.strip() else "linjeskift"
        reason = f"flere valg: cellerne rummer {len(choices)} valg med {between} imellem"
        return Block(JOINED, question, [column], choices, reason, doubt=doubt, code=code)
    scale = make_scale([column], known)
    if scale and scale.rows:
        doubt = (
            f"{column.own_words} svar er ikke på listen: er det et åbent spørgsmål?" if _strays(column, scale) else ""
        )
        doubt = _COMMA_BETWEEN if by_comma else doubt
        return Block(SINGLE, question, [column], [point], "ét svar: de samme få svar går igen", scale, doubt, code=code)
    reason = "tal: mange forskellige, så de er læst som tekst" if column.is_numeric else _OPEN
    reason = "datoer eller klokkeslæt, læst som tekst" if column.is_dates else reason
    return Block(WRITTEN, question, [column], [point], reason, doubt=_COMMA_BETWEEN if by_comma else "", code=code)


def _only(cell: str, choices: Sequence[str], separator: str) -> bool:
    for choice in sorted(choices, key=len, reverse=True):
        cell = cell.replace(choice, "")
    return not cell.replace(separator.strip(), "").strip()


def _strays(column: Column, scale: Scale) -> bool:
    on_scale = {text for _, text, _ in scale.rows}
    return not column.is_numeric and column.own_words > 0 and any(text not in on_scale for text in column.answers)


def _with_shared_words(blocks: list[Block]) -> Iterator[Block]:
    """Join single questions that follow each other, begin with the same words and were answered on the same scale."""
    run: list[Block] = []
    for block in blocks:
        if run and _goes_on(run, block):
            run.append(block)
            continue
        yield from _joined(run)
        run = [block]
    yield from _joined(run)


def _goes_on(run: list[Block], block: Block) -> bool:
    first = run[0]
    if block.kind != SINGLE or first.kind != SINGLE or block.scale is None or first.scale is None:
        return False
    same = first.scale.is_rating and block.scale.rows == first.scale.rows
    return same and bool(common_words([first.question, block.question]))


def _joined(run: list[Block]) -> list[Block]:
    stem = common_words([block.question for block in run]) if len(run) > 2 else ""
    if not stem:
        return run
    points = [block.question[len(stem) :].strip() for block in run]
    columns = [block.columns[0] for block in run]
    reason = f"gitter: {len(run)} spørgsmål begynder med »{_shown(stem)}« og deler svarene"
    return [Block(GRID, stem, columns, points, reason, run[0].scale, code=run[0].code)]


def _with_same_points(blocks: list[Block], known: Known) -> Iterator[Block]:
    """Join the single questions of two grids whose headings are their points alone, as Forms writes them.

    The second time, a heading has a number: "Søge fonde", "Søge fonde2". What the grids asked stands nowhere.
    """
    runs: list[list[Block]] = []
    for block in blocks:
        single = block.kind == SINGLE and block.scale is not None and block.scale.is_rating
        last = runs[-1][-1].scale if runs else None
        if single and last and block.scale and runs[-1][-1].kind == SINGLE and last.family == block.scale.family:
            runs[-1].append(block)
        else:
            runs.append([block])
    again = Counter(tuple(_unnumbered(run)) for run in runs if len(run) > 1)
    for run in runs:
        points = _unnumbered(run)
        scale = make_scale([block.columns[0] for block in run], known) if again[tuple(points)] > 1 else None
        if scale:
            reason = f"gitter: {len(run)} punkter går igen længere nede; skriv spørgsmålet, det står ikke i filen"
            yield Block(GRID, "", [block.columns[0] for block in run], points, reason, scale)
        else:
            yield from run


def _unnumbered(run: list[Block]) -> list[str]:
    """Give the points of a run without the number that tells the second of two equal headings apart."""
    numbers = [re.fullmatch(r"(.*?\D)\s?([2-9])", block.question) for block in run]
    same = {match[2] for match in numbers if match}
    if len(same) == 1 and all(numbers):
        return [match[1] for match in numbers if match]
    return [block.question for block in run]


def _shown(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
