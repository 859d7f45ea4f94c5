from check_cases import CheckCases, en_zh, zh_en

from yibao.checks.copying import CopiedWords, HanInEnglish, Untranslated


class TestUntranslated(CheckCases):
    check = Untranslated()
    passing = (
        zh_en("工厂投产。", "The plant is running."),
        en_zh("The plant is running.", "工厂投产。"),
        en_zh("Bosch Rexroth AG", "Bosch Rexroth AG", "cell"),
        en_zh("https://news.example/the/new/plant", "https://news.example/the/new/plant"),
        en_zh("3.5%", "3.5%", "cell"),
        zh_en("《译报》", "Yibao (译报)"),
    )
    failing = (
        (zh_en("工厂投产。", "工厂投产。"), ["工厂投产。"]),
        (
            en_zh("The plant is running now.", "The plant is running now."),
            ["The plant is running now."],
        ),
    )


class TestHanInEnglish(CheckCases):
    check = HanInEnglish()
    passing = (
        zh_en("工厂投产。", "The plant is running."),
        en_zh("The plant", "工厂"),
    )
    failing = (
        (zh_en("镇海工厂投产。", "The 镇海 plant is running."), ["镇海"]),
        (zh_en("甲厂和乙厂", "The 甲 and 乙 plants"), ["甲", "乙"]),
    )


class TestCopiedWords(CheckCases):
    check = CopiedWords()
    passing = (
        en_zh("It runs on Apache Kafka.", "它基于Apache Kafka。"),
        en_zh("the pick and place unit", "贴片机（pick-and-place）"),
        en_zh("see https://a.example/the-new plant", "见 https://a.example/the-new"),
        en_zh("The plant is running now.", "The plant is running now."),
    )
    failing = (
        (
            en_zh("The hot rolling mill stopped.", "这台hot rolling mill停了。"),
            ["hot rolling mill"],
        ),
    )
