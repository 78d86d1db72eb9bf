"""First frame, memory, idle CPU and press-to-pixel of the kiosk beside Chromium in kiosk mode showing
the same page, on one display, in turns.

usage: screens.py KIOSK_CONFIG BINARIES RUNS   (DISPLAY names an empty 1080x1920 display)
"""

import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from Xlib import X, display
from Xlib.ext import xtest

CONFIG, BINARIES, RUNS = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
PAGE = pathlib.Path(__file__).resolve().with_name("home.html")
PRESSES, IDLE_S = 20, 20
# Middle of the first service's button, and a patch inside it clear of text.
TAP, PATCH = (300, 900), (380, 700, 40, 40)

screen = display.Display()
root = screen.screen().root


def patch():
    return root.get_image(*PATCH, X.ZPixmap, 0xFFFFFFFF).data


def family(pid):
    children = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            parent = int(pathlib.Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(entry))
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def pss_mib(pid):
    total = 0
    for member in family(pid):
        try:
            for line in open(f"/proc/{member}/smaps_rollup"):
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


def cpu_s(pid):
    ticks = 0
    for member in family(pid):
        try:
            fields = pathlib.Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


def fake(kind, **where):
    xtest.fake_input(screen, kind, **where)
    screen.sync()


def press_to_pixel_ms():
    before, start = patch(), time.perf_counter()
    fake(X.ButtonPress, detail=1)
    while patch() == before and time.perf_counter() - start < 2:
        pass
    took = (time.perf_counter() - start) * 1000
    # Release outside: a press that is not carried out.
    fake(X.MotionNotify, x=3, y=3)
    fake(X.ButtonRelease, detail=1)
    time.sleep(0.3)
    fake(X.MotionNotify, x=TAP[0], y=TAP[1])
    time.sleep(0.1)
    return took


def run(command):
    fake(X.MotionNotify, x=3, y=3)
    root.clear_area(0, 0, 1080, 1920)
    screen.sync()
    empty, start = patch(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    while patch() == empty and time.perf_counter() - start < 30:
        time.sleep(0.001)
    first = (time.perf_counter() - start) * 1000
    time.sleep(4)
    memory, busy = pss_mib(process.pid), cpu_s(process.pid)
    time.sleep(IDLE_S)
    idle = (cpu_s(process.pid) - busy) / IDLE_S * 100
    fake(X.MotionNotify, x=TAP[0], y=TAP[1])
    time.sleep(0.3)
    presses = [press_to_pixel_ms() for _ in range(PRESSES)]
    for member in family(process.pid):
        try:
            os.kill(member, signal.SIGTERM)
        except OSError:
            pass
    process.wait()
    time.sleep(1)
    return {"first frame ms": first, "PSS MiB": memory, "idle CPU %": idle,
            "press to pixel p95 ms": sorted(presses)[int(len(presses) * 0.95) - 1]}


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        peers = {
            "kiosk": [BINARIES / "kiosk", "--config", CONFIG],
            "chromium": ["chromium", "--kiosk", "--no-sandbox", "--no-first-run", "--disable-gpu",
                         "--window-size=1080,1920", f"--user-data-dir={profile}", f"file://{PAGE}"],
        }
        runs = {name: [] for name in peers}
        for _ in range(RUNS):
            for name, command in peers.items():
                runs[name].append(run(command))
    medians = {name: {key: statistics.median(one[key] for one in many) for key in many[0]}
               for name, many in runs.items()}
    for key in medians["kiosk"]:
        ours, theirs = medians["kiosk"][key], medians["chromium"][key]
        ratio = f"{ours / theirs:.2f}" if theirs else "-"
        print(f"{key:24} kiosk {ours:8.1f}  chromium {theirs:8.1f}  ratio {ratio}")
    print(json.dumps(medians, ensure_ascii=False))


main()
