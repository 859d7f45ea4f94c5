"""Yibao (译报): a bilingual newsroom's wire.

Articles come in (`yibao.sources`), are drafted in the other language with the house's terms
kept (`yibao.translate`), reviewed (`yibao.desk`) and syndicated (`yibao.feeds`).
"""

__version__ = "0.1.0"
