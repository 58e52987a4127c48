"""CPR numbers, phone numbers and street addresses are found however they are written, and nothing like them is."""

from __future__ import annotations

import pytest

from blupkit.interviews.privacy.personal import cpr_numbers, phone_numbers, street_addresses

# CPR: DDMMYY-SSSS (Bekendtgørelse om folkeregistrering); the check digit is no longer used since 2007, so any four go.
CPR = """
    010203-1234 / 0102031234 / 010203 1234 / 010203–1234 / 010203 - 1234 / 01 02 03 1234 / 01.02.03-1234
    01-02-1903-1234 / CPR 290200-1234 / cpr0102031234 / side_010203_1234 / (311299-4321) / 010203-1234.
"""
NO_CPR = """
    320103-1234 / 010003-1234 / 0113031234 / 290201-1234 / 310499-1234 / 29.11.2026 1234 / 02.05.22 1234
    2026-11-29 1234 / 12345678 / 1234567890123 / a0102031234f / 0,0102031234 / 010203 / 12 34 56 78
"""
# Phones: eight digits since 1989, in pairs by the old recommendation; +45 or 0045 from abroad.
PHONES = """
    20000014 / 20 00 00 14 / 2000 0014 / 200 00 014 / 20-00-00-14 / 20.00.00.14 / 20–00–00–14 / 20_00_00_14
    +45 20 00 00 14 / +4520000014 / 004520000014 / 0045 20 00 00 14 / (+45) 20000014 / 45 20 00 00 14 / 4520000014
    (20) 00 00 14 / (20) 000014 / tlf20000014 / tlf. 20000014 / tel:+4520000014 / ring 2 0 0 0 0 0 1 4 / 12 34 56 78
    side-(+45)_20000014 / Lokale 2 20000014
    side-20000014.txt / 20000014,20000037 / Lokale 2 20 00 00 14 / 20 00 00 14. / tlf. 2000-2999 / 20/00/00/14
"""
NO_PHONES = """
    2026-11-29 / 29.11.2026 / 29-11-2026 / 29-11-2026 - 30-11-2026 / 29.11.2026-30.11.2026 / 2026-11-29 12.30
    2019-2022 / 2021 2022 / 2019–2020 / 1000-2999 indbyggere / 1.000-2.999 indbyggere / 10.000-29.999 / 12.345.678
    0 10 20 30 40 50 / 1 2 3 4 5 6 7 8 / 0,12345678 / 3,25 (2,75-3,75) / 12,3 45,6 78,9 / 12.34 56.78 / 139.4 103.5
    e3b0c44212345678aa / 5790000123456 / 123456789 / 1234567 / kl. 10-12 14-16 / kl. 12.30-13.45 / 09:30-10:30
    18 320103-1234 / 12;34;56;78 / n = 1234 / nr. 1-4 af 16 / 45 pct. / 2022 (188) / 12 34 | 56 78
"""
STREETS = """
    Tværhavevej 3 / Tværhavevej 3B / tværhavevej 3 / TVÆRHAVEVEJ 3 / Tværhavevej 3, 2. tv. / Tværhavevej 12-14
    Tværhavevej nr. 3 / Tværhavevej 3 i byen / side_tvaerhavevej-3 / Nørre Allé 12 / Nørre Alle 12 / Lindealle 4
    Møllestræde 7 / H.C. Andersens Boulevard 3 / Gammel Torv 3 / Torvet 5 / Rugmarken 12 / Vestre Vænge 2 / Kirkegade 9
    Hjørnelund 12, 2. sal / Hjørnelund 3, st. th / 5000 Odense C / DK-5000 Odense / 5000 ODENSE / 7323 Give
    6600 Vejen / 2000 Frederiksberg
"""
NO_STREETS = """
    plads 3 / på plads 3 / alle 6 kommuner / Alle 12 deltagere / for Alle 6 / Palle 12 / vej 3 / den rette vej 3
    arbejdsplads 12 / Legeplads 3 / parkeringsplads 4 / Motorvej 40 / Strandvej 12 pct. / Strandvejen 3 km / haven 3
    Tværhavevej / Tværhavevej 2022 / Torvet / gade 3 / Danmark 98 kommuner / i 2022 Kerteminde / maj 2022 Slagelse
    1234 Borgere / 1500 BLUP / 2500 EU-borgere / n = 1234 Besvarelser / 2022 Frederiksborg
"""
KINDS = [(cpr_numbers, CPR, NO_CPR), (phone_numbers, PHONES, NO_PHONES), (street_addresses, STREETS, NO_STREETS)]


def examples(text: str) -> list[str]:
    return [one for line in text.strip().splitlines() for one in line.strip().split(" / ")]


@pytest.mark.parametrize(("find", "texts", "_"), KINDS)
def test_they_are_found_alone_and_in_a_sentence(find: object, texts: str, _: str) -> None:
    assert callable(find)
    missed = [text for text in examples(texts) for said in (text, f"Hun sagde {text}, og så") if not list(find(said))]
    assert missed == []


@pytest.mark.parametrize(("find", "_", "texts"), KINDS)
def test_what_looks_like_them_is_not_found(find: object, _: str, texts: str) -> None:
    assert callable(find)
    assert [text for text in examples(texts) for said in (text, f"Det er {text}") if list(find(said))] == []


def test_what_is_found_is_told_by_its_place() -> None:
    text = "Ring 20 00 00 14 (010203-1234) på Tværhavevej 3."
    found = [text[start:end] for find in (phone_numbers, cpr_numbers, street_addresses) for start, end in find(text)]
    assert found == ["20 00 00 14", "010203-1234", "Tværhavevej 3"]
