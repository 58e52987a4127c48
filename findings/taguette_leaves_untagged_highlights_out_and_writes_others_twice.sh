#!/usr/bin/env bash
# Taguette 1.5.2 leaves highlights without a tag out of "all highlights", and writes a tag's own file with lines doubled.
#
# Guess: the file of all highlights holds each one, also those without a tag, as the code's own comment has it; a tag's file
# holds what has that tag or one below it, each line once.
# Seen (Python 3.11, SQLAlchemy 1.4.54): who marks first and tags later loses what is not tagged yet. A highlight with both
# "tid" and "tid.ventetid" is four lines in the file of "tid" and two in the file of all, so that a count by tag is twice as
# high in one as in the other. "tidsskrift" is in the file of "tid": paths are compared by how they begin. The .qdc file for
# other programs has the tags' names without what was written of each.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check taguette==1.5.2 SQLAlchemy==1.4.54 setuptools==80.9.0
"$place/venv/bin/python" - > "$place/seen.txt" 2> "$place/warnings.txt" <<'PYTHON'
import datetime
import io

import sqlalchemy
from sqlalchemy.orm import sessionmaker
from taguette import database, export

engine = sqlalchemy.create_engine("sqlite://")
database.Base.metadata.create_all(engine)
db = sessionmaker(bind=engine)()
now = datetime.datetime(2027, 1, 1)
project = database.Project(name="p", description="", created=now)
db.add(project)
db.flush()
paths = ("tid", "tid.ventetid", "tidsskrift")
tags = {path: database.Tag(project_id=project.id, path=path, description="Om " + path) for path in paths}
text = database.Document(
    name="A1", description="", filename="a1.txt", project_id=project.id, contents="<p>x</p>",
    text_direction=database.TextDirection.LEFT_TO_RIGHT, created=now,
)
db.add_all([text, *tags.values()])
db.flush()
marked = [("vi venter", ["tid", "tid.ventetid"]), ("vi læser det", ["tidsskrift"]), ("husk at spørge", [])]
for at, (words, given) in enumerate(marked):
    where = {"document_id": text.id, "start_offset": at, "end_offset": at + 1}
    db.add(database.Highlight(snippet=words, tags=[tags[path] for path in given], **where))
db.commit()
for path in ("", "tid"):
    file = io.StringIO()
    export.highlights_csv(db, project.id, path, file)
    print(f"of {path or 'all'}:", *file.getvalue().split("\r\n")[1:-1], sep=" | ")
codebook = io.BytesIO()
export.codebook_xml(list(tags.values()), codebook)
print("in the .qdc: codes", codebook.getvalue().count(b"<Code "), "descriptions", codebook.getvalue().count(b"Om "))
PYTHON
cat "$place/seen.txt"
{
    echo "of all: | 1,A1,tid,vi venter | 1,A1,tid.ventetid,vi venter | 2,A1,tidsskrift,vi læser det"
    echo -n "of tid: | 1,A1,tid,vi venter | 1,A1,tid.ventetid,vi venter | 1,A1,tid,vi venter | 1,A1,tid.ventetid,vi venter"
    echo " | 2,A1,tidsskrift,vi læser det"
    echo "in the .qdc: codes 3 descriptions 0"
} | diff - "$place/seen.txt" || { echo "changed"; cat "$place/warnings.txt"; exit 1; }
