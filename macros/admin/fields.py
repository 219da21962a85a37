"""Forms from the project's own models: a model's JSON Schema becomes fields of Sveltia CMS, so that a form and its checks cannot drift."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from macros.schema.base import Kept

Node = dict[str, Any]
Field = dict[str, Any]

LONG = 300
"""Characters above which text gets a box of several lines."""
NAMES = {"url": "Web address", "id": "Id"}
TITLES = ("title", "text", "term", "idea", "name", "claim", "says", "need", "stem", "pattern", "notice", "source", "fact", "id")
"""What a closed item of a list is called by: the first of these that it has."""


def fields(model: type[BaseModel]) -> list[Field]:
    """The fields of a form for a whole file. What every file has (who keeps it, its days) comes last."""
    schema = model.model_json_schema()
    return _properties(schema, schema.get("$defs", {}))


def label(name: str) -> str:
    """A key as people read it: `next_week` is "Next week"."""
    return NAMES.get(name) or name.replace("_", " ").replace("-", " ").capitalize()


def _properties(node: Node, defs: Node, but: str = "") -> list[Field]:
    needed = node.get("required", [])
    ordered = sorted(node["properties"], key=lambda name: name in Kept.model_fields)
    return [_field(name, node["properties"][name], defs, name in needed) for name in ordered if name != but]


def _field(name: str, node: Node, defs: Node, required: bool) -> Field:
    """One field. What may be null or has a value of its own may be left empty."""
    whole, empty = _whole(node, defs)
    made: Field = {"name": name, "label": label(name), "required": required and not empty, **_widget(whole, defs)}
    hint = _hint(whole)
    if hint:
        made["hint"] = hint
    if made["widget"] == "hidden":
        del made["required"]
        made.pop("hint", None)
    elif made["widget"] == "select" and not made["required"]:
        made["dropdown_threshold"] = 0  # a list can be set back to nothing, a row of buttons cannot
    return made


def _hint(node: Node) -> str:
    """What a model says of a value, on one line, and else what may stand there."""
    told = " ".join(str(node.get("description", "")).split())
    allowed = node.get("x-allowed") or node.get("items", {}).get("x-allowed", "")
    return told or (f"{allowed[0].upper()}{allowed[1:]}." if allowed else "")


def _whole(node: Node, defs: Node) -> tuple[Node, bool]:
    """What a node stands for, with its own words before those of what it refers to; and whether it may be null."""
    if "$ref" in node:
        inner, empty = _whole(defs[node["$ref"].rpartition("/")[2]], defs)
    elif "anyOf" in node:
        kept = [one for one in node["anyOf"] if one != {"type": "null"}]
        assert len(kept) == 1, f"a form can hold one sort of value, found {kept}"
        inner, empty = _whole(kept[0], defs)[0], len(kept) < len(node["anyOf"])
    else:
        return node, False
    return {**inner, **{key: value for key, value in node.items() if key not in ("$ref", "anyOf", "title")}}, empty


def _widget(node: Node, defs: Node) -> Field:
    """The widget for a value, and what it allows."""
    if "const" in node:
        return {"widget": "hidden", "default": node["const"]} if "default" not in node else _select([node["const"]])
    if "enum" in node:
        return _select(node["enum"])
    if node["type"] == "object":
        return _object(node, defs)
    if node["type"] == "array":
        return _list(node, defs)
    if node["type"] == "boolean":
        return {"widget": "boolean", "default": node.get("default", False)}
    return _number(node) if node["type"] in ("integer", "number") else _text(node)


def _select(values: list[Any]) -> Field:
    """One value of a few, each called by its own letters, the first a capital."""
    words = [str(value).replace("-", " ") if isinstance(value, str) else str(value) for value in values]
    options = [{"label": one[:1].upper() + one[1:], "value": value} for one, value in zip(words, values, strict=True)]
    return {"widget": "select", "options": options}


def _number(node: Node) -> Field:
    whole = node["type"] == "integer"
    low, high = (node.get(key, node.get(f"exclusive{key.capitalize()}")) for key in ("minimum", "maximum"))
    limits = {key: value for key, value in (("min", low), ("max", high)) if value is not None}
    return {"widget": "number", "value_type": "int" if whole else "float", "step": 1 if whole else 0.01, **limits}


def _text(node: Node) -> Field:
    """A line, a box of text, or a day."""
    if node.get("format") == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    limits = {"maxlength": node["maxLength"]} if "maxLength" in node else {}
    if "pattern" in node:
        limits["pattern"] = [node["pattern"], f"What is needed: {node['x-allowed']}."]
    widget = "text" if node.get("maxLength", 0) > LONG else "string"
    return {"widget": widget, "use_emoji_autocomplete": False, **limits}


def _object(node: Node, defs: Node) -> Field:
    """An object with its fields; where any key of a fixed set may stand, a field for each of them."""
    if "properties" in node:
        return {"widget": "object", "fields": _properties(node, defs), "collapsed": "auto"}
    names = node["propertyNames"]["enum"]
    return {"widget": "object", "fields": [_field(name, node["additionalProperties"], defs, False) for name in names]}


def _list(node: Node, defs: Node) -> Field:
    """A list of objects, of objects of several kinds, of fixed values, or of plain ones."""
    limits = {key: node[name] for key, name in (("min", "minItems"), ("max", "maxItems")) if name in node}
    item, _ = _whole(node["items"], defs)
    if "enum" in item:
        return {**_select(item["enum"]), "multiple": True, **limits}
    made: Field = {"widget": "list", "collapsed": "auto", **limits}
    if "oneOf" in item:
        return {**made, **_types(item, defs)}
    if item["type"] == "object":
        return {**made, "fields": _properties(item, defs), "summary": _summary(item)}
    one = _field("item", node["items"], defs, True)
    return {**made, "collapsed": False, "field": {**one, "label": "Item"}}


def _types(node: Node, defs: Node) -> Field:
    """Objects of several kinds, told apart by one key."""
    kinds = []
    for name, ref in node["discriminator"]["mapping"].items():
        one, _ = _whole({"$ref": ref}, defs)
        fields = _properties(one, defs, but=node["discriminator"]["propertyName"])
        told = " ".join(one.get("description", "").split())
        kinds.append({"name": name, "label": f"{label(name)}: {told}" if told else label(name), "fields": fields, "summary": _summary(one)})
    return {"types": kinds, "typeKey": node["discriminator"]["propertyName"]}


def _summary(node: Node) -> str:
    has = [name for name in TITLES if name in node["properties"]]
    return f"{{{{fields.{has[0]}}}}}" if has else ""
