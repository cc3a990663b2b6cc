"""The page of a student's feedback: nbconvert's, made for hundreds of submissions in one process.

A nbgrader plug-in in place of HTMLExporter. nbgrader makes a new exporter for each submission;
here the compiled templates are kept, and so is highlighted code, most of which all submissions
share.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter


class FeedbackPage(HTMLExporter):
    """nbconvert's page, without a second parse of it where there is no image to describe.

    Follows `HTMLExporter.from_notebook_node` (nbconvert/exporters/html.py), whose other changes to
    the page are for JupyterLab's template.
    """

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = _Compiled()
        return environment

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        if _has_images(nb):
            return super().from_notebook_node(nb, resources, **kw)
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", _highlighted)
        filter_data_type = WidgetsDataTypeFilter(
            notebook_metadata=nb.metadata, parent=self, resources=resources
        )
        self.register_filter("filter_data_type", filter_data_type)
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


class _Compiled(BytecodeCache):
    """Templates that this process has compiled."""

    _codes: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


def _highlighted(source: str, language: str | None = None, metadata: object = None) -> str:
    return _highlight(source, language)


@lru_cache(maxsize=1000)
def _highlight(source: str, language: str | None) -> str:
    text: str = Highlight2HTML(pygments_lexer="ipython3")(source, language)
    return text


def _has_images(nb: Any) -> bool:
    """Whether the page may come to have an `img`, whose description nbconvert looks after."""
    for cell in nb.cells:
        if cell.cell_type == "markdown" and (
            "<img" in cell.source or "![" in cell.source or cell.get("attachments")
        ):
            return True
        for output in cell.get("outputs", []):
            for kind, data in output.get("data", {}).items():
                if kind.startswith("image/") or "<img" in str(data):
                    return True
    return False
