"""Drafting: segments in, drafts out.

`packages` installs Argos packages, `engine` decodes with them, `enforce` makes a draft keep its
terms, `confidence` says how far to trust it, and `draft` puts them together: memory first, engine
next, terms, checks; `lines` does the same for plain lines.
"""

from yibao.translate.argos import packages_folder
from yibao.translate.draft import Draft, Drafter, Memory, Origin
from yibao.translate.engine import ArgosEngine, Engine, PivotEngine, Rendering, open_engine
from yibao.translate.lines import translate_lines
from yibao.translate.packages import Package

__all__ = [
    "ArgosEngine",
    "Draft",
    "Drafter",
    "Engine",
    "Memory",
    "Origin",
    "Package",
    "PivotEngine",
    "Rendering",
    "open_engine",
    "packages_folder",
    "translate_lines",
]
