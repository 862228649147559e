"""What fuzzing starts from: small pages, bytes in many encodings, and a dictionary of markup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SENTENCES: Final = (
    "The harbour council voted on Tuesday to widen the northern channel by forty metres.",
    "“We have waited nine years for this,” said Ines Okafor, who runs the pilot station.",
    "Der Ausbau soll im Frühjahr beginnen und rund zwei Jahre dauern.",
    "委员会周二投票决定将北航道拓宽四十米，工程预计明年春天开始。",
    "港湾委員会は火曜日、北側の航路を四十メートル広げることを決めた。",
    "Комитет проголосовал за расширение северного канала на сорок метров.",
    "위원회는 화요일에 북쪽 수로를 넓히기로 결정했다.",
)
_BOXES: Final = (
    "<article><h1>Harbour</h1><p>{}</p><p>{}</p></article>",
    "<ul><li>{}<li><a href=/x>{}</a></ul><noscript>{}</noscript>",
    "<table><tr><td>{}<td>{}<tr><th>{}<td><table><tr><td>{}</table></table>",
    "<pre>{}\n  {}</pre><blockquote>{}<br><br>{}</blockquote>",
    "<nav class=menu><a href=/a>Home</a></nav><div class=related>{}</div><p>Advertisement",
    '<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{}"}}</script>',
    "<div hidden>{}</div><figure><figcaption>{}</figcaption></figure><svg><text>{}</text></svg>",
    "{}\n\nYou May Also Like\n\n{}\n\nAdvertisement\n\n- {}\n- {}\n\n```\n{}\n\n{}\n```\n",
)
_CODECS: Final = ("utf-8", "utf-16", "utf-32-be", "gb18030", "shift_jis", "big5", "koi8-r", "hz")

_WORDS: Final = """
<p> </p> <div> </div> <br> <li> <ul> </ul> <table> <tr> <td> </table> <pre> </pre> <h1> </h1> <a>
</a> <title> <meta <script> </script> <style> <noscript> </noscript> <template> <svg> <math>
<select> <option> <textarea> <plaintext> <frameset> <body> </body> </html> <!-- --> <![CDATA[
charset= content= property= href= hidden class= style= display:none application/ld+json @type @id
articleBody datePublished headline author &amp; &lt; &#x41; &#1114112; &nbsp; Advertisement Share
Tags Disclaimer: ``` ~~~ ## | %20 https:// 2024-05-03
""".split()  # noqa: SIM905 - a table reads better


def seeds() -> Iterator[bytes]:
    """Inputs to begin with; the first byte of each is for the check itself."""
    for shift, box in enumerate(_BOXES):
        said = [_SENTENCES[(shift + n) % len(_SENTENCES)] for n in range(box.count("{}"))]
        page = box.format(*said)
        for codec in _CODECS:
            yield b"\x00" + page.encode(codec, "xmlcharrefreplace")
            yield b"\xff" + f"<meta charset={codec}>{page}".encode(codec, "xmlcharrefreplace")
    for text in _SENTENCES:
        yield b"\x00" + json.dumps({"url": "https://quay.example/1", "text": text}).encode()


def write(folder: Path) -> Path:
    """Write the inputs to a folder and the dictionary beside it; returns the dictionary's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds()):
        (folder / f"seed-{number:03d}").write_bytes(data)
    dictionary = folder.with_suffix(".dict")
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in _WORDS)
    dictionary.write_text("".join(f'"{word}"\n' for word in quoted))
    return dictionary
