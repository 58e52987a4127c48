"""Who does something, by what they do: nouns in -er that the dictionary takes for a verb in the singular only.

To simplemma 2.0.0 "borgere" are many of "borger" and "borger" is a form of "borge", "leder" one of "led", "deltager" of
"deltage": counted so, one word is two, and half of its places are missed.
"""

from __future__ import annotations

from typing import Final

#: They mean a person more often than what the person does.
_AGENTS: Final = """
    bestyrer bisidder borger deltager designer efterforsker fisker forbruger forbryder forfatter formgiver forpagter
    forsker fortaler fraflytter grundlægger igangsætter interviewer iværksætter kasserer leder ledsager murer mægler
    nybygger opfinder pendler rådgiver sagsbehandler samlever slagter spejder træner tømrer vejleder
"""
#: Verbs first, and persons where they end another word ("halbruger").
_IN_COMPOUNDS: Final = "bruger formidler forvalter køber løber planlægger sælger udvikler underviser vælger"
_ENDINGS: Final = ("", "s", "en", "ens", "e", "es", "ne", "nes")
#: Other words of this material whose forms the dictionary scatters: noun → its forms.
_SCATTERED: Final = {
    "barn": "børne",
    "cykel": "cykler cyklers cyklerne cyklernes cyklen cyklens",
    "forælder": "forælder forælders forælderen forælderens forældre forældres forældrene forældrenes",
}


def _forms(agents: str) -> dict[str, str]:
    return {agent + ending: agent for agent in agents.split() for ending in _ENDINGS}


#: Each form → the noun.
FORMS: Final = _forms(_AGENTS) | {form: noun for noun, forms in _SCATTERED.items() for form in forms.split()}
#: Each form that may end a longer word → the noun.
LAST_FORMS: Final = FORMS | _forms(_IN_COMPOUNDS)
LONGEST: Final = max(map(len, LAST_FORMS))
