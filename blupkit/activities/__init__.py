"""The activities that follow the survey: workshops, learning programmes, the conference, and the plan of it all."""

import lazy_loader

# Each name is imported when it is first asked for: the command line asks for few of them.
__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
#: What the other rooms and the command line ask for, and no notebook: completion in JupyterLab leaves it out.
#: `evaluated` gives pages on workshops and learning what may be shown of their evaluations, of what `app.load_release`
#: gives; `text_answered`, `text_recommended` and `text_unsplit` are its sentences.
_ASKED_BY_ROOMS = {
    "Activities", "check_activities", "decide_evaluations", "Plan", "read_activities",
    "Workshop",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted(set(__all__) - _ASKED_BY_ROOMS)
