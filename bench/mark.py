"""Runs in the page under PyScript, not here: marks the page's question and hands it the answer."""

from engine.messages import handle
from pyscript import window

window.answered(handle(window.question))
