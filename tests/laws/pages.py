"""Strategies for pages: realistic enough to set off rules, random enough to break them."""

import html

from hypothesis import strategies as st

from cleaners import Page

SENTENCES = st.sampled_from(
    [
        "The harbour council voted on Tuesday to widen the northern channel by forty metres.",
        "“We have waited nine years for this,” said Ines Okafor, who runs the pilot station.",
        "Shares of the operator closed 2.4% higher at $18.20 after the vote.",
        "Critics say the dredging would disturb eel grass beds that took decades to recover.",
        "Der Ausbau soll im Frühjahr beginnen und rund zwei Jahre dauern.",
        "El puerto mueve cada año unos cuatro millones de contenedores, según la autoridad.",
        "委员会周二投票决定将北航道拓宽四十米，工程预计明年春天开始。",
        "港湾委員会は火曜日、北側の航路を四十メートル広げることを決めた。",
        "Комитет проголосовал за расширение северного канала на сорок метров.",
    ]
)
CUES = st.sampled_from(
    [
        "Advertisement", "Share", "You May Also Like", "Read more: Harbour fees rise again",
        "Tags", "Ferries", "Most read", "By Lena Brandt", "May 3, 2024", "3 min read",
        "Photo: Piet Osei/Harbour Press", "article-image", "quay.jpg", "Upcoming Events",
        "Sign up for our newsletter", "Get the tide tables in your inbox", "+2.41%", "$0.0182",
        "TIDE Price(TIDE)", "USD", "© 2024 The Quay. All rights reserved.", "Exit mobile version",
        "Disclaimer: This article is for informational purposes only and is not financial advice.",
        "Key points", "Summary", "- the channel is to be widened", "• two years of work",
        "Leave a reply", "We use cookies to improve our site.", "Already a subscriber?",
        "Reporting by Lena Brandt; Editing by Omar Diaz", "Quelle: dpa", "Lo más leído",
        "The Quay", "Harbour council votes to widen the northern channel",
        "Berth | Ship | Draught", "4 | Aurora | 11.2", "```", "1234", "...", "—",
    ]
)  # fmt: skip
NOISE = st.text(max_size=60)
LINES = st.one_of(
    CUES,
    st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join),
    st.tuples(SENTENCES, CUES).map(" - ".join),
    st.tuples(SENTENCES, CUES).map("".join),
    NOISE,
)
BREAKS = st.sampled_from(["\n", "\n\n", "\n \n", "\r\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A flattened page."""
    lines = draw(st.lists(st.tuples(LINES, BREAKS), max_size=25))
    return "".join(line + end for line, end in lines)


@st.composite
def markups(draw: st.DrawFn) -> str:
    """An HTML page: blocks in containers whose classes may or may not tell the truth."""
    tags = st.sampled_from(["p", "div", "li", "h2", "td", "blockquote", "a", "span", "pre", "b"])
    classes = st.sampled_from(["", "content", "related-posts", "nav", "footer", "entry", "ad"])
    boxes = st.sampled_from(["div", "article", "aside", "ul", "nav", "table", "section", "footer"])
    parts = [
        "<html><head><title>Harbour council votes to widen the northern channel</title></head>"
    ]
    for _ in range(draw(st.integers(0, 5))):
        box, name = draw(boxes), draw(classes)
        parts.append(f'<{box} class="{name}">')
        for _ in range(draw(st.integers(0, 6))):
            tag = draw(tags)
            parts.append(f"<{tag}>{html.escape(draw(LINES))}</{tag}>")
        if draw(st.booleans()):
            parts.append(f"</{box}>")
    return "".join(parts)


TEXT_PAGES = texts().map(lambda text: Page(text, media="text", source="generated.txt"))
HTML_PAGES = markups().map(lambda text: Page(text, media="html", url="https://quay.example/1"))
PAGES = st.one_of(TEXT_PAGES, HTML_PAGES)
