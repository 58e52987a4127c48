"""What a label is, whatever people call themselves: told from speech that happens to hold a colon."""

from __future__ import annotations

import pytest

from blupkit.interviews.transcripts.labels.shape import label_shape, split_label

NAMES = [
    "Storm, Ida",
    "Storm, Ida Krog (ekstern)",
    "Ida Storm | Lyngrup Kommune",
    "ida storm | lyngrup",
    "Ida Storm / Lyngrup",
    "Ida Storm – Lyngrup Kommune",
    "Storm, Ida / Lyngrup",
    "Storm, Ida - Lyngrup Kommune",
    "Krog Storm, Ida (hun/hende) – Lyngrup",
    "Ida Storm (ekstern)",
    "Ida Storm [ekstern]",
    "[Gæst] Ida Storm",
    "[Gæst]",
    "ida.storm@lyngrup.example",
    "Ida <ida@lyngrup.example>",
    "+45 20 00 00 14",
    "20000014",
    "iPhone 12",
    "iPhone (Ida)",
    "SPEAKER_03",
    "Émile Østergård",
    "Zoë",
    "Łukasz Nowak",
    "Ida-Marie O’Neill",
    "Ida Storm 😀",
    "🌻 Ida",
    "ida.storm",
    "Kvinde 2",
    "Lokalråd 1",
    "Kvinde, 45 år",
    "Mod.",
    "L1",
    "Ida+Søren",
    "Ida Storm & Søren Krog",
    "B12",
    "IP",
    "Ida Marie Krog Storm | Afdelingen for landdistrikter, kultur og fritid i Lyngrup Kommune (ekstern deltager)",
]
SPEECH = [
    "Og så sagde jeg",
    "Og Anders",
    "Ja, Anders",
    "Ja, Anders / Ida",
    "Nej, Anders - hør",
    "Nej",
    "Derfor",
    "Spørgsmålet er",
    "Tema 2",
    "Punkt 3",
    "Ja/nej",
    "Ja + nej",
    "Teknik & Miljø",
    "Ida + ",
    "f.eks",
    "ja Ida Storm | Lyngrup",
    "Og min iPhone",
    "Se ida@lyngrup.example",
    "(i chatten) Lokalråd",
    "Vi har et problem",
    "",
]


@pytest.mark.parametrize("label", NAMES)
def test_display_names_of_any_shape_look_like_labels(label: str) -> None:
    assert label_shape(label)
    assert split_label(f"{label}: Det er rigtigt: ja.", lambda words: words == label) in {
        (label, "Det er rigtigt: ja."),
        (label.strip("[]"), "Det er rigtigt: ja."),
    }


@pytest.mark.parametrize("words", SPEECH)
def test_pieces_of_sentences_do_not(words: str) -> None:
    assert not label_shape(words)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("L1: Ja.", ("L1", "Ja.")),
        ("L1 : Ja.", ("L1", "Ja.")),
        ("L1:Ja.", ("L1", "Ja.")),
        ("L1:\tJa.", ("L1", "Ja.")),
        ("– L1: Ja.", ("L1", "Ja.")),
        ("12 L1: Ja.", ("L1", "Ja.")),
        ("[L1]: Ja.", ("L1", "Ja.")),
        ("**L1** Ja.", ("L1", "Ja.")),
        ("**L1:** Ja.", ("L1", "Ja.")),
        ("_L1:_ Ja.", ("L1", "Ja.")),
        ("*L1*: Ja.", ("L1", "Ja.")),
        ("***L1***: Ja.", ("L1", "Ja.")),
        ("***L1:*** Ja.", ("L1", "Ja.")),
        ("*latter* ja: nej", None),
        ("<L1>: Ja.", ("L1", "Ja.")),
        ("L1:", ("L1", "")),
        ("L1:30 er klokken", None),
        ("https://lyngrup.example", None),
        ("[00:01]: Ja.", None),
        ("Hun sagde (L1: ja).", None),
    ],
)
def test_a_line_is_parted_at_its_label(line: str, expected: tuple[str, str] | None) -> None:
    assert split_label(line, lambda label: label == "L1") == expected
