import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaners.metadata.head import read_head
from cleaners.metadata.html import article_body, declared
from cleaners.records import Metadata


def read(head="", body="", url="https://www.loaf.example/rye", lang=""):
    html = f"<!doctype html><html{lang}><head>{head}</head><body>{body}</body></html>"
    tree = LexborHTMLParser(html)
    return declared(tree, read_head(tree), url)


def ld(value):
    script = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{script}</script>'


def meta(**keys):
    return "".join(
        f'<meta property="{key.replace("__", ":").replace("_", "-")}" content="{content}">'
        for key, content in keys.items()
    )


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "How rye rises",
    "author": [{"@type": "Person", "name": "Ada Brown"}, {"@type": "Person", "name": "Max Poe"}],
    "datePublished": "2024-05-16T09:30:00+02:00",
    "dateModified": "2024-06-01",
    "publisher": {"@type": "Organization", "name": "The Loaf"},
    "inLanguage": "de-AT",
}
EXPECTED = Metadata("How rye rises", "Ada Brown; Max Poe", "2024-05-16", "The Loaf", "de")


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [ARTICLE],
        {"@graph": [{"@type": "WebSite"}, ARTICLE]},
        f"<!--{json.dumps(ARTICLE)}-->",
    ],
)
def test_json_ld_says_everything(value) -> None:
    assert read(ld(value)) == EXPECTED


def test_authors_by_reference() -> None:
    graph = [
        {"@type": "Article", "author": {"@id": "#ada"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Brown"},
    ]
    assert read(ld({"@graph": graph})).author == "Ada Brown"


def test_persons_go_before_the_organisation_beside_them() -> None:
    author = [{"@type": "Person", "name": "Ada Brown"}, {"@type": "Organization", "name": "Loaf"}]
    assert read(ld({"@type": "Article", "author": author})).author == "Ada Brown"


def test_meta_elements_say_everything() -> None:
    head = (
        meta(
            og__title="How rye rises",
            author="Ada Brown",
            article__published_time="2024-05-16T23:00:00-05:00",
            og__site_name="The Loaf",
            og__locale="de_AT",
        )
        .replace("published-time", "published_time")
        .replace("site-name", "site_name")
    )
    assert read(head) == Metadata("How rye rises", "Ada Brown", "2024-05-16", "The Loaf", "de")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="DC.creator" content="Ada Brown"><meta name="DC.date" content="2024-05-16">',
        """<meta name="parsely-author" content="Ada Brown">
        <meta name="parsely-pub-date" content="2024-05-16T01:00Z">""",
        """<meta name="citation_author" content="Ada Brown">
        <meta name="citation_publication_date" content="2024/05/16">""",
        """<meta name="twitter:label1" content="Written by">
        <meta name="twitter:data1" content="Ada Brown">
        <meta itemprop="datePublished" content="2024-05-16">""",
    ],
)
def test_other_vocabularies(head) -> None:
    found = read(head)
    assert (found.author, found.date) == ("Ada Brown", "2024-05-16")


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="author">Ada Brown</a><time datetime="2024-05-16">a while ago</time>',
        '<p><span itemprop="author">Ada Brown</span><time>16 May 2024</time></p>',
        '<div class="Post-Byline">By Ada Brown</div><p class="post-date">16 May 2024</p>',
        "<h1>Rye</h1><p>By <b>Ada Brown</b></p><p>Published: 16 May 2024</p>",
        "<h1>Rye</h1><p>By Ada Brown</p><p>16 May 2024</p>",
    ],
)
def test_what_is_only_shown_is_read(body) -> None:
    found = read(body=body)
    assert (found.author, found.date) == ("Ada Brown", "2024-05-16")


@pytest.mark.parametrize("wide", ["post-footer", "entry-footer", "widget Blog"])
def test_the_foot_of_a_post_names_its_author(wide: str) -> None:
    body = f"<div class='{wide}'><span class='post-author'>Postado por Ada Brown</span></div>"
    assert read(body=f"<h1>Rye</h1><p>Text.</p>{body}").author == "Ada Brown"


@pytest.mark.parametrize("wide", ["footer", "site-footer", "widget PopularPosts"])
def test_the_foot_of_a_site_names_nobody(wide: str) -> None:
    body = f"<div class='{wide}'><span class='post-author'>Postado por Ada Brown</span></div>"
    assert read(body=f"<h1>Rye</h1><p>Text.</p>{body}").author is None


@pytest.mark.parametrize(
    ("href", "title"),
    [("/", "Sour dough at last"), ("https://www.loaf.example/", "Sour dough at last"),
     ("/rye", "The Loaf"), ("https://loaf.example/?p=7", "The Loaf"), ("", "The Loaf"),
     ("./", "The Loaf"), ("https://sqlite.example/", "The Loaf")],
)  # fmt: skip
def test_a_heading_that_leads_to_the_front_page_is_the_sites_name(href: str, title: str) -> None:
    head = "<title>The Loaf: Sour dough at last</title>"
    found = read(head, f"<h1><a href='{href}'>The Loaf</a></h1><h3>Sour dough at last</h3>")
    assert found.title == title


def test_a_front_page_that_is_called_like_its_heading_keeps_its_title() -> None:
    head = meta(**{"og:title": "The Loaf"})
    assert read(head, "<h1><a href='/'>The Loaf</a></h1><p>Bread.</p>").title == "The Loaf"


def test_a_site_that_is_called_like_its_author_has_an_author() -> None:
    head = "<meta name='author' content='Ada Brown'>"
    body = "<h1><a href='/'>Ada Brown</a></h1><p>A book <span>by Carl Dietz</span></p>"
    assert read(head, body).author == "Ada Brown"


def test_comments_and_teasers_are_not_asked() -> None:
    story = "A long sentence about rye that says nothing of its writer or its day. " * 60
    body = f"""<h1>Rye</h1><p>{story}</p>
    <div class="comments"><a rel="author">Troll</a><time datetime="2023-01-01"></time></div>
    <aside><span class="author">Someone</span><span class="date">1 May 2022</span></aside>
    <div class="related"><p class="byline">By Other Body</p></div>
    """
    assert read(body=body) == Metadata(title="Rye", site="loaf.example")


def test_a_question_is_as_old_as_it_says_and_not_as_a_comment_on_it() -> None:
    body = """<h1>Why is rye so sour?</h1><time itemprop="dateCreated" datetime="2024-05-16"></time>
    <p>It is.</p><div><time itemprop="datePublished">2024-06-01</time>Mine is not.</div>
    """
    assert read(body=body).date == "2024-05-16"


def test_a_byline_goes_before_the_sites_own_name() -> None:
    head = meta(author="The Loaf", og__title="Rye") + ld({"publisher": {"name": "The Loaf"}})
    assert read(head, '<p class="byline">By Ada Brown</p>').author == "Ada Brown"
    assert read(head).author == "The Loaf"


def test_publication_goes_before_change_and_the_address_comes_last() -> None:
    change = '<meta property="article:modified_time" content="2024-06-01">'
    address = "https://loaf.example/2024/05/16/rye"
    assert read(change + '<meta name="pubdate" content="2024-05-16">').date == "2024-05-16"
    assert read(change).date == "2024-06-01"
    assert read(url=address).date == "2024-05-16"
    assert read(change, url=address).date == "2024-06-01"


def test_an_unreadable_date_gives_way_to_the_next() -> None:
    head = ld({"@type": "Article", "datePublished": "yesterday"})
    assert read(head + '<meta name="date" content="2024-05-16">').date == "2024-05-16"
    assert read(head).date is None


def test_the_language_decides_an_ambiguous_date() -> None:
    line = '<p class="date">05/06/2024</p>'
    assert read(body=line, lang=" lang=en-US").date == "2024-05-06"
    assert read(body=line, lang=" lang=fr").date == "2024-06-05"
    assert read(body=line).date is None


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        (' lang="pt-BR"', "", "pt"),
        (' xml:lang="ja"', "", "ja"),
        ("", '<meta http-equiv="Content-Language" content="ko, en">', "ko"),
        (' lang=""', '<meta property="og:locale" content="ru_RU">', "ru"),
        (' lang="english"', "", None),
    ],
)
def test_languages(lang, head, language) -> None:
    assert read(head, lang=lang).language == language


def test_titles() -> None:
    page = "<title>How rye rises - The Loaf</title>"
    site = '<meta property="og:site_name" content="The Loaf">'
    assert read(page + site).title == "How rye rises"
    assert read(page, "<h1>How rye rises</h1>").title == "How rye rises"
    assert read(page + site, "<svg><title>Arrow</title></svg><h1>The Loaf</h1>").title == (
        "How rye rises"
    )


@pytest.mark.parametrize(
    ("url", "site"),
    [
        (None, None),
        ("https://www.loaf.example:8080/rye", "loaf.example"),
        ("https://[::1/rye", None),
        ("rye.html", None),
    ],
)
def test_the_host_is_the_site_of_last_resort(url, site) -> None:
    assert read(url=url).site == site


def test_the_longest_article_body_is_taken_without_its_tags() -> None:
    value = {
        "@graph": [
            {"@type": "Comment", "text": "Nice."},
            {
                "@type": "Article",
                "articleBody": "<p>Rye &amp; wheat.</p><p>It  rises,\n 2 < 3.</p>",
            },
        ]
    }
    tree = LexborHTMLParser(ld(value))
    assert article_body(read_head(tree)) == "Rye & wheat.\nIt rises,\n2 < 3."
    assert article_body(read_head(LexborHTMLParser("<p>Rye</p>"))) is None
    assert article_body(read_head(LexborHTMLParser(ld({"articleBody": "<br>"})))) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "<title>", "</title>", "<h1>", "</h1>", "<time>", "By ", "16 May 2024", "|",
                '<meta name="author" content="', '">', "<p class=byline>", "\x00", "日本",
                '<script type="application/ld+json">', "</script>", '{"author":', "[", "]", "}",
                '"@type":"Article"', ",", "<body>", "<html lang=", "=>", '<meta name="date"',
            ]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_no_markup_is_an_error(html) -> None:
    tree = LexborHTMLParser(html)
    found = declared(tree, read_head(tree), None)
    assert found.date is None or len(found.date) == 10
    assert article_body(read_head(tree)) != ""


HANDBOOK = "<title>Kneading - The Loaf Handbook</title>"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        # A chapter's heading below the book's, at the same level or one below.
        ("<h1>The Loaf Handbook</h1><h1>Kneading by hand</h1>", "Kneading by hand"),
        ("<h1>The Loaf Handbook</h1><h2>Kneading</h2><h2>Shaping</h2>", "Kneading"),
    ],
)
def test_a_chapter_is_not_called_like_its_book(body, title) -> None:
    assert read(HANDBOOK, body, url="https://docs.example/3").title == title


@pytest.mark.parametrize(
    ("head", "body"),
    [
        # The site first, then the page: the last part is the page's.
        ("<title>Crust - Kneading by hand</title>", "<h1>Kneading by hand</h1><h2>Shaping</h2>"),
        ("<title>Kneading by hand</title>", "<h1>Kneading by hand</h1><h2>By hand</h2>"),
        (
            "<title>Doughs - Kneading by hand</title>",
            "<h1>Kneading by hand</h1><h2>Before</h2><p>Wash.</p><h2>Doughs</h2>",
        ),
    ],
)
def test_a_heading_that_ends_the_title_may_be_the_pages_own(head, body) -> None:
    assert read(head, body, url="https://docs.example/3").title == "Kneading by hand"


def test_by_in_the_middle_of_a_sentence_names_nobody() -> None:
    called = "<h1>Callbacks</h1><p>It is called <b>by qsortList</b> for each entry.</p>"
    assert read(body=called).author is None
    assert read(body="<h1>Callbacks</h1><p>by Quentin Sort</p>").author == "Quentin Sort"


def house(author, **more):
    return ld({"@type": "NewsArticle", "headline": "How rye rises", "author": author, **more})


ORGANISATION = {"@type": "NewsMediaOrganization", "name": "Valley Voice"}


def test_an_organisation_yields_to_a_byline() -> None:
    byline = "<h1>How rye rises</h1><div class=byline>Ada Brown</div>"
    assert read(house(ORGANISATION), byline).author == "Ada Brown"
    assert read(house([ORGANISATION]), byline).author == "Ada Brown"


def test_an_organisation_is_the_author_where_nobody_is_named() -> None:
    assert read(house(ORGANISATION), "<h1>How rye rises</h1><p>By hand</p>").author == (
        "Valley Voice"
    )


def test_a_stated_person_does_not_yield_to_a_byline() -> None:
    person = {"@type": "Person", "name": "Max Poe"}
    byline = "<h1>How rye rises</h1><div class=byline>Ada Brown</div>"
    assert read(house(person), byline).author == "Max Poe"


def test_a_byline_stands_behind_the_heading() -> None:
    """`By dough` is an entry of a menu."""
    menu, heading = "<p>By Dough</p><p>By Season</p>", "<h1>How rye rises</h1>"
    assert read(body=menu + heading).author is None
    assert read(body=f"{menu}{heading}<p>By Ada Brown</p>").author == "Ada Brown"


@pytest.mark.parametrize(
    "other",
    [
        "<a class=authorized-dealer-link>Authorized Dealer</a>",
        "<p class=AuthorizationNote>Sign Here</p>",
        "<div class=review-card><p class=review-author>Ada Brown</p></div>",
        "<div class=testimonials><p class=author>Ada Brown</p></div>",
        "<div class=author-box><a class=author-link>Full Bio</a></div>",
    ],
)
def test_dealers_and_customers_are_no_authors(other) -> None:
    heading = "<h1>How rye rises</h1>"
    assert read(body=heading + other).author is None
    named = "<div class=authoring-information>Max Poe</div>"
    assert read(body=heading + other + named).author == "Max Poe"


def test_the_day_of_a_customer_s_review_is_not_the_page_s() -> None:
    review = "<div class=customer-review><time datetime=2025-11-30>30 November</time></div>"
    assert read(body=f"<h1>Rye</h1>{review}").date is None
