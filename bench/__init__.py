"""Measuring the site against named peers, on one machine and in one run: `python -m bench`, which writes `docs/about/performance.md`.

Each part is a module with a function that gives plain figures; `keep.py` keeps them and `page.py` puts them into words.
"""
