from .exhibits import Block, Exhibit, Exhibits, Text
from .figures import plot_bars, plot_dumbbell, plot_intervals, plot_matrix, plot_mirror
from .fingerprint import notebook_folder
from .html import page_html
from .index import write_index
from .plan import Page, plan_pages
from .pool import Limits, prepare
from .render import Outcome, hold, render_pages
from .tables import front, list_joint, list_quotes, table_groups, table_internal, table_measures, text

__all__ = [
    "Block",
    "Exhibit",
    "Exhibits",
    "Limits",
    "Outcome",
    "Page",
    "Text",
    "front",
    "hold",
    "list_joint",
    "list_quotes",
    "notebook_folder",
    "page_html",
    "plan_pages",
    "plot_bars",
    "plot_dumbbell",
    "plot_intervals",
    "plot_matrix",
    "plot_mirror",
    "prepare",
    "render_pages",
    "table_groups",
    "table_internal",
    "table_measures",
    "text",
    "write_index",
]
