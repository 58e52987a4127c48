#!/usr/bin/env bash
# limepy 0.1.15 counts nobody at any answer of a LimeSurvey question whose codes are numbers, and strips a question to its end.
#
# Guess: a file read as limepy's own guide reads it (`pd.read_csv`) is counted alike whether an answer's code is "A1" or "1";
# `strip_tags=True` takes the tags out and leaves the words.
# Seen (Python 3.11, pandas 3.1.1): pandas makes numbers of such codes, which are no longer the texts of the survey's structure:
# 0 persons at "Godt" and 0 at "Dårligt", 0 percent, while 4 are valid; the readable table has the codes. One code with a letter
# among them, and all is right. Of a question with words in bold or italics the last piece is left, here "?".
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check limepy==0.1.15 pandas==3.1.1 xmltodict==1.0.4
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import io

import pandas as pd
from limepy.wrangle import Question, Survey


def rows(name, *of):
    inside = "".join("<row>" + "".join(f"<{k}>{v}</{k}>" for k, v in row.items()) + "</row>" for row in of)
    return f"<{name}><rows>{inside}</rows></{name}>"


LANGUAGE = {"language": "da"}
ASKED = "Hvor &lt;b&gt;godt&lt;/b&gt; går det med &lt;i&gt;naboer&lt;/i&gt;?"
ANSWERS = [(1, "1", "Godt"), (1, "2", "Dårligt"), (2, "A1", "Godt"), (2, "A2", "Dårligt")]
STRUCTURE = (
    "<document><languages><language>da</language></languages>"
    + rows("answers", *({"qid": q, "code": c, "answer": a, "scale_id": 0} | LANGUAGE for q, c, a in ANSWERS))
    + rows("groups", {"gid": 1, "group_name": "G"} | LANGUAGE)
    + rows(
        "questions",
        *(
            {"qid": q, "gid": 1, "type": "L", "title": f"Q{q}", "question": ASKED, "help": "", "other": "N", "mandatory": "N"}
            | LANGUAGE
            for q in (1, 2)
        ),
    )
    + "</document>"
)
answers = pd.read_csv(io.StringIO("id;Q1;Q2\n1;1;A1\n2;1;A1\n3;2;A2\n4;;\n5;2;A2\n"), sep=";")
survey = Survey(answers, STRUCTURE, strip_tags=True)
for number, codes in ((1, "numbers"), (2, "with letters")):
    counted = Question(survey, number)
    print("codes", codes, counted.summary["Count"].to_dict(), "valid", len(counted.valid))
print("question", survey.question_list.loc["1", "question"])
PYTHON
cat "$place/seen.txt"
{
    echo "codes numbers {'Godt': 0.0, 'Dårligt': 0.0} valid 4"
    echo "codes with letters {'Godt': 2.0, 'Dårligt': 2.0} valid 4"
    echo "question ?"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
