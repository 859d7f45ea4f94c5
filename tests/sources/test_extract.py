from contextlib import suppress
from datetime import datetime, timedelta
from time import perf_counter

import pytest
from source_pages import (
    EN_PARAGRAPHS,
    EN_TITLE,
    SHANGHAI,
    ZH_PARAGRAPHS,
    ZH_TITLE,
    en_page,
    paragraphs,
    texts,
    zh_page,
)

from yibao.article import Article, Block
from yibao.errors import ConfigError, NotAnArticle
from yibao.sources import Site, extract

EN_URL = "https://quay.example/harbor/scrap.html"
ZH_URL = "https://baisha.example/gy/202603/t20260305_17.html"


def english(html, **known):
    return extract(html, EN_URL, language="en", zone=SHANGHAI, **known)


def chinese(html, **known):
    return extract(html, ZH_URL, language="zh", zone=SHANGHAI, **known)


def test_an_english_page_gives_title_and_body_alone():
    article = english(en_page())
    assert article.title == EN_TITLE
    assert texts(article) == list(EN_PARAGRAPHS)
    assert article.rights == "© 2026 The Quay. All rights reserved."


def test_a_chinese_page_gives_title_and_body_alone():
    article = chinese(zh_page(info="2026-03-05 09:12 来源：白沙日报 作者：何苇"))
    assert article.title == ZH_TITLE
    assert texts(article) == list(ZH_PARAGRAPHS)
    assert (article.source, article.authors) == ("白沙日报", ("何苇",))
    assert article.published == datetime(2026, 3, 5, 9, 12, tzinfo=SHANGHAI)
    assert article.rights == "白沙新闻网 版权所有 未经授权不得转载"


def test_the_language_is_found_out_where_nobody_says_it():
    assert extract(en_page(), EN_URL, zone=SHANGHAI).language == "en"
    assert extract(zh_page(), ZH_URL, zone=SHANGHAI).language == "zh"


def test_an_article_survives_its_record():
    article = chinese(zh_page(info="2026-03-05 09:12 来源：白沙日报"))
    assert Article.from_record(article.to_record()) == article


def test_the_same_page_gives_the_same_article():
    assert english(en_page()).digest == english(en_page()).digest


BODY = f"""
<p>{EN_PARAGRAPHS[0]}</p>
<h2>From scrap to hull</h2>
<p>{EN_PARAGRAPHS[1]}</p>
<figure><img src="/img/blank.gif" data-src="hull.jpg" alt="A hull"><figcaption>The first hull.
Photo: LIN An</figcaption></figure>
<ul><li>Nine boats ordered by the harbor board</li><li>Four of them with batteries</li></ul>
<blockquote><p>We used to ship this metal away, and now we ship it back as boats.</p></blockquote>
<p>{EN_PARAGRAPHS[2]}</p>
<table><tr><th>Fare</th><th>Result</th></tr><tr><td>Two coins</td><td>Loss of 40,000</td></tr>
<tr><td>Three coins</td><td>Even after six years</td></tr></table>
<p>{EN_PARAGRAPHS[3]}</p>"""


def test_blocks_come_in_reading_order_with_their_kinds():
    article = english(en_page(BODY))
    assert [block.kind for block in article.blocks] == [
        "paragraph",
        "heading",
        "paragraph",
        "figure",
        "list_item",
        "list_item",
        "quote",
        "paragraph",
        "table",
        "paragraph",
    ]
    table = article.blocks[8]
    assert table.header
    assert table.rows[1] == ("Two coins", "Loss of 40,000")
    (figure,) = article.figures
    assert figure.image == "https://quay.example/harbor/hull.jpg"
    assert (figure.alt, figure.caption, figure.credit) == ("A hull", "The first hull.", "LIN An")


def test_subheads_below_subheads_have_the_next_level():
    body = paragraphs(EN_PARAGRAPHS[:2])
    body += "<h3>Scrap</h3>" + paragraphs(EN_PARAGRAPHS[2:3])
    body += "<h4>Aluminum</h4>" + paragraphs(EN_PARAGRAPHS[3:])
    headings = [block for block in english(en_page(body)).blocks if block.kind == "heading"]
    assert headings == [Block("heading", "Scrap", level=2), Block("heading", "Aluminum", level=3)]


def test_a_short_bold_paragraph_is_a_subhead():
    body = paragraphs([*ZH_PARAGRAPHS[:2], "<strong>一、票价怎么定</strong>", *ZH_PARAGRAPHS[2:]])
    assert texts(chinese(zh_page(body)), "heading") == ["一、票价怎么定"]


def test_a_bold_sentence_is_a_paragraph():
    body = paragraphs(["<b>渡船下水，市民可以免费试乘三天。</b>", *ZH_PARAGRAPHS])
    assert texts(chinese(zh_page(body)), "heading") == []


def test_breaks_part_paragraphs():
    body = "<br><br>　　".join(ZH_PARAGRAPHS[:2]) + "<br>　　" + "<br/>　　".join(ZH_PARAGRAPHS[2:])
    assert texts(chinese(zh_page(f"　　{body}"))) == list(ZH_PARAGRAPHS)


def test_lines_wrapped_in_the_source_are_one_line():
    first = "白沙渡口的造船厂近日开始用回收铝材\n建造渡船\n  船体，工人们说这在当地还是头一回。"
    body = paragraphs([first, *ZH_PARAGRAPHS[1:]])
    assert texts(chinese(zh_page(body)))[0] == first.replace("\n  ", "").replace("\n", "")
    english_lines = english(en_page(paragraphs(EN_PARAGRAPHS).replace(" boats", "\n boats")))
    assert texts(english_lines) == list(EN_PARAGRAPHS)


def test_articles_in_layout_tables_are_read():
    cell = "".join(f"<p>　　{text}</p>" for text in ZH_PARAGRAPHS)
    body = (
        f"<table><tr><td width=8></td><td><table><tr><td>{cell}</td></tr></table></td></tr></table>"
    )
    assert texts(chinese(zh_page(body))) == list(ZH_PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：周堃",
        "（责任编辑：周堃）",
        "【编辑:周堃】",
        "延伸阅读",
        "免责声明：本文不代表本网立场。",
        "扫一扫在手机打开当前页",
        "上一页 1 2 下一页",
        "第1页/共1页 << 上一页 | 下一页 >>",
        "[1] [2] [3]",
        "您所在的位置：首页 > 渡口 > 船厂",
        "分享到：微信 微博",
        "关键词：渡船 铝材",
    ],
)
def test_what_stands_after_a_chinese_article_is_left_out(line):
    article = chinese(zh_page(paragraphs([*ZH_PARAGRAPHS, line])))
    assert texts(article) == list(ZH_PARAGRAPHS)


def test_an_editor_is_no_author():
    article = chinese(zh_page(paragraphs([*ZH_PARAGRAPHS, "（责任编辑：周堃 林叶青）"])))
    assert article.editors == ("周堃", "林叶青")
    assert article.authors == ()


def test_a_sidebar_and_its_teasers_are_left_out():
    teasers = "".join(
        f'<div class="teaser"><h3><a href="/{n}.html">A tram line through the market, part {n}</a>'
        f"</h3><p>The tram that was promised {n} years ago is to run next spring, says the board."
        "</p></div>"
        for n in range(5)
    )
    article = english(en_page(below=f"<aside><h2>More from The Quay</h2>{teasers}</aside>"))
    assert texts(article) == list(EN_PARAGRAPHS)


def test_a_box_amidst_the_article_is_left_out():
    box = "<aside class='newsletter'><h3>The Quay Letter</h3><p>Every Friday by mail.</p></aside>"
    middle = paragraphs(EN_PARAGRAPHS[:2]) + box + paragraphs(EN_PARAGRAPHS[2:])
    assert texts(english(en_page(middle))) == list(EN_PARAGRAPHS)


def test_ornaments_are_no_figures():
    images = (
        '<img src="data:image/gif;base64,R0lGOD"><img src="/i/logo.png">'
        '<img src="/i/a.jpg" width="16"><img src="/i/weixin_qrcode.png">'
        '<img src="/i/next_page.jpg">'
    )
    assert chinese(zh_page(f"<p>{images}</p>" + paragraphs(ZH_PARAGRAPHS))).figures == ()


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ('<img src="../img/a.jpg">', "https://baisha.example/gy/img/a.jpg"),
        ('<img src="/i/x.gif" data-original="//cdn.example/a.jpg">', "https://cdn.example/a.jpg"),
        ('<img srcset="/s.jpg 400w, /l.jpg 1200w">', "https://baisha.example/l.jpg"),
        (
            '<picture><source srcset="/a.webp 1x, /b.webp 2x"><img src="data:,"></picture>',
            "https://baisha.example/b.webp",
        ),
    ],
)
def test_pictures_are_found_wherever_a_lazy_loader_hid_them(image, address):
    body = paragraphs([ZH_PARAGRAPHS[0], image, *ZH_PARAGRAPHS[1:]])
    assert [figure.image for figure in chinese(zh_page(body)).figures] == [address]


JSON_LD = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Quay"},
{"@type": ["Thing", "NewsArticle"], "headline": "A ferry yard learns to love scrap",
"datePublished": "2026-03-05T09:12:35+01:00", "dateModified": "2026-03-06",
"author": [{"name": "Ines Holm"}, {"name": "Tom Reyes"}], "publisher": {"name": "The Quay"},
"description": "Recycled aluminum becomes nine boats at Lower Quay.", "articleSection": "Harbor"}]}
</script>"""


def test_structured_data_say_who_and_when():
    article = english(en_page(head=JSON_LD))
    assert article.authors == ("Ines Holm", "Tom Reyes")
    assert article.published.isoformat() == "2026-03-05T09:12:35+01:00"
    assert article.modified == datetime(2026, 3, 6, tzinfo=SHANGHAI)
    assert article.source == "The Quay"
    assert article.section == ("Harbor",)
    assert article.summary == "Recycled aluminum becomes nine boats at Lower Quay."


@pytest.mark.parametrize("broken", ["{", "[]", "null", '{"@type": 7}', "[" * 5000])
def test_broken_structured_data_are_passed_over(broken):
    head = f'<script type="application/ld+json">{broken}</script>'
    assert english(en_page(head=head)).title == EN_TITLE


def test_the_visible_source_outweighs_the_publisher_of_the_site():
    above = "<div class='info'>Source: Harbor Daily | 2026-03-05 09:12</div>"
    article = english(en_page(f"{above}{paragraphs(EN_PARAGRAPHS)}", head=JSON_LD))
    assert article.source == "Harbor Daily"


def test_meta_elements_date_a_page():
    head = '<meta property="article:published_time" content="2026-03-05T01:12:00Z">'
    assert english(en_page(head=head)).published.utcoffset() == timedelta(0)


def test_a_meta_day_is_made_exact_by_the_visible_time():
    head = '<meta name="pubdate" content="2026-03-05">'
    article = chinese(zh_page(head=head, info="2026-03-05 09:12 来源：白沙日报"))
    assert article.published == datetime(2026, 3, 5, 9, 12, tzinfo=SHANGHAI)


def test_the_address_dates_a_page_that_does_not():
    assert chinese(zh_page()).published == datetime(2026, 3, 5, tzinfo=SHANGHAI)


def test_a_page_without_any_date_has_none():
    assert english(en_page().replace("2026", "")).published is None


def test_a_declared_address_is_kept():
    head = '<link rel="canonical" href="/harbor/scrap">'
    assert english(en_page(head=head)).canonical == "https://quay.example/harbor/scrap"
    assert english(en_page(head='<link rel="canonical" href="/">')).canonical == ""


@pytest.mark.parametrize(
    ("crumbs", "section"),
    [
        (
            '<div class="path">当前位置：<a href="/">首页</a> &gt; <a>工业</a> &gt; 正文</div>',
            ("工业",),
        ),
        (
            '<div>您所在的位置：<a href="/">白沙网</a> &gt; <a>工业</a> &gt; <a>造船</a></div>',
            ("工业", "造船"),
        ),
        (
            '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a>Harbor</a></li></ol>',
            ("Harbor",),
        ),
        ("", ()),
    ],
)
def test_a_breadcrumb_is_the_section_without_home_and_article(crumbs, section):
    assert chinese(zh_page(above=crumbs)).section == section


def test_the_first_heading_of_a_chinese_page_may_be_the_sites_name():
    html = zh_page().replace("<body>", "<body><h1>白沙新闻网工业频道</h1>")
    assert chinese(html).title == ZH_TITLE


@pytest.mark.parametrize("separator", ["_", " - ", "-", "|", "——", "--"])
def test_a_window_title_loses_the_sites_name(separator):
    html = zh_page().replace(f"<h2>{ZH_TITLE}</h2>", f"<p><b>{ZH_TITLE}</b></p>")
    html = html.replace("_白沙新闻网", f"{separator}白沙新闻网")
    assert chinese(html).title == ZH_TITLE


def test_a_description_that_only_begins_the_article_is_no_summary():
    head = f'<meta name="description" content="{EN_PARAGRAPHS[0][:90]}...">'
    assert english(en_page(head=head)).summary == ""


def test_a_description_of_the_site_is_no_summary():
    head = (
        '<meta name="description" content="白沙新闻网是本市最具影响力的门户，提供资讯与便民服务。">'
    )
    assert chinese(zh_page(head=head)).summary == ""


SITE = Site.model_validate(
    {
        "name": "quay",
        "host": "quay.example",
        "valid_from": "2020-01-01",
        "sample": EN_URL,
        "title": [".none", ".headline"],
        "body": ".story",
        "date": ".when",
        "source": ".organ",
        "author": ".who",
        "section": ".crumbs",
        "rights": ".legal",
        "strip": ".promo",
        "caption": ".cap",
    }
)


def test_a_sites_selectors_come_first():
    html = f"""<html><body><h1>The Quay</h1><div class="crumbs">Home &gt; Harbor &gt; Text</div>
    <p class="headline">Scrap becomes boats</p><p class="when">5 March 2026, 09:12</p>
    <p class="organ">Harbor Daily</p><p class="who">Ines Holm and Tom Reyes</p>
    <div class="story">{paragraphs(EN_PARAGRAPHS[:2])}<div class="promo">Buy our calendar.</div>
    <p><img src="/a.jpg"></p><p class="cap">A hull</p>{paragraphs(EN_PARAGRAPHS[2:])}</div>
    <p class="legal">The Quay owns this.</p></body></html>"""
    article = english(html, site=SITE)
    assert article.title == "Scrap becomes boats"
    assert texts(article, "paragraph") == list(EN_PARAGRAPHS)
    assert article.figures[0].caption == "A hull"
    assert article.published == datetime(2026, 3, 5, 9, 12, tzinfo=SHANGHAI)
    assert (article.source, article.authors) == ("Harbor Daily", ("Ines Holm", "Tom Reyes"))
    assert (article.section, article.rights) == (("Harbor",), "The Quay owns this.")


def test_where_a_sites_selectors_find_nothing_the_generic_rules_do():
    article = english(en_page(head=JSON_LD), site=SITE)
    assert article.title == EN_TITLE
    assert texts(article) == list(EN_PARAGRAPHS)
    assert article.authors == ("Ines Holm", "Tom Reyes")


def test_unclosed_markup_is_read():
    unclosed = en_page("".join(f"<p>{text}" for text in EN_PARAGRAPHS)).replace("</article>", "")
    assert texts(english(unclosed)) == list(EN_PARAGRAPHS)


def test_deep_markup_is_read_and_bottomless_markup_refused():
    def nested(depth):
        return en_page("<div>" * depth + paragraphs(EN_PARAGRAPHS) + "</div>" * depth)

    assert texts(english(nested(150))) == list(EN_PARAGRAPHS)
    with pytest.raises(NotAnArticle):
        english(nested(3000))


def test_a_table_with_mad_spans_stays_small():
    table = (
        '<table><tr><th colspan="99999999">Fare</th></tr><tr><td rowspan="2">Two</td>'
        "<td>Loss</td></tr><tr><td>Gain</td></tr></table>"
    )
    body = paragraphs(EN_PARAGRAPHS[:2]) + table + paragraphs(EN_PARAGRAPHS[2:])
    (found,) = [block for block in english(en_page(body)).blocks if block.kind == "table"]
    assert found.rows[1][:2] == ("Two", "Loss")
    assert found.rows[2][:2] == ("", "Gain")
    assert max(map(len, found.rows)) <= 40


def test_a_language_that_is_none_of_ours_is_refused():
    with pytest.raises(ConfigError, match="'tlh'"):
        extract(en_page(), EN_URL, language="tlh", zone=SHANGHAI)


def test_escaped_structured_data_are_read_as_text():
    head = JSON_LD.replace("Recycled aluminum", "The yard&#39;s recycled &quot;scrap&quot;")
    assert english(en_page(head=head)).summary.startswith('The yard\'s recycled "scrap" becomes')


def test_a_sources_name_ends_where_the_pages_buttons_begin():
    assert chinese(zh_page(info="2026-03-05 来源：白沙日报举报 字号 大 中 小")).source == "白沙日报"


@pytest.mark.parametrize("line", [" ", "1", "记者 ", "(", "By Aa ", "photo: ", "　", "共1页", "- "])
def test_hostile_lines_cost_no_time(line):
    hostile = f"<p>{line * 2000}x</p><p><img src=a.jpg></p><p align=center>{line * 60}!</p>"
    started = perf_counter()
    head = f'<meta name="author" content="{line * 500}!">'
    with suppress(NotAnArticle):  # rightly, where most of the page is Chinese
        english(en_page(hostile + paragraphs(EN_PARAGRAPHS), head=head))
    assert perf_counter() - started < 5
