"""Whatever a page claims about its bytes: the words come out, or the page is refused."""

import encodings.aliases
import json
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import BinaryError, EmptyError
from cleaners.reading import decode, page_from_bytes

CODECS = sorted(
    {module.name for module in pkgutil.iter_modules(encodings.__path__)}
    | set(encodings.aliases.aliases)
    | {"unicode-1-1-utf-7", "x-user-defined", "replacement", "utf-7-imap", "none", "utf_8 ", "üñ"}
)
TEXTS = {
    "gb18030": "人民日报：今日头条，责任编辑。𠮷",
    "gbk": "推荐阅读：相关新闻",
    "shift_jis": "関連記事とアクセスランキング、カタカナ",
    "euc-jp": "会員限定の記事です。",
    "iso-2022-jp": "無断転載を禁じます。",
    "big5": "立即開戶上車做股東",
    "big5-hkscs": "嘅咗喺",
    "euc-kr": "무단 전재 및 재배포 금지",
    "koi8-r": "Читайте также другие новости",
    "koi8-u": "Читайте також інші новини, її",
    "windows-1250": "Przeczytaj także: żółć, źdźbło",
    "windows-1251": "Реклама на сайте и новости дня",
    "windows-1252": "“Über” – façade, €5",
    "windows-1253": "Διαβάστε επίσης τα νέα",
    "windows-1254": "Haberin devamı için tıklayın, ğş",
    "windows-1255": "קראו עוד חדשות היום",
    "windows-1256": "اشترك في النشرة اليومية",
    "windows-1257": "Lasiet arī citas ziņas, šodien",
    "windows-1258": "Việt Nam hôm nay".replace("ệ", "ê").replace("ô", "o"),
    "iso-8859-2": "Komisja przyjęła wniosek w środę",
    "iso-8859-5": "Новости дня и погода",
    "iso-8859-7": "Τα νέα της ημέρας",
    "iso-8859-15": "Cœur à 5 €",
    "macintosh": "naïve café",
    "ibm866": "Новости дня",
    "windows-874": "ข่าวล่าสุดวันนี้",
    "utf-8": "Das könnte Sie auch interessieren – 今日 😀",
}
PYTHON = {"macintosh": "mac_roman", "windows-874": "cp874", "big5-hkscs": "big5hkscs"}


def page(text, claim=None):
    meta = f'<meta charset="{claim}">' if claim else ""
    return f"<!doctype html><html><head>{meta}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("name", TEXTS)
def test_round_trips_by_the_claim_of_page_or_server(name):
    text, encoding = TEXTS[name], PYTHON.get(name, name)
    by_page = page(text, name).encode(encoding)
    assert page_from_bytes(by_page, name="a.html").text == page(text, name)
    by_server = page(text).encode(encoding)
    assert page_from_bytes(by_server, name="a.html", charset=name).text == page(text)


WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("claim", ["utf-8", "iso-8859-1", "utf-16", None])
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("encoding", WIDE)
def test_wide_encodings_with_and_without_a_mark(encoding, marked, claim):
    text = page("Prices rose, and the café said why. " * 5, "utf-8")
    data = ("\ufeff" * marked + text).encode(encoding)
    assert page_from_bytes(data, name="a.html", charset=claim).text == text


@pytest.mark.parametrize("encoding", WIDE)
def test_wide_encodings_of_other_scripts_by_mark_and_by_the_server(encoding):
    text = page("今日のニュースと天気予報。" * 40)
    marked = ("\ufeff" + text).encode(encoding)
    assert page_from_bytes(marked, name="a.html").text == text
    assert page_from_bytes(text.encode(encoding), name="a.html", charset=encoding).text == text


@pytest.mark.parametrize("claim", CODECS)
def test_no_name_of_a_codec_can_hide_or_change_ascii_words(claim):
    data = page("Plain words stay, and so do these.", claim).encode("utf-8")
    for declared in (None, claim):
        read = page_from_bytes(data, name="a.html", charset=declared).text
        assert "Plain words stay, and so do these." in read


@pytest.mark.parametrize("claim", CODECS)
def test_no_name_of_a_codec_can_do_harm_to_bytes_that_are_no_utf8(claim):
    data = page("Words.", claim).encode() + bytes(range(128, 256)) * 3
    for declared in (None, claim):
        text = decode(data, declared=declared).text
        json.dumps(text).encode()
        assert "\x00" not in text


def test_utf7_is_text_as_it_stands():
    """Browsers gave it up: it hides markup in what looks harmless."""
    data = page("+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "utf-7").encode()
    for declared in (None, "utf-7", "unicode-1-1-utf-7"):
        assert "<script" not in page_from_bytes(data, name="a.html", charset=declared).text
    marked = b"+/v8-" + data
    assert "<script" not in page_from_bytes(marked, name="a.html", charset="utf-7").text


@pytest.mark.parametrize("claim", ["base64", "rot13", "zip", "bz2", "hex", "uu", "quopri"])
def test_codecs_that_are_no_encodings_are_not_obeyed(claim):
    data = b"4772656574696e6773 ebg13 R3JlZXRpbmdz" * 3
    assert decode(data, declared=claim, html=False).text.encode() == data


def test_two_encodings_in_one_page_leave_most_of_it_readable():
    utf8 = "Größe und Länge der Brücken. " * 40
    data = utf8.encode() + "Jürgen".encode("cp1252") + utf8.encode()
    text = decode(data, html=False).text
    assert text.count("Größe") == 80
    assert text.count("\ufffd") == 1


def test_nuls_and_lone_surrogates_do_not_come_out():
    data = page("a\x00b \ud83d c").encode("utf-8", "surrogatepass")
    text = page_from_bytes(data, name="a.html").text
    text.encode()
    assert "\x00" not in text
    assert "b" in text
    assert "c" in text


@given(
    st.sampled_from([*TEXTS, *WIDE, "utf-7", "cp037", "base64", None]),
    st.binary(max_size=300) | st.sampled_from([page(t).encode() for t in TEXTS.values()]),
    st.integers(0, 60),
)
def test_any_claim_about_any_bytes_ends_in_text_or_a_refusal(claim, data, cut):
    try:
        read = page_from_bytes(data[cut:], charset=claim)
    except (BinaryError, EmptyError):
        return
    read.text.encode()
    assert read.text.strip()
