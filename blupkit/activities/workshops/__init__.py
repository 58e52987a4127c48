"""One municipality's workshop and what came of it: the brief, the agreements, and who came."""
