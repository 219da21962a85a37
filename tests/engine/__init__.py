"""Tests of the engine, natively: the browser runs the same messages from `tests.cases.messages()`."""
