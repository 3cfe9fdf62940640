"""Studies and parameters: what is refused, and in which words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import study
from helpers.study import StudyError
from helpers.study.parameters import Parameter, from_text

CELL = """corpus = "data/raw/demo"  # folder of articles
window = 12                # words on either side (1 to 60)
evidence = "sentences"     # what may be printed (one of sentences, locations)
share = 0.5                # a share (0 to 1)
outlets = []               # none named: all
deep = False               # whether to go deep
"""


def notebook(folder, source=CELL, tags=("parameters",)):
    cell = {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source.splitlines(keepends=True),
        "outputs": [],
        "execution_count": None,
    }
    path = folder / "n.ipynb"
    path.write_text(
        json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
        encoding="utf-8",
    )
    return path


def write(folder, text):
    path = folder / "study.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_parameter_has_its_meaning_and_its_bounds(tmp_path):
    window = {p.name: p for p in study.declared(notebook(tmp_path))}["window"]
    assert window == Parameter("window", 12, "words on either side (1 to 60)", 1.0, 60.0, ())


def test_choices_are_read_from_the_comment(tmp_path):
    assert {p.name: p.choices for p in study.declared(notebook(tmp_path))}["evidence"] == (
        "sentences",
        "locations",
    )


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("windo", 3, "did you mean window?"),
        ("window", "12", "give a whole number"),
        ("window", True, "give a whole number"),
        ("window", 61, "from 1 to 60"),
        ("evidence", "all", "one of sentences, locations"),
        ("outlets", True, "give a list"),
        ("outlets", {"Reuters": 1}, "give a list"),
        ("deep", "true", "give true or false"),
        ("share", 2, "from 0 to 1"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_do(tmp_path, name, value, words):
    with pytest.raises(StudyError, match=r"here: .*" + words.replace("?", r"\?")):
        study.settle(study.declared(notebook(tmp_path)), {name: value}, "here")


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    with pytest.raises(StudyError) as caught:
        study.settle(
            study.declared(notebook(tmp_path)), {"windo": 1, "window": 0, "deep": 1}, "here"
        )
    assert len(caught.value.problems) == 3


def test_a_whole_number_will_do_for_a_number(tmp_path):
    assert study.settle(study.declared(notebook(tmp_path)), {"share": 1}, "here")["share"] == 1


def test_one_plain_value_will_do_for_a_list(tmp_path):
    found = study.settle(study.declared(notebook(tmp_path)), {"outlets": "Reuters"}, "here")
    assert found["outlets"] == ["Reuters"]


def test_a_derived_default_is_refused(tmp_path):
    with pytest.raises(StudyError, match="line 2: b is computed"):
        study.declared(notebook(tmp_path, "a = 1\nb = a + 1\n"))


def test_a_notebook_without_parameters_says_so(tmp_path):
    with pytest.raises(StudyError, match="no cell is tagged parameters"):
        study.declared(notebook(tmp_path, tags=()))


@pytest.mark.parametrize("text, value", [("a, b", ["a", "b"]), ("", []), ("a", ["a"])])
def test_lists_on_the_command_line_are_split_at_commas(text, value):
    assert from_text(Parameter("outlets", [], ""), text) == value


@given(st.text(max_size=20))
def test_text_that_is_no_number_stays_text_and_is_refused_later(text):
    value = from_text(Parameter("window", 12, "(1 to 60)", 1.0, 60.0), text)
    assert isinstance(value, int) or value == text


GOOD = "title: T\ncorpus: data/raw/demo\nreports:\n  - notebook: 02-loaded-terms\n"


def test_a_study_gives_its_reports_their_parameters(tmp_path):
    found = study.load(write(tmp_path, GOOD + "    parameters: {window: 8}\n"))
    assert (
        found.reports[0].name,
        found.reports[0].values["window"],
        found.reports[0].values["corpus"],
    ) == ("02-loaded-terms", 8, "data/raw/demo")


def test_yaml_1_2_keeps_no_and_times_as_text(tmp_path):
    found = study.load(
        write(
            tmp_path,
            GOOD.replace("title: T", "title: NO").replace(
                "\nreports", "\ndescription: 12:30\nreports"
            ),
        )
    )
    assert (found.title, found.description) == ("NO", "12:30")


def test_a_day_in_a_study_is_the_text_that_a_notebook_takes(tmp_path):
    found = study.load(write(tmp_path, GOOD + "    parameters: {since: 2031-03-01}\n"))
    assert found.reports[0].values["since"] == "2031-03-01"


def test_a_setting_reaches_every_notebook_that_knows_it(tmp_path):
    text = GOOD + "  - notebook: 01-clean\n"
    found = study.load(write(tmp_path, text), {"window": "9", "evidence": "locations"})
    assert [r.values.get("window") for r in found.reports] == [9, None]
    assert {r.values["evidence"] for r in found.reports} == {"locations"}


def test_a_sweep_makes_one_report_for_each_value(tmp_path):
    found = study.load(write(tmp_path, GOOD + "    sweep: {window: [5, 10]}\n"))
    assert [(r.name, r.values["window"]) for r in found.reports] == [
        ("02-loaded-terms-window-5", 5),
        ("02-loaded-terms-window-10", 10),
    ]


@pytest.mark.parametrize(
    "text, words",
    [
        ("title: T\ncorpus: x\n", "reports is missing"),
        (GOOD + "lexicon: [a]\n", r":5: unknown key lexicon; did you mean lexicons\?"),
        (
            GOOD.replace("02-loaded-terms", "09-nothing"),
            "there is no notebook 09-nothing; notebooks/ has",
        ),
        (
            GOOD + "    parameters: {windoww: 3}\n",
            r":4: the notebook has no parameter windoww; did you mean window\?",
        ),
        (GOOD + "evidence: everything\n", "give sentences or locations"),
        (GOOD + "lexicons: [data/lexicons/none.yml]\n", "none.yml: there is no such file"),
        (GOOD + "  - notebook: 02-loaded-terms\n", "two reports are called 02-loaded-terms"),
        ("title: [\n", r"study.yml:\d+: not YAML"),
        ("- a\n", "a study is a list of"),
        (GOOD.replace("title: T", "title: [T]"), "title is"),
        (
            GOOD + "    name: ../../etc\n    sweep: {window: 5}\n",
            "a sweep is one parameter with a list",
        ),
    ],
)
def test_a_broken_study_says_where_and_what_to_do(tmp_path, text, words):
    with pytest.raises(StudyError, match=words):
        study.load(write(tmp_path, text))


def test_a_setting_that_no_notebook_knows_is_refused(tmp_path):
    with pytest.raises(StudyError, match="--set windows: no notebook of this study"):
        study.load(write(tmp_path, GOOD), {"windows": "9"})


def test_a_report_name_cannot_leave_its_folder(tmp_path):
    found = study.load(write(tmp_path, GOOD + "    name: ../../etc/x.y\n"))
    assert found.reports[0].name == "etc-x-y"


def test_an_unknown_study_names_those_there_are():
    with pytest.raises(StudyError, match=r"no study nowhere: .* the studies are ceasefire, demo"):
        study.find("nowhere")


def test_names_are_chosen_against_names_there():
    assert study.chosen([], ["b", "a", "b"], "outlet") == ["a", "b"]
    with pytest.raises(
        ValueError, match="no outlet 'Reuter' in this corpus; did you mean 'Reuters'"
    ):
        study.chosen(["Reuter"], ["Reuters"], "outlet")


def test_a_term_means_its_entry_with_or_without_wildcard():
    assert study.terms(["dictator", "Regime*"], ["dictator*", "regime*", "thug*"]) == [
        "dictator*",
        "regime*",
    ]
