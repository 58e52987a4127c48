from .batch.index import write_index
from .batch.manifest import notebook_folder
from .batch.plan import Page, plan_pages
from .batch.pool import Limits, prepare
from .batch.render import Outcome, changed_pages, render_pages
from .figures.matrix import plot_matrix
from .figures.shapes import plot_bars, plot_dumbbell, plot_intervals, plot_mirror
from .figures.tables import front, list_joint, list_quotes, table_groups, table_internal, table_measures, text
from .packages.package import Package, check_package, plan_packages, write_package
from .packages.scan import Scan, Secrets, machine_search

__all__ = [
    "Limits",
    "Outcome",
    "Package",
    "Page",
    "Scan",
    "Secrets",
    "changed_pages",
    "check_package",
    "front",
    "list_joint",
    "list_quotes",
    "machine_search",
    "notebook_folder",
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
