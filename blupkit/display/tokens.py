"""One small set of tokens that pages, figures and tables share; docs/design.md says why."""

from __future__ import annotations

from typing import Final, NamedTuple

#: Okabe and Ito's colours (2008), told apart by colour-blind readers, each at least 3:1 against white.
GROUP_COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#7B5EA7", "#8A6A00", "#5A5A5A")
#: The same hues on a dark screen, each at least 3:1 against its paper.
_GROUPS_IN_THE_DARK: Final = ("#56B4E9", "#F58A45", "#2FC39A", "#B79BE0", "#D8B040", "#A8B0B8")
#: The group's marker says the same as its colour, for print in black and white.
GROUP_MARKERS: Final = ("o", "s", "D", "^", "v", "P")

INK: Final = "#1B2733"
MUTED: Final = "#55626E"
RULE: Final = "#D5DBE0"
#: The line that joins two marks.
LINK: Final = "#7F8D99"
PAPER: Final = "#FFFFFF"

#: The typeface of page and figures: what the reader's own system has, so that nothing is loaded.
FONTS: Final = '"Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'

#: Colours by what they are for, on a light and on a dark screen. `on-accent` is text on an accent's ground; `alert` is
#: the ground of a banner, `link` the line that joins two marks, and `group-1` the first group's.
_SCREENS: Final = {
    "ink": (INK, "#E8EDF1"),
    "muted": (MUTED, "#B2BDC7"),
    "rule": (RULE, "#3A4651"),
    "paper": (PAPER, "#12181E"),
    "shade": ("#F3F6F8", "#1C252D"),
    "accent": ("#0B4F7D", "#7CC4F5"),
    "on-accent": ("#FFFFFF", "#12181E"),
    "warning": ("#8A3B00", "#FFB066"),
    "danger": ("#B00020", "#FF8A9A"),
    "alert": ("#FFF1E0", "#3A2A17"),
    "link": (LINK, "#7F8D99"),
    **{
        f"group-{place}": inks
        for place, inks in enumerate(zip(GROUP_COLOURS, _GROUPS_IN_THE_DARK, strict=True), start=1)
    },
}
LIGHT: Final = {name: light for name, (light, _) in _SCREENS.items()}
DARK: Final = {name: dark for name, (_, dark) in _SCREENS.items()}
PRINT: Final = LIGHT | {"ink": "#000000", "muted": "#333333", "rule": "#999999", "shade": PAPER, "alert": PAPER}
#: Six sizes of letters, six of space, and how long a line may be: 42 rem is about 75 characters.
SIZES: Final = {
    "fine": ".85rem",
    "small": ".925rem",
    "body": "1.0625rem",
    "lead": "1.2rem",
    "heading": "1.55rem",
    "title": "clamp(1.75rem, 1.2rem + 2.6vw, 2.6rem)",
    "space-1": ".25rem",
    "space-2": ".5rem",
    "space-3": ".75rem",
    "space-4": "1.25rem",
    "space-5": "2rem",
    "space-6": "3.25rem",
    "measure": "42rem",
    "width": "50rem",
    "round": ".35rem",
}


class Layout(NamedTuple):
    """How wide a figure is drawn, and how large its letters are, in CSS pixels.

    Parameters
    ----------
    width : int
        Width of the whole figure.
    label : int
        Width of the column of labels; 0 puts each label above its row.
    text : int
        Size of labels and numbers.
    small : int
        Size of the ticks, and of what is written at a mark.
    printed : int
        How large these are on paper, beside the labels: the room that they are given. `figures.css` makes them so.
    """

    width: int
    label: int
    text: int
    small: int
    printed: int


WIDE: Final = Layout(width=720, label=270, text=14, small=12, printed=14)
NARROW: Final = Layout(width=340, label=0, text=14, small=12, printed=12)
