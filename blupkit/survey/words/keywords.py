"""How the words of a group are chosen, in Danish sentences with the limits that were used."""

from __future__ import annotations

from blupkit.core import Study
from blupkit.core.danish import count, number
from blupkit.core.language import LEAST_G2


def text_keyword_rules(study: Study) -> str:
    """Say when a word of the open answers is shown, and what it says.

    Parameters
    ----------
    study : Study
        Its threshold.

    Returns
    -------
    str
        Danish prose.

    Examples
    --------
    >>> from blupkit import core
    >>> text_keyword_rules(core.example_study()).split(" i gruppen")[0]
    'Et ord er kun med, når mindst fem forskellige personer'
    """
    return (
        f"Et ord er kun med, når mindst {count(study.thresholds.min_n)} forskellige personer i gruppen har brugt det,"
        " og navne er udeladt. Ordene er samlet i deres grundform, så »pulje« og »puljerne« tæller som ét. Om et ord"
        " bruges positivt eller negativt, siger tallene ikke."
    )


def text_keyness() -> str:
    """Say what makes a word special for a group.

    Returns
    -------
    str
        Danish prose.

    Examples
    --------
    >>> "en log-likelihood på 6,63" in text_keyness()
    True
    """
    return (
        "Et ord regnes som særligt for en gruppe, når gruppen bruger det klart oftere, end man ville vente ud fra alle"
        f" gruppernes svar. Grænsen er en log-likelihood på {number(LEAST_G2, 2)}. Den viser, hvad der er værd at"
        " nævne, og ikke, om noget gælder andre end dem, der har svaret."
    )
