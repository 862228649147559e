"""The words of nine languages that tell the fields of a byline: labels and offices.

Tables hold the words apart from the patterns that they stand in, so that rules which know lines by
other shapes use the same, and so that `may_tell` follows them.
"""

from __future__ import annotations

import re
from typing import Final

from cleaners.metadata import field_times as times
from cleaners.metadata.dates import MONTHS


def any_of(*tables: str) -> str:
    """A pattern for any of the words of tables, the longest first; `_` is a blank in a word."""
    words = {word.replace("_", " ") for table in tables for word in table.split()}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


# What introduces a name with nothing between but a blank, by what may stand before it.
_BY: Final = {
    "by": "story words text review review_and_photos written reported posted published tested"
    " compiled researched submitted created produced",
    "von": "gastbeitrag gastkommentar kommentar analyse kolumne essay interview bericht reportage"
    " test geschrieben verfasst getestet veröffentlicht erstellt",
    "par": "tribune chronique analyse rédigé écrit publié testé posté proposé",
    "por": "escrito redactado publicado elaborado postado redigido probado testado",
    "от": "",
}
BY: Final = "|".join(
    rf"(?:(?:eine? |une? )?(?:{any_of(before)}) )?{by}" if before else f"@?{by}"
    for by, before in _BY.items()
)
NOBODY: Final = rf"(?:next|last|this|late|early|mid|{times.MONTH},? \d{{4}})\b"
"""What `by` introduces besides names."""
# What introduces a name before a colon.
LABELS: Final = (
    "words text texto texte author authors author_of_the_article autor autorin autora autores"
    " auteur auteure redacción reporter journalist"
    " автор авторы текст подготовил подготовила подготовили"
)
CJK_AUTHORS: Final = (
    "作者 投稿者 撰文 撰稿 采写 採訪 取材 文 本报记者 本報記者 记者 記者 著者 執筆 執筆者 筆者"
    " 取材・文 ライター 글 작성자"
)
CJK_MARK: Final = r"\s*[:：/／丨｜|＝=]\s*"
"""What stands between such a label and the name."""
AUTHOR: Final = (
    rf"(?:{BY})(?:\s*[:：|]\s*|\s+)|(?:{any_of(LABELS)})\s*[:：]\s*"
    rf"|(?:{any_of(CJK_AUTHORS)}){CJK_MARK}"
)

# Who else had a part in a story: behind these and a word for `by`, before a colon, and in scripts
# that part no words.
_REVISED: Final = {
    "by": "checked reviewed edited approved verified translated updated",
    "von": "geprüft überprüft redigiert bearbeitet übersetzt aktualisiert",
    "par": "relu relue vérifié vérifiée édité éditée traduit traduite validé validée mis_à_jour"
    " mise_à_jour revu revue",
    "por": "revisado revisada editado editada verificado verificada traducido traducida traduzido"
    " traduzida actualizado actualizada atualizado atualizada",
}
_EDITORS: Final = (
    "editor redaktion edición edição редактор проверил проверила проверили перевод эксперт"
    " рецензент"
)
CJK_EDITORS: Final = (
    "责任编辑 責任編輯 责编 責編 編輯 编辑 校对 校對 审核 審核 监制 監製"
    " 实习编辑 實習編輯 实习生 實習生 監修 編集 構成 편집 감수"
)
_WHICH: Final = {
    "by": "(?:(?:fact|medically|clinically|technically|expert|last)[ -]?)?",
    "von": "(?:(?:fachlich|medizinisch|zuletzt) )?",
}
_ARTICLE: Final = r"(?: (?:l[ea]|el))?"
EDITOR: Final = (
    r"(?:(?:"
    + "|".join(
        rf"{_WHICH.get(by, '')}(?:{any_of(revised)}) {by}" for by, revised in _REVISED.items()
    )
    + rf"|(?:con la revisión|com (?:a )?revisão) d(?:el?|[ao])){_ARTICLE}(?:\s*:\s*|\s+)"
    rf"|(?:{any_of(_EDITORS)})\s*[:：]\s*|(?:{any_of(CJK_EDITORS)})(?:{CJK_MARK}|\s(?=\S)))"
)
PICTURE: Final = (
    r"(?:(?:photos?|photograph(?:s|ed|y)|pictures|images?|illustrat(?:ed|ions?)) by\s*:?\s*"
    r"|(?:fotos?|bild(?:er)?|pictures|photos?|photography|illustration|иллюстрация|фото)\s*[:：]\s*"
    r"|(?:摄影|攝影|图|圖|写真|撮影|사진)\s*[:：/／丨｜|＝=]\s*)"
)

# Who supplied a text.
SOURCES: Final = "source sources quelle quellen fuente fuentes fonte fontes источник"
CJK_SOURCES: Final = (
    "来源 來源 文章来源 新闻来源 信息来源 稿件来源 稿源 出处 出處 转自 轉自 出典"
    " 提供 提供元 参照元 資料来源 资料来源 資料來源 출처 출전 자료"
)
SOURCE: Final = rf"(?:{any_of(SOURCES, CJK_SOURCES)})\s?[:：]\s*"
SETTING: Final = rf"(?:{any_of('字号 字號 字体 字體 字級')})\s?[:：]\s*"
"""What readers set."""
LABEL: Final = rf"(?<!\S)(?:{AUTHOR}|{EDITOR}|{PICTURE}|{SOURCE}|{SETTING})"
_LONG: Final = (
    word for word in f"{CJK_AUTHORS} {CJK_EDITORS} {CJK_SOURCES}".split() if len(word) > 1
)
CJK_LABEL: Final = rf"(?:{any_of(*_LONG)})\s?[:：]"
"""Labels that need no blank behind another field."""

# What somebody is at a paper.
_RANKS: Final = (
    "staff business senior sport sports political politics chief crime markets deputy managing"
    " associate assistant contributing executive news science health technology city foreign court"
    " economics education environment travel food lead principal"
)
RANK: Final = rf"(?i:{any_of(_RANKS)})"
_PRESS: Final = (
    "writer reporter correspondent editor editor-in-chief editor_in_chief contributor columnist"
    " journalist redakteur redakteurin journaliste periodista jornalista redactor redactora redator"
    " redatora"
)
PRESS: Final = rf"(?i:{any_of(_PRESS)})"
_OFFICES: Final = (
    "staff newsroom redaktion chefredakteur chefredakteurin korrespondent korrespondentin"
    " journalistin autor autorin volontär volontärin kolumnist kolumnistin rédacteur rédactrice"
    " correspondant correspondante envoyé_spécial envoyée_spéciale chroniqueur chroniqueuse"
    " corresponsal enviado_especial enviada_especial redacción diretor_de_redação"
    " diretora_de_redação redação correspondente colunista columnista editora редакция обозреватель"
)
_STEMS: Final = "корреспондент редактор журналист автор колумнист"
KOREAN: Final = "기자 특파원 논설위원 통신원"
"""Offices behind a Korean name."""
_CJK_OFFICES: Final = f"记者 記者 编辑 編輯 에디터 {KOREAN}"
_ROOMS: Final = "编辑部 編集部"
# Whom a paper names where no one signs; not the rooms alone, which also head what is said of them.
STAFF: Final = (
    r"(?:from )?staff (?:and wire )?reports?|(?:by )?staff (?:writers?|reporters?)"
    r"|(?:by|from) (?:the )?(?:newsroom|wire reports)|von der redaktion|(?:par|de) la rédaction"
    r"|(?:por|de) (?:la )?redacción|(?:pela|da) redação"
)
# Where Japanese papers have their rooms, as they write it before a reporter's name.
_ROOMS_AT: Final = (
    " 東京 大阪 名古屋 札幌 仙台 福岡 京都 神戸 横浜 広島 北海道 青森 岩手"
    " 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 神奈川 新潟 富山 石川"
    " 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 兵庫 奈良 和歌山 鳥取 島根"
    " 岡山 山口 徳島 香川 愛媛 高知 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄"
    " 那覇 ワシントン ニューヨーク ロサンゼルス ロンドン パリ ベルリン ローマ"
    " マドリード ブリュッセル ジュネーブ ウィーン モスクワ 北京 上海 香港 台北"
    " ソウル バンコク シンガポール ジャカルタ ハノイ マニラ ニューデリー ドバイ"
    " カイロ エルサレム シドニー"
)
PLACED: Final = (
    rf"【(?:{any_of(_ROOMS_AT)})[＝=](?!.{{0,4}}(?:{any_of(_ROOMS_AT)}))"
    r"(?P<name>[\u3040-\u30ff\u4e00-\u9fff]{1,4}[ 　]?[\u3040-\u30ff\u4e00-\u9fff]{1,4})】"
)
"""`【東京＝佐藤花子】`: where a reporter writes, before the name."""
OFFICE: Final = (
    rf"\b(?:{PRESS}s?|{any_of(_OFFICES)}|(?:{any_of(_STEMS)})\w*)\b"
    rf"|(?:{any_of(_CJK_OFFICES)})$|{any_of(_ROOMS)}"
)
PLAIN_OFFICE: Final = (
    r"\b(?:analyst(?:in)?|expert(?:e|in)?|director|manager|founder|specialist|strategist|consultant"
    r"|professor|president|attorney|lawyer|critic|producer|economist|head of|anwalt|anwältin|dozent"
    r"|avocate?|analyste|économiste|analista|economista|abogad[oa]|advogad[oa]|especialista"
    r"|аналитик|эксперт|экономист|юрист)\w*"
)
CREDENTIAL: Final = (
    r"(?:MD|PhD|Ph\.D\.?|RN|RD|RDN|DVM|CPA|CFA|CFP|JD|MPH|LCSW|DDS|PharmD|MSc|BSc|MBA|Esq\.?)"
)
"""What somebody may be behind a comma; other capitals are places and papers."""
CJK_BEHIND: Final = any_of(KOREAN, "에디터 작가")
CJK_BEFORE: Final = any_of("记者 記者 本报记者 本報記者 撰文 作者")
MINOR: Final = (
    r"by|posted|published|updated|at|on|and|est|edt|gmt|utc|cet|cest|um|uhr|und|et|le|à|el|y|en|h|hs"
    r"|em|às|e|в|и|via|views?|发布|發布|发布于|发表于|發表於|更新|배포|in"
)
NO_NAME: Final = (
    r"\b(?:hall|arena|stadium|stadion|theat(?:re|er)|club|centre|center|street|road|square|park"
    r"|university|college|school|church|museum|gallery|festival|hotel|market|markets|bank|group"
    r"|news|press|media|daily|times|post|magazine|books?|reviews?|guides?|price|development|update"
    r"|digital|students?|faculty|editors?|research|team|staff|desk|engineers?|developers?|managers?"
    r"|officers?|assistants?|inc|personal|consumer|platform|reading|ask|questions?|coverage|events?"
    r"|category|editorial|research|reviewers?|observer|tribune|herald|gazette|journal|chronicle"
    r"|courier|sentinel|telegraph|association|clinic|institute|foundation|network"
    r"|ltd|llc|plc|gmbh|ag|united|city|fc|north|south|east|west|new|saint|the|our|your|how|why|what"
    r"|best|top|home|business|politics|sport|sports|money|health|world|company|corp|week|issue|vol"
    r"|halle|theater|kirche|straße|platz|rathaus|universität|verlag|zeitung|redaktion|aktie|markt"
    r"|salle|théâtre|musée|rue|place|université|marché|rédaction|actualités"
    r"|teatro|estadio|estádio|museo|museu|calle|rua|plaza|praça|universidad|universidade|mercado"
    r"|redacción|redação|noticias|notícias|agencia|agência"
    r"|театр|стадион|музей|улица|площадь|университет|рынок|редакция|новости|агентство)\b"
    r"|[市省县縣区區町村州国國社部局网網报報学學院会會年月日号號摄攝]$"
    r"|^(?:发布|發布|编辑|更新|等)|(?:新聞|新闻|通信|デジタル|일보|뉴스|신문|미디어|경제|타임스|타임즈)"
)


# Who made a film, a play or a song, where journalists are called otherwise.
_CREW: Final = (
    "directed music score lyrics songs choreography choreographed cinematography screenplay"
    " costumes lighting set_design sound_design composed conducted starring narrated"
)
_CREW_LABELS: Final = (
    "director directors screenplay cast starring music score lyrics cinematography choreography"
    " costumes lighting producer producers composer conductor regie drehbuch musik bühne kostüme"
    " kamera schnitt dramaturgie besetzung réalisation scénario musique décors distribution"
    " dirección guion guión música reparto vestuario escenografía direção roteiro elenco figurino"
    " cenografia режиссёр режиссер сценарий музыка оператор композитор 导演 導演 编剧 編劇 主演"
    " 監督 脚本 音楽 감독 각본 음악 주연 출연"
)
CREW: Final = (
    rf"(?:{any_of(_CREW)}) by\b|(?:{any_of(_CREW_LABELS)})\s*[:：]"
    r"|(?:réalisée?|mise? en scène|musique|chorégraphie) (?:par|de)\b"
    r"|(?:dirigid[oa]|coreografía|música|guion|roteiro) (?:por|de)\b"
    r"|(?:regie|musik|bühne|kamera|drehbuch) von\b"
)
"""How a line of such credits begins."""
VACANCY: Final = (
    r"\b(?:full|part)[- ]time\b|\b(?:voll|teil)zeit\b|\bunbefristet\b|\btemps (?:plein|partiel)\b"
    r"|\bCDI\b|\b(?:jornada|tiempo) complet[oa]\b|\btempo integral\b|полная занятость"
    r"|[（(](?:h/f|[mwfdxi]/[mwfdxi]/[mwfdxi])[)）]|正社員|アルバイト|全职|全職|兼职|정규직|계약직"
)
"""What only advertisements of jobs say."""

_STEM: Final = 4
"""Letters by which a word is known."""


def _stems(*tables: str) -> frozenset[str]:
    """How the words of tables begin; of several words, the first."""
    return frozenset(
        re.split(r"[\W_]", word)[0][:_STEM] for table in tables for word in table.split()
    )


_SAYING: Final = _stems(
    *_BY, LABELS, "revisión revisão", _EDITORS, _PRESS, _OFFICES, _STEMS, times.AGO
)
"""How words begin of which a label, an office or an age has one."""
_TIMING: Final = _stems(*MONTHS, times.UNITS, "назад")
"""How words begin that make a figure a day, an age or a reading time."""
_CJK: Final = f"{CJK_AUTHORS} {CJK_EDITORS} {_CJK_OFFICES} {_ROOMS} {times.CJK_UNITS} 작가 前 전 ＝"
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SIGN: Final = re.compile(
    rf"{_YEAR.pattern}|[{''.join(sorted({word[0] for word in _CJK.split()}))}]"
)
"""What a day, an age or a label in Chinese, Japanese or Korean cannot be written without."""
_FIGURE: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]+")


def may_tell(line: str) -> bool:
    """Whether a line may hold a field that is beyond doubt, which most lines do not.

    It shows a year, or begins a word as labels, offices and ages begin; beside a figure also one
    as months and units begin.
    """
    # Each place of a line is held against a hundred signs, of which ASCII has none.
    if (_YEAR if line.isascii() else _SIGN).search(line):
        return True
    stems = {word[:_STEM] for word in _WORD.findall(line.casefold())}
    return not stems.isdisjoint(_SAYING) or (
        not stems.isdisjoint(_TIMING) and bool(_FIGURE.search(line))
    )
