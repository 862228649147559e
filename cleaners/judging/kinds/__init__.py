"""One module a kind.  Each says what the kind is, what it is not, and how it is recognised."""

from typing import Final

from cleaners.judging.kinds import (
    ad,
    affiliate,
    app,
    bio,
    byline,
    caption,
    comments,
    consent,
    copyright,  # noqa: A004 - the kind's name
    disclaimer,
    event,
    fields,
    inline_ticker,
    navigation,
    newsletter,
    paywall,
    related,
    script,
    social,
    source_credit,
    sponsored,
    syndication,
    teaser,
    ticker,
    widget,
)
from cleaners.judging.rules import Rule

RULES: Final[tuple[Rule, ...]] = tuple(
    kind.judge
    for kind in (
        ad,
        affiliate,
        app,
        bio,
        byline,
        caption,
        comments,
        consent,
        copyright,
        disclaimer,
        event,
        fields,
        inline_ticker,
        navigation,
        newsletter,
        paywall,
        related,
        script,
        social,
        source_credit,
        sponsored,
        syndication,
        teaser,
        ticker,
        widget,
    )
)
