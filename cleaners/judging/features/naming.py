"""What the tags and the class, id and role words around a block say about its purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from cleaners.judging.features.shape import Columns
from cleaners.judging.features.tree import FAR, Tree, name_scores, nearest

_TAGS: Final = {
    "article": ("article",),
    "main": ("main",),
    "section": ("section",),
    "aside": ("aside",),
    "nav": ("nav",),
    "header": ("header",),
    "footer": ("footer",),
    "form": ("form", "fieldset"),
    "list": ("ul", "ol", "menu"),
    "item": ("li",),
    "table": ("table",),
    "quote": ("blockquote",),
    "figure": ("figure", "figcaption"),
    "link": ("a",),
    "control": ("button", "select", "label", "textarea", "option"),
    "terms": ("dl",),
    "noscript": ("noscript",),
    "details": ("details", "dialog"),
    "strong": ("b", "strong"),
    "paragraph": ("p",),
    "time": ("time",),
    "custom": (),  # tags with a dash, which pages define themselves
}

_TAG_OF: Final = {tag: number for number, members in enumerate(_TAGS.values()) for tag in members}
_OWN: Final = {
    tag: code for code, tag in enumerate(["div", "p", "span", "li", "td", "a", "section", "body"])
}
_CUSTOM: Final = list(_TAGS).index("custom")

# General words of web design, by what they are put on; the first of each line names the group.
_GROUPS: Final = """
nav navigation navbar menu submenu megamenu menus navi topnav mainmenu
header masthead topbar banner head top hdr
footer foot bottom colophon copyright legal ftr
sidebar aside rail side secondary widget widgets complementary
comment comments disqus respond reply replies commentlist
post posts entry hentry story articles
article articlebody blog news
content contents contentinfo maincontent
main primary page pagecontent
body text richtext rte prose copy textblock bodytext
related recommended recommendations recommend more similar suggested also trending popular
share social sharing follow addthis sharedaddy facebook twitter
ad ads advert advertisement sponsor sponsored promo promotion adsense dfp outbrain taboola
cookie cookies consent gdpr privacy onetrust
modal popup overlay dialog lightbox drawer offcanvas
newsletter subscribe subscription signup mailchimp optin
login register account auth signin user profile member
breadcrumb breadcrumbs crumb crumbs
tag tags category categories topic topics taxonomy label
author byline writer contributor bio avatar
date time published timestamp posted updated
meta info details metadata
caption credit figcaption figure image photo gallery media
title headline heading subtitle
summary excerpt description desc abstract intro lead standfirst dek
price cart buy shop checkout basket sku
product products item items
card cards tile teaser tiles thumb
list listing grid results result loop feed archive
search filter filters sort facet
form input field button btn submit control
pagination pager paging prev next pagenav
rating review reviews stars testimonial testimonials
faq accordion collapse toggle question answer
tab tabs tabpanel tablist panel
slider carousel slide swiper slideshow slick
hero cover jumbotron intro
feature features benefit benefits service services
cta action actions
section block module component
container wrapper wrap inner layout
row col column columns
code highlight pre syntax snippet
doc docs documentation markdown toc api reference
message thread topic forum discussion cooked bbcode
quote blockquote quoted signature
skip hidden sr visually screen reader collapsed
contact address phone email map location
logo brand site icon
tool toolbar tools utility utilities
download downloads video player audio
event events calendar schedule
job jobs apply salary
recipe ingredient ingredients instructions nutrition
spec specs specification specifications attributes variant variants options
shipping delivery returns stock quantity
note notice alert warning tip info
step steps process how
team about company
stat stats number count
"""
_GROUP_OF: Final = {
    name: number
    for number, line in enumerate(_GROUPS.strip().splitlines(), len(_TAGS))
    for name in line.split()
}
_GROUP_NAMES: Final = tuple(line.split()[0] for line in _GROUPS.strip().splitlines())
# Groups whose share of a page's blocks tells what sort of page it is.
_TELLING: Final = frozenset(
    """
    article post comment product price card listing code doc message recipe event job spec
    review feature hero cta filter
    """.split()  # noqa: SIM905 - a table reads better
)
_NEAR: Final = 6


def around_columns(tree: Tree) -> Columns:
    """How far up the nearest element is of each kind of tag, and named by a word of each group.

    Of groups that tell the sort of page, also what share of the page is inside such elements.
    """
    marked = np.zeros((len(_TAGS) + len(_GROUP_NAMES), len(tree.labels)), bool)
    rows: list[int] = []
    numbers: list[int] = []
    for number, ((tag, _), names) in enumerate(zip(tree.labels, tree.names, strict=True)):
        groups = [_GROUP_OF[name] for name in _GROUP_OF.keys() & names]
        if tag in _TAG_OF:
            groups.append(_TAG_OF[tag])
        elif "-" in tag:
            groups.append(_CUSTOM)
        rows += groups
        numbers += [number] * len(groups)
    marked[rows, numbers] = True
    present = np.flatnonzero(marked.any(axis=1))
    steps = nearest(tree, marked[present][:, tree.label])
    found = dict(zip(present.tolist(), steps, strict=True))
    inside = dict(zip(present.tolist(), (steps < _NEAR).mean(axis=1).tolist(), strict=True))
    columns: Columns = {f"tag_{name}": found.get(row, FAR) for row, name in enumerate(_TAGS)}
    for row, name in enumerate(_GROUP_NAMES, len(_TAGS)):
        columns[f"group_{name}"] = found.get(row, FAR)
        if name in _TELLING:
            columns[f"page_{name}"] = inside.get(row, 0.0)
    codes = np.array([_OWN.get(tag, -1) for tag, _ in tree.labels])[tree.label[tree.own]]
    columns |= {f"own_{tag}": codes == code for tag, code in _OWN.items()}
    columns["depth"] = tree.depth[tree.own]
    return columns


def name_columns(tree: Tree, scores: Mapping[str, float]) -> Columns:
    """What learned scores of names say: of the own element, the nearest named, and all around."""
    sums, lowest, highest = name_scores(tree, scores)
    # The sum from the body down, and one to which each element adds half as much as the one below.
    gathered = np.stack((sums, sums), axis=1)
    share = np.array([1, 0.5], np.float32)
    for level in tree.levels:
        gathered[level] += gathered[tree.parent[level]] * share
    total, fading = gathered[tree.own].T
    own_sum = sums[tree.pair_node]
    pairs = np.arange(len(own_sum))
    says = np.where(own_sum != 0, pairs, tree.starts[tree.pair_block])
    return {
        "names_own": sums[tree.own],
        "names_parent": sums[tree.parent[tree.own]],
        "names_nearest": own_sum[np.maximum.reduceat(says, tree.starts)],
        "names_sum": total,
        "names_low": np.minimum.reduceat(lowest[tree.pair_node], tree.starts),
        "names_high": np.maximum.reduceat(highest[tree.pair_node], tree.starts),
        "names_near": fading,
    }
