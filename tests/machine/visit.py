"""One morning at the machine: a resident card, a social-security card, an empty paper roll; then the
kiosk's memory, log and disk are searched for what must not be there.

usage: visit.py BINARIES SLIP_READER
"""

import tomllib

from at_work import AtWork, run
from hall import ROOT

CARDS = {name: tomllib.loads((ROOT / f"drivers/dock/cards/{name}.toml").read_text())
         for name in ("resident-a", "social-a")}
ROWS = (ROOT / "central/sample-county/README.md").read_text().splitlines()
CODE = next(row.split("|")[3].strip().replace("-", "") for row in ROWS if CARDS["social-a"]["number"] in row)


class Morning(AtWork):
    def test_a_morning(self):
        desktop, hall = self.desktop, self.hall
        for service in ("救助政策", "信息公示", "救助进度", "投诉举报"):
            desktop.find(service, role=("push button", "button"))

        # A resident card through the SAM_V module: everything, and a slip.
        desktop.press("救助进度")
        desktop.find("请把身份证放在读卡区")
        hall.dock("card", "insert", "resident-a")
        desktop.find("您的申请")
        desktop.press("最低生活保障", starts=True)
        desktop.find("接下来")
        desktop.press("打印进度单")
        desktop.find("已打印")
        slip, = hall.slips()
        number = CARDS["resident-a"]["number"]
        for wanted in ("救助进度单", "最低生活保障", "王*兰", "639***********" + number[-4:], "[qr] ", "[cut]"):
            self.assertIn(wanted, slip)
        self.assertNotIn(number, slip)
        self.assertNotIn("[undecodable]", slip)

        # No paper: said at once, nothing printed, printed later only by a press.
        hall.dock("printer", "paper-out")
        desktop.press("完成")
        desktop.press("打印进度单")
        desktop.find("没有打印", starts=True)
        hall.dock("printer", "ok")
        self.assertEqual(len(hall.slips()), 1)
        desktop.press("再试一次")
        desktop.find("已打印")
        self.assertEqual(len(hall.slips()), 2)
        desktop.press("结束并退出")
        desktop.find("您好", starts=True)
        hall.dock("card", "remove")

        # A social-security card through pcscd: it can be copied, so the query code is asked.
        hall.dock("card", "insert", "social-a")
        desktop.find("请输入查询码")
        for sign in CODE:
            desktop.press(sign)
        desktop.press("查询")
        desktop.find("您的申请")
        self.assertFalse([name for name in desktop.names() if "元" in name], "no amounts at this level")
        desktop.press("结束并退出")
        desktop.find("您好", starts=True)
        hall.dock("card", "remove")

        self.assert_no_trace({f"{what} of the {kind} card": text
                              for kind, card in CARDS.items()
                              for what, text in (("number", card["number"]), ("name", card["name"]), ("code", CODE))})


if __name__ == "__main__":
    run()
