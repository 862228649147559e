"""Cue phrases: where in a line they must stand, and that bad files are refused."""

import pytest

from cleaners.errors import SettingsError
from cleaners.judging.cues import Cue, Cues, default_cues, read_cues
from cleaners.records import KINDS


def hits_of(cues, line):
    return cues.find(line, line.split())


def found(cue, line):
    return [(hit.start, hit.end) for hit in hits_of(Cues([cue]), line)]


@pytest.mark.parametrize("line", ["share", "» share «", "share:", "[share]", "• share"])
def test_ornaments_do_not_count_around_a_whole_line(line):
    assert found(Cue("share", "social", "whole"), line)


@pytest.mark.parametrize("line", ["shares", "share it", "please share"])
def test_a_whole_line_says_nothing_else(line):
    assert not found(Cue("share", "social", "whole"), line)


def test_a_start_may_follow_ornaments_but_no_words():
    cue = Cue("read more:", "related", "start")
    assert found(cue, ">> read more: the queue at the quay") == [(3, 13)]
    assert not found(cue, "you can read more: the queue")


def test_an_end_may_be_followed_by_marks():
    cue = Cue("via getty images", "caption", "end")
    assert found(cue, "the quay at dawn, lena ost via getty images.")
    assert not found(cue, "sold via getty images to a paper")


def test_inside_means_anywhere_but_not_half_a_word():
    cue = Cue("own risk", "disclaimer", "inside")
    assert found(cue, "at your own risk, of course") == [(8, 16)]
    assert not found(cue, "their own risks")
    assert not found(Cue("ad", "ad", "inside"), "a bad road")


def test_one_word_is_found_whatever_mark_follows():
    cue = Cue("unsubscribe", "newsletter", "inside")
    for mark in (".", ",", ":", ";", "!", "?", ")", ""):
        assert found(cue, f"you may unsubscribe{mark}")


def test_dots_stand_for_other_words_up_to_a_limit():
    cue = Cue("sign up ... newsletter", "newsletter", "start")
    assert found(cue, "sign up to the harbour post newsletter") == [(0, 38)]
    assert not found(cue, "sign up " + "for the race " * 20 + "and its newsletter")


def test_dots_at_the_end_stand_for_the_rest_of_the_line():
    cue = Cue("appeared first on ...", "syndication", "end")
    assert found(cue, "the post quays appeared first on coinledger.")


def test_scripts_without_spaces_are_found_inside_words():
    cue = Cue("無断転載", "copyright", "inside")
    assert found(cue, "記事・写真の無断転載を禁じます") == [(6, 10)]


def test_hits_stand_in_the_order_of_the_line():
    cues = Cues(
        [Cue("own risk", "disclaimer", "inside"), Cue("no liability", "disclaimer", "inside")]
    )
    hits = hits_of(cues, "no liability: you read at your own risk")
    assert [hit.cue.phrase for hit in hits] == ["no liability", "own risk"]


def test_the_cues_that_come_along_are_sound():
    cues = default_cues()
    for line, kind in [
        ("advertisement", "ad"),
        ("you may also like", "related"),
        ("copy link", "social"),
    ]:
        assert kind in {hit.cue.kind for hit in hits_of(cues, line)}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "fluff"}, "kind = 'fluff'"),
        ({"position": "middle"}, "position = 'middle'"),
        ({"shape": "round"}, "shape = 'round'"),
        ({"wieght": 1}, "unknown key 'wieght'"),
        ({"evidence": ""}, "needs kind, evidence and phrases"),
        ({"phrases": []}, "needs kind, evidence and phrases"),
        ({"phrases": ["... and more"]}, "must begin with a word"),
    ],
)
def test_a_bad_group_is_refused_with_its_place(change, message):
    group = {"kind": "ad", "evidence": "seen on a page", "phrases": ["advertisement"]} | change
    with pytest.raises(SettingsError, match=r"de\.toml: cues group 1") as caught:
        list(read_cues({"cues": [group]}, language="de", where="de.toml"))
    assert message in str(caught.value)


def test_every_kind_that_a_group_may_name_is_a_kind():
    groups = {"cues": [{"kind": kind, "evidence": "x", "phrases": ["abc"]} for kind in KINDS]}
    assert len(list(read_cues(groups, language="en", where="en.toml"))) == len(KINDS)


def test_phrases_may_be_an_array_or_one_a_line():
    group = {"kind": "ad", "evidence": "seen on a page"}
    array = {"cues": [group | {"phrases": ["advertisement", "skip ad"]}]}
    lines = {"cues": [group | {"phrases": "advertisement\nskip ad\n"}]}
    read = [list(read_cues(data, language="en", where="en.toml")) for data in (array, lines)]
    assert read[0] == read[1]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("реклама", "ad"),
        ("関連記事", "related"),
        ("관련기사", "related"),
        ("责任编辑：林晓", "byline"),
    ],
)
def test_cues_of_other_scripts_are_found_in_lines_of_that_script(line, kind):
    assert kind in {hit.cue.kind for hit in hits_of(default_cues(), line)}
