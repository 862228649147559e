"""One extractor in a process of its own, in whatever environment has it installed.

    python -P benchmarks/worker.py TOOL

Reads one JSON object a line, `{"html": ..., "url": ...}`, and answers each with
`{"text": ..., "ms": ..., "error": ...}`: the text, the CPU time of the call alone in milliseconds,
and the class of the exception if there was one (the text is then empty).  An empty line asks for
the last answer, `{"peak_mb": ..., "versions": ...}`.

This file imports nothing of the project, so that any environment can run it.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Final, TextIO, TypeAlias

Extract: TypeAlias = Callable[[str, str | None], str]


def winnow() -> Extract:
    from cleaners import Page, clean_page

    return lambda html, url: clean_page(Page(text=html, media="html", url=url)).text


def trafilatura(**settings: Any) -> Extract:
    from trafilatura import extract

    return lambda html, url: extract(html, url=url, include_comments=False, **settings) or ""


def rs_trafilatura() -> Extract:
    import rs_trafilatura

    return lambda html, url: rs_trafilatura.extract(html, url=url).main_content or ""


def resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html, _: extract_plain_text(
        html, main_content=True, preserve_formatting=True, alt_texts=False, comments=False
    )


def readability() -> Extract:
    from lxml.html import fromstring
    from readability import Document

    def extract(html: str, url: str | None) -> str:
        summary = Document(html, url=url).summary(html_partial=True)
        return _lines(fromstring(summary)) if summary.strip() else ""

    return extract


def justext() -> Extract:
    import justext

    # Those of all languages together serve every set best, even the English one.
    words = frozenset().union(*map(justext.get_stoplist, justext.get_stoplists()))

    def extract(html: str, _: str | None) -> str:
        paragraphs = justext.justext(html.encode("utf-8", "replace"), words, encoding="utf-8")
        return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)

    return extract


def everything() -> Extract:
    from bs4 import BeautifulSoup

    def extract(html: str, _: str | None) -> str:
        soup = BeautifulSoup(html, "lxml")
        for element in soup(["script", "style", "noscript", "template"]):
            element.decompose()
        return soup.get_text("\n", strip=True)

    return extract


TOOLS: Final[dict[str, tuple[Callable[[], Extract], tuple[str, ...]]]] = {
    "winnow": (winnow, ("winnow", "selectolax")),
    "trafilatura": (trafilatura, ("trafilatura", "lxml")),
    "trafilatura-precision": (lambda: trafilatura(favor_precision=True), ("trafilatura", "lxml")),
    "rs-trafilatura": (rs_trafilatura, ("rs-trafilatura",)),
    "resiliparse": (resiliparse, ("resiliparse",)),
    "readability-lxml": (readability, ("readability-lxml", "lxml")),
    "justext": (justext, ("jusText", "lxml")),
    "everything": (everything, ("beautifulsoup4", "lxml")),
}

_BLOCKS: Final = frozenset(
    (
        *("address", "article", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    )
)


def _lines(root: Any) -> str:
    """The text of an lxml tree with a line break at each edge of a block-level element."""
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
    return str(root.text_content())


def main() -> None:
    answers = _answers()
    logging.disable(logging.CRITICAL)
    make, packages = TOOLS[sys.argv[1]]
    extract = make()
    for line in sys.stdin:
        if not line.strip():
            break
        _write(answers, _answer(extract, json.loads(line)))
    versions = {name: version(name) for name in packages}
    versions["python"] = platform.python_version()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _write(answers, {"peak_mb": peak, "versions": versions})


def _answers() -> TextIO:
    """Where answers go; what a tool prints goes to stderr and cannot mix with them."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _write(answers: TextIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value) + "\n")
    answers.flush()


def _answer(extract: Extract, page: dict[str, Any]) -> dict[str, Any]:
    text, error = "", None
    start = time.process_time()
    try:
        text = extract(page["html"], page["url"])
    except Exception as caught:  # noqa: BLE001 - a page that breaks a tool is a finding about it
        error = type(caught).__name__
    return {"text": text, "ms": 1000 * (time.process_time() - start), "error": error}


if __name__ == "__main__":
    main()
