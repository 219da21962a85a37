"""Runs in the page under PyScript, not here: marks the page's question and hands it the answer."""

from pyscript import window

from engine.messages import handle

window.answered(handle(window.question))
