"""Whether a text speaks to its reader or of the page that it stands on, as boilerplate does.

A story tells of others: who they are, what they did, what it cost.  Adverts, letters and notes of
the house say `you` and `we`, name the site, its articles and its terms, and say what can happen.
What somebody says in quotation marks is part of a story.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = """
    you your yours yourself we our ours us i my me mine
    site website platform portal page content contents information article articles author post
    publication material materials story editorial prices terms offer offers coupons deals
    newsletter comment comments email e-mail account disclaimer copyright rights liability liable
    warranty warranties prospectus product products service services trademark recommendation advice
    wir uns unser unsere unserem unseren unserer unseres ihr ihre ihrem ihren ihrer du dich dir dein
    deine deinem deinen seite webseite inhalte informationen artikel autor autorin beitrag angaben
    haftung gewähr werbung anbieter preise prospekt basisprospekt
    vous votre vos nous notre nos contenu contenus informations auteur
    usted ustedes tu tus te nosotros nuestro nuestra nuestros nuestras sitio web página contenido
    contenidos información artículo artículos autor autora cotizaciones
    você vocês nós nosso nossa nossos nossas conteúdo conteúdos informações artigo artigos
    cotações
    вы вас вам вами ваш ваша ваше ваши вашего вашей мы нас нам нами наш наша наше наши нашего нашей
    сайт сайта сайте материал материалы информация автор автора статья статьи редакция портал
"""
_ADDRESSING: Final = frozenset(_WORDS.split())
# What says what can happen and what one should do, as warnings do.
_CAN: Final = """
    can may could might should must cannot kann können sollte sollten dürfen peut peuvent doit
    puede pueden debe deben pode podem deve devem может могут следует
"""
_WARNING: Final = frozenset(_CAN.split())
# The same in scripts that part no words, or write endings to them.
_WIDE: Final = re.compile(
    r"您|你|我们|我們|本站|本网|本網|本文|本公司|本平台|笔者|内容|当社|当メディア|当サイト|弊社"
    r"|あなた|皆様|コメント|メールアドレス|评论|댓글|本記事|当記事|情報提供"
    r"|당사|여러분|저희|귀하|본 (?:기사|콘텐츠|자료)|[©®]"
)
_WIDE_WARNING: Final = re.compile("可能|ことがあ|ことも|場合があ|수 있")
_WORD: Final = re.compile(r"[^\W\d_]+")
_QUOTED: Final = re.compile(
    r"“[^”]{1,300}”|\"[^\"]{1,300}\"|«[^»]{1,300}»|„[^“”\"]{1,300}[“”\"]|「[^」]{1,300}」"
)
# `Kursdaten: ...`: what is said of a label is a note.
_LABELLED: Final = re.compile(r"[^\W\d_]{3,20}[:：]")
# A month and a country that are spelled like such words.
_NAMES: Final = frozenset({"May", "US"})


def addresses_reader(text: str, *, warning: bool = False) -> bool:
    """Whether a text says `you` or `we`, speaks of its page, or is a note behind a label.

    `warning`: whether it also counts that it says what can happen.
    """
    if _LABELLED.match(text):
        return True
    told = _QUOTED.sub(" ", text)
    if _WIDE.search(told) or (warning and _WIDE_WARNING.search(told)):
        return True
    words = {word.casefold() for word in _WORD.findall(told) if word not in _NAMES}
    return not (words.isdisjoint(_ADDRESSING) and (not warning or words.isdisjoint(_WARNING)))
