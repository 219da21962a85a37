"""The project's tests. `tests/cases.py` reads the data in `tests/cases/`; folders mirror the rooms they test."""
