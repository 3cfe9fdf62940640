"""Progress: articles done, rate, time left, failures; for a person in words, for a program as JSON,
for a pipe nothing."""

import json

import pytest

import rendering
from helpers.engine import progress
from helpers.engine.progress import Meter, Step, words


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step("receive", 1500, None, 5440.4, None, 0), "read 1,500 articles, 5,440 a second"),
        (
            Step("annotate", 12000, 100_000, 1011.6, 86.99, 3),
            "annotated 12,000 of 100,000 articles, 1,012 a second, 1 min 27 s left, 3 failed",
        ),
        (Step("annotate", 5, 5, 2.0, 0.0, 0), "annotated 5 of 5 articles, 2 a second"),
        (
            Step("hits", 1, 9, 0.5, 7290.0, 0),
            "found the hits of 1 of 9 articles, 0 a second, 2 h 1 min left",
        ),
    ],
)
def test_a_step_is_said_in_a_line(step, said):
    assert words(step) == said


def test_a_meter_tells_once_a_second_and_what_an_earlier_run_did_is_no_speed_of_this_one(
    monkeypatch,
):
    now, heard = [100.0], []
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    meter = Meter("annotate", heard.append, total=100)
    meter.skip(50)
    for _ in range(8):
        now[0] += 0.25
        meter.add(5, failures=1)
    meter.end()
    assert [(s.done, s.rate, s.left, s.failures) for s in heard] == [
        (70, 20, 1.5, 4),
        (90, 20, 0.5, 8),
    ]


@pytest.fixture
def articles(tmp_path):
    rows = [
        {
            "article_id": str(i),
            "outlet": "A",
            "text": f"Talks in town {i}. “We wait,” said Ana Torv.",
        }
        for i in range(3)
    ]
    (tmp_path / "articles.jsonl").write_text(
        "\n".join([*map(json.dumps, rows), "{broken"]), encoding="utf-8"
    )
    return tmp_path / "articles.jsonl"


def test_a_program_reads_progress_and_result_as_json(articles, tmp_path):
    done = rendering.framing("annotate", articles, "--out", tmp_path / "out", "--json")
    steps = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert [(s["stage"], s["done"], s["failures"]) for s in steps] == [
        ("receive", 3, 0),
        ("annotate", 3, 1),
        ("hits", 3, 0),
        ("hits", 3, 0),
    ]
    assert set(steps[0]) == {"stage", "done", "total", "rate", "left", "failures"}
    assert json.loads(done.stdout) == {
        "articles": 3,
        "failures": 1,
        "folder": str(tmp_path / "out"),
    }
    assert done.returncode == 1


def test_a_pipe_hears_no_progress(articles, tmp_path):
    done = rendering.framing("annotate", articles, "--out", tmp_path / "out")
    assert "a second" not in done.stderr and "articles.jsonl:4: not JSON in UTF-8" in done.stderr
    assert done.stdout.startswith("3 articles, 1 failure: ")
