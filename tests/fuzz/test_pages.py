"""Generated pages, stranger than those of tests/laws: markup that no tool would write."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaners import Page
from cleaners.reading import tidy
from fuzz.checks import CHECKS, check_laws
from fuzz.corpus import seeds
from tests.laws.pages import LINES

TAGS = st.sampled_from(
    """p div li ul ol table tr td th pre code blockquote h1 h3 a span b br hr img noscript script
    style template svg math select option textarea title head body html frameset iframe dialog
    figure figcaption dl dt dd form button details summary main article nav xmp plaintext
    """.split()  # noqa: SIM905 - a table reads better
)
NAMES = st.sampled_from(
    ["class", "id", "hidden", "aria-hidden", "style", "href", "content", "property", "itemprop"]
)
VALUES = st.one_of(
    st.sampled_from(["", "nav", "content", "display:none", "true", "/x", "og:title", "a b\tc"]),
    st.text(max_size=12),
)
ATTRIBUTES = st.dictionaries(NAMES, VALUES, max_size=2)
SCRIPT = '<script type="application/ld+json">{}</script>'
DECLARED = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), LINES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["@type", "@graph", "articleBody", "author", "name", "text"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@st.composite
def elements(draw):
    """An opening tag, some text, and maybe the closing tag of another."""
    attributes = "".join(f' {name}="{value}"' for name, value in draw(ATTRIBUTES).items())
    closing = f"</{draw(TAGS)}>" if draw(st.booleans()) else ""
    return f"<{draw(TAGS)}{attributes}>{draw(LINES)}{closing}"


SOUPS = st.lists(
    st.one_of(
        elements(),
        LINES,
        DECLARED.map(json.dumps).map(SCRIPT.format),
        st.sampled_from(
            ["<!--", "-->", "<![CDATA[", "]]>", "</", "<a <b", "&#0;", "&#xD800;", "\0"]
        ),
    ),
    max_size=20,
).map("".join)
WRAPPED = st.tuples(st.integers(20, 110), st.lists(LINES, max_size=8)).map(
    lambda drawn: "\n\n".join(
        "\n".join(line[at : at + drawn[0]] for at in range(0, len(line), drawn[0]))
        for line in drawn[1]
    )
)


@given(SOUPS)
def test_the_laws_hold_for_any_soup_of_tags(soup):
    check_laws(Page(soup, url="https://quay.example/1"))


@given(st.one_of(SOUPS, WRAPPED))
def test_the_laws_hold_for_any_lines(text):
    check_laws(Page(tidy(text), media="text", source="generated.txt"))


@given(st.binary(max_size=400))
@example(b"")
def test_any_bytes_are_decoded_or_refused(data):
    CHECKS["decoding"](data)


@pytest.mark.parametrize("check", CHECKS)
def test_what_fuzzing_starts_from_passes(check):
    for data in seeds():
        CHECKS[check](data)
