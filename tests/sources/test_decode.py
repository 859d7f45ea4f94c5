import codecs

import pytest

from yibao.errors import PageUnreadable
from yibao.sources import decode

TEXT = (
    "新型储能电站在江边建成，这是当地第一座用旧电池组建的电站。工程师说，他们要让每一节电池都发挥作用，"
    "在用电高峰的时候为工厂供电。" * 3
)
# 㐂 and 䶮 are in GB18030 alone, 堃 in GBK and not in GB2312.
RARE = TEXT + "负责人名叫王㐂、李䶮和周堃。"
TRADITIONAL = (
    "新型儲能電站在江邊建成，這是當地第一座用舊電池組建的電站。工程師說，他們要讓每一節電池都發揮作用，"
    "在用電高峰的時候為工廠供電。" * 3
)


def page(text, label="", padding=0):
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{'<!-- x -->' * padding}{meta}<title>页</title></head><p>{text}</p></html>"


def header(label):
    return f"text/html; charset={label}" if label else "text/html"


@pytest.mark.parametrize(
    ("text", "codec", "in_header", "in_meta"),
    [
        pytest.param(TEXT, "utf-8", "utf-8", "utf-8", id="correct UTF-8"),
        pytest.param(TEXT, "gbk", "gb2312", "gb2312", id="GBK labelled gb2312"),
        pytest.param(RARE, "gb18030", "gb2312", "gb2312", id="rare characters labelled gb2312"),
        pytest.param(TEXT, "gbk", "utf-8", "utf-8", id="GBK labelled UTF-8"),
        pytest.param(TEXT, "gbk", "gbk", "utf-8", id="right header, wrong meta"),
        pytest.param(TEXT, "gbk", "utf-8", "gbk", id="wrong header, right meta"),
        pytest.param(TEXT, "utf-8", "gb2312", "gb2312", id="UTF-8 labelled gb2312"),
        pytest.param(TEXT, "utf-8", "iso-8859-1", "utf-8", id="UTF-8 with latin-1 header"),
        pytest.param(TEXT, "gbk", "iso-8859-1", "", id="GBK with latin-1 header"),
        pytest.param(TEXT, "gbk", "", "", id="unlabelled GBK"),
        pytest.param(TEXT, "gbk", "klingon", "", id="unknown label"),
        pytest.param(TRADITIONAL, "big5", "big5", "big5", id="Big5 labelled"),
        pytest.param(TRADITIONAL, "big5", "gb2312", "gb2312", id="Big5 labelled gb2312"),
        pytest.param(TRADITIONAL, "big5", "", "", id="Big5 unlabelled"),
    ],
)
def test_chinese_is_read_whatever_the_labels_say(text, codec, in_header, in_meta):
    whole = page(text, in_meta).replace("页", "電" if codec == "big5" else "页")
    assert decode(whole.encode(codec), header(in_header)) == whole


def test_a_byte_order_mark_outweighs_every_label():
    whole = page(TEXT, "gbk")
    assert decode(codecs.BOM_UTF8 + whole.encode(), header("gbk")) == whole
    assert decode(codecs.BOM_UTF16_LE + whole.encode("utf-16-le"), header("gbk")) == whole


def test_a_label_after_the_first_kilobytes_is_not_needed():
    whole = page(TEXT, "gb2312", padding=1000)
    assert decode(whole.encode("gbk")) == whole


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_one_bad_byte_costs_one_character_not_the_page(codec):
    start = page("").encode(codec)[:-11]
    read = decode(start + b"\xff" + TEXT.encode(codec), header(codec))
    assert read.count("\ufffd") == 1
    assert read.endswith(TEXT)


def test_western_pages_keep_their_quotation_marks():
    whole = "<p>“It’s done,” she said — at the café.</p>"
    for label in ("", "windows-1252", "iso-8859-1"):
        assert decode(whole.encode("cp1252"), header(label)) == whole


def test_russian_pages_are_read_by_their_label():
    whole = page("Завод открыл вторую линию, и на ней работают сорок человек.", "windows-1251")
    whole = whole.replace("页", "Завод")
    assert decode(whole.encode("cp1251"), header("windows-1251")) == whole


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x00\x01\x02\x03 <html>", "zero bytes"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(start, what):
    with pytest.raises(PageUnreadable, match=what) as caught:
        decode(start + bytes(range(256)) * 20, "text/html", where="https://quay.example/a.html")
    assert "https://quay.example/a.html" in str(caught.value)
    assert caught.value.remedy


def test_noise_is_refused():
    with pytest.raises(PageUnreadable, match="no encoding"):
        decode(bytes(range(128, 256)) * 300, "text/html")
