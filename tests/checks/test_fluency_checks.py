from check_cases import CheckCases, en_zh, zh_en

from yibao.checks.fluency import DoubledWord, NoEnding, Repetition


class TestRepetition(CheckCases):
    check = Repetition()
    passing = (
        zh_en("很好，很好，很好。", "Very good, very good, very good."),
        zh_en("机床轰鸣。", "The machines hum and hum."),
        en_zh("Visitors came and went.", "来来往往的参观者。"),
        en_zh("Bit by bit", "一点一点地"),
    )
    failing = (
        (zh_en("机床轰鸣。", "The lathe, the lathe, the lathe, and so on"),
         ["The lathe, the lathe, the lathe, "]),
        (en_zh("The lathe hums.", "机床机床机床在响"), ["机床机床机床"]),
    )  # fmt: skip


class TestDoubledWord(CheckCases):
    check = DoubledWord()
    passing = (
        zh_en("那是对的。", "He said that that was right."),
        zh_en("他有过。", "He had had it."),
        en_zh("indeed", "的的确确"),
        en_zh("gossip", "是是非非"),
        zh_en("甲", "an A–A line is it"),
    )
    failing = (
        (zh_en("工厂投产。", "The the plant is running."), ["The the"]),
        (en_zh("the new plant", "新的的工厂"), ["的的"]),
        (en_zh("First, the plant.", "首先，，工厂。"), ["，，"]),
    )


class TestNoEnding(CheckCases):
    check = NoEnding()
    passing = (
        zh_en("工厂投产。", "The plant is running."),
        zh_en("“工厂投产。”", "“The plant is running.”"),
        zh_en("工厂投产", "The plant is running"),
        zh_en("工厂投产。", "Plant running", "title"),
        en_zh("It said:", "该厂表示：“"),
        en_zh("The plant is running.", "工厂投产……"),
    )
    failing = (
        (zh_en("工厂投产。", "The plant is running"), ["g"]),
        (en_zh("The plant is running.", "工厂投产，"), ["，"]),
    )
