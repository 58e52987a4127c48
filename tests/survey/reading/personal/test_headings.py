from __future__ import annotations

import pytest

from blupkit.survey.reading.personal.headings import Sign, heading_sign


@pytest.mark.parametrize(
    "column",
    ["E-mail", "email", "mail_1", "Navn", "fornavn", "respondent_name", "IP", "ip_adresse", "Telefon", "tlf.nr"],
)
def test_identifying_columns_are_known_by_their_name(column: str) -> None:
    assert heading_sign(column)


@pytest.mark.parametrize(
    "column", ["kommune", "hip", "zip_1", "k01_v", "navngivning", "s_ip1x", "behov_lok_1", "mailing2x"]
)
def test_other_columns_are_not_taken_for_identifying(column: str) -> None:
    assert heading_sign(column) == Sign.NONE


@pytest.mark.parametrize(
    "column",
    [
        *("forn", "Eftern", "Kontaktnavn", "RespondentFirstName", "surname2", "Fullt navn", "etternavn", "initialer"),
        *("EPost", "e-post", "Arbejdsmail", "RecipientEmail", "Skriv din e-mailadresse", "What is your email address?"),
        *(
            "telefon2",
            "Mobilnr.",
            "mobiltelefon",
            "phone_number",
            "Kontaktperson - tlf",
            "MobilePhone",
            "Telefonnummer",
        ),
        *("Fødselsdato", "foedselsdato", "date_of_birth", "dob", "CPR-nr", "personnummer", "fødselsnummer"),
        *("gps", "_gps_latitude", "LocationLongitude", "Længdegrad", "geopoint", "IPAddress", "ipaddr"),
        *("Hjemmeadresse", "Din adresse", "postal_address", "gadenavn", "_submitted_by", "deviceid", "User Agent"),
    ],
)
def test_glued_numbered_and_asked_headings_in_three_languages_are_sure(column: str) -> None:
    assert heading_sign(column) == Sign.SURELY


@pytest.mark.parametrize(
    "text",
    ["Navn på lokalrådet", "Må vi ringe til dig på telefon?", "navn_projekt", "Vil du have nyhedsbrevet som mail?"],
)
def test_a_word_among_others_only_looks_like_it(text: str) -> None:
    assert heading_sign(text) == Sign.MAYBE


@pytest.mark.parametrize(
    "text",
    [
        *("alder", "Stilling", "Navneskik", "mobilitet", "fornyelse", "telefonisk kontakt", "Løn", "lon", "personale"),
        *("Hvor vigtigt er det at kende reglerne?", "postnummer", "position", "ressourceperson", "Adressering"),
    ],
)
def test_words_that_resemble_them_are_none(text: str) -> None:
    assert heading_sign(text) == Sign.NONE
