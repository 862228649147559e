"""The language of a text: by script and small words first, by py3langid where those are silent.

The small words of the six alphabetic languages decide most pages in microseconds; loading
py3langid's model takes half a second, so it is loaded only for a page that needs it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SAMPLE: Final = 2000
"""Characters that are looked at; languages show within a paragraph."""
_KANA: Final = re.compile(r"[\u3041-\u30ff]")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_HANGUL: Final = re.compile(r"[\uac00-\ud7af]")
_ENOUGH: Final = 20
_LETTER: Final = re.compile(r"[^\W\d_]")
_SMALL_WORDS: Final = {
    "en": "the of and to in that is for was with on as it by are be this from at have not",
    "de": "der die und das den von ist des mit sich auf für dem nicht ein eine als auch wird",
    "fr": "le les des et est une du dans que qui pour pas sur au par avec plus sont cette",
    "es": "el los las una del por con para que es se su como más pero fue este ha y",
    "pt": "os das dos uma não com para que em por mais como foi ao é são pela também",
}
_OWNERS: Final = {
    word: [code for code, words in _SMALL_WORDS.items() if word in words.split()]
    for words in _SMALL_WORDS.values()
    for word in words.split()
}


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's main language; None where there is too little text to tell."""
    sample = text[:_SAMPLE]
    if not _LETTER.search(sample):
        return None
    return _by_script(sample) or _by_small_words(sample) or _by_model(sample)


def _by_script(sample: str) -> str | None:
    """Japanese, Korean and Chinese, which no other language shares a script with."""
    if sample.isascii():
        return None
    kana, han, hangul = (len(script.findall(sample)) for script in (_KANA, _HAN, _HANGUL))
    if not kana + han + hangul:
        return None
    letters = len(_LETTER.findall(sample))
    if hangul * 2 > letters:
        return "ko"
    if (kana + han) * 2 > letters:
        return "ja" if kana * 10 > kana + han else "zh"
    return None


def _by_small_words(sample: str) -> str | None:
    """The language whose small words are a tenth of the text and twice the runner-up's."""
    words = sample.casefold().split()
    counts = Counter(code for word in words for code in _OWNERS.get(word, ()))
    ranked = [*counts.most_common(2), ("", 0), ("", 0)]
    (code, first), (_, second) = ranked[:2]
    return code if first >= 5 and first * 10 >= len(words) and first >= 2 * second else None


def _by_model(sample: str) -> str | None:
    """The model's guess, which is worth something from some twenty words on."""
    if len(sample.split()) < _ENOUGH:
        return None
    code, _ = _classifier()(sample)
    return str(code) if len(code) == len("en") else None


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    import py3langid  # noqa: PLC0415 - half a second, see above

    return py3langid.classify  # type: ignore[no-any-return]
