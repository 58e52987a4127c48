from .drawing import Drawing as Drawing
from .drawing import Shape as Shape
from .table import INTERNAL as INTERNAL
from .table import ResultTable as ResultTable
from .theme import theme as theme
