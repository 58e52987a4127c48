"""Which files `aktiviteter/` may have, and what stands in their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from blupkit.activities.answering.scales import HOW, answer
from blupkit.activities.cells import CLOCK, COUNT, DAY, DECIMAL, TEXT, WHOLE, Column, Kind, several, word
from blupkit.core.study import ALL, STUDY_FILE, Study

#: What stands for all parties in an agreement.
TOGETHER: Final = "fælles"
HELD, CANCELLED = "afholdt", "aflyst"
MEETING_STATES: Final = ("planlagt", HELD, CANCELLED)
PLAN_STATES: Final = ("planlagt", "i gang", "afsluttet", CANCELLED)
FULFILLED, UNSURE, GIVEN_UP = "opfyldt", "ukendt", "opgivet"
AGREEMENT_STATES: Final = ("aftalt", "i gang", FULFILLED, "delvist", GIVEN_UP, UNSURE)
#: What only the facilitator reads.
CAREFUL: Final = "opmaerksomhed"
SHARED, INTERNAL = "deling", "intern"
#: What a line of the interview guide is: said, asked, asked further, or kept in mind by whoever asks.
SAY, ASK, PROBE, REMEMBER = "sig", "spoergsmaal", "opfoelgning", "husk"
TALK_FILES: Final = ("fokusgrupper", "samtaleguide")
GUIDE_KINDS: Final = (SAY, ASK, PROBE, REMEMBER)
BRIEF_PARTS: Final = ("formaal", "praktisk", "spoergsmaal", CAREFUL, "haardknude")
#: File → what is asked in it, as `skemaer.csv` names it.
FORMS: Final = {"evaluering_workshop": "workshop", "opfoelgning": "opfoelgning", "evaluering_laering": "laering"}
#: What is said of a competence before and now, on one form.
BEFORE, NOW = "_foer", "_nu"
#: Column → the file whose `id` it names.
REFERENCES: Final = {
    "workshop": "workshops",
    "aktivitet": "katalog",
    "afholdelse": "afholdelser",
    "efter": "plan",
}


def shapes(study: Study) -> dict[str, list[Column]]:
    """Give the columns of every file but those with answers, which hold what `skemaer.csv` asks.

    Parameters
    ----------
    study : Study
        Its groups, municipalities, roles and parties are the words that cells may hold.

    Returns
    -------
    dict of str to list of Column
        By the file's name, without its ending.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> list(shapes(example_study()))[:3]
    ['workshops', 'brief', 'drejebog']
    """
    words = _Words.of(study)
    fieldwork = _fieldwork_files(words)
    return {**_workshop_files(study, words), **_learning_files(study, words), **_year_files(words), **fieldwork}


def answers_shape(study: Study, file: str, asked: Iterable[Mapping[str, Any]], heads: Iterable[str]) -> list[Column]:
    """Give the columns of a file with answers: the questions of its form, and competences before and now.

    Parameters
    ----------
    study : Study
        The study.
    file : str
        One of `FORMS`.
    asked : iterable of mapping
        The rows of `skemaer.csv`.
    heads : iterable of str
        The columns that the file has.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> asked = [{"skema": "laering", "spoergsmaal": "u1", "tekst": "var relevant?", "svar": "1-5"}]
    >>> [c.name for c in answers_shape(example_study(), "evaluering_laering", asked, ["u1", "k1_foer", "k1_nu", "x"])]
    ['afholdelse', 'gruppe', 'u1', 'k1_foer', 'k1_nu']
    """
    _, of_what, _ = meetings_of(file)
    names = (BEFORE, NOW)  # how a competence is asked about says which column of an export it is
    questions = [row for row in asked if row["skema"] == FORMS[file] and not str(row["spoergsmaal"]).endswith(names)]
    rated = [head for head in heads if head.endswith(names)] if file == "evaluering_laering" else []
    return [
        Column(of_what, "dens id", TEXT),
        Column("gruppe", "gruppens nøgle", _Words.of(study).group),
        *(Column(row["spoergsmaal"], row["tekst"], answer(row["svar"]), needed=False) for row in questions),
        *(Column(head, "kompetencen", answer("1-5"), needed=False) for head in rated),
    ]


def meetings_of(file: str) -> tuple[str, str, str]:
    """Say where the meetings of a form stand, by which column it names them, and by which of theirs they have a place.

    Examples
    --------
    >>> meetings_of("evaluering_laering")
    ('afholdelser', 'afholdelse', 'aktivitet')
    """
    learning = file == "evaluering_laering"
    return ("afholdelser", "afholdelse", "aktivitet") if learning else ("workshops", "workshop", "kommune")


def sending_shape(study: Study) -> list[Column]:
    """Give the columns of `udsendelse.csv`, which says whom the questionnaire goes to, and lies with the survey.

    Parameters
    ----------
    study : Study
        One with a single municipality, or a single group, need not name it in each row.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> [column.name for column in sending_shape(example_study()) if column.needed]
    ['kommune', 'gruppe']
    """
    words = _Words.of(study)
    return [
        Column("kommune", "kommunen", words.municipality, needed=len(study.places) > 1),
        Column("gruppe", "gruppens nøgle", words.group, needed=len(study.group_keys) > 1),
        Column("antal_inviteret", "hvor mange", COUNT, needed=False),
        Column("dato", "dagen, det sendes", DAY, needed=False),
        Column("paamindelse", "dagen, der mindes om det", DAY, needed=False),
        Column("frist", "den sidste dag for svar", DAY, needed=False),
        *_sender(),
        Column("kanal", "hvordan det sendes", TEXT, needed=False),
        Column("minutter", "hvor længe det tager at svare", WHOLE, needed=False),
    ]


def _workshop_files(study: Study, words: _Words) -> dict[str, list[Column]]:
    return {
        "workshops": _workshops(study, words),
        "brief": [
            Column("workshop", "workshoppens id", TEXT),
            Column("afsnit", "afsnittet", word(BRIEF_PARTS)),
            Column("nr", "rækkefølgen", WHOLE),
            Column("tekst", "det, der skal stå", TEXT),
            Column("version", "hvem der må læse det", word([SHARED, INTERNAL])),
        ],
        "drejebog": [
            Column("workshop", "workshoppens id eller »alle«", TEXT),
            Column("kl", "klokkeslættet", CLOCK),
            Column("minutter", "hvor længe", WHOLE),
            Column("punkt", "hvad der sker", TEXT),
            Column("form", "hvordan", TEXT, needed=False),
            Column("rolle", "hvem der står for det", words.role),
            Column("version", "hvem der må læse det", word([SHARED, INTERNAL])),
        ],
        "aftaler": [
            Column("id", "aftalens id", TEXT),
            Column("workshop", "workshoppens id", TEXT),
            Column("aftale", "hvad der er aftalt", TEXT),
            Column("ansvarlig_part", "parten, der har ansvaret", words.party),
            Column("medvirkende", "de parter, der hjælper", several(words.party), needed=False),
            Column("frist", "fristen", DAY),
            Column("status", "hvor langt den er", word(AGREEMENT_STATES)),
            Column("status_dato", "hvornår det er oplyst", DAY, needed=False),
            Column("deling", "hvem der må læse den", word(["nej", "kommune", ALL])),
        ],
    }


def _learning_files(study: Study, words: _Words) -> dict[str, list[Column]]:
    return {
        "katalog": [
            Column("id", "aktivitetens id", TEXT),
            Column("titel", "hvad den hedder", TEXT),
            Column("format", "hvad det er", TEXT),
            Column("maalgruppe", "de grupper, den er for", several(words.group)),
            Column("timer", "hvor længe", DECIMAL),
            Column("kompetencer", "de kompetencer, den styrker", several(TEXT)),
            Column("form_kode", "svaret i spørgeskemaet, formen svarer til", TEXT, needed=False),
            Column("tidspunkt", "hvornår på dagen", TEXT, needed=False),
            Column("plads_til", "hvor mange", WHOLE, needed=False),
            Column("tilmelding", "hvordan man kommer med", TEXT, needed=False),
        ],
        "afholdelser": [
            Column("id", "gangens id", TEXT),
            Column("aktivitet", "aktivitetens id", TEXT),
            *_meeting(),
            Column("kommuner", "kommunerne eller »alle«", several(words.place)),
            *_counts(study, "tilmeldt", "deltog"),
            Column("status", "om den er holdt", word(MEETING_STATES)),
        ],
        "valg": [
            Column("kommune", "kommunen eller »alle«", words.place),
            Column("gruppe", "gruppens nøgle", words.group),
            Column("aktivitet", "aktivitetens id", TEXT),
            Column("valg", "om den er med", word(["med", "ikke med"])),
            Column("begrundelse", "hvorfor", TEXT),
        ],
        "interesse": [Column("aktivitet", "aktivitetens id", TEXT), *_counts(study, "interesse")],
        "skemaer": [
            Column("skema", "hvilket skema", word(list(FORMS.values()))),
            Column("spoergsmaal", "spørgsmålets navn: kolonnen i filen med svar", TEXT),
            Column("tekst", "ordlyden", TEXT),
            Column("kort", "det korte navn på sider", TEXT, needed=False),
            Column("svar", "svarene: 1-5, 0-10, tekst, eller ord med komma imellem", HOW),
        ],
    }


def _year_files(words: _Words) -> dict[str, list[Column]]:
    return {
        "konference": [
            Column("nr", "rækkefølgen", WHOLE),
            Column("art", "hvad der vises", word(["titel", "tekst", "figur", "tabel", "citat"])),
            Column("overskrift", "overskriften", TEXT),
            Column("kilde", "hvor tallene kommer fra", TEXT),
            Column("tekst", "det, der står under overskriften; en lodret streg skiller punkter", TEXT, needed=False),
            Column("talernote", "hvad der siges", TEXT, needed=False),
        ],
        "plan": _plan(words),
        "lukkedage": [
            Column("fra", "den første dag", DAY),
            Column("til", "den sidste dag", DAY, needed=False),
            Column("anledning", "hvorfor", TEXT),
            Column("kommuner", "kommunerne eller »alle«", several(words.place)),
            Column("grupper", "de grupper, det gælder", several(words.group), needed=False),
        ],
    }


def _fieldwork_files(words: _Words) -> dict[str, list[Column]]:
    return {
        "fokusgrupper": [
            Column("id", "gruppens id", TEXT),
            Column("titel", "hvad den hedder", TEXT),
            Column("kommuner", "kommunerne eller »alle«", several(words.place)),
            *_meeting(),
            Column("sted", "hvor", TEXT),
            Column("frist", "den sidste dag at melde sig", DAY, needed=False),
            *_sender(),
        ],
        "samtaleguide": [
            Column("nr", "delens nummer", WHOLE),
            Column("del", "hvad delen hedder", TEXT),
            Column("minutter", "hvor længe delen varer", WHOLE, needed=False),
            Column("art", "hvad linjen er", word(GUIDE_KINDS)),
            Column("tekst", "det, der skal siges eller huskes", TEXT),
        ],
    }


def _sender() -> list[Column]:
    return [
        Column("afsender", "hvem der står under brevet", TEXT, needed=False),
        Column("kontakt", "hvem de kan spørge", TEXT, needed=False),
        Column("link", "hvor de svarer eller mødes", TEXT, needed=False),
    ]


def _workshops(study: Study, words: _Words) -> list[Column]:
    return [
        Column("id", "workshoppens id", TEXT),
        Column("kommune", "kommunen", words.municipality),
        *_meeting(),
        Column("sted", "hvor", TEXT, needed=False),
        Column("moedetype", "hvad invitationen lover", word(["information", "dialog", "samskabelse"])),
        *_counts(study, "inviteret", "deltog"),
        Column("status", "om den er holdt", word(MEETING_STATES)),
    ]


def _plan(words: _Words) -> list[Column]:
    return [
        Column("id", "linjens id", TEXT),
        Column("aktivitet", "hvad der skal ske", TEXT),
        Column("fase", "fasen", TEXT),
        Column("start", "den første dag", DAY, needed=False),
        Column("slut", "den sidste dag", DAY, needed=False),
        Column("ansvarlig", "rollen, der har ansvaret", words.role),
        Column("medvirker", "de roller, der hjælper", several(words.role), needed=False),
        Column("kommune", "kommunen eller »alle«", words.place),
        Column("status", "hvor langt det er", word(PLAN_STATES)),
        Column("efter", "de linjer, der skal være færdige først", several(TEXT), needed=False),
        Column("leverance", "hvad der kommer ud af det", TEXT, needed=False),
        Column("afholdes", "workshoppens eller gangens id, når datoen står dér", TEXT, needed=False),
    ]


def _meeting() -> list[Column]:
    return [
        Column("dato", "dagen", DAY),
        Column("start", "hvornår den begynder", CLOCK),
        Column("slut", "hvornår den slutter", CLOCK),
    ]


def _counts(study: Study, *of_what: str) -> list[Column]:
    return [
        Column(f"{what}_{group}", f"hvor mange af gruppe {group}: {what}", COUNT, needed=False)
        for what in of_what
        for group in study.group_keys
    ]


class _Words(NamedTuple):
    """What the study's own words mean in a cell."""

    group: Kind
    place: Kind
    municipality: Kind
    role: Kind
    party: Kind

    @classmethod
    def of(cls, study: Study) -> _Words:
        roles = word([role.key for role in study.roles])
        return cls(
            word([*study.group_keys]),
            _place(study, ALL),
            _place(study),
            roles if study.roles else roles._replace(expected=f"en [[rolle]] i {STUDY_FILE}"),
            word([*parties_of(study), TOGETHER]),
        )


def _place(study: Study, *also: str) -> Kind:
    def read(cell: str) -> str:
        found = cell.casefold() if cell.casefold() in also else study.match_municipality(cell)
        if found is None:
            raise ValueError(cell)
        return found

    def action(cell: str) -> str:
        meant = study.suggest_municipality(cell)
        return f"Mente du »{meant}«?" if meant else "Vælg en af dem."

    names = [municipality.name for municipality in study.municipalities]
    return word([*names, *also])._replace(read=read, action=action)


def parties_of(study: Study) -> dict[str, str]:
    """Give what the parties of an agreement are called, and which group each is.

    Parameters
    ----------
    study : Study
        What it calls them under `parter`; without that, what the groups are called when others speak of them.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> parties_of(example_study())
    {'lokalrådene': 'L', 'forvaltningen': 'A'}
    """
    said = study.activities.parties if study.activities else {}
    return dict(said) or {group.counterpart or group.name: group.key for group in study.groups}
