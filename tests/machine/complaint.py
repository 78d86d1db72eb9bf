"""One afternoon at the machine: what anyone may read, a complaint written by pinyin and printed, then the
kiosk's memory, log and disk are searched for it; at last a start without central.

usage: complaint.py BINARIES SLIP_READER
"""

import re

from at_work import AtWork, pieces, run

# Each is typed as one composition, and the likeliest sentence taken: no dictionary holds it.
TYPED = ("luomatahuaiqingke", "linjuduanlemuzhu")
SYLLABLES = (6, 6)


def is_notice(name):
    return name.endswith("，最低生活保障")


class Afternoon(AtWork):
    def test_an_afternoon(self):
        self.read_notices()
        self.read_policies()
        secrets = self.complain()
        self.assert_no_trace(secrets, pieces)
        self.work_without_central()

    def home(self):
        self.desktop.press("首页")
        self.desktop.find("您好", starts=True)

    def read_notices(self):
        desktop = self.desktop
        desktop.press("信息公示")
        desktop.press(is_notice)
        desktop.find("家庭人口")
        desktop.press("返回")
        desktop.find("公示名单")
        self.home()

    def read_policies(self):
        desktop = self.desktop
        desktop.press("救助政策")
        desktop.press("搜一搜", starts=True)
        desktop.type("zuidi")
        desktop.press("最低生活保障")
        desktop.press("打印带回家")
        desktop.find("已打印")
        for wanted in ("救助政策明白纸", "最低生活保障", "材料清单", "[cut]"):
            self.assertIn(wanted, self.hall.slips()[-1])
        desktop.press("完成")
        self.home()

    def complain(self):
        """Writes a complaint without a name; answers with all that nobody may find."""
        desktop = self.desktop
        for name in ("投诉举报", "我要反映", "投诉", "不针对哪一项"):
            desktop.press(name)
        text = ""
        for letters, syllables in zip(TYPED, SYLLABLES):
            desktop.type(letters)
            text += desktop.press(self.sentence(syllables))
        desktop.press("下一步")
        desktop.press("不写名字（匿名）")
        desktop.find(text)
        self.assertIn(text.encode(), self.hall.core(), "what is on the screen is found")
        desktop.press("提交")
        desktop.find("已经收下")
        desktop.press("打印回执")
        desktop.find("已打印")
        slip = self.hall.slips()[-1]
        self.assertIn("收件回执", slip)
        self.assertIn("匿名", slip)
        self.assertNotIn(text, slip)
        tracking, = re.findall(r"^ *([0-9A-Z]{5}  [0-9A-Z]{5}) *$", slip, re.M)
        code, = re.findall(r"^ *([0-9A-Z]{4}  [0-9A-Z]{4}) *$", slip, re.M)
        desktop.press("结束并退出")
        desktop.find("您好", starts=True)
        return {"text": text, "tracking number as printed": tracking, "tracking number": tracking.replace(" ", ""),
                "query code as printed": code, "query code": code.replace(" ", ""),
                **{f"letters {n}": letters for n, letters in enumerate(TYPED)}}

    def sentence(self, syllables):
        """The likeliest sentence of as many characters, once it stays the same."""
        is_sentence = re.compile(f"[一-鿿]{{{syllables}}}").fullmatch
        seen = None
        while seen != (seen := self.desktop.find(is_sentence).get_name()):
            pass
        return seen

    def work_without_central(self):
        desktop, hall = self.desktop, self.hall
        self.assertEqual(hall.close_kiosk(), 0)
        hall.stop_central()
        hall.open_kiosk()
        for service, there in (("救助政策", "最低生活保障"), ("信息公示", is_notice)):
            desktop.press(service)
            desktop.find("现在连不上网络，内容更新于", starts=True)
            desktop.find(there)
            self.home()
        desktop.press("救助进度")
        hall.dock("card", "insert", "resident-a")
        desktop.find("现在连不上查询系统")
        hall.dock("card", "remove")
        desktop.press("首页")


if __name__ == "__main__":
    run()
