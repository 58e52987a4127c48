#!/usr/bin/env bash
# sav-reader 2.0.8 (npm) gives the first person alone of an SPSS file that pyreadstat compressed.
#
# Guess: a file that says of itself that it holds four persons gives four rows, or an error; a number that is missing is null.
# Seen (Node 20, pyreadstat 1.3.7): pyreadstat begins a new block of instructions at each row and fills the rest of the last one
# with zeros, which the format says to skip. sav-reader takes them for the end: one row of four, no error, while its own
# `n_cases` says four. Not compressed, all rows come, but a missing number is -1.7976931348623157e+308, which goes into every
# mean; and a text of 200 å, 400 bytes, comes back as 220 letters with broken ones between them. pyreadstat reads all of it
# right.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.1.1
cd "$place"
"$place/venv/bin/python" - > seen.txt <<'PYTHON'
import pandas as pd
import pyreadstat

people = pd.DataFrame({"svar": [1.0, 2.0, None, 4.0], "tekst": ["ja", "å" * 200, "", "nej"]})
for name, small in (("compressed", True), ("plain", False)):
    pyreadstat.write_sav(people, f"{name}.sav", row_compress=small)
    read, _ = pyreadstat.read_sav(f"{name}.sav")
    print("pyreadstat", name, read["svar"].tolist(), read["tekst"].str.len().tolist())
PYTHON
npm init -y > /dev/null
npm install --silent --no-audit --no-fund sav-reader@2.0.8
cat > read.js <<'NODE'
const fs = require("fs");
const { SavBufferReader } = require("sav-reader");

(async () => {
  for (const name of ["compressed", "plain"]) {
    const sav = new SavBufferReader(fs.readFileSync(`${name}.sav`));
    await sav.open();
    const rows = (await sav.readAllRows(true)).map((row) => row.data || row);
    console.log("sav-reader", name, sav.meta.header.n_cases, "persons:", rows.map((row) => row.svar).join(" "));
    console.log("sav-reader", name, "letters:", rows.map((row) => row.tekst.length).join(" "));
  }
})();
NODE
node read.js >> seen.txt
cat seen.txt
{
    echo "pyreadstat compressed [1.0, 2.0, nan, 4.0] [2, 200, 0, 3]"
    echo "pyreadstat plain [1.0, 2.0, nan, 4.0] [2, 200, 0, 3]"
    echo "sav-reader compressed 4 persons: 1"
    echo "sav-reader compressed letters: 2"
    echo "sav-reader plain 4 persons: 1 2 -1.7976931348623157e+308 4"
    echo "sav-reader plain letters: 2 220 0 3"
} | diff - seen.txt || { echo "changed"; exit 1; }
