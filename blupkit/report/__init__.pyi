from .exhibits import Block, Exhibit, Exhibits, Text
from .figures import plot_bars, plot_dumbbell, plot_intervals, plot_matrix, plot_mirror
from .fingerprint import notebook_folder
from .html import page_html
from .index import write_index
from .leaks import Scan, Secrets, machine_search
from .partners import PACKAGES, Package, check_package, plan_packages, write_package
from .plan import Page, plan_pages
from .pool import Limits, prepare
from .render import Outcome, changed_pages, hold, render_pages
from .tables import front, list_joint, list_quotes, table_groups, table_internal, table_measures, text

__all__ = [
    "PACKAGES",
    "Block",
    "Exhibit",
    "Exhibits",
    "Limits",
    "Outcome",
    "Package",
    "Page",
    "Scan",
    "Secrets",
    "Text",
    "changed_pages",
    "check_package",
    "front",
    "hold",
    "list_joint",
    "list_quotes",
    "machine_search",
    "notebook_folder",
    "page_html",
    "plan_packages",
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
    "write_package",
]
