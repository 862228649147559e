"""What the tags and the class, id and role words around a block say about its purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from cleaners.judging.features.shape import Columns
from cleaners.judging.features.tree import Floats, Tree, name_scores, nearest

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
    for number, line in enumerate(_GROUPS.strip().splitlines())
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


def tag_columns(tree: Tree) -> Columns:
    """How far up the nearest element of each kind of tag is, and what the own element is."""
    tags = np.array(tree.tags)
    columns: Columns = {}
    for name, members in _TAGS.items():
        marked = np.isin(tags, members) if members else np.char.find(tags, "-") > 0
        columns[f"tag_{name}"] = nearest(tree, marked)
    own = tags[tree.own]
    for tag in ("div", "p", "span", "li", "td", "a", "section", "body"):
        columns[f"own_{tag}"] = (own == tag).astype(np.float32)
    columns["depth"] = tree.depth[tree.own].astype(np.float32)
    return columns


def group_columns(tree: Tree) -> Columns:
    """How far up the nearest element is that is named by a word of each group."""
    nodes: list[list[int]] = [[] for _ in _GROUP_NAMES]
    for number, names in enumerate(tree.names):
        for group in {_GROUP_OF[name] for name in names if name in _GROUP_OF}:
            nodes[group].append(number)
    columns: Columns = {}
    nothing = np.zeros(len(tree.own), np.float32)
    absent = np.full(len(tree.own), 30.0, np.float32)
    for name, members in zip(_GROUP_NAMES, nodes, strict=True):
        if members:
            marked = np.zeros(len(tree.words), bool)
            marked[members] = True
            columns[f"group_{name}"] = nearest(tree, marked)
            if name in _TELLING:
                near = columns[f"group_{name}"] < _NEAR
                columns[f"page_{name}"] = np.full(len(near), near.mean(), np.float32)
        else:
            columns[f"group_{name}"] = absent
            if name in _TELLING:
                columns[f"page_{name}"] = nothing
    return columns


def name_columns(tree: Tree, scores: Mapping[str, float]) -> Columns:
    """What learned scores of names say: of the own element, the nearest named, and all around."""
    sums, lowest, highest = name_scores(tree, scores)
    on_pairs = sums[tree.pair_node]
    nearest_named = np.where(on_pairs != 0, tree.pair_rank, 99)
    rank = np.minimum.reduceat(nearest_named, tree.starts)
    depth = tree.depth[tree.own]
    at = tree.starts + np.maximum(depth - rank, 0)
    return {
        "names_own": sums[tree.own],
        "names_parent": sums[tree.parent[tree.own]],
        "names_nearest": on_pairs[at],
        "names_sum": np.add.reduceat(on_pairs, tree.starts),
        "names_low": np.minimum.reduceat(lowest[tree.pair_node], tree.starts),
        "names_high": np.maximum.reduceat(highest[tree.pair_node], tree.starts),
        "names_near": _fading(on_pairs, tree),
    }


def _fading(values: Floats, tree: Tree) -> Floats:
    """The sum over the elements around a block, each counting half of the one below it."""
    weights = np.exp2(-tree.pair_rank.astype(np.float32))
    return np.add.reduceat(values * weights, tree.starts)
