"""The interviews: transcripts, pseudonyms, codebook, codings, quotes, suggestions and Danish sentences."""

import lazy_loader

# Each name is imported when it is first asked for: a page asks for some of them, the command line for few.
__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
#: What the other rooms and the command line ask for, and no notebook: completion in JupyterLab leaves it out.
_ASKED_BY_ROOMS = {
    "check_interviews", "check_others", "Codebook", "Coded", "consents_told", "Direction", "open_answer_tables",
    "Passage", "people_search", "pseudonymise", "quotes_aloud", "quotes_for_all", "read_codings", "Removal",
    "spoken_secrets", "without_participant", "without_respondent",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted(set(__all__) - _ASKED_BY_ROOMS)
