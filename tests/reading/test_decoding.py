"""Bytes to text: the right encoding, and nothing that JSON or UTF-8 cannot carry."""

import encodings.aliases
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.characters import tidy_encoded
from cleaners.reading import decode, tidy

SAMPLES = {
    "windows-1251": "Реклама на сайте и новости дня",
    "koi8-r": "Читайте также другие новости",
    "gb2312": "推荐阅读和相关新闻都在这里",
    "gb18030": "责任编辑：某某，来源：新华网",
    "big5": "立即開戶上車做股東",
    "shift_jis": "関連記事とアクセスランキング",
    "euc-jp": "会員限定の記事です",
    "iso-2022-jp": "無断転載を禁じます",
    "euc-kr": "무단 전재 및 재배포 금지",
    "iso-8859-1": "Publicité réservée aux abonnés",
    "windows-1252": "“Quoted” – and €5",
    "iso-8859-9": "Haberin devamı için tıklayın",
    "windows-1256": "اشترك في النشرة",
    "cp874": "ข่าวล่าสุด",
    "utf-8": "Das könnte Sie auch interessieren",
}


@pytest.mark.parametrize("encoding", SAMPLES)
def test_a_claim_in_meta_is_believed(encoding):
    page = f'<meta charset="{encoding}"><p>{SAMPLES[encoding]}</p>'
    assert SAMPLES[encoding] in decode(page.encode(encoding)).text


def test_a_claim_in_an_http_equiv_or_xml_declaration_is_believed():
    text = SAMPLES["windows-1251"]
    for claim in (
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<?xml version='1.0' encoding='windows-1251'?>",
        "<META CHARSET = windows-1251 />",
    ):
        assert text in decode(f"{claim}<p>{text}".encode("cp1251")).text


@pytest.mark.parametrize("encoding", SAMPLES)
def test_a_claim_of_the_server_is_believed(encoding):
    data = SAMPLES[encoding].encode(encoding)
    assert decode(data, declared=encoding, html=False).text == SAMPLES[encoding]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_beats_every_claim(mark):
    text = "<meta charset='koi8-r'>naïve"
    assert decode(text.encode(mark), declared="big5").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding):
    text = "<html><p>Prices rose, and the café said why.</p></html>"
    assert decode(text.encode(encoding)).text == text


def test_valid_utf8_beats_a_wrong_claim():
    text = "<meta charset=iso-8859-1><p>Müller’s café</p>"
    assert decode(text.encode()) == decode(text.encode(), declared="windows-1252")
    assert decode(text.encode()).text == text


def test_one_broken_byte_does_not_make_a_page_mojibake():
    data = ("Größe und Länge. " * 50).encode() + b"\xff" + "Ende – gut.".encode()
    decoded = decode(data, html=False)
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("\ufffdEnde – gut.")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Naïve façades, déjà vu à Noël: les élèves ont été reçus. "),
        ("cp1252", "“Die Größe zählt”, sagte Jürgen – für fünf Euro. "),
        ("cp1250", "Komisja przyjęła w środę wniosek, a minister powiedział, że nie ma czasu. "),
        ("cp1251", "Центральный банк сохранил ключевую ставку на прежнем уровне. "),
        ("shift_jis", "日本銀行は金融政策決定会合で現状維持を決めた。"),
        ("gb18030", "中国人民银行今天宣布下调存款准备金率。"),
    ],
)
def test_without_any_claim_it_is_detected(encoding, text):
    assert decode((text * 20).encode(encoding), html=False).text == text * 20


@pytest.mark.parametrize(
    "claim", sorted({*encodings.aliases.aliases.values(), "", "utf-7", "x" * 99})
)
def test_no_claim_can_do_harm(claim):
    data = f'<meta charset="{claim}"><p>Plain words stay.</p>'.encode() + b"\xe9\x80\x1b"
    for decoded in (decode(data), decode(data, declared=claim)):
        json.dumps(decoded.text).encode()
        assert "\x1b" not in decoded.text


@given(st.binary(), st.none() | st.text(max_size=12), st.booleans())
def test_any_bytes_give_tidy_text(data, declared, html):
    text = decode(data, declared=declared, html=html).text
    text.encode()
    assert tidy(text) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")))
def test_utf8_round_trips(text):
    assert decode(text.encode(), html=False).text == text.removeprefix("\ufeff")


@given(st.text(st.characters() | st.characters(categories=["Cs", "Cc"])))
def test_tidy_text_can_be_carried(text):
    clean = tidy(text)
    assert json.loads(json.dumps(clean, ensure_ascii=False).encode()) == clean
    assert not set(clean) & {chr(n) for n in (*range(9), *range(11, 32), *range(127, 160))}
    assert tidy(clean) == clean
    assert tidy_encoded(text, text.encode("utf-8", "surrogatepass")) == clean


def test_tidy_says_what_becomes_of_what():
    assert tidy("a\r\nb\rc\x85d") == "a\nb\nc\nd"
    assert tidy("a\x00b\x07c\x1bd\x7f") == "abcd"
    assert tidy("page\x0cbreak") == "page break"
    assert tidy("\ud83d\ude00 and \ud83d") == "😀 and \ufffd"
    assert tidy("tab\tand\nbreak") == "tab\tand\nbreak"


def test_valid_utf8_needs_no_detector():
    code = (
        "import sys; from cleaners.reading import decode; "
        "decode('é'.encode()); print('bs4' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
