"""Does one article become the record that the program makes of it?"""

import datetime
import doctest
import json
import os
import pathlib
import subprocess
import typing
from typing import Any, Literal, Optional, Union, get_args, get_origin, get_type_hints

import pytest
import sayso
import sayso.record

ROOT = pathlib.Path(__file__).parents[3]
TEXT = (
    "Flood at Sarn\n\nÉmile Oremond, the board’s director, denied on Monday that the dam had leaked. 🌊 “Nobody sat on "
    "that report,” he told the council of Côté-sur-Sarn. Critics said the gates may have been open. The Harbour Post "
    "reported, citing a transcript, that the governor of Kestria rejected the plan."
)
STATED = {"url": "https://example.org/sarn", "outlet": "Northline", "byline": "Ida Brell", "published": "2026-03-17"}


def spans(part: Any) -> typing.Iterator[dict[str, Any]]:
    """All places in the text that a record has."""
    if isinstance(part, dict):
        if {"start", "end", "text"} <= part.keys():
            yield part
        for inner in part.values():
            yield from spans(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from spans(inner)


def program() -> str:
    """The program that was built with the package, which `cargo xtask python` names."""
    path = os.environ.get("SAYSO_BIN")
    if path is None:
        pytest.skip("SAYSO_BIN names no program to compare with")
    return path


def test_spans_index_python_strings() -> None:
    record = sayso.read(TEXT)
    found = list(spans(record))
    assert len(found) > 10
    for span in found:
        assert TEXT[span["start"] : span["end"]] == span["text"]
    assert record["article"]["text"] == TEXT


def test_what_is_known_is_taken() -> None:
    day = datetime.datetime(2026, 3, 17, 9, 30)
    record = sayso.read(TEXT, title="Flood at Sarn", outlet="Northline", published=day)
    assert record["article"]["published"] == "2026-03-17T09:30:00"
    assert record["article"]["outlet"] == "Northline"
    when = [said["when"] for said in record["attributions"] if said["when"] is not None]
    assert when[0]["from"] == "2026-03-16"


def test_a_record_is_the_one_that_the_program_writes(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "sarn.json"
    file.write_text(json.dumps({"text": TEXT, **STATED}), encoding="utf-8")
    ran = subprocess.run([program(), "read", str(file), "-f", "jsonl"], stdout=subprocess.PIPE, check=True)
    record = sayso.read(TEXT, **STATED)  # type: ignore[arg-type]
    record["article"]["input"] = str(file)
    assert len(record["attributions"]) >= 4
    assert json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" == ran.stdout.decode()


def test_another_language_is_noted() -> None:
    german = "Der Minister sagte am Mittwoch, die Brücke sei sicher und werde bald geöffnet."
    record = sayso.read(german)
    assert record["attributions"] == []
    assert "German" in record["notes"][0]
    assert sayso.read(german, assume_english=True)["article"]["language"] == "de"


@pytest.mark.parametrize("text", ["", " \n", "\0", "\ud800 said so"])
def test_what_holds_no_words_is_refused(text: str) -> None:
    with pytest.raises(sayso.ReadError):
        sayso.read(text)


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(TypeError):
        sayso.read(b"The mayor said so.")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="`url` is of type int"):
        sayso.read("The mayor said so.", url=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="min_confidence"):
        sayso.read("The mayor said so.", min_confidence=7)


def test_confidence_limits() -> None:
    n = len(sayso.read(TEXT)["attributions"])
    assert len(sayso.read(TEXT, min_confidence=0.92)["attributions"]) < n


@pytest.mark.parametrize("name", ["read", "read_many"])
def test_the_examples_in_the_documentation_hold(name: str) -> None:
    documented = getattr(sayso, name).__doc__
    test = doctest.DocTestParser().get_doctest(documented, {}, name, None, None)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_types_are_those_of_the_schema() -> None:
    schema = json.loads((ROOT / "schema/record.schema.json").read_text(encoding="utf-8"))
    names = {"Record": schema, **schema["$defs"]}
    for name, part in names.items():
        if "properties" in part:
            shape = {key: resolved(inner, names) for key, inner in part["properties"].items()}
            hints = get_type_hints(getattr(sayso.record, name))
            assert {key: shown(hint) for key, hint in hints.items()} == shape, name


def resolved(part: dict[str, Any], names: dict[str, Any]) -> object:
    """A schema as `shown` shows types."""
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[1]
        return name if "properties" in names[name] else resolved(names[name], names)
    choices = [inner for inner in part.get("anyOf", []) + part.get("oneOf", [])]
    if any("const" in inner or "enum" in inner for inner in choices):
        return frozenset(word for inner in choices for word in inner.get("enum", [inner.get("const")]))
    if choices:
        return tuple(resolved(inner, names) for inner in choices)
    if "enum" in part:
        return frozenset(part["enum"])
    kinds = part["type"] if isinstance(part["type"], list) else [part["type"]]
    known = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "null"}
    if kinds == ["array"]:
        return [resolved(part["items"], names)]
    return known[kinds[0]] if len(kinds) == 1 else tuple(known[kind] for kind in kinds)


def shown(hint: Any) -> object:
    """A type in a shape to compare: names for dicts, sets for choices, lists for lists, pairs with null for optional ones."""
    if get_origin(hint) is Literal:
        return frozenset(get_args(hint))
    if get_origin(hint) is list:
        return [shown(get_args(hint)[0])]
    if get_origin(hint) is Union:
        return tuple(shown(inner) for inner in get_args(hint))
    return "null" if hint is type(None) else hint.__name__


def test_the_version_is_the_engine_s() -> None:
    assert sayso.read("The mayor said so.")["producer"]["version"] == sayso.__version__


def wants_typed(record: sayso.Record) -> Optional[str]:
    """For the type checker alone."""
    source = record["attributions"][0]["source"]
    return None if source is None else source["text"]
