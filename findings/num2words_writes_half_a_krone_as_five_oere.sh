#!/usr/bin/env bash
# num2words 0.5.14 writes 12.50 kroner in Danish as "tolv kr og fem øre", the words that it also has for 12.05.
#
# Guess: an amount is written in words as in other languages: the decimals are hundredths, filled up to two.
# Seen (Python 3.11): the digits behind the point are read as a number of øre as they stand, so that 12.5 is 12 kroner and 5
# øre, and two amounts become one. With two digits that are no zero ("12.25") it is right. Norwegian ("femti øre") and German
# ("fünfzig Cent") write 12.5 right.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
from num2words import num2words

for amount in (12.5, 12.05, 12.25, 12.0):
    print(amount, *(f"| {num2words(amount, lang=language, to='currency')}" for language in ("da", "no", "de")))
PYTHON
cat "$place/seen.txt"
{
    echo "12.5 | tolv kr og fem øre | tolv kroner og femti øre | zwölf Euro und fünfzig Cent"
    echo "12.05 | tolv kr og fem øre | tolv kroner og fem øre | zwölf Euro und fünf Cent"
    echo "12.25 | tolv kr og femogtyve øre | tolv kroner og tjuefem øre | zwölf Euro und fünfundzwanzig Cent"
    echo "12.0 | tolv kr | tolv kroner | zwölf Euro und null Cent"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
