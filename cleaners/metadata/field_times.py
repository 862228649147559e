"""What tells itself in a byline, in nine languages: days, hours, ages, reading times, counts."""

from __future__ import annotations

from typing import Final

from cleaners.metadata.dates import MONTHS

MONTH: Final = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![^\W\d_])\.?"
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
# What says by itself that a date is the story's, at the beginning of a line, ...
_SAID: Final = (
    r"published|posted|veröffentlicht|erschienen|erstellt|stand|publiée?|mise? en ligne|postée?"
    r"|rédigée?|publicad[oa]|postad[oa]|criad[oa]|опубликован[оа]|создано|размещено|дата публикации"
)
_WHEN: Final = "(?:时间|時間|日期|日時|日付|日|于|於|일시|시간|일)?"
_SAID_CJK: Final = (
    rf"(?:发布|發布|發佈|发表|發表|刊登|公開|掲載|配信|投稿|입력|등록|승인|송고|발행){_WHEN}"
)
UPDATED: Final = (
    r"updated|modified|aktualisier(?:t|ung)|mise? à jour|modifiée?|actualisée?|actualizad[oa]"
    r"|modificad[oa]|actualización|atualizad[oa]|atualização|обновлен[оа]|изменен[оа]"
)
_UPDATED_CJK: Final = rf"(?:更新|수정|업데이트){_WHEN}"
STAMP: Final = (
    rf"{_ON}(?:(?:{_SAID}|{UPDATED})(?![^\W\d_])|(?:{_SAID_CJK}|{_UPDATED_CJK})[\s:：|]*\d)"
)
# ... and what does so only before a date, which `filed` and `am` need not be.
_PUBLISHED: Final = (
    rf"{_SAID}|filed|added|premiered|created|date|datum|vom|am|parue?|le"
    r"|fecha(?: de publicación)?|data(?: da publicação)?|el|em|дата"
)
_CHANGED: Final = (
    rf"{UPDATED}|{_UPDATED_CJK}|update|edit(?:ed)?|reviewed|changed|checked|tweaked|revised"
    r"|geändert|(?:über|ge)prüft|bearbeitet|änderung|relu|revisad[oa]"
    r"|fecha de (?:la )?(?:última )?(?:revisión|actualización)|дата обновления"
)
_JOINED: Final = r"(?: (?:on|at|am|im|in|le|el|em|a|в))?\s?[:：]?\s?"
CHANGED: Final = rf"{_ON}(?:{_CHANGED})(?![^\W\d_])"
# Scripts that part no words write `기자입력`.
_STAMPED: Final = (
    rf"(?:(?:(?<![^\W\d_]){_ON}(?:{_CHANGED}|{_PUBLISHED})"
    rf"|{_ON}(?:{_SAID_CJK}|(?:编辑|时间|時間|日期|開示){_WHEN}|{_UPDATED_CJK})){_JOINED})?"
)
_DATE: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?[ .-](?:de |of )?{MONTH},?"
    r"(?:[ .-]?(?:de |del )?(?:19|20)\d\d(?!\d))?(?: ?г(?:\.|ода\b)?)?"
    rf"|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? (?:19|20)\d\d)?"
    rf"|(?<=[a-zа-яé] ){MONTH},? (?:de )?(?:19|20)\d\d"
    r"|(?:19|20)\d\d ?[-/.年년] ?\d{1,2} ?[-/.月월] ?\d{1,2}(?!\d)\.?(?: ?[日일])?"
    r"|\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:19|20)\d\d)"
)
DAY: Final = (
    rf"{_STAMPED}(?:\b{_WEEKDAY})?(?<!\d){_DATE}"
    r"(?:\s?\(?[一二三四五六日月火水木金土월화수목금토일]\)?(?=\s|$))?"
    rf"(?:(?:[T,\s·|–/—-]|at|um|à|às|a las|em|в|kl\.?)*"
    rf"(?:{_HOUR}|\d{{1,2}}[時时시] ?\d{{1,2}}[分분]))?"
    rf"{_ZONE}?(?:\s?(?:発表|公開|更新|配信|掲載|投稿|发布|發布|发表|등록|입력|작성)(?![^\W\d_]))?"
)
_UNIT: Final = (
    r"(?:sec(?:ond)?s?|min(?:ute|uto)?s?|hrs?|hours?|h|days?|weeks?|months?|years?|sekunden?|minuten?"
    r"|std|stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?|heures?|jours?|semaines?|mois|ans?"
    r"|horas?|días?|dias?|semanas?|mes(?:es)?|mês|años?|anos?)\b\.?"
)
AGO: Final = "ago atrás vor il_y_a hace há"
"""Words of which the age of a story holds one, or `назад` behind a figure."""
AGE: Final = (
    rf"(?<![^\W\d_])(?:{_ON}(?:{_CHANGED}|{_PUBLISHED}|{_SAID_CJK}){_JOINED})?"
    rf"(?:(?:\d{{1,3}}|an?|one) {_UNIT}(?:,? \d{{1,2}} {_UNIT})? (?:ago|atrás)\b"
    rf"|(?:vor|il y a|hace|há) (?:\d{{1,3}}|ein(?:er|em)|une?|una?|uma?) {_UNIT}"
    r"|\d{1,3} (?:сек|мин|час|дн|ден|недел|месяц|год|лет)[^\W\d_]{0,3}\.? назад"
    r"|\d{1,3} ?(?:分|分钟|分鐘|小时|小時|時間|天|日|시간|분|일) ?[前전](?:更新|发布|發布)?)"
)
UNITS: Final = "min mins minute minutes minuten minuto minutos мин минута минуты минуту минут"
CJK_UNITS: Final = "分钟 分鐘 分 분"
_MINUTE: Final = rf"(?:(?:{'|'.join(UNITS.split())})\b\.?|{'|'.join(CJK_UNITS.split())})"
READING: Final = (
    rf"\d{{1,3}}[ -]?{_MINUTE}[ -]?(?:to )?(?:read(?:ing)?(?: time)?|de lecture|de lectura"
    r"|de leitura|lesezeit|lesedauer|lektüre|(?:на )?чтени[ея]|읽기|분량|阅读|閱讀|读完|で読めます)"
    r"|(?:(?:estimated )?read(?:ing)?(?: time)?|time to read|lesezeit|lesedauer"
    r"|(?:temps de )?lecture|(?:tiempo de )?lectura"
    r"|(?:tempo de )?leitura|(?:время (?:на )?)?чтени[ея]"
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
    r"|комментарии|被?浏览量?|瀏覽|阅读量?|閱讀|點閱|点击量?|點擊|评论|評論|留言|조회수?|댓글|공감|추천"
    r"|閲覧数?)\s?[:：]?\s?"
    r"\d(?:[\d., ]{0,9}\d)? ?(?:k|万|萬|만)?\s?[次회]?(?![\d:：])"
)

# Behind these a colon may follow other words: `Deadline for applications: 12 May`.
_DUE: Final = (
    r"deadline|due|(?:doors )?opens|doors|starts|begins|ends|beginnt|endet|öffnet|einlass|ouvre"
    r"|commence|débute|empieza|comienza|termina|começa|abre|начинается|открывается"
    r"|clos(?:es?|ing)|expir(?:es|y|ation)|valid(?: from| through)?"
    r"|[^\W\d_]*(?:schluss|frist)|ablaufdatum|gültig(?: ab)?|fällig|date limite|clôture|échéance"
    r"|expire|valable|fecha límite|plazo|cierre|vence|vencimiento|válid[oa]|prazo|data limite"
    r"|vencimento|encerramento|(?:крайний )?срок|дедлайн|действу?[её]т|действител[её]?н[оа]?"
)
# What is held on a day, only before a colon.
_EVENT_DAY: Final = (
    r"event date|date of (?:the )?event|date and time|when|starts?|begins?|ends?|end date"
    r"|opens?|doors(?: open)?|termine?|veranstaltungs(?:tag|datum)|wann|beginn|ende|einlass|start"
    r"|date de l'événement|quand|début|fin|ouverture(?: des portes)?|fecha del evento|cuándo|inicio"
    r"|apertura(?: de puertas)?|data do evento|quando|início|fim|término|abertura"
    r"|когда|начало|окончание|дата (?:проведения|мероприятия|начала|окончания)"
)
_EVENT_DAY_CJK: Final = (
    "开始|開始|开幕|開幕|開場|시작|개막|截止|截至|到期|有效期|活动时间|活动日期|活動時間|活動日期|会议时间|會議時間|开会时间|举办时间|舉辦時間"
    "|开始时间|结束时间|開始時間|結束時間|締切|締め切り|期限|開催日|開始日|終了日|開場|開演|会期"
    "|마감|기한|만료|행사일|행사 일시|시작일|종료일"
)
DUE: Final = (
    r"(?<!\S)(?:until|till|bis|jusqu'au|hasta|até|до)\s*$"
    rf"|(?<![^\W\d_])(?:{_DUE})(?:(?: [^\W\d_]+(?:'[^\W\d_]+)?){{0,4}}\s?[:：]"
    r"|(?: on| date| am| le| el| em)?)\s*$"
    rf"|(?<![^\W\d_])(?:{_EVENT_DAY})\s?[:：]\s*$|(?:{_EVENT_DAY_CJK})[^\W\d_]{{0,4}}\s?[:：]?\s*$"
)
"""What before a day says until when or when something else is."""
UNTIL: Final = (
    r"(?<!\S)(?:by|from|since|before|after|for|born|ab|seit|geboren|depuis|desde|с)\s*$"
    rf"|{DUE}"
)
"""The same, and what also says whence something is: a beginning, a birth."""
OLD: Final = r"(?<!\d)(?:1[0-8]\d\d|19[0-8]\d)(?!\d)"
"""A year in which nobody published on the web."""
THROUGH: Final = r"(?:[-–—~～〜†]|to|until|till|bis|au|à|al|a|até|по|から|至|부터)"
RANGE: Final = rf"\s*{THROUGH}\s*"
"""What stands between two days that something lasted."""
