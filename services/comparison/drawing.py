"""The charts of pygal that we draw. Import them from here, never from pygal itself.

pygal puts an import hook of a protocol Python has given up in place, for plug-ins that we do not
use; with it every later import of what is not there warns.
"""

from __future__ import annotations

import sys

from pygal import HorizontalStackedBar, Line
from pygal.style import Style

__all__ = ["HorizontalStackedBar", "Line", "Style"]

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
