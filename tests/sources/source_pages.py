"""Pages of our own writing, for the tests of sources."""

from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

EN_PARAGRAPHS = (
    (
        "The ferry yard at Lower Quay has begun to build hulls from recycled aluminum, a metal "
        "that used to be shipped away as scrap. The first of nine boats was launched on Tuesday."
    ),
    (
        "Each hull takes eleven weeks, three fewer than before, because the sheets arrive already "
        "cut by a laser that the yard bought from a bankrupt stove maker."
    ),
    (
        "The harbor board has ordered four more boats and wants them to run on batteries. The "
        "yard's manager, Ines Holm, said that the first battery pack would be tested in spring."
    ),
    (
        "Whether the boats pay depends on the fare. At two coins a crossing they would lose money; "
        "at three, the board reckons, they would break even within six years."
    ),
)
ZH_PARAGRAPHS = (
    "白沙渡口的造船厂近日开始用回收铝材建造渡船船体。过去，这些铝材都被当作废料运往外地。首批九艘渡船中的第一艘已于周二下水。",
    "每艘船体的建造周期为十一周，比原来缩短了三周。厂方介绍，板材运到时已经由激光切割完毕，省去了放样和下料两道工序。",
    "港务部门又订购了四艘渡船，并要求采用电池动力。厂长何苇说，首套电池组将在明年春天进行试验，届时船员要接受专门培训。",
    "渡船能否盈利取决于票价。据测算，票价为两元时仍有亏损，票价为三元时，六年内可以收回全部投资，市民对此看法不一。",
)
EN_TITLE = "A ferry yard learns to love scrap"
ZH_TITLE = "白沙渡口造船厂用废铝造出新渡船"


def en_page(body="", *, title=EN_TITLE, head="", below=""):
    """An English page; `body` is HTML for its article, paragraphs by default."""
    body = body or paragraphs(EN_PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{title} | The Quay</title>{head}</head>
<body><header><nav><a href="/">Home</a> <a href="/harbor/">Harbor</a></nav></header>
<main><article><h1>{title}</h1>{body}</article>{below}</main>
<footer><p>© 2026 The Quay. All rights reserved.</p></footer></body></html>"""


def zh_page(  # noqa: PLR0913  # the parts of a page
    body="", *, title=ZH_TITLE, head="", info="", above="", below="", charset="utf-8"
):
    """A Chinese page in an older layout; `body` is HTML for its article."""
    body = body or paragraphs(ZH_PARAGRAPHS)
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_白沙新闻网</title>{head}</head>
<body><div class="top"><a href="/">首页</a> <a href="/gy/">工业</a></div>{above}
<div class="main"><h2>{title}</h2><div class="info">{info}</div>
<div class="text" id="text">{body}</div>{below}</div>
<div class="foot">白沙新闻网 版权所有 未经授权不得转载</div></body></html>"""


def paragraphs(texts):
    return "\n".join(f"<p>{text}</p>" for text in texts)


def texts(article, *kinds):
    """The texts of an article's blocks, of some kinds or of all."""
    return [block.text for block in article.blocks if not kinds or block.kind in kinds]
