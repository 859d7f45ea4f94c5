from check_cases import CheckCases, en_zh, zh_en

from yibao.checks.punctuation import Brackets, Typography


class TestBrackets(CheckCases):
    check = Brackets()
    passing = (
        zh_en("（一）工厂", "(1) The plant"),
        zh_en("工厂", "1) The plant 2) The mill"),
        en_zh("The plant (in Ningbo)", "工厂（位于宁波）"),
        en_zh('"We are glad, he said.', "“我们很高兴，他说。"),
        en_zh("'We are glad.", "“我们很高兴。"),
        en_zh('the firm\'s "plan"', "该厂的“计划”"),
        zh_en("工厂（宁波", "The plant (Ningbo"),
    )
    failing = (
        (en_zh("The plant (in Ningbo)", "工厂（位于宁波"), ["（"]),
        (en_zh("the new plant", "”新厂“"), ["”", "“"]),
        (zh_en("工厂（位于宁波）", "The plant in Ningbo)"), [")"]),
        (zh_en("工厂", "The [plant)"), ["[", ")"]),
    )


class TestTypography(CheckCases):
    check = Typography()
    passing = (
        en_zh("The plant, it said.", "该厂称，工厂投产。"),
        en_zh("Windows 10", "使用 Windows 10 系统"),
        zh_en("该厂称", "The plant, it said, is new."),
    )
    failing = (
        (en_zh("The plant, it said.", "该厂称,工厂投产."), [",", "."]),
        (zh_en("该厂称", "The plant， it said."), ["，"]),
    )
