"""Lines that stand with an article and are no part of it."""

import re
from collections.abc import Sequence
from datetime import tzinfo

from yibao.sources.bylines import is_byline
from yibao.sources.passages import Passage
from yibao.sources.wording import bare

# From such a line on, nothing belongs to the article.
TAIL = re.compile(
    r"^[\s　（(【\[▶►●◆■·>》*]*"
    r"(?:延伸阅读|相关(?:阅读|新闻|报道|链接|推荐|文章|专题)|推荐阅读|更多(?:阅读|新闻|精彩|内容)|热点(?:新闻|推荐)|热门推荐|猜你喜欢|"
    r"分享(?:到|至)|(?:免责|版权|特别|郑重)(?:声明|说明|提示)|本文来源|文章来源|原标题|扫一扫|扫描(?:二维码|下方)|"
    r"上一[篇页条]|下一[篇页条]|为您推荐|精彩推荐|凡本网|凡注明|声明[:：]|关键[词字][:：]|标签[:：]|"
    r"网友评论|发表评论|我要评论|最新评论|欢迎关注|关注我们|打印(?:本页|本文)|关闭窗口|返回顶部|返回列表|"
    r"责任?编辑|责编|責任編輯|编辑[:：]|[一-鿿]{0,8}编辑[\s　]+[一-鿿]{2,4}[)）】\]]?$|"
    r"(?:related|recommended)\s+(?:articles?|stories|news|links?|reading|posts?|topics|content)\b"
    r"|read (?:more|also|next)\b|more (?:from|on this|stories)\b|most (?:read|popular|viewed)\b"
    r"|top news\b|you (?:may|might) (?:also )?like\b|share this\b|share\s*[:：]|follow us\b"
    r"|sign up (?:for|to)\b"
    r"|subscribe (?:to|now)\b|tags?\s*:|editor\s*[:：]|copyright\b|©|all rights reserved"
    r"|previous\s*[:：]|next\s*[:：]|next page\b)",
    re.IGNORECASE,
)
# Such a line alone is none of the article's; what follows may be.
SINGLE = re.compile(
    r"^[\s　（(【\[+＋]*(?:\+1|[您你]?(?:当前|现在|所在|的)+位置\s*[:：]|"
    r"字体|字号|大 ?中 ?小|\[?打印\]?|\[?关闭\]?|收藏|举报|点赞|赞|评论|"
    r"分享|阅读原文|查看原文|"
    r"点击(?:上方|查看|这里|进入)|advertisement|share|print|email|comments?|click here|"
    r"story continues below|follow\b.{0,30}\bon (?:twitter|facebook|x)|"
    r"\(?this article (?:was|is) (?:originally )?published)[\s\S]{0,30}$",
    re.IGNORECASE,
)
PAGER_PART = (
    r"[\s\d\[\]<>«»…|/／()（）]|[共第页]|[上下前后]一[页篇]|[首尾末]页|全文"
    r"|next|prev(?:ious)?|page|of"
)
PAGER = re.compile(
    rf"^(?=.{{0,60}}$)(?=.*?(?:[上下]一[页篇]|next|prev|共\s*\d+\s*页))(?:{PAGER_PART})+$"
    r"|^(?:\s*\[\d{1,2}\]){2,}\s*$",
    re.IGNORECASE,
)
# A link to another article among the paragraphs.
REFERENCE = re.compile(
    r"^[\W_]*(?:related|read (?:more|also|next)|see also|more|watch|"
    r"延伸阅读|相关(?:阅读|新闻|报道|链接)|另见)\s*[:：|]",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"copyright|©|\(c\)\s*(?:19|20)\d\d|all rights reserved|版权所有|保留所有权利|"
    r"未经.{0,12}(?:许可|授权)",
    re.IGNORECASE,
)
# What stands at the foot of pages only.
IMPRINT = re.compile(
    r"all rights reserved|版权所有|ICP\s*[备证]|公网安备|许可证(?:编号|号)?\s*[:：]", re.IGNORECASE
)
MAX_TAIL_LINE = 120
MAX_RIGHTS = 200
LINK = 0.8
SHORT_LINE, BYLINE = 40, 80
TAIL_FROM = 0.75


def trimmed(body: Sequence[Passage], title: str, zone: tzinfo) -> list[Passage]:
    """The body without title, bylines and what stands after the end."""
    kept = _without_head(body, title, zone)
    kept = [each for each in kept[: _end(kept)] if not _is_single(each, zone)]
    while kept and kept[-1].linked >= LINK and kept[-1].kind != "figure":
        kept.pop()
    return kept


def rights_line(page: Sequence[Passage]) -> str:
    """The page's copyright line; empty if it has none."""
    for each in reversed(page):
        if RIGHTS.search(each.text) and len(each.text) <= MAX_RIGHTS and each.kind != "table":
            return _rights_part(each.text)
    return ""


def _rights_part(text: str) -> str:
    parts = re.split(r"\s*[|｜]\s*|\s{2,}|　+", text)
    return next((part.strip() for part in parts if RIGHTS.search(part)), text)


def _without_head(body: Sequence[Passage], title: str, zone: tzinfo) -> list[Passage]:
    wanted = bare(title)
    kept: list[Passage] = []
    read = 0
    for each in body:
        head = read < 2 and each.kind != "figure"  # noqa: PLR2004  # byline, then perhaps a date
        if head and each.text and (bare(each.text) == wanted or is_byline(each.text, zone)):
            continue
        if each.kind != "figure" and not each.caption:
            read += 1
        kept.append(each)
    return kept


def _end(body: Sequence[Passage]) -> int:
    """Where the article ends: at the first line of a tail, if little text follows it.

    What follows a line such as "Related" may be more of the article, if it is a box amidst it.
    """
    total = sum(len(each.text) for each in body) or 1
    seen = 0
    for place, each in enumerate(body):
        if seen >= TAIL_FROM * total and _is_tail(each):
            return place
        seen += len(each.text)
    return len(body)


def _is_tail(each: Passage) -> bool:
    if each.kind == "figure" or (
        len(each.text) > MAX_TAIL_LINE and not each.text.startswith("原标题")
    ):
        return bool(
            each.kind != "figure" and re.match(r"[（(【\[]?(?:免责|版权|特别)声明", each.text)
        )
    return bool(TAIL.match(each.text))


def _is_single(each: Passage, zone: tzinfo) -> bool:
    if each.kind in {"figure", "table"}:
        return False
    if PAGER.match(each.text) or (len(each.text) <= MAX_RIGHTS and IMPRINT.search(each.text)):
        return True
    if each.linked >= LINK / 2 and REFERENCE.match(each.text):
        return True
    if SINGLE.match(each.text) or (len(each.text) < SHORT_LINE and _is_tail(each)):
        return True
    return len(each.text) < BYLINE and is_byline(each.text, zone)
