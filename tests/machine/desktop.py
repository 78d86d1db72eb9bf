"""An X display with a session bus and the accessibility bus: elements found by name, pressed with
real pointer events. Knows nothing of the kiosk."""

import os
import subprocess
import time

LIMIT_S = 60  # guards against hanging only


class Desktop:
    """Xvfb, a D-Bus session and AT-SPI, all of this test alone."""

    def __init__(self, width=1080, height=1920):
        self.size = (width, height)
        read, write = os.pipe()
        self.x = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()
        self.bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()
        # Programs expose their tree only while somebody listens.
        subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
             "--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>"],
            check=True, stdout=subprocess.DEVNULL)
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        from Xlib import X, display
        from Xlib.ext import xtest
        # The library warns of every signal newer than itself.
        GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
        self.atspi, self.X, self.xtest = Atspi, X, xtest
        self.display = display.Display()

    def close(self):
        for process in (self.bus, self.x):
            process.terminate()
            process.wait()

    def _walk(self, node):
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from self._walk(child)

    def elements(self):
        """All accessible elements of all programs, as a list; empty while the tree changes."""
        desktop = self.atspi.get_desktop(0)
        found = []
        try:
            for i in range(desktop.get_child_count()):
                program = desktop.get_child_at_index(i)
                if program is not None:
                    program.clear_cache()
                    found.extend(self._walk(program))
        except Exception:  # the element went away while it was looked at
            return []
        return found

    def names(self):
        """What a screen reader would read out, in order."""
        names = []
        for element in self.elements():
            try:
                names.append(element.get_name() or "")
            except Exception:  # gone meanwhile
                pass
        return [name for name in names if name]

    def find(self, wanted, role=None, starts=False):
        """The first element of this name, or of a name that a function takes; waits for it."""
        takes = wanted if callable(wanted) else lambda name: name.startswith(wanted) if starts else name == wanted
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            for element in self.elements():
                try:
                    if takes(element.get_name() or "") and (role is None or element.get_role_name() in role):
                        return element
                except Exception:  # gone meanwhile
                    continue
            time.sleep(0.05)
        raise AssertionError(f"no element {wanted!r}; there are {self.names()}")

    def press(self, wanted, starts=False):
        """Finds a button by its name and presses the middle of it with the pointer; answers with its name."""
        name, x, y = self.place(wanted, starts)
        self.tap(x, y)
        return name

    def type(self, signs):
        """Presses keys by their names; each is looked for once, as keys do not move."""
        places = {sign: self.place(sign) for sign in sorted(set(signs))}
        for sign in signs:
            self.tap(*places[sign][1:])

    def place(self, wanted, starts=False):
        """A button's name, and its middle in pixels."""
        element = self.find(wanted, role=("push button", "button"), starts=starts)
        name = element.get_name()
        box = element.get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        x, y = box.x + box.width // 2, box.y + box.height // 2
        assert 0 <= x < self.size[0] and 0 <= y < self.size[1], f"{name} is off the screen"
        return name, x, y

    def tap(self, x, y):
        """Moves the pointer there, presses and lets go."""
        fake = self.xtest.fake_input
        fake(self.display, self.X.MotionNotify, x=x, y=y)
        fake(self.display, self.X.ButtonPress, 1)
        fake(self.display, self.X.ButtonRelease, 1)
        self.display.sync()

    def picture(self, path):
        """Keeps the screen as PNG, where ImageMagick is installed."""
        subprocess.run(["import", "-window", "root", path], check=False)
