"""A kiosk that was just switched on for the first time, and the public content of a whole county: from its start
until all of it is on its disk, read from its cache.

usage: first_sync.py HALL_DIRECTORY BINARIES NOTICES   (scripts/hall runs there, and central has them; DISPLAY
names an empty display)
"""

import pathlib
import sqlite3
import subprocess
import sys
import time

HALL, BINARIES, NOTICES = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
LIMIT_S = 60
# Hall, policies, standards, funds.
OTHERS = 4
CACHE = HALL / "kiosk/cache.db"


def held():
    """Notices in use, what is on its way stands beside them; none before all other content is there."""
    try:
        with sqlite3.connect(f"file:{CACHE}?mode=ro", uri=True) as cache:
            others = cache.execute("SELECT count(*) FROM content").fetchone()[0]
            return cache.execute("SELECT count(*) FROM notice").fetchone()[0] if others == OTHERS else 0
    except sqlite3.OperationalError:
        return 0


def main():
    for file in CACHE.parent.glob("cache.db*"):
        file.unlink()
    began = time.perf_counter()
    kiosk = subprocess.Popen([BINARIES / "kiosk", "--config", HALL / "kiosk/kiosk.toml"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while held() < NOTICES:
            assert time.perf_counter() - began < LIMIT_S, f"only {held()} notices came"
            time.sleep(0.02)
        print(f"switched on to {held()} notices on the kiosk's disk: {time.perf_counter() - began:.2f} s", flush=True)
    finally:
        kiosk.terminate()
        kiosk.wait()


main()
