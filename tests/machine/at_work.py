"""What every test at the machine needs: a display, a hall, the kiosk open; and the search for what it must
not keep of people who have gone.

usage of a test: TEST.py BINARIES SLIP_READER
"""

import sys
import unittest

from desktop import Desktop
from hall import Hall

BINARIES, SLIP_READER = sys.argv[1:3]
# Bytes of the shortest piece that counts as a trace: three characters in UTF-8. Shorter ones occur by chance.
PIECE = 9


def whole(text):
    """A text in every encoding it passes through on its way."""
    return [(encoding, text.encode(encoding)) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]


def pieces(text):
    """The shortest pieces of a text that count, in every encoding; of a short text all of it."""
    return [(encoding, form[at:at + PIECE]) for encoding, form in whole(text)
            for at in range(max(1, len(form) - PIECE + 1))]


class AtWork(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop()
        cls.hall = Hall(BINARIES, SLIP_READER)
        cls.hall.open_kiosk()

    @classmethod
    def tearDownClass(cls):
        cls.hall.close()
        cls.desktop.close()

    def assert_no_trace(self, texts, patterns=whole):
        """None of these texts, told by what they are, is in the kiosk's memory, log or disk."""
        places = {"memory": self.hall.core(), **self.hall.written()}
        for what, text in texts.items():
            for encoding, pattern in patterns(text):
                for place, content in places.items():
                    self.assertEqual(content.find(pattern), -1, f"{what}: {encoding} in {place}")
        self.assertIsNone(self.hall.kiosk.poll(), "the kiosk still runs")


def run():
    unittest.main(module="__main__", argv=sys.argv[:1], verbosity=2, warnings="ignore")
