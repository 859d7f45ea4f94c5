"""Headlines that pages set in two lines, or mark by nothing but their place; whose they are."""

from source_pages import (
    EN_PARAGRAPHS,
    SHANGHAI,
    ZH_PARAGRAPHS,
    ZH_TITLE,
    en_page,
    paragraphs,
    texts,
    zh_page,
)

from yibao.sources import extract

URL = "https://baisha.example/gy/a.html"
FIRST, SECOND = "为渡口的明天凝聚智慧和力量", "热烈祝贺白沙造船厂首船下水"
BODY = paragraphs(ZH_PARAGRAPHS)


def read(html):
    return extract(html, URL, zone=SHANGHAI)


def two_lines(window, second, *, tag="h2", head=""):
    return (
        f"<html><head><title>{window}</title>{head}</head><body><{tag}>{FIRST}</{tag}>"
        f"<p>{second}</p><div class=text>{BODY}</div></body></html>"
    )


def test_a_second_line_with_a_dash_belongs_to_the_headline():
    for tag in ("h2", "p"):
        page = two_lines(f"{FIRST}——{SECOND}_白沙新闻网", f"——{SECOND}", tag=tag)
        assert read(page).title == f"{FIRST}——{SECOND}"


def test_a_second_line_that_the_window_repeats_belongs_to_the_headline():
    page = two_lines(f"{FIRST}{SECOND}_白沙新闻网", SECOND)
    assert read(page).title == f"{FIRST} {SECOND}"


def test_a_line_below_the_headline_that_nothing_confirms_is_none_of_it():
    assert read(two_lines(f"{FIRST}_白沙新闻网", SECOND)).title == FIRST


def test_a_headline_field_may_hold_markup():
    head = f'<meta name="ArticleTitle" content="{FIRST}&lt;div&gt;——{SECOND}&lt;/div&gt;">'
    page = two_lines("", f"——{SECOND}", tag="p", head=head)
    assert read(page).title == f"{FIRST}——{SECOND}"


def test_the_line_above_the_date_is_the_headline_of_a_page_that_marks_none():
    page = f"<body><div>{ZH_TITLE}</div><div>2026-03-05 09:12:35</div>{BODY}</body>"
    article = read(page)
    assert article.title == ZH_TITLE
    assert texts(article) == list(ZH_PARAGRAPHS)


def test_of_several_posts_the_first_ones_time_counts():
    replies = "".join(
        f"<p>{each}</p><p>发表于 2026年3月{day}日 10:00</p>"
        for day, each in enumerate(ZH_PARAGRAPHS, 20)
    )
    page = zh_page(f"{BODY}<p>发表于 2026年3月5日 09:12 - 阅读:3727</p>{replies}")
    assert read(page).published.date().isoformat() == "2026-03-05"


def test_a_sentence_with_a_colon_is_no_byline():
    lead = "渡口今年又添新船。据悉，受访记者：船票未涨。" + ZH_PARAGRAPHS[0]
    assert read(zh_page(paragraphs([lead, *ZH_PARAGRAPHS[1:]]))).authors == ()


def test_a_byline_that_names_more_than_the_metadata_counts():
    head = '<meta name="author" content="Ana Ortiz">'
    body = "<p>By Ana Ortiz and Wu Zhihan</p>" + paragraphs(EN_PARAGRAPHS)
    assert read(en_page(body, head=head)).authors == ("Ana Ortiz", "Wu Zhihan")


def test_metadata_count_against_a_byline_that_does_not_name_their_author():
    head = '<meta name="author" content="Ines Holm">'
    body = "<p>By Ana Ortiz and Wu Zhihan</p>" + paragraphs(EN_PARAGRAPHS)
    assert read(en_page(body, head=head)).authors == ("Ines Holm",)


def test_questions_of_an_interview_are_no_subheads():
    body = "<p><b>记者：首船何时下水？</b></p>".join(f"<p>{each}</p>" for each in ZH_PARAGRAPHS)
    assert texts(read(zh_page(body)), "heading") == []


def test_an_office_after_the_name_is_no_second_author():
    head = '<meta name="author" content="Ana Ortiz">'
    body = "<p>Written by: Ana Ortiz, Contributor</p>" + paragraphs(EN_PARAGRAPHS)
    assert read(en_page(body, head=head)).authors == ("Ana Ortiz",)
