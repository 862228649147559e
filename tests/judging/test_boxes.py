"""What stands in one small box of a page is of one kind, its headline too."""

import pytest

from cleaners import Page, clean_page

STORY = (
    "<p>The harbour of Lundvik will close for six weeks in spring because two old piers need to be "
    "replaced. The town has set aside 3.1 million for the work.</p>"
    "<p>Residents had asked for the repair since 2019, when a lorry broke through the deck. Nobody "
    "was hurt, but for a whole summer only cars could cross.</p>{}"
    "<p>Fishermen may use the northern basin until June, the council said on Monday. It will pay "
    "for the longer way to the market.</p>"
)
PAGE = (
    "<html><head><title>Harbour closes</title></head><body>{header}<main><article>"
    "<h1>Harbour of Lundvik closes in spring</h1>{story}</article></main>"
    "<footer>© 2026 Lundvik Courier</footer></body></html>"
)
LETTER = (
    "<div><div><h3>The Opening Bell</h3><p>Get the news that moves markets in your inbox "
    'every morning.</p></div><form><input type="email"><button>Sign up</button></form>'
    "<p>By signing up you agree to our <a href='/t'>Terms</a>.</p></div>"
)
WALL = (
    "<aside><h3>Lots more to come</h3><p>Subscribe to continue reading this article.</p>"
    "<a href='/o'>See offers</a></aside>"
)


def kinds(box, header=""):
    """The document, and the kind of each block that goes."""
    document = clean_page(Page(PAGE.format(header=header, story=STORY.format(box))))
    return document, {document.blocks[removal.block].text: removal for removal in document.removals}


@pytest.mark.parametrize(
    ("box", "head", "kind"),
    [(LETTER, "The Opening Bell", "newsletter"), (WALL, "Lots more to come", "paywall")],
)
def test_the_headline_goes_with_its_box(box, head, kind):
    document, gone = kinds(box)
    assert head not in document.text
    assert gone[head].kind == kind


def test_a_button_is_of_the_kind_of_its_box():
    _, gone = kinds(WALL)
    assert gone["See offers"].kind == "paywall"


def test_a_heading_of_the_article_stays_above_a_letter():
    box = "<h2>What happens next</h2>" + LETTER
    document, gone = kinds(box)
    assert "What happens next" in document.text
    assert "The Opening Bell" in gone


def test_a_box_with_running_text_of_its_own_is_not_one_kind():
    own = (
        "<div><h3>The history of the pier</h3><p>It was built in 1911 by a company from Ostmere, "
        "and it burnt twice before the war began.</p><p>Sign up for our newsletter</p></div>"
    )
    document, gone = kinds(own)
    assert "The history of the pier" in document.text
    assert "It was built in 1911" in document.text
    assert gone["Sign up for our newsletter"].kind == "newsletter"


def test_the_header_of_a_page_is_no_box():
    header = (
        "<header><a href='/'>Lundvik Courier</a><p>Town Sea Weather</p>"
        "<a href='/n'>Subscribe to our newsletter</a></header>"
    )
    _, gone = kinds("", header)
    assert all(removal.kind != "newsletter" for text, removal in gone.items() if "Town" in text)


def test_a_link_of_a_menu_does_not_name_the_menu():
    names = ("マーケット", "企業", "ログイン", "会員登録")
    menu = "".join(f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(names))
    header = f"<div id='hd'><a href='/'>ルンドビク新聞</a><ul>{menu}</ul></div>"
    _, gone = kinds("", header)
    assert {gone[name].kind for name in ("ルンドビク新聞", "マーケット", "企業")} == {"navigation"}


def test_a_list_longer_than_a_box_keeps_the_names_of_its_lines():
    links = "".join(f"<li><a href='/{n}'>Boats of the year {n}</a></li>" for n in range(12))
    _, gone = kinds(f"<div><p>Sign up for our newsletter</p><ul>{links}</ul></div>")
    assert all(gone[text].kind != "newsletter" for text in gone if text.startswith("Boats"))


def test_a_post_above_its_share_buttons_is_no_headline():
    asked = "<p>Have you tried the eastern pier?</p>"
    document, _ = kinds(f"<div>{asked}<p><a href='/s'>Share on Facebook</a></p></div>")
    assert "Have you tried the eastern pier?" in document.text


def test_what_a_shop_sells_stays_above_its_button():
    mug = "<div><h3>Blue mug</h3><button>Add to cart</button></div>"
    document, gone = kinds(mug)
    assert "Blue mug" in document.text
    assert gone["Add to cart"].kind == "widget"


OFFER = (
    "<div class=wall><h3>Subscribe to read on</h3><p>Subscribe to continue reading.</p><ul>"
    "<li>First month for 1 €</li><li>{}</li></ul><a href='/o'>See offers</a>"
    "<p>Already a subscriber? <a href='/in'>Log in</a></p></div>"
)


def test_a_line_inside_a_box_goes_with_it():
    line = "then 8.90 € a month"
    document, gone = kinds(OFFER.format(line))
    assert line not in document.text
    assert gone[line].kind == "paywall"


def test_running_text_inside_a_box_stays():
    line = (
        "The harbour master, who has seen many such winters, said that the ice would hold until "
        "the middle of March and not a day longer."
    )
    document, _ = kinds(OFFER.format(line))
    assert line in document.text


def test_a_line_between_two_boxes_stays():
    box = f"{LETTER}<h2>What happens next</h2>{LETTER}"
    document, _ = kinds(f"<div>{box}</div>")
    assert "What happens next" in document.text
