"""What fuzzing found, as it was found, less what did not matter."""

import pytest

from cleaners import Page
from fuzz.checks import check_laws

TITLE = "<title>Harbour council votes to widen the northern channel</title>"
SENTENCE = "The harbour council voted on Tuesday to widen the northern channel by forty metres."
PAGES = {
    # Cleaned again, the first line was the title, and what stood below it was near the top.
    "a byline below a first line like a headline": (
        f"{TITLE}<p>0。一一㐀㐀\u3040㐀㐀㐀㐀㐀㐀㐀\u20000㐀\u3040\u3040㐀㐀㑨程米航计道预</p>"
        f"<p>{SENTENCE}</p><p>By Lena Brandt</p>"
    ),
    # Code that holds a fence is written with the other one, or without.
    "a fence as code": "<pre>```</pre>",
    "code with both fences": "<pre>a ``` b ~~~ c</pre><p>~</p><pre>d ``` e</pre>",
    # A numeric reference brought back what decoding takes out.
    "references to control characters": f"<title>Har&#1;bour</title><p>One&#2; {SENTENCE}",
    "control characters in JSON-LD": (
        '<script type="application/ld+json">{"@type": "Article", "author": "Lena\\u0001 Brandt",'
        f' "articleBody": "{SENTENCE * 3}\\u0002"}}</script>'
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_what_was_found_stays_mended(page):
    check_laws(Page(PAGES[page], url="https://quay.example/1"))
