"""A fixed number for a text, so that a shuffle needs no chance and no library, and comes out the same on every machine."""

from __future__ import annotations


def scatter(text: str) -> int:
    """Return a number below 2**32 for a text: FNV-1a, its bits stirred after."""
    number = 2166136261
    for byte in text.encode():
        number = (number ^ byte) * 16777619 % 2**32
    number = (number ^ number >> 16) * 0x85EBCA6B % 2**32
    return number ^ number >> 13
