#!/usr/bin/env bash
# stopword 3.1.5 (npm) and stopwordsiso 0.7.1 take "god", "lav" and "stor" out of Danish answers, and keep "derfor" and "hvilket".
#
# Guess: a list of Danish stop words holds words that carry nothing by themselves; judgements are none, and the commonest joining
# words are all in it.
# Seen (Node 20, Python 3.11): both have the same 170 words, among them good, low, small, big, new, man, father, take and yes, so
# that "en god ordning" is "ordning", and "lav løn" (low pay) is "løn": what somebody judged stays and the judgement goes. "mand"
# is in it, and no woman. "derfor", "hvilket", "blevet", "altid" and "uden" are not in it and head every count of words.
# stop-words 2025.11.4 has 94 words, and none of either kind.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check stopwordsiso==0.7.1 stop-words==2025.11.4
cd "$place"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund stopword@3.1.5
cat > list.mjs <<'NODE'
import { dan, removeStopwords } from "stopword";

console.log([...dan].sort().join(" "));
for (const answer of ["en god ordning", "for lav løn til en mand og en kvinde", "derfor er det blevet uden dem"])
  console.error(answer, "->", removeStopwords(answer.split(" "), dan).join(" "));
NODE
node list.mjs > npm.txt 2> seen.txt
venv/bin/python - >> seen.txt <<'PYTHON'
import stop_words
import stopwordsiso

with open("npm.txt", encoding="utf-8") as file:
    lists = {"stopword": set(file.read().split())}
lists["stopwordsiso"] = set(stopwordsiso.stopwords("da"))
lists["stop-words"] = set(stop_words.get_stop_words("danish"))
JUDGED = "god godt lav lille stor ny mand far tag ja".split()
JOINING = "derfor hvilket hvilke blevet altid uden enten".split()
for name, words in lists.items():
    print(name, len(words), [word for word in JUDGED if word in words], [word for word in JOINING if word in words])
print("the same list:", lists["stopword"] == lists["stopwordsiso"])
PYTHON
cat seen.txt
{
    echo "en god ordning -> ordning"
    echo "for lav løn til en mand og en kvinde -> løn kvinde"
    echo "derfor er det blevet uden dem -> derfor blevet uden"
    judged="'god', 'godt', 'lav', 'lille', 'stor', 'ny', 'mand', 'far', 'tag', 'ja'"
    echo "stopword 170 [$judged] []"
    echo "stopwordsiso 170 [$judged] []"
    echo "stop-words 94 [] []"
    echo "the same list: True"
} | diff - seen.txt || { echo "changed"; exit 1; }
