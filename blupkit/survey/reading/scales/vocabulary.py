"""The words that scales are put together of, in Danish, Norwegian, Swedish and English; no other place knows them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Family(NamedTuple):
    """Words of one scale: what it is called, and the heads that count up and down; "" where none count down."""

    name: str
    up: str
    down: str = ""


FAMILIES: Final = (
    Family("enighed", r"enige?|agree|instämmer|passer|stemmer", r"uenige?|disagree|oenig"),
    Family(
        "tilfredshed",
        r"tilfredse?|tilfreds|fornøyde?|satisfied|nöjd|happy",
        r"utilfredse?|misfornøyde?|dissatisfied|unsatisfied|missnöjd|unhappy",
    ),
    Family("sandsynlighed", r"sandsynligt?|sannsynlig|likely|probably", r"usandsynligt?|usannsynlig|unlikely"),
    Family("vigtighed", r"vigtige?t?|viktige?t?|importan(?:t|ce)|betydning|væsentligt?|relevante?"),
    Family("vigtighed", r"vigtigt?|viktigt?|important", r"uvigtigt?|uviktigt?|unimportant"),
    Family("tryghed", r"trygt?|safe|confident|sikkert?|certain", r"utrygt?|unsafe|usikkert?|uncertain"),
    Family("lethed", r"lett?|nemt?|easy|enkelt", r"svært?(?! (?:vanskelig|lett?|nemt))|vanskeligt?|difficult|hard"),
    Family(
        "niveau",
        r"højt?|høje|høyt?|high|stort?|store|stærkt?|hög|excellent|ekspert|expert|avanceret|advanced|øvet",
        r"lavt?|lave|low|lille|svagt?|låg|liten|begynder|beginner|novice|ingen|none",
    ),
    Family(
        "kvalitet",
        r"gode?|godt|bra|good|positive?t?|favou?rabl[ey]|helpful|excellent|fremragende|udmærket|above average|great"
        r"|well|enestående|utmerket|outstanding|fint?",
        r"dårlige?t?|below average|poor|poorly|bad|negative?t?|unfavou?rabl[ey]|unhelpful|terrible|awful|skidt|ringe",
    ),
    Family("udvikling", r"bedre|better|forbedret|mere|more|flere|øget|increased", r"værre|dårligere|worse|færre|less"),
    Family("grad", r"grad|omfang|extent|degree|udstrækning|utsträckning|udpræget"),
    Family(
        "kendskab",
        r"bekendt|fortrolige?|familiar|aware|kender|kendskab|interesseret|interested|engageret|useful|nyttigt?",
    ),
)
NEUTRAL: Final = re.compile(
    r"\b(hverken|verken|neither|neutralt?|nøytralt?|varken|middels?|medium|(?<!below )(?<!above )average"
    r"|gennemsnitligt?|både[- ]og|uændret|unchanged|(?:about |stayed )?(?:the )?same|det samme|fair|adequate"
    r"|acceptabelt?|acceptable|undecided|midt imellem|okay|ok)\b|^nogenlunde$"
)
#: How much of its head a word says: the first that is found.
_DEGREES: Final = (
    (
        1.0,
        r"(ikke|inte) (særligt?|så|meget|specielt|veldig|særskilt)|not (very|so|much|particularly|that|too)|kun lidt",
    ),
    (
        0.5,
        r"(i )?(meget|svært|veldig|mycket) (ringe|lille|lav|lidt|lite|liten|mindre)|very (little|small|low|slightly)",
    ),
    (
        0.0,
        r"slet ikke|overhovedet ikke|not at all|inte alls|ikke i det hele tatt|aldeles ikke|slett ikke|not|no|none"
        r"|ikke|inte|ingen|intet|uden|uten|without|unimportant|(gar |überhaupt )?nicht",
    ),
    (
        3.5,
        r"(meget|svært|veldig|very|mycket) (høj|høy|stor|high|great|large|hög|strong)|very much"
        r"|(rigtig|virkelig|svært|veldig) (meget|mye)",
    ),
    (
        1.0,
        r"ringe|lille|lav|lidt|litt|liten|mindre|less|slightly|a little|small|minor|limited|lite|little|lesser|låg"
        r"|begrænset|a bit|low|kaum|wenig",
    ),
    (
        1.5,
        r"delvist?|delvis|partly|partially|somewhat|some|nogen|noget|noen|noe|viss|vis|nogenlunde|moderat|moderate(ly)?|mä(ß|ss)ig|teilweise|etwas|middels"
        r"|någon|certain|nok|average",
    ),
    (2.2, r"overvejende|mostly|quite a bit|considerabl[ey]|generally|mest"),
    (1.8, r"ret|temmelig|quite|rather|nokså|ganska|ganske|fairly|rimeligt?|ziemlich"),
    (2.4, r"højt?|høyt?|store?t?|high|great|large|hög|a lot"),
    (
        3.0,
        r"meget|mye|veldig|svært|very|much|mycket|helt og holdent|helt|fuldt( ud)?|fuldstændigt?|fullt( ut)?|fully"
        r"|strongly|completely|totalt|totally|highly|absolut"
        r"|absolutely|definitely|særdeles|særligt?|vældigt?|a great deal|rigtigt?|particularly|sehr|völlig",
    ),
    (
        4.0,
        r"ekstremt|extremely|yderst|allerhøjeste|højeste|høyeste|exceptionally|(helt )?afgørende|avgjørende|essential"
        r"|crucial",
    ),
)
DEGREE: Final = tuple((value, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for value, words in _DEGREES)
#: What may stand beside head and degree and says nothing; with any other word, an answer is not known.
SILENT: Final = re.compile(
    r"(?<!\w)(?:i det hele ta(?:get|tt)|i|en|et|til|at all|at|to|an?|the|er|det|jeg|eller|or|nor|of|with|med|och|enn?)"
    r"(?!\w)|[,/]"
)
#: How often, as times a year; the first that fits.
_OFTEN: Final = (
    (0.0, r"aldrig|aldri|never|slet ikke|not at all"),
    (0.3, r"(meget|svært|very) (sjældent?|sjelden|rarely|seldom)|hardly ever|almost never|næsten aldrig|nesten aldri"),
    (
        0.6,
        r"sjældent?|sjældnere|sjeldn?e?n?|rarely|seldom"
        r"|less often|less than",
    ),
    (
        400.0,
        r"altid|always|alltid|every time|hver gang|constantly|hele tiden|oftere|flere gange (om dagen|dagligt)"
        r"|several times a day",
    ),
    (390.0, r"næsten altid|nesten alltid|almost always|nearly always"),
    (385.0, r"usually|som regel|for det meste|most of the time"),
    (380.0, r"(meget|svært|veldig) ofte|very (often|frequently)"),
    (365.0, r"(næsten )?daglige?t?|hver dag|daily|every (day|night)|dagleg"),
    (150.0, r"(flere|et par|2-\d|several|a few|few) (gange|ganger|times) (om|i|a|per) (ugen|uken|week|uge).*"),
    (52.0, r"ugentligt?|ukentlig|hver uge|weekly|(every|once a) week|(cirka |ca\. )?(en|1) gang om ugen"),
    (24.0, r"(flere|et par|2-\d|several|a few|few) (gange|ganger|times) (om|i|a|per) (måneden|month|måned).*"),
    (12.0, r"månedligt?|månedlig|(cirka |ca\. |omkring )?hver måned|monthly|(en|1) gang om måneden|once a month"),
    (4.0, r"kvartalsvist?|hvert kvartal|quarterly|every quarter"),
    (3.0, r"(flere|et par|several|a few) (gange|times) (om|i|a) (året|year).*"),
    (1.0, r"årligt?|hvert år|yearly|annually|(en|1) gang om året|once a year"),
    (0.8, r"én gang|en enkelt gang|once"),
    (4.0, r"occasionally|once in a while|now and then"),
    (
        5.0,
        r"(af|av) og til|nogle gange|somme tider|noen ganger|indimellem|en gang imellem"
        r"|sometimes|iblant|i ny og næ|nu og da|ibland",
    ),
    (60.0, r"(fairly|rather|quite|ganske|ret|temmelig) (ofte|often)"),
    (99.0, r"(about |omkring )?half (of )?the time|(cirka |omkring )?halvdelen af tiden|halve tiden"),
    (100.0, r"ofte|often|frequently|regelmæssigt|regularly|jævnligt|ofta|tit"),
)
TIMES: Final = tuple((value, re.compile(rf"({words})", re.IGNORECASE)) for value, words in _OFTEN)
UNITS: Final = {"minut": 1 / 1440, "time": 1 / 24, "hour": 1 / 24, "dag": 1.0, "day": 1.0, "uge": 7.0, "week": 7.0,
                 "måned": 30.4, "month": 30.4, "år": 365.0, "year": 365.0}  # fmt: skip
FIGURE: Final = re.compile(r"\d{1,3}(?:[.\u00a0 ]\d{3})+|\d+(?:[.,]\d+)?")
BELOW: Final = re.compile(
    r"^\W*(under|mindre end|færre end|less than|fewer than|below|op til|up to|til og med|højst|<|≤"
    r"|før|before|inden|yngre)"
    r"|(or (less|fewer|younger|below)|eller (derunder|mindre|færre|yngre|under))\W*( (ago|siden|old))?$"
)
ABOVE: Final = re.compile(
    r"^\W*(over|mere end|flere end|more than|above|mindst|at least|efter|after|fra|older|>|≥)"
    r"|(eller (derover|mere|flere|ældre|over|more))|\+\W*$|or (more|older|above|over)"
    r"|og (over|derover|opefter)|and (over|above|older)|and more"
)
#: From the shortest schooling to the longest.
SCHOOLS: Final = (
    r"less than high school|ingen (formel |formal )?(uddannelse|utdanning)|no (formal )?education|no schooling",
    r"folkeskole|grund?skole|ungdomsskole|primary|lower secondary|elementary|middle school",
    r"high school|gymnasi|\b(stx|hhx|htx|hf)\b|studentereksamen|upper secondary|videregående (skole|opplæring)|ged\b",
    r"erhvervs(faglig )?uddannelse|faglært|fagbrev|vocational|trade school|fagskole",
    r"some college|associate|kort(ere)? videregående",
    r"bachelor|mellemlang|college (degree|graduate)|4[- ]year",
    r"master|kandidat|lang(ere|varig)? videregående|graduate|postgrad|professional degree",
    r"ph\.? ?d|doctor|forskeruddannelse",
)
YES_NO: Final = ({"ja", "yes", "y", "sand", "true"}, {"nej", "nei", "no", "n", "falsk", "false"})
