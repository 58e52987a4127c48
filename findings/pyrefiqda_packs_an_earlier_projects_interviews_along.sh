#!/usr/bin/env bash
# pyrefiqda 0.3.1 packs the interviews of the project that was opened before into the one that is saved.
#
# Guess: a project that is opened and saved again holds the sources that it names.
# Seen (Python 3.11): projects are unpacked into one folder, the same for all unless another is given, and nothing is taken away
# there first; saving packs whatever the folder of sources holds. Whoever opens the interviews of Fuby, then those of Stelby,
# and saves those of Stelby, hands Fuby's transcripts over with them: no program shows them, as the project does not name
# them, and whoever unzips the file reads them. Each round adds to it.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyrefiqda==0.3.1
cd "$place"
venv/bin/python -W ignore - > seen.txt <<'PYTHON'
import zipfile

from pyrefiqda.models import Project, SourcesType, TextSourceType
from pyrefiqda.refiproject import RefiProject

SAID = {"Fuby": "L1: Vi venter på svar.", "Stelby": "A1: Vi svarer ikke."}
for number, (town, said) in enumerate(SAID.items()):
    guid = f"00000000-0000-4000-8000-{number:012d}"
    with open(f"{town}.txt", "w", encoding="utf-8") as file:
        file.write(said)
    address = RefiProject.import_source_file(f"{town}.txt", f"made_{town}", guid)
    source = TextSourceType(guid=guid, name=town, plain_text_path=address)
    project = Project(name=town, sources=SourcesType(text_source=[source]))
    RefiProject.save(project, f"{town}.qdpx", source_media_dir=f"made_{town}/sources")
for town in SAID:
    opened = RefiProject.load(f"{town}.qdpx")
    RefiProject.save(opened, f"{town}_igen.qdpx", source_media_dir="extracted_qdpx/sources")
for name in ("Stelby", "Stelby_igen"):
    named = [source.name for source in RefiProject.load(f"{name}.qdpx", f"look_{name}").sources.text_source]
    with zipfile.ZipFile(f"{name}.qdpx") as archive:
        texts = sorted(archive.read(member).decode() for member in archive.namelist() if member.endswith(".txt"))
    print(name, "names", named, "and holds", texts)
PYTHON
cat seen.txt
{
    echo "Stelby names ['Stelby'] and holds ['A1: Vi svarer ikke.']"
    echo "Stelby_igen names ['Stelby'] and holds ['A1: Vi svarer ikke.', 'L1: Vi venter på svar.']"
} | diff - seen.txt || { echo "changed"; exit 1; }
