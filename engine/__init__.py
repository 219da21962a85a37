"""The engine's public names and nothing else: `handle` is the browser's only door; the rest is for the build, which
reads the same definitions and needs the same shuffles and cut-offs."""

from engine.counts import read_for as read_counts
from engine.forms import MODES
from engine.kinds import KINDS
from engine.kinds.order import start
from engine.learning import WINDOWS
from engine.messages import handle
from engine.quiz import chance, draw_form, read_entry
from engine.quiz import read as read_module
from engine.reading import Refused
from engine.tools import TOOLS

__all__ = [
    "KINDS", "MODES", "TOOLS", "WINDOWS", "Refused", "chance", "draw_form", "handle", "read_counts", "read_entry", "read_module", "start",
]  # fmt: skip
