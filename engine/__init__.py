"""The engine's public names and nothing else: `handle` is the browser's only door; the rest is for the build, which
reads the same definitions and needs the same shuffles and cut-offs."""

from engine.kinds import KINDS
from engine.kinds.order import start
from engine.messages import handle
from engine.quiz import read as read_module
from engine.quiz import read_entry
from engine.reading import Refused
from engine.tools import TOOLS

__all__ = ["KINDS", "TOOLS", "Refused", "handle", "read_entry", "read_module", "start"]
