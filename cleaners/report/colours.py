"""The colour of each kind, the same in the terminal and in the report.

A kind has a hue; how light it is depends on what it is shown on.  Kinds that are alike stand
close together: promotion is red to orange, markets and people are green, links are blue, what
the law asks for is violet.
"""

from __future__ import annotations

import colorsys
from typing import Final

from cleaners.records import Kind

HUES: Final[dict[Kind, int]] = {
    "ad": 2,
    "sponsored": 14,
    "affiliate": 25,
    "newsletter": 34,
    "event": 43,
    "app": 52,
    "paywall": 61,
    "ticker": 88,
    "widget": 108,
    "caption": 130,
    "byline": 148,
    "bio": 163,
    "social": 178,
    "comments": 190,
    "related": 202,
    "navigation": 214,
    "teaser": 224,
    "repeat": 235,
    "template": 246,
    "layout": 256,
    "disclaimer": 274,
    "consent": 289,
    "copyright": 303,
    "source_credit": 321,
    "syndication": 338,
}


def terminal_colour(kind: Kind) -> str:
    """A colour that is readable on dark and on light terminals, as `#rrggbb`."""
    red, green, blue = colorsys.hls_to_rgb(HUES[kind] / 360, 0.5, 0.62)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
