"""The one definition of what an author may write: a model for every kind of file.

`macros/load.py` holds files against these models. What editors are offered and what they are told are both made from them.
"""
