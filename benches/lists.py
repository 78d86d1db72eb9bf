"""A county of 300 policies and 2,000 notices at the kiosk: opening and searching its lists, dragging the long
one, and handing in a complaint. From a pointer event to the picture that follows it, read from the X server.

usage: lists.py HALL_DIRECTORY BINARIES ROUNDS   (scripts/hall runs there, and central has the county)
"""

import math
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/machine"))
from desktop import Desktop  # noqa: E402

HALL, BINARIES, ROUNDS = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
LIMIT_S = 10
QUERIES = ("dibao", "lsjz", "gulaoren", "wangmei", "baiyangcun", "zhzzzz")
# A narrow strip from under the band to above the bar, across title, tabs, chips and rows: looking is to cost
# little. And where the receipt says its word.
CONTENT, HEAD = (150, 120, 24, 1500), (60, 120, 200, 90)
# A finger that goes up and down the list without a rest, as often as touch panels tell (in Hz).
DRAG_S, DRAG_HZ, REACH, STEP = 5, 125, 420, 7


class Kiosk:
    def __init__(self):
        self.desktop = Desktop()
        self.root = self.desktop.display.screen().root
        self.process = subprocess.Popen([BINARIES / "kiosk", "--config", HALL / "kiosk/kiosk.toml"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.desktop.close()

    def picture(self, area):
        return self.root.get_image(*area, self.desktop.X.ZPixmap, 0xFFFFFFFF).data

    def event(self, kind, *detail, **where):
        self.desktop.xtest.fake_input(self.desktop.display, kind, *detail, **where)
        self.desktop.display.sync()

    def let_go_ms(self, place, area, wanted=None):
        """Presses there; from letting go until the area shows what is wanted, or anything else than before."""
        X = self.desktop.X
        self.event(X.MotionNotify, x=place[1], y=place[2])
        self.event(X.ButtonPress, 1)
        time.sleep(0.1)
        before, began = self.picture(area), time.perf_counter()
        self.event(X.ButtonRelease, 1)
        while True:
            now = self.picture(area)
            took = time.perf_counter() - began
            if now == wanted or (wanted is None and now != before):
                return took * 1000
            assert took < LIMIT_S, "the screen did not come"

    def settled(self, area):
        time.sleep(1)
        return self.picture(area)

    def home(self):
        self.desktop.press("首页")
        self.desktop.find("您好", starts=True)
        time.sleep(0.3)

    def opening(self, service):
        """Press to the whole list."""
        place = self.desktop.place(service)
        self.desktop.tap(*place[1:])
        wanted, times = self.settled(CONTENT), []
        for _ in range(ROUNDS):
            self.home()
            times.append(self.let_go_ms(place, CONTENT, wanted))
            time.sleep(0.3)
        self.home()
        return times

    def typing(self, service):
        """Key to what it finds."""
        self.desktop.press(service)
        self.desktop.press("搜一搜" if service == "救助政策" else "按姓名", starts=True)
        field = self.desktop.find("收起搜索").get_component_iface().get_extents(self.desktop.atspi.CoordType.SCREEN)
        # The query, and the beginning of the list below it: both change in one frame.
        area = (field.x + 60, field.y, 300, field.height)
        keys = {letter: self.desktop.place(letter) for letter in sorted(set("".join(QUERIES)))}
        fold, times = self.desktop.place("收起搜索"), []
        for query in QUERIES:
            for letter in query:
                times.append(self.let_go_ms(keys[letter], area))
                time.sleep(0.15)
            for _ in range(2):
                self.desktop.tap(*fold[1:])
                time.sleep(0.5)
        self.home()
        return times

    def dragging(self):
        """Different pictures a second while the list is dragged."""
        X = self.desktop.X
        self.desktop.press("信息公示")
        self.desktop.find(lambda name: name.endswith("共2000条"))
        for _ in range(3):
            self.desktop.press("下一页")
        x, middle = 500, 1000
        ended = threading.Event()

        def finger():
            from Xlib import display
            from Xlib.ext import xtest
            own = display.Display()
            y, step, began, n = middle, -STEP, time.perf_counter(), 0
            while not ended.is_set():
                if abs(y + step - middle) > REACH:
                    step = -step
                y, n = y + step, n + 1
                xtest.fake_input(own, X.MotionNotify, x=x, y=y)
                own.sync()
                time.sleep(max(0, began + n / DRAG_HZ - time.perf_counter()))
            own.close()

        self.event(X.MotionNotify, x=x, y=middle)
        self.event(X.ButtonPress, 1)
        moving = threading.Thread(target=finger)
        moving.start()
        time.sleep(0.5)
        last, frames, looks, began = None, 0, 0, time.perf_counter()
        while time.perf_counter() - began < DRAG_S:
            now = self.picture((120, 700, 120, 500))
            frames, looks, last = frames + (now != last), looks + 1, now
        took = time.perf_counter() - began
        ended.set()
        moving.join()
        self.event(X.ButtonRelease, 1)
        self.home()
        return frames / took, looks / took

    def handing_in(self):
        """Press to the receipt, which is shown once the complaint survives a power cut."""
        wanted, times = None, []
        for n in range(ROUNDS + 1):
            for name in ("投诉举报", "我要反映", "投诉", "不针对哪一项", "。", "下一步", "不写名字（匿名）"):
                self.desktop.press(name)
            place = self.desktop.place("提交")
            if n:
                times.append(self.let_go_ms(place, HEAD, wanted))
            else:
                self.desktop.tap(*place[1:])
                self.desktop.find("已经收下")
                wanted = self.settled(HEAD)
            self.desktop.press("结束并退出")
            self.desktop.press("抄好了，退出")
            self.desktop.find("您好", starts=True)
        return times


def bare_commits():
    """What the disk takes for a page that must survive."""
    times = []
    with open(HALL / "page", "wb", buffering=0) as file:
        for _ in range(50):
            began = time.perf_counter()
            file.write(os.urandom(4096))
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return times


def tell(name, times):
    times.sort()
    print(f"{name:44} median {statistics.median(times):6.1f} ms  "
          f"p95 {times[math.ceil(len(times) * 0.95) - 1]:6.1f} ms  worst {times[-1]:6.1f} ms  of {len(times)}", flush=True)


def main():
    kiosk = Kiosk()
    kiosk.desktop.press("信息公示")
    kiosk.desktop.find(lambda name: name.endswith("共2000条"))
    kiosk.home()
    tell("press to the list of 2,000 notices", kiosk.opening("信息公示"))
    tell("press to the list of 300 policies", kiosk.opening("救助政策"))
    tell("key to what it finds, of 2,000 notices", kiosk.typing("信息公示"))
    tell("key to what it finds, of 300 policies", kiosk.typing("救助政策"))
    frames, looks = kiosk.dragging()
    print(f"dragging the list of 2,000 notices           {frames:.1f} pictures a second ({looks:.0f} looks)", flush=True)
    tell("press on 提交 to the receipt", kiosk.handing_in())
    tell("the disk alone: 4 KiB written and synced", bare_commits())
    kiosk.close()


main()
