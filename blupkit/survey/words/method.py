"""How the numbers were made and how far they can be trusted, in Danish; from safe tables only."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import ALL, Edition
from blupkit.core.danish import count, first_upper, listing, number, percent
from blupkit.disclosure import SafeTable
from blupkit.disclosure.safe_table import NO_TABLE
from blupkit.survey.measures.bootstrap import DRAWS
from blupkit.survey.measures.choices import dont_know_of
from blupkit.survey.measures.needs import GAP, IMPORTANCE, LEVEL
from blupkit.survey.measures.reliability import ALPHA, OMEGA
from blupkit.survey.reading.screening import Rule
from blupkit.survey.words.phrases import not_shown

#: At most so many questions are named where many could not answer.
DONT_KNOW_TOLD: Final = 3
RATING_WORDS: Final = {IMPORTANCE: "vigtigheden", LEVEL: "det nuværende niveau", GAP: "gabet"}
#: Below this a dimension's items hold badly together; a common rule of thumb (Nunnally 1978).
ENOUGH: Final = 0.7
#: Said on a municipality's page, which tells of its own answers only.
ELSEWHERE: Final = (
    "Svarene er kontrolleret efter faste regler, før de er talt op. Den fælles side viser for alle kommuner under ét,"
    " hvor mange svar reglerne har ramt, og hvor mange der har svaret »ved ikke«. Dér står også, hvor godt spørgsmålene"
    " hænger sammen, og hvad vægtning betyder."
)


def text_dont_know(table: SafeTable, edition: Edition) -> str:
    """Say which questions many could not answer; that is a finding in itself.

    Parameters
    ----------
    table : SafeTable
        What `dont_know_shares` measured for all municipalities together.
    edition : Edition
        The reader; its study says from which share it is told of (`ved_ikke_andel`).

    Returns
    -------
    str
        A sentence a group, with at most three questions each, or one that says that there are none; nothing on a
        municipality's page, which does not depend on the others' answers.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_dont_know(release.dont_know, edition)[:38]
    'Der er ingen spørgsmål, hvor mere end '
    """
    if edition.municipality:
        return ""
    limit = 100 * edition.study.thresholds.dont_know
    shown = table.checked_for(edition).shown
    many = shown[shown["value"] > limit].sort_values(["value", "label"], ascending=[False, True], kind="stable")
    if many.empty:
        return f"Der er ingen spørgsmål, hvor mere end {percent(limit)} af en gruppe har svaret »ved ikke«."
    sentences = []
    for group in [one.key for one in edition.study.groups if one.key in set(many["group"])]:
        part = many[many["group"] == group]
        whats = [
            f"{percent(float(value))} til {_asked(str(label), str(measure))}"
            for label, measure, value in zip(part["label"], part["measure"], part["value"], strict=True)
        ]
        rest = len(whats) - DONT_KNOW_TOLD
        more = [] if rest <= 0 else [f"mange til {count(rest)} {'andet' if rest == 1 else 'andre'} spørgsmål"]
        who = first_upper(edition.group_in(group, ALL))
        sentences.append(f"{who} svarer ofte »ved ikke«: {listing([*whats[:DONT_KNOW_TOLD], *more])}.")
    return " ".join(sentences)


def _asked(label: str, measure: str) -> str:
    rated, what = dont_know_of(measure)
    return f"{rated} »{label}«" if rated else f"»{label}« {what}".rstrip()


#: What is said of chance where nothing but answers are shared out.
_CHANCE: Final = (
    "»Næsten lige så ofte« betyder, at nogle få andre svar kunne have vendt rækkefølgen. Også andre forskelle kan være"
    " tilfældige."
)


def text_method(
    table: SafeTable,
    edition: Edition,
    needs: SafeTable | None = None,
    places: SafeTable = NO_TABLE,
    draws: int = DRAWS,
) -> str:
    """Say how the numbers were made, from what was in fact done.

    Parameters
    ----------
    table : SafeTable
        What `screening_counts` counted.
    edition : Edition
        The reader; its study has thresholds and the words on the sample.
    needs : SafeTable, optional
        What `needs` measured, to name the scale.
    places : SafeTable, optional
        What `need_ranks` ranked, to tell what their intervals rest on.
    draws : int
        The draws that were used.

    Returns
    -------
    str
        Markdown: paragraphs and one list of the rules that hit something.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_method(release.screening, edition).splitlines()[0]
    'Filen fra spørgeskemaet har 20 rækker. Ingen af dem er sat til side.'
    """
    screening = ELSEWHERE if edition.municipality else _screening_text(table.checked_for(edition))
    measured = needs is None or len(needs.frame) > 0
    uncertain = [_interval_text(edition, draws) if measured else _CHANCE, _places_text(places, edition, draws)]
    parts = [screening, _scale_text(needs), *uncertain]
    return "\n\n".join(part for part in parts if part)


def _screening_text(table: SafeTable) -> str:
    rows = table.shown
    if rows.empty:
        return "Hvor mange besvarelser der er sat til side, vises ikke af hensyn til deltagernes fortrolighed."
    received = int(rows["n"].iloc[0])
    hits = rows[rows["value"] > 0]
    opening = f"Filen fra spørgeskemaet har {number(received, 0)} rækker."
    if hits.empty:
        return f"{opening} Ingen af dem er sat til side."
    lines = [
        f"- {label}: {number(value, 0)} {Rule(item).counted(int(value))}"
        for item, label, value in zip(hits["item"], hits["label"], hits["value"], strict=True)
    ]
    return "\n".join([f"{opening} Svarene er kontrolleret efter faste regler:", "", *lines])


def _scale_text(needs: SafeTable | None) -> str:
    scale = "" if needs is None else _scale(needs.frame[needs.frame["measure"] == IMPORTANCE])
    if not scale:
        return ""
    return (
        f"Vigtighed og nuværende niveau er vurderet på en {scale}. Udviklingsbehovet (gabet) er"
        " vigtighed minus niveau, regnet ud for hver deltager, der har vurderet begge dele, og derefter taget som"
        " gennemsnit. MWDS vægter gabet med kompetencens gennemsnitlige vigtighed. RDS er andelen, der vurderer"
        " niveauet højere end vigtigheden, minus andelen, der vurderer det lavere; et negativt tal er et behov."
        " »Ved ikke« og ubesvarede spørgsmål indgår ikke i gennemsnittene."
    )


def _scale(rows: pd.DataFrame, word: str = "skala") -> str:
    ends = (number(float(end), 0) for end in (rows["lowest"].min(), rows["highest"].max()))
    return f"{word} fra {' til '.join(ends)}" if len(rows) else ""


def text_scale(table: SafeTable) -> str:
    """Say under a figure of means on which scale they are.

    Parameters
    ----------
    table : SafeTable
        What the figure shows: means of ratings on one scale.

    Returns
    -------
    str
        One sentence; "" where the study did not ask.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> text_scale(example_reader()[0].cooperation)
    'Gennemsnit på en skala fra 1 til 5.'
    """
    scale = _scale(table.frame)
    return f"Gennemsnit på en {scale}." if scale else ""


def text_gaps(needs: SafeTable, edition: Edition) -> str:
    """Say how a figure of gaps is read.

    Parameters
    ----------
    needs : SafeTable
        What `needs` measured, to name the scale.
    edition : Edition
        The reader; its study has the decimals.

    Returns
    -------
    str
        Two sentences; "" where the study did not ask.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> text_gaps(release.needs, edition)[-63:]
    'vurderes ét trin lavere end vigtigheden på skalaen fra 1 til 5.'
    """
    scale = _scale(needs.frame[needs.frame["measure"] == IMPORTANCE], "skalaen")
    if not scale:
        return ""
    return (
        "Læs figuren fra toppen: De øverste kompetencer er dem, hvor afstanden mellem vigtighed og niveau er størst. Et"
        f" gab på {number(1, edition.study.decimals)} betyder, at niveauet i gennemsnit vurderes ét trin lavere end"
        f" vigtigheden på {scale}."
    )


def text_states(edition: Edition) -> str:
    """Say what the three ways of not answering are, and from which share "ved ikke" is a finding.

    Parameters
    ----------
    edition : Edition
        The reader; its study has the share (`ved_ikke_andel`).

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> text_states(example_reader()[1])[67:106].replace("\N{NO-BREAK SPACE}", " ")
    'Når mere end 15 pct. svarer »ved ikke«,'
    """
    return (
        "»Ikke stillet«, »ved ikke« og »ubesvaret« er tre forskellige ting. Når mere end"
        f" {percent(100 * edition.study.thresholds.dont_know)} svarer »ved ikke«, er det et fund i sig selv: Deltagerne"
        " kan ikke bedømme det."
    )


def _interval_text(edition: Edition, draws: int) -> str:
    many = count(edition.study.thresholds.caution_n)
    return (
        "Usikkerheden er vist som 95\N{NO-BREAK SPACE}pct.-intervaller. De viser, hvor meget tallene afhænger af, hvem"
        f" der netop har svaret. De er fundet ved {number(draws, 0)} gange at trække et nyt udvalg blandt dem, der har"
        f" svaret, også kaldet bootstrap. Bygger et gennemsnit på færre end {many} besvarelser, kunne sådan et interval"
        " røbe svarene. Da bygger det på antallet af besvarelser og på, hvor spredt gruppen svarer i de kommuner, hvor"
        f" mindst {many} har svaret. Det følger t-fordelingen og er skåret af ved skalaens ender. Det samme er gjort,"
        " hvor kommunernes intervaller ellers tilsammen kunne vise, hvordan nogle få har svaret. Er der ingen kommune,"
        " hvis spredning kan bruges, er der intet interval. Et behov eller et område kaldes kun det største, når ingen"
        " andres interval når op til dets. »Næsten lige så ofte« betyder, at nogle få andre svar kunne have vendt"
        " rækkefølgen. Også andre forskelle kan være tilfældige."
    )


def _places_text(places: SafeTable, edition: Edition, draws: int) -> str:
    """Say what the intervals of the places rest on; "" where there is none."""
    sure = places.checked_for(edition).shown.dropna(subset="low")
    if sure.empty:
        return ""
    found = sure.groupby("group", sort=False)["correlation"].first().astype(float)  # none is read back as None
    names = {key: edition.study.group(str(key)).name for key in found.index}
    known = [f"{number(value, 2)} blandt {names[key]}" for key, value in found.items() if value > 0]
    apart = [names[key] for key, value in found.items() if not value > 0]
    followed = (
        " Den samme person svarer på alle kompetencer, og derfor følges svarene noget ad. Det er regnet med. I alle"
        f" kommuner under ét er korrelationen mellem gabene for to kompetencer i gennemsnit {listing(known)}."
    )
    loose = f" For {listing(apart)} er der regnet med, at svarene på to kompetencer ikke følges ad."
    return (
        "Hvor sikker en plads i rækkefølgen er, er fundet af de tal, der kan vises. Gennemsnittene er trukket på ny"
        f" {number(draws, 0)} gange og hver gang sat i rækkefølge. De er trukket så langt fra de viste, som spredningen"
        f" og antallet af besvarelser tilsiger.{followed if known else ''}{loose if apart else ''}"
    )


def text_reliability(table: SafeTable, edition: Edition) -> str:
    """Say for the method section how well the items of the dimensions belong together.

    Parameters
    ----------
    table : SafeTable
        What `reliability` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph on all municipalities together; a polite sentence where nothing may be shown; nothing on a
        municipality's page, and where the study did not ask for needs.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> "er alfa i grupper og områder 0,35 for vigtigheden" in text_reliability(release.reliability, edition)
    True
    """
    if edition.municipality or table.frame.empty:
        return ""
    frame = table.checked_for(edition).shown
    alphas = frame[frame["measure"] == ALPHA]
    if alphas.empty:
        return "For få svar kan vises til at afgøre, hvor godt kompetencerne i hvert område hænger sammen."
    spans = listing(
        f"{_span(part['value'])} for {words}"
        for rating, words in RATING_WORDS.items()
        if len(part := alphas[alphas["rating"] == rating])
    )
    omegas = frame.loc[frame["measure"] == OMEGA, "value"]
    sentences = [
        "Kompetencerne i et område skal gerne hænge sammen, så den, der vurderer én af dem højt, også vurderer de"
        f" andre højt. Det måles med Cronbachs alfa: Tallet er 1, når de følges helt ad, og {number(ENOUGH)} regnes"
        f" ofte for tilstrækkeligt. I svarene fra {edition.place} er alfa i grupper og områder {spans}.",
        f"McDonalds omega er {_span(omegas)}. Den kræver mindst tre kompetencer og forudsætter ikke, at de alle vejer"
        " lige meget."
        if len(omegas)
        else "",
        _weak_sentence(alphas.loc[alphas["rating"] == GAP, "value"] >= ENOUGH),
        "Beregningen bygger på dem, der har vurderet både vigtighed og niveau.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _span(values: pd.Series) -> str:
    low, high = number(float(values.min()), 2), number(float(values.max()), 2)
    return low if low == high else f"{low}-{high}"


def _weak_sentence(enough: pd.Series) -> str:
    """Say in how many cases the gaps of a dimension hold badly together: there its mean hides differences."""
    if enough.all():
        return ""
    few = int((~enough).sum())
    weak = f"i {'ét' if few == 1 else count(few)} af {count(len(enough))}" if enough.any() else "i alle"
    return (
        f"For gabet er alfa under {number(ENOUGH)} {weak} tilfælde. Her dækker områdets gab over forskelle mellem"
        " kompetencerne og bør læses sammen med dem."
    )


def text_keywords(table: SafeTable, edition: Edition, top: int = 5) -> str:
    """Say which words stand out in each group's open answers.

    Parameters
    ----------
    table : SafeTable
        What `keyword_counts` laid out, as the release shows it.
    edition : Edition
        The reader, for the groups' names.
    top : int
        How many words are told of each group.

    Returns
    -------
    str
        One sentence a group, for all municipalities together; groups without such words, and those of which nothing may
        be shown, are named as that. On a municipality's page only where this stands.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_keywords(release.words, edition).split(". ")[0]
    'Ingen ord skiller sig ud hos lokalrådsmedlemmer og kommunalt ansatte'
    """
    if edition.municipality:
        return "Hvilke ord hver gruppe bruger klart mere end de andre, står på den fælles behovsanalyse."
    shown, told = table.checked_for(edition).shown, []
    for key, part in shown.groupby("group", sort=False):
        best = part.head(top)
        counts = [number(value, 0) for value in best["value"]]
        counts[0] += " personer"
        words = [f"»{label}« ({people})" for label, people in zip(best["label"], counts, strict=True)]
        who = f"{edition.group_in(str(key), ALL)} ({number(part['n'].iloc[0], 0)} har skrevet noget)"
        what = "ordet" if len(words) == 1 else "ordene"
        told.append(f"Hos {who} fylder {what} {listing(words)} mere end hos de andre.")
    silent = [group.key for group in edition.study.groups if group.key not in set(shown["group"])]
    hidden = set(table.frame["group"])
    if none := [edition.group_in(key, ALL) for key in silent if key not in hidden]:
        told.append(f"Ingen ord skiller sig ud hos {listing(none)}.")
    if kept_back := [edition.group_in(key, ALL) for key in silent if key in hidden]:
        told.append(not_shown("de særlige ord", kept_back))
    least = count(edition.study.thresholds.min_n)
    rule = f"Et ord er kun nævnt, når mindst {least} personer i gruppen har brugt det."
    return " ".join([*told, rule])
