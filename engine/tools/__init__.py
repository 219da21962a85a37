"""The scoring rules, by the name a tool's definition gives under `rule`. Each is a module with `read`, `missing`,
`score` and `compare`; nothing about one tool belongs here."""

from __future__ import annotations

from types import ModuleType

from engine.tools import care_picture

TOOLS: dict[str, ModuleType] = {"care-picture": care_picture}
