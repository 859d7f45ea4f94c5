from yibao.glossary import Glossary
from yibao.translate import translate_lines


def test_every_line_gives_a_line(tiny):
    lines = ["工厂投产。公司生产水泵。", "", "  ", "价格上涨。"]
    done = translate_lines(lines, tiny(), Glossary(()))
    assert done[1:3] == ["", ""]
    assert "pumps" in done[0]
    assert "prices rose" in done[3].lower()


def test_no_lines_give_none(tiny):
    assert translate_lines([], tiny(), Glossary(())) == []


def test_a_line_of_ten_thousand_characters_comes_back_whole(tiny):
    [done] = translate_lines(["工厂生产水泵和阀门，" * 1000], tiny(), Glossary(()))
    assert done.lower().count("pumps") > 900
