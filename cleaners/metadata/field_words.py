"""The words of nine languages that tell the fields of a byline: labels, offices, units, months."""

from __future__ import annotations

from typing import Final

from cleaners.metadata.dates import MONTHS

_MONTH: Final = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![^\W\d_])\.?"
_WEEKDAY: Final = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс)"
    r"\b\.?,?\s(?:den |de |le |el )?"
)
_ZONE: Final = r"(?: ?\(?(?-i:[A-Z]{2,4}(?:/[A-Z]{2,4})?)\b\)?)"
_HOUR: Final = (
    r"\d{1,2}(?:(?: ?[:h] ?|\.)\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?| ?Uhr\b)"
    rf"(?: ?(?:Uhr|hs?|hrs)\b)?{_ZONE}?"
)
CLOCK: Final = (
    r"(?:(?:发布|發布|發佈|更新|发表|發表)(?:时间|時間)?\s?[:：]?\s?)?(?<![\d.,])"
    r"\d{1,2}(?: ?[:h] ?\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?|\.\d{2} ?(?:Uhr|[ap]m)\b"
    rf"| ?[ap]\.?m\b\.?| ?Uhr\b)(?: ?(?:Uhr|hs?|hrs)\b)?{_ZONE}?(?![\d%])"
    r"|\d{1,2}[時时시] ?\d{1,2}[分분]"
)
_ON: Final = (
    r"(?:first |last |originally |zuletzt |letzte[rs]? |dernière |última? |最后|最後|最終|初回"
    r"|기사 ?|최초 ?|최종 ?)?"
)
_PUBLISHED: Final = (
    r"published|posted|filed|added|premiered|created|date|veröffentlicht|erschienen|erstellt|stand"
    r"|datum|vom|am|publiée?|mise? en ligne|postée?|parue?|le|publicad[oa]|postad[oa]|criad[oa]"
    r"|fecha(?: de publicación)?|data(?: da publicação)?|el|em|опубликован[оа]|создано|размещено"
    r"|дата(?: публикации)?"
    r"|(?:发布|發布|發佈|发表|發表|刊登|编辑|时间|時間|日期|公開|掲載|配信|投稿|開示|입력|등록|승인|송고"
    r"|발행)(?:时间|時間|日期|日時|日付|日|于|於|일시|시간|일)?"
)
_UPDATED: Final = (
    r"updated?|modified|edit(?:ed)?|reviewed|changed|checked|tweaked|revised|aktualisier(?:t|ung)"
    r"|geändert|(?:über|ge)prüft|bearbeitet|änderung|mise? à jour|modifiée?|actualisée?|relu"
    r"|actualizad[oa]|revisad[oa]|modificad[oa]|actualización|atualizad[oa]|atualização"
    r"|fecha de (?:la )?(?:última )?(?:revisión|actualización)"
    r"|обновлен[оа]|изменен[оа]|дата обновления"
    r"|(?:更新|수정|업데이트)(?:时间|時間|日期|日時|日付|日|于|於|일시|시간|일)?"
)
_JOINED: Final = r"(?: (?:on|at|am|im|in|le|el|em|a|в))?\s?[:：]?\s?"
CHANGED: Final = rf"{_ON}(?:{_UPDATED})(?![^\W\d_])"
_STAMP: Final = rf"(?:(?<![^\W\d_]){_ON}(?:{_UPDATED}|{_PUBLISHED}){_JOINED})?"
_DATE: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?[ .-](?:de |of )?{_MONTH},?"
    r"(?:[ .-]?(?:de |del )?(?:19|20)\d\d(?!\d))?(?: ?г(?:\.|ода\b)?)?"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? (?:19|20)\d\d)?"
    rf"|(?<=[a-zа-яé] ){_MONTH},? (?:de )?(?:19|20)\d\d"
    r"|(?:19|20)\d\d ?[-/.年년] ?\d{1,2} ?[-/.月월] ?\d{1,2}(?!\d)\.?(?: ?[日일])?"
    r"|\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:19|20)\d\d)"
)
DAY: Final = (
    rf"{_STAMP}(?:\b{_WEEKDAY})?(?<!\d){_DATE}"
    r"(?:\s?\(?[一二三四五六日月火水木金土월화수목금토일]\)?(?=\s|$))?"
    rf"(?:(?:[T,\s·|–/—-]|at|um|à|às|a las|em|в|kl\.?)*"
    rf"(?:{_HOUR}|\d{{1,2}}[時时시] ?\d{{1,2}}[分분]))?"
    rf"{_ZONE}?(?:\s?(?:発表|公開|更新|配信|掲載|投稿|发布|發布|发表))?"
)
_UNIT: Final = (
    r"(?:sec(?:ond)?s?|min(?:ute|uto)?s?|hrs?|hours?|h|days?|weeks?|months?|years?|sekunden?|minuten?"
    r"|std|stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?|heures?|jours?|semaines?|mois|ans?"
    r"|horas?|días?|dias?|semanas?|mes(?:es)?|mês|años?|anos?)\b\.?"
)
AGE: Final = (
    rf"(?<![^\W\d_])(?:{_ON}(?:{_UPDATED}|{_PUBLISHED}){_JOINED})?"
    rf"(?:(?:\d{{1,3}}|an?|one) {_UNIT}(?:,? \d{{1,2}} {_UNIT})? (?:ago|atrás)\b"
    rf"|(?:vor|il y a|hace|há) (?:\d{{1,3}}|ein(?:er|em)|une?|una?|uma?) {_UNIT}"
    r"|\d{1,3} (?:сек|мин|час|дн|ден|недел|месяц|год|лет)[^\W\d_]{0,3}\.? назад"
    r"|\d{1,3} ?(?:分|分钟|分鐘|小时|小時|時間|天|日|시간|분|일) ?[前전](?:更新|发布|發布)?)"
)
_MINUTE: Final = r"(?:min(?:ute|uto|uten|utes|utos)?s?\b\.?|мин(?:ут[аыу]?)?\b\.?|分钟|分鐘|分|분)"
READING: Final = (
    rf"\d{{1,3}}[ -]?{_MINUTE}[ -]?(?:to )?(?:read(?:ing)?(?: time)?|de lecture|de lectura"
    r"|de leitura|lesezeit|lesedauer|lektüre|(?:на )?чтени[ея]|읽기|분량|阅读|閱讀|读完|で読めます)"
    r"|(?:(?:estimated )?read(?:ing)?(?: time)?|lesezeit|lesedauer|(?:temps de )?lecture"
    r"|(?:tiempo de )?lectura|(?:tempo de )?leitura|(?:время (?:на )?)?чтени[ея]"
    r"|(?:阅读|閱讀)(?:时间|時間)?(?:约需?|約需?)?|読了時間|읽는 ?시간)"
    r"(?: de| is| займ[её]т)?\s?[:：]?\s?(?:etwa |ca\.? |about |env(?:iron|\.) |unos |cerca de "
    rf"|около |约|約|약)?\s?\d{{1,3}} ?{_MINUTE}"
)
MINUTES: Final = rf"(?:약 ?|约需?|約)?(?<![\d.,])\d{{1,3}} ?{_MINUTE}"
_NUMBER: Final = r"\d{1,3}(?:[\d.,  ]{0,10}\d)?\+? ?(?:k|m|tsd\.?|mil|тыс\.?|млн|万|萬|만)?"
COUNT: Final = (
    rf"{_NUMBER} ?(?:comments?|views?|shares?|likes?|reads|kommentare?|aufrufe"
    r"|commentaires?|vues|partages|comentarios?|visitas|vistas|lecturas|comentários?"
    r"|visualizações|leituras|комментари\w{1,2}|просмотр\w{0,2}|条评论|條留言|則留言|次浏览|次瀏覽|コメント"
    r"|ビュー)(?![^\W\d_])"
    r"|(?:comments?|views?|kommentare|commentaires|comentários|comentarios|просмотры|просмотров"
    r"|комментарии|被?浏览|瀏覽|阅读|閱讀|點閱|评论|留言|조회수?|댓글|閲覧数?)\s?[:：]?\s?"
    r"\d[\d.,]{0,9} ?(?:k|万|萬|만)?\s?[次회]?(?![\d:：])"
)

AUTHOR: Final = (
    r"(?:(?:story|words|text|review(?: and photos)?) by|(?:(?:written|reported|posted|published"
    r"|tested|compiled|researched|submitted|created|produced) )?by"
    r"|(?:(?:eine? )?(?:gast(?:beitrag|kommentar)|kommentar|analyse|kolumne|essay|interview|bericht"
    r"|reportage|test) )?von|(?:geschrieben|verfasst|getestet|veröffentlicht|erstellt) von"
    r"|(?:(?:rédigé|écrit|publié|testé|posté|proposé) )?par"
    r"|(?:(?:escrito|redactado|publicado|elaborado|postado|redigido|probado|testado) )?por"
    r"|@?(?:от))(?:\s*[:：|]\s*|\s+)"
    r"|(?:words|text|texto|texte|author|autor(?:in|a|es)?|auteure?|redacción|автор(?:ы)?|текст"
    r"|подготовил[аи]?|reporter|journalist)\s*[:：]\s*"
    r"|(?:作者|撰文|撰稿|采写|採訪|文|本报记者|本報記者|记者|記者|著者|執筆者?|筆者|取材・文|ライター|글"
    r"|작성자)\s*[:：/／丨｜|＝=]\s*"
)
EDITOR: Final = (
    r"(?:(?:(?:fact|medically|clinically|technically|expert|last)[ -]?)?(?:checked|reviewed|edited"
    r"|approved|verified|translated|updated)) by\s*:?\s*"
    r"|(?:(?:fachlich |medizinisch |zuletzt )?(?:geprüft|überprüft|redigiert|bearbeitet|übersetzt"
    r"|aktualisiert)) von\s*:?\s*"
    r"|(?:relue?|vérifiée?|éditée?|traduite?|validée?|mise? à jour|revue?) par (?:l[ea] )?"
    r"|(?:con la revisión de(?:l| la)?|com (?:a )?revisão d[eao]|(?:revisad|editad|verificad"
    r"|traducid|traduzid|actualizad|atualizad)[oa] por(?: el| la)?)\s*:?\s*"
    r"|(?:editor|redaktion|edición|edição|редактор|проверил[аи]?|перевод|эксперт|рецензент)"
    r"\s*[:：]\s*"
    r"|(?:责任编辑|責任編輯|责编|責編|編輯|编辑|校对|校對|审核|審核|监制|監製|实习生|實習生|監修|編集|構成"
    r"|편집|감수)\s*(?:[:：/／丨｜|＝=]\s*|\s(?=\S))"
)
PICTURE: Final = (
    r"(?:(?:photos?|photograph(?:s|ed|y)|pictures|images?|illustrat(?:ed|ions?)) by\s*:?\s*"
    r"|(?:fotos?|bild(?:er)?|pictures|photos?|photography|illustration|иллюстрация|фото)\s*[:：]\s*"
    r"|(?:摄影|攝影|图|圖|写真|撮影|사진)\s*[:：/／丨｜|＝=]\s*)"
)
LABEL: Final = rf"(?:{AUTHOR}|{EDITOR}|{PICTURE})"

RANK: Final = (
    r"(?:[Ss]taff|[Bb]usiness|[Ss]enior|[Ss]ports?|[Pp]olitical|[Pp]olitics|[Cc]hief|[Cc]rime"
    r"|[Mm]arkets|[Dd]eputy|[Mm]anaging|[Aa]ssociate|[Aa]ssistant|[Cc]ontributing|[Ee]xecutive"
    r"|[Nn]ews|[Ss]cience|[Hh]ealth|[Tt]echnology|[Cc]ity|[Ff]oreign|[Cc]ourt|[Ee]conomics"
    r"|[Ee]ducation|[Ee]nvironment|[Tt]ravel|[Ff]ood|[Ll]ead|[Pp]rincipal)"
)
PRESS: Final = (
    r"[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Ee]ditor(?:[- ]in[- ][Cc]hief)?|[Cc]ontributor"
    r"|[Cc]olumnist|[Jj]ournalist|[Rr]edakteur(?:in)?|[Jj]ournaliste|[Pp]eriodista|[Jj]ornalista"
    r"|[Rr]edactora?|[Rr]edatora?|WRITER|REPORTER|CORRESPONDENT|EDITOR"
)
OFFICE: Final = (
    rf"\b(?:(?:{PRESS})s?|staff|newsroom|redaktion|chefredakteur(?:in)?|korrespondent(?:in)?"
    r"|journalist(?:in)?|autor(?:in)?|volontär(?:in)?|kolumnist(?:in)?|rédact(?:eur|rice)"
    r"|correspondante?|envoyée? spéciale?|chroniqueu(?:r|se)|corresponsal|enviad[oa] especial"
    r"|redacción|diretora? de redação|redação|correspondente|colunista|columnista|editora?"
    r"|корреспондент\w*|редактор\w*|журналист\w*|обозреватель|автор\w*|колумнист\w*|редакция)\b"
    r"|记者$|記者$|编辑部|編集部|编辑$|編輯$|기자$|특파원$|에디터$"
)
PLAIN_OFFICE: Final = (
    r"\b(?:analyst(?:in)?|expert(?:e|in)?|director|manager|founder|specialist|strategist|consultant"
    r"|professor|president|attorney|lawyer|critic|producer|economist|head of|anwalt|anwältin|dozent"
    r"|avocate?|analyste|économiste|analista|economista|abogad[oa]|advogad[oa]|especialista"
    r"|аналитик|эксперт|экономист|юрист)\w*"
)
CJK_BEHIND: Final = "기자|특파원|논설위원|통신원|에디터|작가"
CJK_BEFORE: Final = "记者|記者|本报记者|本報記者|撰文|作者"
MINOR: Final = (
    r"by|posted|published|updated|at|on|and|est|edt|gmt|utc|cet|cest|um|uhr|und|et|le|à|el|y|en|h|hs"
    r"|em|às|e|в|и|via|views?|发布|發布|发布于|发表于|發表於|更新|배포|in"
)
NO_NAME: Final = (
    r"\b(?:hall|arena|stadium|stadion|theat(?:re|er)|club|centre|center|street|road|square|park"
    r"|university|college|school|church|museum|gallery|festival|hotel|market|markets|bank|group"
    r"|news|press|media|daily|times|post|magazine|books?|reviews?|guides?|price|development|update"
    r"|digital|students?|faculty|editors?|research|team|staff|desk|engineers?|developers?|managers?"
    r"|officers?|assistants?|inc"
    r"|ltd|llc|plc|gmbh|ag|united|city|fc|north|south|east|west|new|saint|the|our|your|how|why|what"
    r"|best|top|home|business|politics|sport|sports|money|health|world|company|corp|week|issue|vol"
    r"|halle|theater|kirche|straße|platz|rathaus|universität|verlag|zeitung|redaktion|aktie|markt"
    r"|salle|théâtre|musée|rue|place|université|marché|rédaction|actualités"
    r"|teatro|estadio|estádio|museo|museu|calle|rua|plaza|praça|universidad|universidade|mercado"
    r"|redacción|redação|noticias|notícias|agencia|agência"
    r"|театр|стадион|музей|улица|площадь|университет|рынок|редакция|новости|агентство)\b"
    r"|[市省县縣区區町村州国國社部局网網报報学學院会會年月日号號]$"
)

STEM: Final = 4
"""Letters by which a word is known."""
_SAYING: Final = (
    "by von par por от word text auth auto aute reda repo jour авто текс подг revi edit edic ediç"
    " реда пров пере эксп реце writ corr cont colu peri jorn staf news chef korr volo kolu réda"
    " envo chro envi dire корр журн обоз колу ago atrá vor hace há il"
)
SAYING: Final = frozenset(_SAYING.split())
"""How words begin of which a label, an office or an age has one."""
_TIMING: Final = "min mins minu мин мину read lese lekt lect leit чтен наза"
TIMING: Final = frozenset({name[:STEM] for name in MONTHS}.union(_TIMING.split()))
"""How words begin that make a figure a day, an age or a reading time."""
CJK_SIGNS: Final = (
    "作撰采採本记記著執筆取文글责責编編校审審监監实實构편감기특논통에"
    "前전分분時时读讀読읽年년月월日일更새수등입발"
)
"""One character of each word that does the same in Chinese, Japanese and Korean."""
