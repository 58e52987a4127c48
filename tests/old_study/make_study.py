"""How the study in this folder was made: run with the code of commit 7af670d, and only with that; see README.md.

    python make_study.py FOLDER [LATE]

writes the study to FOLDER without its last LATE answers and, the first time, has a coder code the interview in that
version's own session. Everything in it is made up.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

SEED = 20261129
TOWNS = {"Birkevang": 901, "Havrevig": 902}
#: municipality, group, how many answered
ASKED = [("901", "L", 18), ("901", "P", 6), ("901", "A", 8), ("902", "L", 16), ("902", "P", 5), ("902", "A", 7)]
WRITTEN = [
    "Der skal være en fast kontaktperson hos kommunen",
    "Svar på mails, også når svaret er nej",
    "At vi bliver spurgt, før planen er færdig",
    "Flere frivillige, så det ikke er de samme hver gang",
    "Klare aftaler om, hvem der gør hvad",
    "Mere tid",
]

STUDY = """# En opdigtet undersøgelse, lavet med koden fra commit 7af670d.
# Ret den ikke: Den viser, at gamle mapper kan åbnes.
navn = "Prøven fra 7af670d"
udgiver = "Opdigtet udgiver"
formaal = "at se, at en gammel mappe stadig kan åbnes"
periode = "januar-marts 2026"
data_dato = 2026-04-01
kontakt = "proeve@example.dk"
metode = "Deltagerne er ikke tilfældigt udvalgt."
syntetisk = true

[taerskler]
min_n = 5
varsomhed_n = 10
ved_ikke_andel = 0.15

[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"
koder = ["L", "1"]
omtales_som = "lokalrådene"

[[gruppe]]
noegle = "P"
navn = "byrådspolitikere"
ental = "Byrådspolitiker"
koder = ["P", "2"]
omtales_som = "politikerne"
vises_lokalt = false

[[gruppe]]
noegle = "A"
navn = "kommunalt ansatte"
ental = "Kommunalt ansat"
koder = ["A", "3"]
omtales_som = "forvaltningen"

[[kommune]]
kode = 901
navn = "Birkevang Kommune"
kort_navn = "Birkevang"
lokalt_organ = "landsbyråd"
gruppenavne = { L = "medlemmer af landsbyråd" }
pladser = 21
kilde = "opdigtet"
verificeret = true

[[kommune]]
kode = 902
navn = "Havrevig Kommune"
kort_navn = "Havrevig"
politisk_organ = "kommunalbestyrelse"
politisk_organ_bestemt = "kommunalbestyrelsen"
pladser = 19
stavemaader = ["Havervig"]

[spoergeskema]
format = "tabel"
data = "spoergeskema/svar.csv"
spoergeskema = "spoergeskema/spoergeskema.csv"
skalaer = "spoergeskema/skalaer.csv"
dimensioner = "spoergeskema/dimensioner.csv"
udsendelse = "udsendelse.csv"
besvarelse_id = "id"
kommune = "kommune"
gruppe = "gruppe"

[interview]
periode = "april 2026"
kodebog = "interview/kodebog.csv"
deltagere = "interview/deltagere.csv"
afgoerelser = "interview/afgoerelser.csv"
kodninger = { A = "interview/kodninger_A.jsonl" }
hovedkoder = "A"
kodninger_aabne = "spoergeskema/kodninger_aabne.tsv"
citater = "interview/citater.csv"
roller = { "lokalråd" = "L", "ansat" = "A" }

[[interview.udskrift]]
id = "fg1"
fil = "interview/fg1.txt"
titel = "Gruppe 1"
talere = { L1 = "Tora Bækmark", A1 = "Ejnar Sivholm", M = "Moderator" }
"""

QUESTIONS = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
k1;k1_v;vigtighed;Hvor vigtig er kompetencen?;afstemme forventninger;Afstemme forventninger;L P A;vigtighed;D1;
k1;k1_n;niveau;Hvordan vurderer du dit eget niveau?;afstemme forventninger;Afstemme forventninger;L P A;niveau;D1;
k2;k2_v;vigtighed;Hvor vigtig er kompetencen?;lede møder;Lede møder;L P A;vigtighed;D1;
k2;k2_n;niveau;Hvordan vurderer du dit eget niveau?;lede møder;Lede møder;L P A;niveau;D1;
k3;k3_v;vigtighed;Hvor vigtig er kompetencen?;søge fondsmidler;Søge fondsmidler;L;vigtighed;D2;
k3;k3_n;niveau;Hvordan vurderer du dit eget niveau?;søge fondsmidler;Søge fondsmidler;L;niveau;D2;
s1;s1_for;udsagn;Hvor enig er du om samarbejdet med forvaltningen?;Vi har tillid til hinanden;Tillid;L P;enighed;;A
form;form_1;flere;Hvilke læringsformer vil du deltage i?;Studietur;Studietur;L P A;;;
form;form_2;flere;Hvilke læringsformer vil du deltage i?;Webinar;Webinar;L P A;;;
form;form_3;flere;Hvilke læringsformer vil du deltage i?;Ingen af disse;Ingen af disse;L P A;;;
tid;tid;enkelt;Hvor meget tid kan du bruge på læring?;;Tid til læring;L P A;tid;;
aab1;aab1;aaben;Hvad er det vigtigste, der skal til?;;Det vigtigste, der skal til;L P A;;;
"""
SCALES = "skala;kode;tekst;betydning\n" + "".join(
    f"{scale};{code};{text};{'ved_ikke' if code == 8 else 'svar'}\n"
    for scale, texts in {
        "vigtighed": ["Slet ikke vigtig", "Mindre vigtig", "Nogenlunde vigtig", "Vigtig", "Meget vigtig", "Ved ikke"],
        "niveau": ["Meget lavt", "Lavt", "Middel", "Højt", "Meget højt", "Ved ikke"],
        "enighed": ["Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig", "Ved ikke"],
        "tid": ["Ingen", "Op til 8 timer", "Mere end 8 timer"],
    }.items()
    for code, text in zip([1, 2, 3, 4, 5, 8], texts, strict=False)
)
DIMENSIONS = "dimension;navn;kort\nD1;Møder og forventninger;Møder\nD2;Projekter og midler;Projekter\n"
INVITED = """kommune;gruppe;antal_inviteret;kanal;dato;paamindelse
Birkevang Kommune;L;40;mail;12.1.2026;26.1.2026
Birkevang Kommune;P;21;mail;12.1.2026;
Birkevang Kommune;A;ukendt;åbent link;12.1.2026;
Havrevig Kommune;L;36;mail;13.1.2026;26.1.2026
Havrevig Kommune;P;19;mail;13.1.2026;
Havrevig Kommune;A;15;mail;13.1.2026;
"""
CODEBOOK = """kode;tema_nr;tema;navn;definition;medtages;medtages_ikke;eksempel;soegemoenster
1.1;1;Roller og aftaler;Forventninger;Om parterne har talt om, hvad de forventer;aftaler ved start;;;forvent* | aftal*
1.2;1;Roller og aftaler;Kontakt;Hvem man kan ringe til;fast kontaktperson;;;kontaktperson* | ring* | svar*
2.1;2;Kræfter;Frivillige;Om der er nok til at løfte opgaverne;at få nye med;;;frivillig* | de samme
2.2;2;Kræfter;Tid;Om tiden slår til;aftener og weekender;;;tid | aften*
"""
PEOPLE = """interview;navn;rolle;kommune;alder;aliasser
fg1;Moderator;moderator;;;
fg1;Tora Bækmark;lokalråd;Birkevang Kommune;58;"Tora;Bækmark"
fg1;Ejnar Sivholm;ansat;Havrevig Kommune;44;Ejnar
fg1;Sivballe;sted;Birkevang Kommune;;Sivballe Kro
fg1;Agnete;omtalt;Havrevig Kommune;;
"""
DECISIONS = "kandidat;afgoerelse;erstatning;note\nHøstfesten;behold;;en fest, som alle kender\n"
TALK = """# Fokusgruppe 1 | syntetiske data
# Deltagere: L1 (lokalråd), A1 (ansat), M (moderator)

[00:00:02] M: Velkommen. Hvad har I senest samarbejdet om?
[00:00:10] L1: Det var stien ved Sivballe. Vi aftalte aldrig, hvem der skulle slå græsset.
[00:00:21] A1: Nej, og jeg fik først at vide bagefter, at I regnede med os.
[00:00:30] L1: Jeg hedder Tora, og jeg har siddet i rådet i ni år. Det er de samme, der kommer hver gang.
[00:00:44] M: Hvad gør det ved arbejdet?
[00:00:48] L1: Man bliver træt. Tiden går med ansøgninger, og om aftenen er der møde.
[00:01:02] A1: Vi kunne sagtens hjælpe med ansøgninger, hvis vi vidste det i god tid.
[00:01:11] L1: Men hvem skal man ringe til? Agnete var god, hun svarede altid.
[00:01:20] A1: Hun er her ikke mere. Nu er vi tre om det, og ingen har det som sin opgave.
[00:01:31] M: Hvad ville hjælpe?
[00:01:34] L1: En fast kontaktperson. Og at man fik et svar, også når svaret er nej.
[00:01:45] A1: Det er et rimeligt ønske. Vi har talt om at dele kommunen op mellem os.
[00:01:56] L1: Til Høstfesten kom der tolv nye frivillige, fordi vi spurgte dem en for en.
[00:02:08] M: Hvorfor virkede det?
[00:02:11] L1: Fordi de fik en lille opgave, som sluttede samme aften.
[00:02:19] A1: Det kunne vi lære af. Vi spørger altid efter nogen til en hel bestyrelse.
[00:02:30] L1: Ja, og så siger folk nej, for de har ikke tid.
[00:02:38] A1: Vi kunne skrive forventningerne ned, før vi går i gang næste gang.
[00:02:49] L1: Det vil jeg gerne være med til.
[00:02:55] M: Tak for i dag, begge to.
"""


def answers() -> list[list[object]]:
    """Draw sixty answers with the fixed seed; one cell lies outside its scale, one answers what was not asked."""
    draw = random.Random(SEED)
    rows: list[list[object]] = []
    for place, group, count in ASKED:
        for _ in range(count):
            number = len(rows) + 1
            gap = 1 if group == "L" else 0
            rated = [min(5, max(1, round(draw.gauss(mean, 0.8)))) for mean in (4, 4 - gap, 3.8, 3.2)]
            funds = [draw.choice([3, 4, 5]), draw.choice([1, 2, 3])] if group == "L" else ["", ""]
            trust = draw.choice([2, 3, 3, 4, 5, 8]) if group != "A" else ""
            forms = [draw.randint(0, 1), draw.randint(0, 1)]
            written = draw.choice(WRITTEN) if draw.random() < 0.5 else ""
            none = int(not any(forms))
            rows.append([number, place, group, *rated, *funds, trust, *forms, none, draw.randint(1, 3), written])
    draw.shuffle(rows)
    rows[3][3] = 7  # outside the scale
    [row for row in rows if row[2] == "A"][-1][9] = 4  # an employee on what only the others are asked
    return rows


def write(path: Path, text: str) -> None:
    """Write a text file with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def write_survey(folder: Path, late: int) -> None:
    """Write the survey, without its last answers."""
    rated = ["k1_v", "k1_n", "k2_v", "k2_n", "k3_v", "k3_n", "s1_for"]
    head = ["id", "kommune", "gruppe", *rated, "form_1", "form_2", "form_3", "tid", "aab1"]
    rows = answers()
    with (folder / "spoergeskema" / "svar.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows([head, *rows[: len(rows) - late]])


def write_study(folder: Path) -> None:
    """Write every file that a person makes."""
    for name, text in {
        "study.toml": STUDY,
        "udsendelse.csv": INVITED,
        "spoergeskema/spoergeskema.csv": QUESTIONS,
        "spoergeskema/skalaer.csv": SCALES,
        "spoergeskema/dimensioner.csv": DIMENSIONS,
        "interview/kodebog.csv": CODEBOOK,
        "interview/deltagere.csv": PEOPLE,
        "interview/afgoerelser.csv": DECISIONS,
        "interview/fg1.txt": TALK,
        "interview/citater.csv": "interview;tur;start;slut;kode;godkendt_af;note\n",
    }.items():
        write(folder / name, text)


def code_interview(folder: Path) -> None:
    """Code as a person does in JupyterLab: mark, change, delete, turn down, take back; and choose two quotes."""
    from blupkit.interviews.session import Session

    from blupkit.core import read_study
    from blupkit.interviews import read_codebook, read_turns, suggest_codes

    study = read_study(folder)
    turns, codebook = read_turns(study), read_codebook(study)
    log = folder / "interview" / "kodninger_A.jsonl"
    session = Session("fg1", turns, codebook, log, "A", suggest_codes(turns, codebook))
    said = dict(zip(turns["turn"], turns["text"], strict=True))

    def mark(words: str, code: str, **more: str) -> dict[str, object]:
        turn = next(number for number, text in said.items() if words in text)
        start = said[turn].index(words)
        place = {"turn": turn, "start": start, "end": start + len(words), "code": code}
        answer = session.answer({"request": 1, "action": "kodet", **place, **more})
        assert answer["ok"], answer
        return {**place, "id": answer["id"]}

    agreed = mark("Vi aftalte aldrig, hvem der skulle slå græsset.", "1.1", direction="barriere", about="samspil")
    mark("jeg fik først at vide bagefter, at I regnede med os", "1.1", direction="barriere", about="samspil")
    same = mark(
        "Det er de samme, der kommer hver gang.", "2.1", direction="barriere", about="lokalråd", memo="ofte nævnt"
    )
    gone = mark("Man bliver træt.", "2.1")
    mark("Tiden går med ansøgninger", "2.2", direction="barriere", about="lokalråd")
    mark("hvem skal man ringe til?", "1.2", direction="barriere", about="ansatte")
    fixed = mark("En fast kontaktperson.", "1.2", direction="forslag", about="ansatte")
    mark("fordi vi spurgte dem en for en", "2.1", direction="fremmer", about="lokalråd")
    mark("Vi kunne skrive forventningerne ned", "1.1", direction="forslag", about="ansatte")
    mark("for de har ikke tid", "2.2", direction="barriere")
    for message in (
        {"action": "rettet", **agreed, "memo": "om stien"},
        {"action": "slettet", "id": gone["id"]},
        {"action": "slettet", "id": same["id"]},
        {"action": "fortryd"},
        {
            "action": "afvist",
            **{key: session.answer({"action": "hent"})["suggestions"][0][key] for key in agreed if key != "id"},
        },
    ):
        done = session.answer({"request": 2, **message})
        assert done["ok"], done
    quotes = [f"fg1;{one['turn']};{one['start']};{one['end']};{one['code']};redaktionen;\n" for one in (agreed, fixed)]
    write(folder / "interview" / "citater.csv", "interview;tur;start;slut;kode;godkendt_af;note\n" + "".join(quotes))


def code_answers(folder: Path, late: int) -> None:
    """Code the open answers in a table, as by hand."""
    rows = answers()
    codes = dict(zip(WRITTEN, ["1.2", "1.2", "1.1", "2.1", "1.1", "2.2"], strict=True))
    lines = [
        f"aab1\t{row[0]}\t0\t{len(str(row[-1]))}\t{codes[str(row[-1])]}\t{row[-1]}\n"
        for row in rows[: len(rows) - late]
        if row[-1]
    ]
    write(
        folder / "spoergeskema" / "kodninger_aabne.tsv",
        "spoergsmaal\tbesvarelse\tstart\tend\tcode\tquote\n" + "".join(lines),
    )


def main() -> None:
    """Write the study, or only its answers once it is there."""
    folder, late = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if not folder.exists():
        write_study(folder)
        write_survey(folder, late)
        code_interview(folder)
    write_survey(folder, late)
    code_answers(folder, late)


if __name__ == "__main__":
    main()
