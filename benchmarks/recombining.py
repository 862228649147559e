"""A seeded corpus of near-duplicates: real sentences recombined, then changed in known ways.

Sentences come from the texts of WCXB's development part; each made document draws its sentences
from all of them, so that any number of unrelated documents can be had.  Template reports and
Chinese and Japanese texts are made from word lists of this project.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from datasets import load

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")


@dataclass(frozen=True, slots=True)
class Pool:
    """What documents are made of."""

    sentences: tuple[str, ...]
    words: tuple[str, ...]


def make_pool() -> Pool:
    """Sentences of 40 to 400 characters and the words in them, from the benchmark folder."""
    sentences: dict[str, None] = {}
    for example in load("wcxb-dev"):
        found = (sentence.strip() for sentence in _SENTENCE.split(example.text or ""))
        sentences |= dict.fromkeys(s for s in found if 40 <= len(s) <= 400)
    words = sorted({word for sentence in sentences for word in re.findall(r"[a-z]{3,}", sentence)})
    return Pool(tuple(sentences), tuple(words))


def make_document(pool: Pool, rng: random.Random, chars: int = 3000) -> str:
    """Paragraphs of three to six sentences, about `chars` characters in all."""
    paragraphs: list[str] = []
    length = 0
    while length < chars:
        paragraph = " ".join(rng.choices(pool.sentences, k=rng.randint(3, 6)))
        paragraphs.append(paragraph[: max(chars - length, 60)])
        length += len(paragraph)
    return "\n\n".join(paragraphs)


def edit_words(text: str, rng: random.Random, share: float, words: Sequence[str]) -> str:
    """Replace, drop or double up a share of the words; paragraphs stay."""
    edited = []
    for token in re.split(r"(\s+)", text):
        if not token.strip() or rng.random() >= share:
            edited.append(token)
            continue
        kind = rng.randrange(3)
        if kind == 0:
            edited.append(rng.choice(words))
        elif kind == 1:
            edited.append(f"{token} {rng.choice(words)}")
    return "".join(edited)


def frame(text: str, rng: random.Random, pool: Pool) -> str:
    """Put a header and a footer around, together a quarter of the text's length."""
    return "\n\n".join(
        [
            make_document(pool, rng, len(text) // 10),
            text,
            make_document(pool, rng, len(text) * 3 // 20),
        ]
    )


def truncate(text: str, rng: random.Random) -> str:
    """Keep the first 50 to 70%."""
    return text[: int(len(text) * rng.uniform(0.5, 0.7))]


def embed(text: str, rng: random.Random, pool: Pool) -> str:
    """Put the text into a page that is two to three times as long."""
    before = make_document(pool, rng, int(len(text) * rng.uniform(0.4, 1.2)))
    after = make_document(pool, rng, int(len(text) * rng.uniform(0.6, 0.8)))
    return "\n\n".join([before, text, after])


NAMES: Final = [
    "Bitcoin",
    "Ether",
    "Solana",
    "Cardano",
    "Polkadot",
    "Litecoin",
    "Ripple",
    "Stellar",
    "Chainlink",
    "Avalanche",
    "Dogecoin",
    "Tron",
    "Monero",
    "Cosmos",
    "Algorand",
    "Aptos",
    "Arbitrum",
    "Optimism",
    "Filecoin",
    "Uniswap",
]
PEOPLE: Final = [
    "Maria Lindqvist",
    "Tom Okafor",
    "Wei Zhang",
    "Ana Pereira",
    "Jonas Weber",
    "Priya Nair",
    "Luca Moretti",
    "Sarah Klein",
    "Diego Ramos",
    "Hana Suzuki",
    "Olga Petrova",
    "Peter Novak",
    "Amara Diallo",
    "Erik Larsen",
]
VENUES: Final = [
    "Northbay Exchange",
    "Kestrel Markets",
    "Halden",
    "Opal Trade",
    "Brightwater",
    "Mainline",
]

TEMPLATES: Final = (
    "{name} price today: ${big}. {name} changed hands at ${big} at {hh}:{mm} UTC on {day}, {up} "
    "{pct}% over the last 24 hours. The coin moved between ${big} and ${big} during the day, and "
    "its volume on all venues came to ${mid} million, {pct}% {more} than a day before. Market "
    "value stands at ${mid}.{d} billion, which puts {name} at rank {rank} of all coins. Over seven "
    "days {name} is {up} {pct}%, and over thirty days {up} {pct}%. The relative strength index "
    "reads {two}, and the 50-day average runs at ${big}. Support is seen at ${big} and resistance "
    "at ${big}. Open interest in {name} futures was ${mid} million, with funding at 0.0{two}%. "
    "{person} of {venue} said that traders watch the level of ${big}. Prices can change at any "
    "time, and readers should check a live quote before they act on any figure given here.",
    "{venue} daily report for {day}. The most traded pair was {name} against the dollar with "
    "{mid},{three} orders and a turnover of ${mid}.{d} million. The pair opened at {big} and "
    "closed at {big}, a move of {pct}%. The high of the day was {big}, reached at {hh}:{mm}, and "
    "the low was {big}, reached at {hh}:{mm}. Buyers placed {two}.{d}% of all orders. The second "
    "most traded pair was {name} with a turnover of ${mid} million and a move of {pct}%. Deposits "
    "came to ${mid} million and withdrawals to ${mid} million. The average spread was {two} basis "
    "points. Compared with the week before, turnover {went} by {pct}%, and the number of active "
    "accounts {went} by {pct}% to {mid},{three}. The report was put together by {person}, and the "
    "next one is published tomorrow at the same time on the pages of the exchange.",
    "Shares of {venue} were {up} {pct}% in early trading on {day} after the company reported "
    "results for the quarter. Revenue came in at ${mid}.{d} million against ${mid}.{d} million a "
    "year earlier, and earnings per share were ${d}.{two}, compared with ${d}.{two} expected by "
    "analysts. Operating margin {went} to {two}.{d}%. The company ended the quarter with ${mid} "
    "million in cash and {mid},{three} employees. For the full year it expects revenue of ${mid} "
    "million to ${mid} million. Chief executive {person} said that demand had held up in all "
    "regions. The stock has gained {pct}% since the start of the year, while the index is {up} "
    "{pct}%. {two} of {two} analysts who follow the company advise to buy the stock, and the "
    "average price target stands at ${three}.{two}, which is {pct}% above the last close.",
)


# What such pages say every day; with it, the wording of two reports is nearly the same.
FIXED: Final = (
    "All prices are volume-weighted averages over the venues that we follow, and they are "
    "refreshed once a minute. Venues with thin books are left out, as are pairs that have not "
    "traded within the hour. Market value is the price times the number of coins in circulation, "
    "which projects report themselves and which we check against the chain where we can. Changes "
    "are measured from the same minute of the day before. The ranking counts only coins that "
    "trade on at least three venues. Where a coin was split or renamed, earlier prices have been "
    "adjusted, so that the chart can be read without a break.",
    "A day in this report runs from midnight to midnight, universal time. Orders that were "
    "cancelled before they were matched are not counted. Turnover is given in dollars at the "
    "price of each trade. An account counts as active when it placed at least one order during "
    "the day. Deposits and withdrawals are counted when they are final on their chain. Figures "
    "for the last two days can still change when late confirmations come in; older figures are "
    "final. The full tables can be had as a file from the archive, where all earlier reports "
    "are kept as well, and questions on the method are answered by mail within a few days.",
    "This article was put together from the filing and the statement that the company sent out "
    "before the market opened. Earnings per share leave out one-off items, as analysts' estimates "
    "do, and growth is measured in constant currency. The company will discuss the results with "
    "investors in a call later in the day, and a recording will be kept on its site. Its next "
    "results are due in about three months. The company makes most of its sales through partners, "
    "who place their orders early in the quarter, so that a single quarter tells less than the "
    "year. It does not give an outlook for single regions or for single lines of its business.",
)


def make_report(number: int, rng: random.Random, fixed: int) -> str:
    """Template `number` with every name and number drawn anew, and `fixed` notes after it."""

    def fill(match: re.Match[str]) -> str:
        return _FILLERS[match[1]](rng)

    body = re.sub(r"\{(\w+)\}", fill, TEMPLATES[number])
    return "\n\n".join([body, *FIXED[number:], *FIXED[:number]][: fixed + 1])


_FILLERS: Final[dict[str, Callable[[random.Random], str]]] = {
    "name": lambda rng: rng.choice(NAMES),
    "person": lambda rng: rng.choice(PEOPLE),
    "venue": lambda rng: rng.choice(VENUES),
    "big": lambda rng: f"{rng.randint(1, 99)},{rng.randint(100, 999)}.{rng.randint(10, 99)}",
    "mid": lambda rng: str(rng.randint(12, 990)),
    "three": lambda rng: str(rng.randint(100, 999)),
    "two": lambda rng: str(rng.randint(10, 99)),
    "d": lambda rng: str(rng.randint(1, 9)),
    "pct": lambda rng: f"{rng.randint(0, 19)}.{rng.randint(1, 99)}",
    "rank": lambda rng: str(rng.randint(1, 200)),
    "hh": lambda rng: f"{rng.randint(0, 23):02}",
    "mm": lambda rng: f"{rng.randint(0, 59):02}",
    "day": lambda rng: f"{rng.randint(1, 28)} {rng.choice(('March', 'April', 'May', 'June'))}",
    "up": lambda rng: rng.choice(("up", "down")),
    "more": lambda rng: rng.choice(("more", "less")),
    "went": lambda rng: rng.choice(("rose", "fell")),
}

# Two-character words on markets and technology, and what stands between them.
_CHINESE: Final = [
    "市场",
    "价格",
    "投资",
    "公司",
    "技术",
    "分析",
    "用户",
    "平台",
    "交易",
    "增长",
    "数据",
    "报告",
    "银行",
    "政策",
    "经济",
    "资金",
    "风险",
    "管理",
    "产品",
    "服务",
    "网络",
    "安全",
    "系统",
    "研究",
    "发展",
    "企业",
    "行业",
    "消费",
    "需求",
    "供应",
    "成本",
    "利润",
    "股票",
    "债券",
    "基金",
    "货币",
    "汇率",
    "利率",
    "通胀",
    "就业",
    "制造",
    "出口",
    "进口",
    "贸易",
    "能源",
    "石油",
    "黄金",
    "电力",
    "汽车",
    "芯片",
    "软件",
    "硬件",
    "模型",
    "算法",
    "智能",
    "机器",
    "学习",
    "训练",
    "语言",
    "图像",
    "城市",
    "农村",
    "教育",
    "医疗",
    "健康",
    "环境",
    "气候",
    "交通",
    "建筑",
    "土地",
    "法律",
    "法院",
    "监管",
    "机构",
    "政府",
    "总统",
    "会议",
    "协议",
    "合作",
    "竞争",
    "季度",
    "年度",
    "月份",
    "周末",
    "早盘",
    "尾盘",
    "指数",
    "涨幅",
    "跌幅",
    "成交",
    "持仓",
    "杠杆",
    "期货",
    "期权",
    "合约",
    "钱包",
    "节点",
    "矿工",
    "区块",
    "协定",
]
_CHINESE_GLUE: Final = [
    "的",
    "了",
    "和",
    "在",
    "对",
    "与",
    "将",
    "被",
    "把",
    "也",
    "都",
    "而",
    "但",
    "或",
    "从",
    "向",
    "为",
    "以",
    "并",
    "再",
]
_JAPANESE: Final = [
    "市場",
    "価格",
    "投資",
    "会社",
    "技術",
    "分析",
    "利用者",
    "取引",
    "成長",
    "データ",
    "報告",
    "銀行",
    "政策",
    "経済",
    "資金",
    "危険",
    "管理",
    "製品",
    "サービス",
    "ネットワーク",
    "安全",
    "システム",
    "研究",
    "発展",
    "企業",
    "業界",
    "消費",
    "需要",
    "供給",
    "費用",
    "利益",
    "株式",
    "債券",
    "ファンド",
    "通貨",
    "為替",
    "金利",
    "物価",
    "雇用",
    "製造",
    "輸出",
    "輸入",
    "貿易",
    "エネルギー",
    "石油",
    "金",
    "電力",
    "自動車",
    "半導体",
    "ソフト",
    "モデル",
    "学習",
    "言語",
    "画像",
    "都市",
    "教育",
    "医療",
    "健康",
    "環境",
    "気候",
    "交通",
    "建築",
    "土地",
    "法律",
    "裁判所",
    "規制",
    "機関",
    "政府",
    "会議",
    "協定",
    "協力",
    "競争",
    "四半期",
    "年度",
    "指数",
    "先物",
]
_JAPANESE_GLUE: Final = [
    "は",
    "が",
    "を",
    "に",
    "で",
    "と",
    "も",
    "から",
    "まで",
    "より",
    "という",
    "について",
    "による",
    "とともに",
    "などの",
]


def make_unspaced(rng: random.Random, language: str, chars: int = 1000) -> str:
    """Chinese (`zh`) or Japanese (`ja`) nonsense of known words, in sentences."""
    words, glue = (_CHINESE, _CHINESE_GLUE) if language == "zh" else (_JAPANESE, _JAPANESE_GLUE)
    parts: list[str] = []
    length = 0
    while length < chars:
        clause = "".join(
            rng.choice(words) + (rng.choice(glue) if rng.random() < 0.6 else "")
            for _ in range(rng.randint(4, 9))
        )
        parts.append(
            clause + rng.choice("，，。") if language == "zh" else clause + rng.choice("、。")
        )
        length += len(parts[-1])
    return "".join(parts)


def edit_characters(text: str, rng: random.Random, share: float) -> str:
    """Replace a share of the characters with others of the text."""
    return "".join(rng.choice(text) if rng.random() < share else char for char in text)
