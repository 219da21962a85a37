"""The one error of this room: a sentence to print as it is."""


class RuntimeProblem(Exception):
    """The runtime cannot be built; the message says why, and what to do, in one plain line."""
