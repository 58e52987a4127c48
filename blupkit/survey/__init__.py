"""The survey: export and questionnaire in, checked answers, measures and Danish sentences out."""

import lazy_loader

# Each name is imported when it is first asked for: a page asks for some of them, the command line for few.
__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
#: What the other rooms and the command line ask for, and no notebook: completion in JupyterLab leaves it out.
_ASKED_BY_ROOMS = {
    "allowed_places", "check_own", "check_responses", "Checked", "checked_responses", "data_without",
    "derived_numbers", "keep_sent", "kept_key", "make_release", "mark_of",
    "marks_key", "METHOD", "part_for", "part_for_everybody", "Responses", "row_search", "rows_of", "sent_releases",
    "sent_without", "source_mark", "survey_searches", "SurveyRelease", "table_titles", "unknown_respondent",
    "whole_release", "with_study",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted(set(__all__) - _ASKED_BY_ROOMS)
