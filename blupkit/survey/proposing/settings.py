"""The settings of a study made from an export, as `study.toml`: what was found, and what only a person can say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from blupkit.core.sections import SurveyFiles
from blupkit.survey.proposing.guessing.people import bare_place
from blupkit.survey.proposing.guessing.proposal import DOUBT, Proposal

_HEAD: Final = """\
# Lavet af »blupkit new --from« af filen {data}.
# Ret værdierne mellem anførselstegn; linjer, der begynder med #, er forklaringer.
# Det, der er gættet, står under gaet nederst og i kolonnen »gæt« i spoergeskema.xlsx og skalaer.xlsx.
# »blupkit check« nævner hvert gæt, til du har sagt ja til det.

navn = {title}
udgiver = "Hvem der står bag"
formaal = "at finde ud af …"                # fortsætter sætningen »Formålet er …«
periode = {period}
data_dato = {data_date}                      # hvornår filen med svar er hentet: år-måned-dag
kontakt = "navn og mail, som læserne kan skrive til"
metode = "Spørgeskemaet er sendt ud af … Deltagerne er ikke tilfældigt udvalgt, og resultaterne kan derfor ikke \
uden videre generaliseres."
syntetisk = false                           # true for opdigtede data: så står det på alle sider
# slettedato = 2028-12-31                   # hvornår de rå svar skal være slettet

[taerskler]
min_n = 5                                   # tal for færre besvarelser vises ikke (mindst 3)
varsomhed_n = 10                            # tal for færre besvarelser vises med en advarsel
ved_ikke_andel = 0.15

"""
_SURVEY: Final = """[spoergeskema]
format = {system}
data = {data}
{beside}spoergeskema = "spoergeskema/spoergeskema.xlsx"
skalaer = "spoergeskema/skalaer.xlsx"
dimensioner = "spoergeskema/dimensioner.csv"   # tom: skriv områderne, hvis punkterne skal samles i nogle
udsendelse = "udsendelse.xlsx"
{who}# Hver linje er et gæt. Passer det, så slet linjen.
gaet = [
{guesses}]
"""


def study_toml(proposal: Proposal, files: SurveyFiles, title: str, period: str, data_date: date) -> str:
    """Write `study.toml`: everything that `blupkit check` asks for, and what was guessed.

    Parameters
    ----------
    proposal : Proposal
        What was proposed.
    files : SurveyFiles
        How the export was read.
    title, period : str
        The study's name, and when the answers were given; "" where nothing says it.
    data_date : datetime.date
        When the export was fetched.

    Returns
    -------
    str
        TOML.
    """
    head = _HEAD.format(
        data=files.data, title=quoted(title), period=quoted(period or "hvornår svarene er givet"), data_date=data_date
    )
    guesses = setting_guesses(proposal)
    if period:
        guesses.insert(0, f"periode: de første og sidste datoer i filen er {period}")
    sheets = ", ".join(f"{quoted(name)} = {quoted(end)}" for name, end in files.sheets.items())
    beside = {"etiketter": files.labels, "struktur": files.structure}
    who = {
        "besvarelse_id": proposal.respondent,
        "kommune": proposal.places.heading,
        "gruppe": proposal.groups.heading,
    }
    survey = _SURVEY.format(
        system=quoted(files.format),
        data=quoted(files.data),
        beside=_lines(beside) + (f"ark = {{ {sheets} }}\n" if sheets else ""),
        who=_lines(who),
        guesses="".join(f"    {quoted(guess)},\n" for guess in guesses),
    )
    return "\n".join(filter(None, [head, groups_toml(proposal), places_toml(proposal), survey]))


def _lines(settings: Mapping[str, str | None]) -> str:
    return "".join(f"{key} = {quoted(value)}\n" for key, value in settings.items() if value)


def groups_toml(proposal: Proposal) -> str:
    """Write the groups as sections of `study.toml`.

    Parameters
    ----------
    proposal : Proposal
        What was proposed.

    Returns
    -------
    str
        One section a group, with how many answered.
    """
    return "\n".join(_group(name, proposal) for name in proposal.groups.names)


def _group(name: str, proposal: Proposal) -> str:
    codes = list(dict.fromkeys([name, *proposal.groups.spellings.get(name, [])]))
    return (
        f"[[gruppe]]                                  # {proposal.groups.names[name]} har svaret\n"
        f"noegle = {quoted(proposal.keys[name])}\n"
        f"navn = {quoted(name)}          # ret til flertal, som det skal stå i teksten\n"
        f"ental = {quoted(name)}\n"
        f"koder = {quoted(codes)}\n"
        f"omtales_som = {quoted(name)}\n"
    )


def places_toml(proposal: Proposal) -> str:
    """Write the municipalities as sections of `study.toml`; the code is that of the file, or a running number.

    Parameters
    ----------
    proposal : Proposal
        What was proposed.

    Returns
    -------
    str
        One section a municipality, with how many answered.
    """
    return "\n".join(_places(proposal))


def _places(proposal: Proposal) -> Iterator[str]:
    shorts: set[str] = set()
    numbers: set[int] = set()
    for name, count in proposal.places.names.items():
        spellings = proposal.places.spellings.get(name, [])
        own = next((int(text) for text in [name, *spellings] if re.fullmatch(r"\d{1,4}", text)), 0)
        name = f"Kommune {name}" if name == str(own) else name
        number = own if own and own not in numbers else next(n for n in range(1, 9999) if n not in numbers)
        short = re.sub(r"\s+kommunes?$", "", name, flags=re.IGNORECASE).strip() or name
        short = f"{short} {number}" if bare_place(short) in shorts else short
        shorts.add(bare_place(short))
        numbers.add(number)
        more = [text for text in spellings if text != str(number)]
        yield (
            f"[[kommune]]                                 # {count} har svaret\n"
            f"kode = {number}{'' if own else '   # løbenummer: ret til kommunens kode'}\n"
            f"navn = {quoted(name)}\n"
            f"kort_navn = {quoted(short)}\n" + (f"stavemaader = {quoted(more)}\n" if more else "")
        )


def quoted(value: object) -> str:
    r"""Write a text, or a list of texts, as TOML does.

    Examples
    --------
    >>> quoted('Et "navn"'), quoted(["a", "b"])
    ('"Et \\"navn\\""', '["a", "b"]')
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def setting_guesses(proposal: Proposal) -> list[str]:
    """Say what was guessed of the settings: where municipality, group and id stand, and who was asked.

    Parameters
    ----------
    proposal : Proposal
        What was proposed.

    Returns
    -------
    list of str
        One a block, and one for each thing with two readings.
    """
    places, groups = proposal.places, proposal.groups
    told = []
    if places.heading:
        told.append(f"kommuner: {len(places.names)} fundet i kolonnen »{places.heading}«; se [[kommune]]")
    if groups.heading:
        told.append(f"grupper: {len(groups.names)} fundet i kolonnen »{groups.heading}«; se [[gruppe]]")
        some = [row for row in proposal.rows if len(row.groups) < len(proposal.keys)]
        if some:
            told.append(
                f"hvem der er spurgt: {len(some)} rækker er ikke stillet til alle, for i gruppen har ingen svaret"
            )
    if proposal.respondent:
        told.append(f"besvarelsens id: alle celler i »{proposal.respondent}« er forskellige")
    return [*told, *(f"{DOUBT}{doubt}" for doubt in [*places.doubts, *groups.doubts])]
