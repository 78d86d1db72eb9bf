"""From the card's last answer to the account on the screen, and from the press on "print" to the slip's
last byte. A pseudo-terminal and a TCP port stand between the kiosk and the bench's devices and note when
bytes pass.

usage: path.py HALL_DIRECTORY BINARIES RUNS   (scripts/hall runs there; DISPLAY names an empty display)
"""

import math
import os
import pathlib
import pty
import socket
import statistics
import subprocess
import sys
import threading
import time
import tty

HALL, BINARIES, RUNS = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
PRINTER = ("127.0.0.1", 9100)
LIMIT_S = 10
# The same card is another visit only after it was away for a while.
AWAY_S = 3
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/machine"))
passed = {"card": 0.0, "slip": 0.0}


def pass_on(read, write, what=None):
    while True:
        try:
            data = read()
        except OSError:
            return
        if not data:
            return
        write(data)
        if what:
            passed[what] = time.perf_counter()


def stand_before_the_reader():
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    module = os.open(HALL / "dock/sam", os.O_RDWR | os.O_NOCTTY)
    threading.Thread(target=pass_on, daemon=True, args=(
        lambda: os.read(ours, 4096), lambda data: os.write(module, data))).start()
    threading.Thread(target=pass_on, daemon=True, args=(
        lambda: os.read(module, 4096), lambda data: os.write(ours, data), "card")).start()
    return os.ttyname(theirs)


def stand_before_the_printer():
    door = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            kiosk, _ = door.accept()
            printer = socket.create_connection(PRINTER)
            for line in (kiosk, printer):
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # Status questions and the proof's echo are short; the slip is what is long.
            threading.Thread(target=pass_on, daemon=True, args=(
                lambda: kiosk.recv(65536),
                lambda data: (printer.sendall(data),
                              passed.__setitem__("slip", time.perf_counter()) if len(data) > 64 else None))).start()
            threading.Thread(target=pass_on, daemon=True, args=(
                lambda: printer.recv(65536), kiosk.sendall)).start()

    threading.Thread(target=serve, daemon=True).start()
    return "127.0.0.1:%d" % door.getsockname()[1]


def dock(*words):
    subprocess.run([BINARIES / "dock", "--state", HALL / "dock", *words], check=True)


def main():
    from desktop import Desktop
    desktop = Desktop()
    root = desktop.display.screen().root

    def area():
        return root.get_image(60, 150, 900, 700, desktop.X.ZPixmap, 0xFFFFFFFF).data

    def until(picture):
        end = time.perf_counter() + LIMIT_S
        while area() != picture:
            assert time.perf_counter() < end, "the screen did not come"
        return time.perf_counter()

    environment = {**os.environ, "KIOSK__CARD_READER__SAM_DEVICE": stand_before_the_reader(),
                   "KIOSK__RECEIPT_PRINTER__ADDRESS": stand_before_the_printer()}
    kiosk = subprocess.Popen([BINARIES / "kiosk", "--config", HALL / "kiosk/kiosk.toml"],
                             env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    desktop.find("救助进度")
    account, cards, slips = None, [], []
    for n in range(RUNS + 1):
        dock("card", "insert", "resident-a")
        if account is None:
            desktop.find("您的申请")
            time.sleep(1)
            account = area()
        else:
            cards.append((until(account) - passed["card"]) * 1000)
        desktop.press("最低生活保障", starts=True)
        desktop.find("打印进度单")
        passed["slip"] = 0
        desktop.press("打印进度单")
        pressed = time.perf_counter()
        desktop.find("已打印")
        if n:
            slips.append((passed["slip"] - pressed) * 1000)
        desktop.press("结束并退出")
        dock("card", "remove")
        desktop.find("您好", starts=True)
        time.sleep(AWAY_S)
    kiosk.terminate()
    kiosk.wait()
    desktop.close()
    for name, times in (("card's last answer to account", cards), ("press to slip's last byte", slips)):
        times.sort()
        print(f"{name:32} median {statistics.median(times):6.1f} ms  "
              f"p95 {times[math.ceil(len(times) * 0.95) - 1]:6.1f} ms  worst {times[-1]:6.1f} ms")


main()
