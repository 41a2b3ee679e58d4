"""Do many articles become a table that other libraries take?"""

import collections
import datetime
import json
import multiprocessing
import pathlib
import signal
import subprocess
import sys
import threading
import time
import typing
from typing import Any

import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
import sayso

from test_read import STATED, TEXT, program

BRIDGE = "“The bridge is safe,” Ms. Lee said on Monday."
DAM = {"text": "The mayor denied that the dam had leaked.", "outlet": "Northline", "published": "2026-03-15T20:05:00Z"}
GERMAN = "Der Minister sagte am Mittwoch, die Brücke sei sicher und werde bald geöffnet."


def table(said: sayso.Statements) -> pyarrow.Table:
    return pyarrow.table(said)


def test_all_three_libraries_take_it() -> None:
    said = sayso.read_many([BRIDGE, DAM])
    rows = table(said).to_pylist()
    assert len(said) == len(rows) == 2
    assert [(row["article"], row["number"], row["outlet"], row["day"]) for row in rows] == [
        (0, "a1", None, None),
        (1, "a1", "Northline", "2026-03-15"),
    ]
    assert rows[0]["source"] == "Ms. Lee" and BRIDGE[rows[0]["start"] : rows[0]["end"]] == BRIDGE[:-11]
    assert rows[1]["act"] == "deny"
    assert polars.DataFrame(said).to_dicts() == rows
    frame = pandas.DataFrame.from_arrow(said) if hasattr(pandas.DataFrame, "from_arrow") else table(said).to_pandas()
    assert list(frame.columns) == said.column_names
    assert frame["content"].tolist() == [row["content"] for row in rows]


def test_the_types_are_plain() -> None:
    schema = table(sayso.read_many([])).schema
    kinds = collections.Counter(str(field.type) for field in schema)
    assert kinds == {"string": 21, "int64": 3, "bool": 2, "double": 1}
    optional = [field.name for field in schema if field.nullable]
    assert optional == "url outlet title published day actor actor_kind source cue parent".split()
    assert pyarrow.schema(sayso.read_many([])) == schema


def test_nothing_is_a_table_too() -> None:
    said = sayso.read_many([])
    assert len(said) == 0 and polars.DataFrame(said).is_empty()


def test_columns_are_those_of_the_archive(tmp_path: pathlib.Path) -> None:
    source, archive, out = tmp_path / "sarn.json", tmp_path / "a.sqlite", tmp_path / "out.parquet"
    source.write_text(json.dumps({"text": TEXT, **STATED}), encoding="utf-8")
    for command in (["add", str(source)], ["export", "-o", str(out)]):
        subprocess.run([program(), *command, "--archive", str(archive)], stderr=subprocess.DEVNULL, check=True)
    kept = pyarrow.parquet.read_table(out)
    said = table(sayso.read_many([{"text": TEXT, **STATED}]))
    left_out = {"reprint_of", "superseded", "actor_id", "same", "corrected", "plover"}
    assert said.column_names == [name for name in kept.column_names if name not in left_out]
    kept = kept.select(said.column_names)
    assert kept.schema.remove_metadata() == said.schema
    # An archive counts its articles from 1.
    assert kept.drop_columns("article").to_pylist() == said.drop_columns("article").to_pylist()


@pytest.mark.filterwarnings("ignore:5 of 7")
def test_a_bad_one_loses_none_of_the_others() -> None:
    items: list[Any] = [BRIDGE, "", GERMAN, 7, {"title": "No words"}, "half a pair \ud800", DAM]
    said = sayso.read_many(items)
    assert [row["article"] for row in table(said).to_pylist()] == [0, 6]
    assert said.n_articles == 7
    reasons = {unread.article: unread.reason for unread in said.unread}
    assert reasons[1] == reasons[4] == "there are no words in its text"
    assert "German" in reasons[2]
    assert "of type int" in reasons[3]
    assert "surrogate" in reasons[5]
    assert repr(said) == "<sayso.Statements: 2 of 7 articles, 5 not read>"
    assert len(sayso.read_many([GERMAN], assume_english=True).unread) == 0


def test_errors_warn_or_raise_or_neither() -> None:
    with pytest.warns(UserWarning, match="1 of 2 articles could not be read"):
        sayso.read_many([BRIDGE, ""])
    assert sayso.read_many(["", BRIDGE], errors="skip").unread == [
        sayso.read_many([""], errors="skip").unread[0]
    ]
    with pytest.raises(sayso.ReadError, match="^article 1: "):
        sayso.read_many([BRIDGE, ""], errors="raise")
    with pytest.raises(ValueError, match="'warn', 'skip' or 'raise'"):
        sayso.read_many([], errors="ignore")  # type: ignore[arg-type]


def test_frames_are_taken_by_their_rows() -> None:
    rows = [{"text": BRIDGE, "published": None, "n": 1}, {"text": DAM["text"], "published": datetime.date(2026, 3, 15), "n": 2}]
    for items in (pandas.DataFrame(rows).to_dict("records"), polars.DataFrame(rows).iter_rows(named=True)):
        said = sayso.read_many(typing.cast("list[dict[str, Any]]", items), errors="raise")
        assert table(said)["day"].to_pylist() == [None, "2026-03-15"]
    missing = pandas.DataFrame({"text": [BRIDGE], "url": [float("nan")], "title": [pandas.NA], "published": [pandas.NaT]})
    assert table(sayso.read_many(missing.to_dict("records"), errors="raise"))["url"].to_pylist() == [None]
    assert len(sayso.read_many(pandas.Series([BRIDGE, BRIDGE]))) == 2


@pytest.mark.parametrize("one", [BRIDGE, DAM, pandas.DataFrame([DAM]), polars.DataFrame([DAM])])
def test_what_only_looks_like_many_is_refused(one: Any) -> None:
    with pytest.raises(TypeError, match="read_many takes"):
        sayso.read_many(one)


def test_what_the_iterable_raises_comes_through() -> None:
    def broken() -> typing.Iterator[str]:
        yield BRIDGE
        raise LookupError("the end of the feed")

    with pytest.raises(LookupError, match="the end of the feed"):
        sayso.read_many(broken())


def test_rows_are_in_order_and_the_same_as_one_by_one() -> None:
    texts = [f"{BRIDGE} The mayor of Sarn told {i} reporters that it was not." for i in range(40)]
    rows = table(sayso.read_many(texts)).to_pylist()
    numbers = [(i, said["id"]) for i, text in enumerate(texts) for said in sayso.read(text)["attributions"]]
    assert [(row["article"], row["number"]) for row in rows] == numbers


def test_other_threads_run_meanwhile() -> None:
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.wait(0.001):
            ticks.append(time.monotonic())

    thread = threading.Thread(target=tick)
    thread.start()
    # One batch, so that no bytecode of this thread runs in which the lock could pass over anyhow.
    articles = [TEXT * 20] * 4
    start = time.monotonic()
    sayso.read_many(articles)
    end = time.monotonic()
    done.set()
    thread.join()
    quarter = (end - start) / 4
    within = [at for at in ticks if start + quarter < at < end - quarter]
    assert len(within) > 10, f"{len(within)} ticks in the middle of {end - start:.2f} s"


def test_ctrl_c_stops_it() -> None:
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    asked = 0

    def endless() -> typing.Iterator[str]:
        nonlocal asked
        while True:
            asked += 1
            yield BRIDGE

    # A shell starts what runs in its background with the signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            sayso.read_many(endless())
    finally:
        signal.signal(signal.SIGINT, before)
    assert asked > 0


@pytest.mark.skipif(sys.platform == "win32", reason="it has no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_reads_too() -> None:
    n = len(sayso.read_many([BRIDGE]))
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(in_a_fork).get(timeout=60) == n


def in_a_fork() -> int:
    return len(sayso.read_many([BRIDGE]))
