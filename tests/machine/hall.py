"""A hall of the shipped programs: central with the sample county, the bench over real pcscd, a
pseudo-terminal and TCP, and the kiosk on the display."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from desktop import LIMIT_S

PAGE = 4096
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Hall:
    """Everything runs in one directory, which goes when the hall closes."""

    def __init__(self, binaries, slip_reader):
        self.bin, self.slip_reader = pathlib.Path(binaries), slip_reader
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="hall-"))
        environment = {**os.environ, "PRINTER": "127.0.0.1:9183", "CENTRAL": "127.0.0.1:0"}
        self.rest = subprocess.Popen(
            [ROOT / "scripts/hall", self.dir, self.bin], env=environment, stdout=subprocess.DEVNULL)
        self.wait_for((self.dir / "ready").exists, "the hall")
        self.log = open(self.dir / "kiosk.log", "wb")
        self.kiosk = None

    def wait_for(self, condition, what):
        end = time.monotonic() + LIMIT_S
        while not condition():
            assert self.rest.poll() is None, "a part of the hall ended"
            assert time.monotonic() < end, f"{what} did not come"
            time.sleep(0.05)

    def open_kiosk(self):
        self.kiosk = subprocess.Popen(
            [self.bin / "kiosk", "--config", self.dir / "kiosk/kiosk.toml"],
            stdout=self.log, stderr=self.log)

    def close_kiosk(self):
        """Ends the kiosk as its service does; says with which code it ended."""
        self.kiosk.terminate()
        return self.kiosk.wait(LIMIT_S)

    def stop_central(self):
        """Central ends; the rest of the hall goes on without it."""
        pid = int((self.dir / "central/pid").read_text())
        os.kill(pid, signal.SIGTERM)
        self.wait_for(lambda: not pathlib.Path(f"/proc/{pid}").exists(), "the end of central")

    def dock(self, *words):
        subprocess.run([self.bin / "dock", "--state", self.dir / "dock", *words], check=True)

    def slips(self):
        """What a reader of each slip sees, oldest first."""
        directory = self.dir / "slips"
        shutil.rmtree(directory, ignore_errors=True)
        self.dock("printer", "receipts", str(directory))
        read = [subprocess.run([self.slip_reader], input=slip.read_bytes(), capture_output=True, check=True)
                for slip in sorted(directory.glob("*.bin"))]
        return [done.stdout.decode() for done in read]

    def core(self):
        """The kiosk's memory, as bytes; of empty pages in a row, which are most of it, one only."""
        subprocess.run(["gcore", "-a", "-o", self.dir / "core", str(self.kiosk.pid)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        core, pages, empty = self.dir / f"core.{self.kiosk.pid}", [b""], bytes(PAGE)
        with open(core, "rb") as file:
            while page := file.read(PAGE):
                if page != empty or pages[-1] != empty:
                    pages.append(page)
        core.unlink()
        return b"".join(pages)

    def written(self):
        """Every byte the kiosk left on its log and disk, by file."""
        self.log.flush()
        files = [self.dir / "kiosk.log", *(self.dir / "kiosk").rglob("*")]
        return {str(file): file.read_bytes() for file in files if file.is_file()}

    def close(self):
        for process in (self.kiosk, self.rest):
            if process is not None:
                process.terminate()
                process.wait()
        self.log.close()
        shutil.rmtree(self.dir, ignore_errors=True)
