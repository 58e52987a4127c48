"""What is said of the plan, in Danish: where it stands, what comes next, what is late, and who does what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from blupkit.activities.plan import DONE, LATE, PLANNED, STARTED, Line, Plan, when
from blupkit.core.danish import count, count_of, first_upper, listing, long_date, many

#: A phase of more lines than this is named instead of them.
_MANY: Final = 2
NO_PLAN: Final = "Der er endnu ingen linjer i planen."


def plan_facts(plan: Plan) -> list[tuple[str, str]]:
    """Give what stands at the top of the page.

    Parameters
    ----------
    plan : Plan
        What `read_plan` returned.

    Examples
    --------
    >>> from blupkit.activities.plan import read_plan
    >>> from blupkit.core import example_study
    >>> plan_facts(read_plan(example_study(), "2022-06-01"))
    [('Opgjort', '1. juni 2022'), ('I planen', '0 aktiviteter')]
    """
    return [
        ("Opgjort", long_date(plan.today).removeprefix("den ")),
        ("I planen", many(len(plan.counted), "aktivitet", "aktiviteter")),
    ]


def text_plan(plan: Plan) -> str:
    """Say where the plan stands: what is done, what goes on, and what is late.

    Parameters
    ----------
    plan : Plan
        What `read_plan` returned.

    Examples
    --------
    >>> from blupkit.activities.plan import read_plan
    >>> from blupkit.core import example_study
    >>> text_plan(read_plan(example_study()))
    'Der er endnu ingen linjer i planen.'
    """
    if not plan.lines:
        return NO_PLAN
    done, late = plan.standing(DONE), plan.standing(LATE)
    begun, planned = plan.standing(STARTED), plan.standing(PLANNED)
    rest = [f"{_few(len(some))} er {what}" for some, what in ((begun, "i gang"), (planned, "ikke begyndt")) if some]
    rest += [f"{_few(len(late))} er {LATE if len(late) == 1 else 'forsinkede'}"] if late else []
    of_all = f"{first_upper(long_date(plan.today))} er {count_of(len(done), len(plan.counted))} aktiviteter afsluttet"
    *first, last = rest or [""]
    others = f"{', '.join(first)}, og {last}" if first else last  # whole clauses: a comma before the last, too
    said = [f"{of_all}{'; ' if rest else ''}{others}."]
    given_up = len(plan.lines) - len(plan.counted)
    if given_up:
        what = "aktivitet" if given_up == 1 else "aktiviteter"
        said.append(f"{first_upper(_few(given_up))} {what} er aflyst og ikke talt med.")
    if plan.due:
        names = listing(f"»{line.title}«" for line in plan.due)
        said.append(f"Inden for to uger skal {names} være færdig{'e' if len(plan.due) > 1 else ''}.")
    return " ".join(said)


def _few(lines: int) -> str:
    """Count lines in words: "én" where "en" could be read as an article."""
    return "én" if lines == 1 else count(lines)


def finding_plan(plan: Plan) -> str:
    """Say in one sentence what the drawing of the plan shows: how far it reaches, and what is late.

    Parameters
    ----------
    plan : Plan
        What `read_plan` returned.

    Examples
    --------
    >>> from blupkit.activities.plan import read_plan
    >>> from blupkit.core import example_study
    >>> finding_plan(read_plan(example_study()))
    'Der er endnu ingen linjer i planen.'
    """
    if not plan.counted:
        return NO_PLAN
    end = f"Planen slutter {long_date(max(line.end for line in plan.counted))}"
    late = [f"»{line.title}«" for line in plan.standing(LATE)]
    return f"{end}; {listing(late)} er {LATE if len(late) == 1 else 'forsinkede'}" if late else end


def plan_source(plan: Plan) -> str:
    """Give what stands after "Kilde:".

    Parameters
    ----------
    plan : Plan
        What `read_plan` returned.

    Examples
    --------
    >>> from blupkit.activities.plan import read_plan
    >>> from blupkit.core import example_study
    >>> plan_source(read_plan(example_study(), "2022-06-01"))
    'Projektplanen for Eksemplet, gjort op den 1. juni 2022. (Syntetiske demodata)'
    """
    return plan.study.source(f"Projektplanen for {plan.study.name}, gjort op {long_date(plan.today)}.")


def list_next(plan: Plan) -> str:
    """List what goes on in the next four weeks, with who sees to it.

    Parameters
    ----------
    plan : Plan
        What `read_plan` returned.

    Returns
    -------
    str
        Markdown.
    """
    if not plan.next:
        return "Der er ingen åbne aktiviteter i de næste fire uger."
    return "\n".join(
        f"* **{when(line.start, line.end)}:** {line.title} ({line.role}){f', {LATE}' if line.standing == LATE else ''}"
        for line in plan.next
    )


def list_late(plan: Plan) -> str:
    """List what is late, and what stands in the way of what is to come.

    Parameters
    ----------
    plan : Plan
        What `read_plan` returned.

    Returns
    -------
    str
        Markdown.
    """
    late = [f"* **»{line.title}«** {_late(line, plan.today)} ({line.role})." for line in plan.standing(LATE)]
    ahead = [f"* **»{line.title}«** {remark} ({line.role})." for line in plan.lines for remark in line.remarks]
    return "\n".join([*late, *ahead]) or "Ingen aktiviteter er forsinkede, og ingen støder sammen."


def _late(line: Line, today: date) -> str:
    late = line.end < today
    day = long_date(line.end if late else line.start)
    return f"skulle være {'færdig' if late else 'begyndt'} {day}"


def list_roles(plan: Plan) -> str:
    """List each role with what it sees to and what it helps with.

    Parameters
    ----------
    plan : Plan
        What `read_plan` returned.

    Returns
    -------
    str
        Markdown, the roles in the order of the study's file.
    """
    told = []
    for role in plan.study.roles:
        own = _titles([line for line in plan.counted if line.role == role.name], plan)
        helped = _titles([line for line in plan.counted if role.name in line.helpers], plan)
        parts = [f"ansvarlig for {own}" if own else "", f"medvirker i {helped}" if helped else ""]
        told.append(f"* **{first_upper(role.name)}:** {'; '.join(filter(None, parts)) or 'intet endnu'}.")
    return "\n".join(told) or NO_PLAN


def _titles(lines: Sequence[Line], plan: Plan) -> str:
    """Name lines; where they are all of a phase that has several, the phase."""
    told = []
    for line in lines:
        whole = [one for one in plan.counted if one.phase == line.phase]
        all_of_it = len(whole) > _MANY and all(one in lines for one in whole)
        name = f"alle {count(len(whole))} aktiviteter i fasen {line.phase}" if all_of_it else f"»{line.title}«"
        told.append(name)
    return listing(dict.fromkeys(told))
