"""The editing page's configuration: a field for every field of every model, only options that Sveltia CMS knows, and none of it
where no repository is configured."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from macros import admin, library
from macros.admin import backend, forms, program
from macros.admin.fields import fields
from macros.schema.base import File
from macros.schema.local import Repository
from macros.schema.module import Module
from macros.schema.page import Head
from macros.schema.source import Source
from macros.schema.worksheets import MODELS
from tests import project as projects

ROOT = projects.ROOT
PACKAGE = ROOT / "node_modules/@sveltia/cms"
GITLAB = Repository(url="https://gitlab.example.org/group/area/neglect", branch="main")
GITHUB = Repository(url="https://github.com/example/neglect.git")
WRITTEN: dict[str, type[File]] = {
    **{name: model for name, model in {**library.LISTS, **library.QUIZ_LISTS}.items() if name not in forms.MADE},
    **{f"tools/{name}": model for name, model in MODELS.items()},
    "modules": Module,
    "sources": Source,
    "pages": Head,
}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that an annotation mentions, however deep in lists, unions and `Annotated`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models(part)


def _missing(model: type[BaseModel], form: list[dict[str, Any]], place: str) -> Iterator[str]:
    """The places of a model, and of all models in it, that a form has no field for."""
    known = {field["name"]: field for field in form}
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key not in known:
            yield f"{place}.{key}"
            continue
        inner = list(_models(info.annotation))
        kinds = known[key].get("types")
        for one in inner:
            if kinds is None:
                yield from _missing(one, known[key].get("fields", []), f"{place}.{key}")
                continue
            (tag,) = typing.get_args(one.model_fields["kind"].annotation)
            (found,) = (kind["fields"] for kind in kinds if kind["name"] == tag)
            yield from _missing(one, [*found, {"name": known[key]["typeKey"]}], f"{place}.{key}<{tag}>")


@pytest.mark.parametrize("name", WRITTEN)
def test_a_form_has_every_field_of_its_model(name: str) -> None:
    assert list(_missing(WRITTEN[name], fields(WRITTEN[name]), name)) == []


def test_a_field_that_a_form_lacks_is_found() -> None:
    form = fields(Module)
    options = next(kind for kind in next(one for one in form if one["name"] == "questions")["types"] if kind["name"] == "multi")
    inner = next(one for one in options["fields"] if one["name"] == "options")
    inner["fields"] = [one for one in inner["fields"] if one["name"] != "weight"]
    assert list(_missing(Module, form, "modules")) == ["modules.questions<multi>.options.weight"]


def test_every_file_that_is_written_by_hand_has_a_form() -> None:
    """By the files of the real project: what a collection's folder or list of files holds."""
    made = forms.collections(ROOT)
    named = {one["file"] for collection in made for one in collection.get("files", [])}
    folders = {(collection["folder"], collection["extension"]) for collection in made if "folder" in collection}
    files = {path for folder in ("docs", "quizzes") for path in (ROOT / folder).rglob("[!.]*") if path.suffix in (".md", ".yml")}
    without = [
        name
        for path in sorted(files)
        if (name := path.relative_to(ROOT).as_posix()) not in named
        and (path.parent.relative_to(ROOT).as_posix(), path.suffix[1:]) not in folders
    ]
    assert without == ["quizzes/published.yml"]


def _resolve(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    return whole["definitions"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _choices(node: dict[str, Any], whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a choice allows, with choices inside it opened up."""
    node = _resolve(node, whole)
    if "anyOf" not in node or "properties" in node:
        yield node
        return
    for one in node["anyOf"]:
        yield from _choices(one, whole)


def _meant(value: Any, choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The choices for the widget that a field names. Without this a field of somebody's own, which may hold anything, would fit."""
    named = value.get("widget") if isinstance(value, dict) else None
    return [one for one in choices if named and one.get("properties", {}).get("widget", {}).get("const") == named] or choices


def _wrong(value: Any, node: dict[str, Any], whole: dict[str, Any], place: str) -> list[str]:
    """What a JSON Schema of the sort that Sveltia CMS ships finds wrong: types, constants, choices, keys, items."""
    node = _resolve(node, whole)
    if "anyOf" in node and "properties" not in node:
        tried = [_wrong(value, one, whole, place) for one in _meant(value, list(_choices(node, whole)))]
        return min(tried, key=lambda found: (len(found), -max((line.count(".") for line in found), default=0)))
    if "const" in node and value != node["const"]:
        return [f"{place}: {value!r} is not {node['const']!r}"]
    if "enum" in node and value not in node["enum"]:
        return [f"{place}: {value!r} is not one of {node['enum']}"]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float), "integer": int, "null": type(None)}
    wanted = node.get("type")
    wanted = [wanted] if isinstance(wanted, str) else wanted or []
    if wanted and not any(isinstance(value, kinds[one]) and (one == "boolean" or not isinstance(value, bool)) for one in wanted):
        return [f"{place}: {value!r} is no {wanted}"]
    if isinstance(value, dict):
        return _wrong_keys(value, node, whole, place)
    if isinstance(value, list) and isinstance(node.get("items"), dict):
        return [line for index, one in enumerate(value) for line in _wrong(one, node["items"], whole, f"{place}[{index}]")]
    return []


def _wrong_keys(value: dict[str, Any], node: dict[str, Any], whole: dict[str, Any], place: str) -> list[str]:
    known = node.get("properties", {})
    found = [f"{place}.{key}: missing" for key in node.get("required", []) if key not in value]
    if node.get("additionalProperties") is False:
        found += [f"{place}.{key}: not known" for key in value if key not in known]
    return found + [line for key, one in value.items() if key in known for line in _wrong(one, known[key], whole, f"{place}.{key}")]


@pytest.mark.parametrize("repository", [GITLAB, GITHUB])
def test_the_configuration_is_one_that_sveltia_knows(repository: Repository) -> None:
    schema = json.loads((PACKAGE / "schema/sveltia-cms.json").read_text(encoding="utf-8"))
    made = admin.config(ROOT, repository)
    start = schema if "properties" in schema or "$ref" in schema else {"$ref": "#/definitions/CmsConfig"}
    assert _wrong(made, start, schema, "config") == []
    made["collections"][0]["files"][0]["fields"][0]["widgit"] = "string"
    assert any("widgit" in line for line in _wrong(made, start, schema, "config"))


def test_it_saves_text_in_quotes_and_leaves_out_what_is_empty() -> None:
    made = admin.config(ROOT, GITLAB)
    assert made["output"]["yaml"]["quote"] == "double"
    assert made["output"]["omit_empty_optional_fields"] is True
    assert {one["slug"] for one in made["collections"] if one.get("extension") == "yml"} == {"{{id}}"}


@pytest.mark.parametrize(
    ("given", "told", "opener"),
    [
        ({"url": "https://github.com/a/b.git"}, {"name": "github", "repo": "a/b", "auth_methods": ["token"]}, "same-origin"),
        ({"url": "https://github.com/a/b", "relay": "https://relay.example.org"},
         {"base_url": "https://relay.example.org", "auth_methods": ["oauth", "token"]}, "unsafe-none"),
        ({"url": "https://gitlab.com/a/b/c"}, {"name": "gitlab", "repo": "a/b/c", "api_root": "https://gitlab.com/api/v4"}, "same-origin"),
        ({"url": "https://git.example.org/a/b", "application": "abc", "branch": "live"},
         {"base_url": "https://git.example.org", "auth_type": "pkce", "app_id": "abc", "branch": "live"}, "unsafe-none"),
    ],
)  # fmt: skip
def test_where_it_saves_and_how_people_sign_in(given: dict[str, str], told: dict[str, Any], opener: str) -> None:
    repository = Repository.model_validate(given)
    assert told.items() <= backend.backend(repository).items()
    assert admin.headers(repository)["Cross-Origin-Opener-Policy"] == opener


@pytest.mark.parametrize(("repository", "host"), [(GITHUB, "https://api.github.com"), (GITLAB, "https://gitlab.example.org")])
def test_its_policy_lets_it_ask_its_own_site_and_the_host_alone(repository: Repository, host: str) -> None:
    policy = dict(part.strip().split(" ", 1) for part in admin.headers(repository)["Content-Security-Policy"].split(";"))
    assert policy["connect-src"] == f"'self' {host}"
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"


def test_the_program_has_no_address_to_fetch_from() -> None:
    script = program.changed((PACKAGE / program.SCRIPT).read_text(encoding="utf-8"))
    assert not re.findall(r"https://[\w.-]+/(?:fontsource|@sveltia|@shikijs|\$\{e\}|api/v2/status|1\.0/status)[^`'\")]*", script)
    with pytest.raises(ValueError, match="times; allowed: once"):
        program.changed(script)


def test_a_site_without_a_repository_has_no_editing_page(built: Path) -> None:
    assert not (built / "admin").exists()
    for path in (built / "_headers", built.with_name("hosting") / "nginx.conf", built.with_name("hosting") / "Caddyfile"):
        assert "admin" not in path.read_text(encoding="utf-8"), path
