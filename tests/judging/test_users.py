"""Cues and keeps of the user: what must go goes, what must stay stays, in HTML and in text."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.settings import Settings
from cleaners.userrules import CueRule, KeepRule
from tests.laws.pages import CUES, PAGES, SENTENCES

STORY = [
    "The harbour council voted on Tuesday to widen the northern channel by forty metres.",
    "Critics say the dredging would disturb eel grass beds that took decades to recover.",
    "Work is to begin in spring and to take about two years, according to the pilots.",
]
URL = "https://news.example.org/2024/channel"


def page(media, *lines, url=URL):
    story = [STORY[0], STORY[1], *lines, STORY[2]]
    if media == "text":
        return Page("\n\n".join(story), media="text", url=url)
    body = "".join(f"<p>{line}</p>" for line in story)
    return Page(f"<html><body><main><article>{body}</article></main></body></html>", url=url)


def cued(*phrases, **options):
    return Settings(cues=(CueRule("newsletter", phrases, **options),))


def kept(*phrases, **options):
    return Settings(keep=(KeepRule(phrases, **options),))


both = pytest.mark.parametrize("media", ["text", "html"])


@both
@pytest.mark.parametrize(
    ("phrase", "options", "line"),
    [
        ("The Lantern comes on Fridays", {}, "The Lantern comes on Fridays"),
        ("the lantern’s list", {}, "► The Lantern's List:"),
        ("The lantern", {"position": "start"}, "The Lantern, weekly"),
        ("from the quay", {"position": "end"}, "More light from the quay"),
        ("lantern", {"position": "inside"}, "Our lantern letter"),
        ("Get ... by post", {}, "Get the Lantern by post"),
        ("Every Friday we light the lantern and send a letter to all who asked for it.",
         {"shape": "any"},
         "Every Friday we light the lantern and send a letter to all who asked for it."),
        ("灯台通信", {}, "灯台通信"),
    ],
)  # fmt: skip
def test_a_cue_takes_its_line(media, phrase, options, line):
    plain = clean_page(page(media, line))
    document = clean_page(page(media, line), cued(phrase, **options))
    assert line in plain.text
    assert line not in document.text
    assert all(sentence in document.text for sentence in STORY)
    (removal,) = document.removals
    assert (removal.kind, removal.rule) == ("newsletter", "user.cue")


@both
@pytest.mark.parametrize(
    ("phrase", "options", "line"),
    [
        ("The Lantern comes", {}, "The Lantern comes on Fridays"),
        ("lantern", {"position": "start"}, "Our lantern letter"),
        ("antern", {"position": "inside"}, "Our lantern letter"),
        ("The Lantern", {"position": "start"},
         "The Lantern is a ship that has carried pilots to the mouth of the river since spring."),
        ("The Lantern", {"max_words": 3, "position": "start"}, "The Lantern comes on Fridays"),
        ("The Lantern", {"weight": 0.5}, "The Lantern"),
    ],
)  # fmt: skip
def test_a_cue_takes_nothing_else(media, phrase, options, line):
    assert line in clean_page(page(media, line), cued(phrase, **options)).text


def test_a_cue_takes_even_what_is_protected():
    takeaways = page("text", "Key takeaways", "- The channel is widened")
    assert "Key takeaways" in clean_page(takeaways).text
    assert "Key takeaways" not in clean_page(takeaways, cued("Key takeaways")).text


@both
@pytest.mark.parametrize(
    "line", ["Advertisement", "Sign up for our newsletter", "© 2024 The Quay. All rights reserved."]
)
def test_a_keep_wins_over_the_rules(media, line):
    assert line not in clean_page(page(media, line)).text
    assert line in clean_page(page(media, line), kept(line.upper())).text


def test_a_keep_wins_over_the_layout_judge():
    links = "".join(f"<li><a href='/{n}'>Harbour {n}</a></li>" for n in range(9))
    nav = Page(f"<body><nav><ul>{links}</ul></nav>{page('html').text}</body>", url=URL)
    assert "Harbour 4" not in clean_page(nav).text
    document = clean_page(nav, kept("Harbour 4"))
    assert "Harbour 4" in document.text
    assert "Harbour 5" not in document.text


def test_a_keep_wins_over_a_cue():
    rules = Settings(
        cues=(CueRule("ad", ("Boats for sale",)),), keep=(KeepRule(("boats for  sale",)),)
    )
    assert "Boats for sale" in clean_page(page("text", "Boats for sale"), rules).text


def test_a_keep_wins_over_a_repeated_paragraph():
    again = page("html", "HERE")
    again = replace(again, text=again.text.replace("<p>HERE", f'<p class="copy">{STORY[0]}'))
    assert clean_page(again).text.count(STORY[0]) == 1
    assert clean_page(again, kept(STORY[0])).text.count(STORY[0]) == 2


def test_a_keep_holds_a_span_within_a_line():
    credited = Page("\n\n".join([*STORY[:2], f"{STORY[2]} (Reuters)"]), media="text")
    (removal,) = clean_page(credited).removals
    assert removal.end - removal.start == len("(Reuters)")
    assert clean_page(credited, kept("(Reuters)")).text == credited.text
    assert clean_page(credited, kept("Advertisement")).removals == (removal,)


def test_the_span_that_the_keep_does_not_touch_still_goes():
    found = Page("\n\n".join([*STORY, "Advertisement", "Share"]), media="text")
    document = clean_page(found, kept("Share"))
    assert document.text.endswith("Share")
    assert "Advertisement" not in document.text


@both
def test_a_pattern_keeps_what_it_fits(media):
    rules = Settings(keep=(KeepRule(patterns=(r"^Photo: .{1,40}/Harbour Press$",)),))
    line = "Photo: Piet Osei/Harbour Press"
    assert line not in clean_page(page(media, line)).text
    assert line in clean_page(page(media, line), rules).text
    assert "Advertisement" not in clean_page(page(media, "Advertisement"), rules).text


def test_a_keep_does_not_fit_within_a_word():
    assert "Advertisement" not in clean_page(page("text", "Advertisement"), kept("Advert")).text


@pytest.mark.parametrize(
    ("site", "url", "holds"),
    [
        ("example.org", "https://example.org/a", True),
        ("example.org", "https://www.example.org/a", True),
        ("example.org", "https://news.example.org/a", True),
        ("news.example.org", "https://example.org/a", False),
        ("example.org", "https://badexample.org/a", False),
        ("example.org", "https://example.org.evil.net/a", False),
        ("example.org", None, False),
        ("example.org", "http://[bad", False),
        (None, "https://example.org/a", True),
        (None, None, True),
    ],
)
@both
def test_rules_of_a_site_hold_for_its_host_and_sub_domains(media, site, url, holds):
    found = page(media, "Advertisement", "The Lantern", url=url)
    rules = Settings(
        cues=(CueRule("ad", ("The Lantern",), site=site),),
        keep=(KeepRule(("Advertisement",), site=site),),
    )
    text = clean_page(found, rules).text
    assert ("Advertisement" in text) is holds
    assert ("The Lantern" not in text) is holds


RULES = st.builds(
    Settings,
    cues=st.lists(
        st.builds(
            CueRule,
            st.sampled_from(["ad", "layout", "related", "ticker"]),
            st.tuples(st.one_of(CUES, SENTENCES).filter(lambda text: text[0].isalnum())),
            position=st.sampled_from(["whole", "start", "inside", "end"]),
            shape=st.sampled_from(["line", "any"]),
            opens=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    keep=st.lists(st.builds(KeepRule, st.tuples(st.one_of(CUES, SENTENCES))), max_size=3).map(
        tuple
    ),
)


@given(PAGES, RULES)
@settings(max_examples=60)
def test_cleaning_twice_removes_nothing_with_rules_of_the_user(found, rules):
    once = clean_page(found, rules)
    twice = clean_page(Page(once.text, media="text", source=found.source, url=found.url), rules)
    assert twice.removals == ()
    assert twice.text == once.text or twice.title


@given(PAGES, RULES)
@settings(max_examples=60)
def test_no_removal_touches_what_is_kept(found, rules):
    document = clean_page(found, rules)
    phrases = {" ".join(rule.phrases[0].casefold().split()) for rule in rules.keep}
    for removal in document.removals:
        block = document.blocks[removal.block].text
        assert " ".join(block[removal.start : removal.end].casefold().split()) not in phrases


def test_rules_that_concern_no_page_change_nothing():
    rules = Settings(
        cues=(CueRule("ad", ("The Lantern",), site="example.net"),),
        keep=(KeepRule(("Advertisement",), site="example.net"),),
    )
    found = page("html", "Advertisement", "The Lantern")
    plain, other = clean_page(found), clean_page(found, rules)
    assert other.text == plain.text
    assert other.removals == plain.removals
