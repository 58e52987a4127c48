"""Where the rooms meet: deciding, checking and packing; asked by the command line and by notebooks.

The rooms do not know each other, so whatever needs two of them lies here, a module for each thing that is asked. It
gives values: printing is the command line's.
"""

import lazy_loader

# Each name is imported when it is first asked for: the command line asks for few of them.
__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
#: What the other rooms and the command line ask for, and no notebook: completion in JupyterLab leaves it out.
_ASKED_BY_ROOMS = {
    "all_faults", "beside", "blocked_by_activities", "blocked_by_survey", "blocked_without_survey", "check_ended",
    "check_note", "checked_survey", "decide", "do", "finish", "note_sent", "open_packages",
    "own_table_preview", "own_table_verdict", "Plan",
    "place_everywhere", "plan_overdue", "plan_participant", "plan_respondent", "refresh_index", "send_out",
    "unsent_note", "write_index", "write_inventory", "write_packages",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted(set(__all__) - _ASKED_BY_ROOMS)
