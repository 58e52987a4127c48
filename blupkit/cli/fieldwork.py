"""The command for what goes out: the questionnaire, its letters, and what the focus groups need."""

from __future__ import annotations

from blupkit import app
from blupkit.cli.choices import Place, grouped
from blupkit.cli.console import make_console


@grouped
def udsend(place: Place) -> None:
    """Skriv det, der skal ud: skema, breve, samtaleguide og samtykke."""
    study, outputs, console = place.read(), place.outputs, make_console()
    with outputs.hold(), console.status("Skriver dokumenterne …"):
        made = app.send_out(study, outputs)
    for folder in sorted({path.parent for path in made.files}):
        console.print(f"{folder}  ({sum(path.parent == folder for path in made.files)})")
    for path in made.kept:
        console.print(f"{path} er rettet i hånden og er ikke skrevet om. Slet den, hvis den skal laves igen.")
    for note in made.notes:
        console.print(note)
    if made.gaps:
        console.print("\nHer mangler noget. Det står som [UDFYLD: …] i dokumenterne:")
        for line in made.gaps:
            console.print(f"  {line}")
    console.print(f"\n{len(made.files)} filer er skrevet i {outputs.sent_out}. Læs dem igennem, før de sendes.")
