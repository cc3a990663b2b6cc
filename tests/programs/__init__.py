"""Programs with a fault, programs that only look like it, and what is expected of each."""

from programs.functions_module import functions
from programs.table import Row, compile_c, lookalikes, rows

__all__ = ["Row", "compile_c", "functions", "lookalikes", "rows"]
