"""The QTI packages of the real modules: every question is there, or named as left out, and the right answer earns the mark."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest

from engine import kinds
from macros import library
from macros.exports import qti
from tests.project import ROOT

LIBRARY, _ = library.read(ROOT)
MODULES = LIBRARY.modules
NAMESPACE = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
_STRAIGHT = str.maketrans({"*": "", "’": "'", "‘": "'", "“": '"', "”": '"'})
"""The library sets quotation marks of its own."""
TYPES = {"single": "multiple_choice_question", "truefalse": "true_false_question", "number": "numerical_question"}


def _items(package: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        assert files.testzip() is None
        manifest = ElementTree.fromstring(files.read("imsmanifest.xml"))
        listed = [one.get("href", "") for one in manifest.iter() if one.tag.endswith("}file")]
        assert set(listed) <= set(files.namelist())
        bank = next(name for name in listed if not name.endswith("assessment_meta.xml"))
        return list(ElementTree.fromstring(files.read(bank)).iter(f"{NAMESPACE}item"))


def _kind(item: ElementTree.Element) -> str:
    fields = item.iter(f"{NAMESPACE}qtimetadatafield")
    told = {one.findtext(f"{NAMESPACE}fieldlabel"): one.findtext(f"{NAMESPACE}fieldentry") for one in fields}
    return told["question_type"] or ""


@pytest.mark.parametrize("name", MODULES)
def test_every_question_is_in_the_package_or_named_as_left_out(name: str) -> None:
    package, losses = qti.write(MODULES[name])
    items = {item.get("title") or "": item for item in _items(package)}
    left = {loss.question for loss in losses}
    assert items.keys().isdisjoint(left)
    assert items.keys() | left == {question.id for question in MODULES[name].questions}
    rows = {row["id"]: row for row in LIBRARY.written[name]["questions"]}
    for key, item in items.items():
        assert _kind(item) == TYPES[rows[key]["kind"]]


@pytest.mark.parametrize("name", MODULES)
def test_the_right_answer_and_no_other_earns_the_mark(name: str) -> None:
    rows = {row["id"]: row for row in LIBRARY.written[name]["questions"]}
    for item in _items(qti.write(MODULES[name])[0]):
        row = rows[item.get("title") or ""]
        if row["kind"] == "number":
            _takes_the_range(item, row)
        else:
            _takes_the_option(item, row)


def _scoring(item: ElementTree.Element) -> list[ElementTree.Element]:
    conditions = item.iter(f"{NAMESPACE}respcondition")
    return [one for one in conditions if one.find(f"{NAMESPACE}setvar") is not None]


def _takes_the_option(item: ElementTree.Element, row: dict[str, Any]) -> None:
    labels = {one.get("ident"): " ".join(unescape("".join(one.itertext())).split()) for one in item.iter(f"{NAMESPACE}response_label")}
    (scoring,) = _scoring(item)
    (right,) = scoring.iter(f"{NAMESPACE}varequal")
    assert kinds.mark(row["kind"], kinds.read(row), [_response(row, labels[right.text])]).fraction == 1, row["id"]


def _response(row: dict[str, Any], shown: str) -> str:
    if row["kind"] == "truefalse":
        return shown.removeprefix("<p>").removesuffix("</p>").lower()
    order = [option["id"] for option in row["options"] if _plain(option["text"]) in _plain(shown)]
    assert len(order) == 1, (row["id"], shown)
    return str(order[0])


def _plain(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).split())


def _takes_the_range(item: ElementTree.Element, row: dict[str, Any]) -> None:
    (scoring,) = _scoring(item)
    low = float(next(scoring.iter(f"{NAMESPACE}vargte")).text or "")
    high = float(next(scoring.iter(f"{NAMESPACE}varlte")).text or "")
    question = kinds.read(row)
    assert [kinds.mark("number", question, [f"{value:.4f}"]).fraction for value in (low, high)] == [1, 1], row["id"]
    assert kinds.mark("number", question, [f"{high + 1:.4f}"]).fraction == 0


def test_a_package_is_the_same_bytes_again() -> None:
    module = next(iter(MODULES.values()))
    assert qti.write(module)[0] == qti.write(module)[0]
