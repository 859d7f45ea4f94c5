"""A wind-power story in English and a battery story in Chinese, of our own writing."""

from datetime import UTC, datetime
from uuid import UUID

from yibao.article import Article, Block, Figure

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

ENGLISH = Article(
    url="https://jiangnan.example/2026/03/wind.html",
    language="en",
    title="Offshore wind farm off Nantong feeds its first power into the grid",
    summary="Seventy-two turbines, each of 16 megawatts, will supply two million households.",
    authors=("Zhou Min",),
    source="江南工业报",
    published=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
    rights="© 2026 Jiangnan Industry Daily",
    blocks=(
        Block(
            "paragraph",
            "The first of seventy-two turbines at the Rudong deep-water wind farm began to feed "
            "power into the provincial grid on Sunday, eleven months after the first pile was "
            "driven. Each machine is rated at 16 megawatts and stands in up to 45 metres of water.",
        ),
        Block(
            "figure",
            figure=Figure(
                image="https://jiangnan.example/2026/03/wind.jpg",
                alt="A turbine being lifted by a crane vessel",
                caption="The last blade of turbine 17 is lifted into place.",
                credit="Xu Lan",
            ),
        ),
        Block("heading", "Made within 200 kilometres"),
        Block(
            "paragraph",
            "Blades, towers and the high-voltage subsea cable were all made within 200 kilometres "
            "of the site. The flexible HVDC converter station is the first in the province.",
        ),
        Block(
            "quote",
            "“Nine out of ten parts came by barge, not by road,” said Chen Guo, chief engineer.",
        ),
        Block("list_item", "Installed capacity: 1,152 MW"),
        Block("list_item", "Annual output: 3.9 TWh"),
        Block(
            "table",
            rows=(
                ("Year", "Turbines", "Output (TWh)"),
                ("2026", "38", "1.4"),
                ("2027", "72", "3.9"),
            ),
            header=True,
        ),
    ),
)

CHINESE = Article(
    url="https://delta-review.example/battery.html",
    language="zh",
    title="钠离子电池走出实验室：首条中试线投产",
    summary="研究团队称，新电池在零下二十摄氏度仍能保持九成容量。",
    authors=("Ellen Marsh", "Tom Okafor"),
    source="Delta Review",
    published=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    rights="© 2026 Delta Review",
    blocks=(
        Block(
            "paragraph",
            "一条年产两百兆瓦时的钠离子电池中试线本周在鹿特丹投产。研究团队表示，这种电池不含锂和钴，"
            "正极采用普鲁士白材料，成本比磷酸铁锂电池低约三成。",
        ),
        Block(
            "figure",
            figure=Figure(
                image="images/line.png",
                alt="中试线上的电芯",
                caption="技术人员检查刚刚下线的电芯。",
                credit="Delta Review 供图",
            ),
        ),
        Block("heading", "低温性能突出"),
        Block("paragraph", "在零下二十摄氏度的环境中，电池仍能保持百分之九十的额定容量。"),
        Block("quote", "“我们不是要取代锂电池，而是要补上它做不到的那一块。”项目负责人说。"),
    ),
)


def uuid(number: int) -> str:
    return str(UUID(int=number + (1 << 100)))
