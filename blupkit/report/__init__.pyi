from .batch.index import write_index as write_index
from .batch.manifest import notebook_folder as notebook_folder
from .batch.plan import Page as Page, plan_pages as plan_pages
from .batch.pool import Limits as Limits, prepare as prepare
from .batch.render import Outcome as Outcome, changed_pages as changed_pages, render_pages as render_pages
from .figures.matrix import plot_matrix as plot_matrix
from .figures.shapes import (
    plot_bars as plot_bars,
    plot_dumbbell as plot_dumbbell,
    plot_intervals as plot_intervals,
    plot_mirror as plot_mirror,
)
from .figures.tables import (
    front as front,
    list_joint as list_joint,
    list_quotes as list_quotes,
    table_groups as table_groups,
    table_internal as table_internal,
    table_measures as table_measures,
    text as text,
)
from .packages.package import (
    Package as Package,
    check_package as check_package,
    plan_packages as plan_packages,
    write_package as write_package,
)
from .packages.scan import Scan as Scan, Secrets as Secrets, machine_search as machine_search
