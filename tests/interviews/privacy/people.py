"""A register of made-up people whose names are hard to find: ordinary words, double names, names within names."""

from __future__ import annotations

import pandas as pd

REGISTER = pd.DataFrame(
    [
        ("fg1", "Lise Frandsen", "moderator", ("Lise",)),
        ("fg1", "Teknisk vært", "teknik", ("Oliver",)),
        (
            "fg1",
            "Kirsten Damgaard Lauritsen",
            "lokalråd",
            ("Kirsten", "Kirstens", "Tværhave", "lr.tvaerhave@example.dk"),
        ),
        ("fg2", "Hans Christian Clausen", "lokalråd", ("Hans Christian", "HC")),
        ("fg2", "Mathias Holm Jørgensen", "ansat", ("Mathias",)),
        ("fg1", "Inger-Lise Bach", "omtalt", ("Inger-Lise",)),
        ("fg1", "Poul Erik Storm", "omtalt", ("Poul Erik", "20 00 00 14")),
        ("fg2", "Jørn Mathiesen", "omtalt", ("Jørn",)),
        ("fg2", "Egon Frost", "omtalt", ()),
        ("fg3", "Niels Ole Thomsen", "lokalråd", ("Niels Ole", "Niels Oles")),
        ("fg3", "Kaj Rytter", "omtalt", ("Kaj", "kaj")),
        ("fg1", "Tværhave", "sted", ("tvaerhave",)),
        ("fg2", "Øster Pilshave", "sted", ("Pilshave",)),
    ],
    columns=["interview", "name", "role", "aliases"],
)
WORDS = {
    "lokalråd": "[lokalrådsmedlem]",
    "ansat": "[medarbejder]",
    "moderator": "[moderator]",
    "teknik": "[vært]",
    "sted": "[sted]",
}
REGISTER["replacement"] = [WORDS.get(role, "") for role in REGISTER["role"]]
UNDECIDED = pd.DataFrame(columns=["candidate", "decision", "replacement", "note"])
