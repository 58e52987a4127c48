"""Pages: safe tables in; figures, tables and finished HTML out."""

from blupkit.report.exhibits import Block, Exhibit, Exhibits, Text
from blupkit.report.figures import plot_bars, plot_dumbbell, plot_intervals, plot_matrix, plot_mirror
from blupkit.report.html import page_html
from blupkit.report.index import write_index
from blupkit.report.render import Outcome, Page, notebook_folder, plan_pages, render_pages
from blupkit.report.tables import front, list_joint, list_quotes, table_groups, table_internal, table_measures, text

__all__ = [
    "Block",
    "Exhibit",
    "Exhibits",
    "Outcome",
    "Page",
    "Text",
    "front",
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
    "render_pages",
    "table_groups",
    "table_internal",
    "table_measures",
    "text",
    "write_index",
]
