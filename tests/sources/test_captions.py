import pytest
from bs4 import BeautifulSoup

from yibao.sources.captions import captioned, split_credit
from yibao.sources.passages import passages

URL = "https://quay.example/2026/a.html"


def figures(html, caption_selector=""):
    soup = BeautifulSoup(html, "lxml")
    marked = soup.select(caption_selector) if caption_selector else ()
    found = captioned(passages(soup, URL), marked)
    return [(f.figure.caption, f.figure.credit) for f in found if f.figure], [
        each.text for each in found if each.text
    ]


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("A hull is lifted. (PHOTO: VCG)", "A hull is lifted.", "VCG"),
        ("A hull is lifted. (Photo by LIN An)", "A hull is lifted.", "LIN An"),
        ("A hull is lifted. [Photo/Xinhua]", "A hull is lifted.", "Xinhua"),
        ("A hull is lifted. (Ines Holm/Reuters)", "A hull is lifted.", "Ines Holm/Reuters"),
        ("A hull is lifted. Photo: Ines Holm", "A hull is lifted.", "Ines Holm"),
        ("图为工人吊装船体。何苇 摄", "图为工人吊装船体。", "何苇"),
        ("工人吊装船体。（何苇 摄）", "工人吊装船体。", "何苇"),
        ("工人吊装船体（造船厂供图）", "工人吊装船体", "造船厂"),
        ("工人吊装船体。图片来源：白沙日报", "工人吊装船体。", "白沙日报"),
        ("工人吊装船体。", "工人吊装船体。", ""),
        ("A hull is lifted (right).", "A hull is lifted (right).", ""),
    ],
)
def test_a_credit_is_told_from_its_caption(text, caption, credit):
    assert split_credit(text) == (caption, credit)


def test_a_figcaption_is_the_caption_of_its_figure():
    html = "<figure><img src=/a.jpg><figcaption>A hull. <i>Photo: LIN An</i></figcaption></figure>"
    assert figures(html + "<p>The body goes on.</p>") == (
        [("A hull.", "LIN An")],
        ["The body goes on."],
    )


@pytest.mark.parametrize(
    "after",
    [
        '<p style="text-align: center">工人在吊装船体</p>',
        '<p align="center"><font color="navy">工人在吊装船体</font></p>',
        "<center>工人在吊装船体</center>",
        "<p class='pic-desc'>工人在吊装船体</p>",
    ],
)
def test_a_short_centred_or_marked_paragraph_after_a_picture_is_its_caption(after):
    html = f"<p><img src=a.jpg></p>{after}<p>正文第一段，说的是渡船的建造。</p>"
    assert figures(html) == ([("工人在吊装船体", "")], ["正文第一段，说的是渡船的建造。"])


@pytest.mark.parametrize("text", ["图为工人吊装船体。", "▲船体下水", "船体下水。何苇 摄"])
def test_a_paragraph_that_reads_like_a_caption_is_one(text):
    found, body = figures(f"<p><img src=a.jpg></p><p>{text}</p><p>正文。</p>")
    assert found[0][0]
    assert body == ["正文。"]


def test_a_centred_subhead_after_a_picture_is_no_caption():
    html = '<p><img src=a.jpg></p><p align="center"><b>新的订单</b></p><p>正文。</p>'
    assert figures(html) == ([("", "")], ["新的订单", "正文。"])


def test_centring_says_nothing_where_everything_is_centred():
    html = "<center><p><img src=a.jpg></p><p>第一段，说的是造船。</p><p>第二段。</p></center>"
    assert figures(html)[1] == ["第一段，说的是造船。", "第二段。"]


def test_a_plain_paragraph_after_a_picture_stays_in_the_body():
    html = "<p><img src=a.jpg></p><p>正文第一段，说的是渡船的建造。</p>"
    assert figures(html) == ([("", "")], ["正文第一段，说的是渡船的建造。"])


def test_a_site_may_say_what_its_captions_are():
    html = '<p><img src=a.jpg></p><p class="k7">船体</p><p>正文。</p>'
    assert figures(html, ".k7") == ([("船体", "")], ["正文。"])


def test_of_pictures_in_a_row_the_last_takes_the_caption():
    html = "<p><img src=a.jpg></p><p><img src=b.jpg></p><p>图为两艘渡船。</p>"
    assert figures(html)[0] == [("", ""), ("图为两艘渡船。", "")]


def test_a_caption_whose_picture_is_missing_is_kept():
    html = "<figure><video src=a.mp4></video><figcaption>A film of the yard</figcaption></figure>"
    assert figures(html)[0] == [("A film of the yard", "")]
