"""Somebody at a browser: takes seats, reads pages, fills forms in and sends them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from axe_playwright_python.sync_playwright import Axe

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
_NUMBER = count(1)


@dataclass
class Visitor:
    """One browser window without a history.

    `elsewhere` are requests to other hosts, `errors` what pages complained of.
    """

    page: Any
    home: str
    lang: str = "zh"
    world: str = ""
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def arriving(cls, chromium: Any, home: str) -> Iterator[Visitor]:
        """A window of its own, closed afterwards."""
        context = chromium.new_context(viewport=DESK, locale="zh-CN")
        made = cls(context.new_page(), home)
        made.page.on("request", made._note)
        made.page.on("pageerror", lambda error: made.errors.append(str(error)))
        try:
            yield made
        finally:
            context.close()

    def _note(self, request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.home).netloc:
            self.elsewhere.append(request.url)

    def open(self, path: str, seat: str = "") -> None:
        """Go to that address in the world and language of this visitor."""
        asked = {"world": self.world, "lang": self.lang, "seat": seat}
        query = urlencode({name: value for name, value in asked.items() if value})
        sign = "&" if "?" in path else "?"
        self.page.goto(f"{self.home}{path}{sign}{query}")
        self.picture(path)

    def sit(self, *users: str) -> None:
        """Take these seats by one click each."""
        for user in users:
            self.open("/seats")
            form = self.page.locator("form.seatform", has=self.page.locator(f"[value='{user}']"))
            form.get_by_role("button").click()

    def act(
        self, path: str, seat: str, values: Mapping[str, str | Sequence[str]] | None = None
    ) -> None:
        """Open the form there, fill in what is given, send it."""
        self.open(path, seat)
        for name, value in (values or {}).items():
            self._fill(name, value)
        self._send()

    def _fill(self, name: str, value: str | Sequence[str]) -> None:
        if not isinstance(value, str):
            for one in value:
                self.page.locator(f"main input[name='{name}'][value='{one}']").check()
            return
        control = self.page.locator(f"main [name='{name}']")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)

    def _send(self) -> None:
        with self.page.expect_navigation():
            self.page.locator("main form button.main").click()
        self.picture("sent")
        refused = self.page.locator("main [role='alert']")
        assert refused.count() == 0, refused.first.inner_text()

    def confirm(self, *seats: str) -> None:
        """Be the next persons for the proposal just made: found in the inbox of each."""
        proposal = urlsplit(self.page.url).path
        assert proposal.startswith("/proposals/"), self.page.url
        for seat in seats:
            self.open("/inbox", seat)
            with self.page.expect_navigation():
                self.page.locator(f"main a[href^='{proposal}']").first.click()
            self._send()

    def move(self, day: date, seat: str) -> None:
        """Set the world's date by the drawer, and wait until it stands there at rest."""
        self.open("/inbox", seat)
        self.page.locator("#clock-to").fill(day.isoformat())
        self.page.locator("button[form='clock-date']").click()
        there = self.page.locator(f".drawer time[datetime='{day.isoformat()}']")
        there.wait_for(timeout=60_000)
        self.page.locator("meta[http-equiv='refresh']").wait_for(state="detached", timeout=60_000)

    def text(self) -> str:
        """What the page itself says."""
        return str(self.page.locator("main").inner_text())

    def trouble(self) -> list[str]:
        """What axe-core holds to be serious or critical on this page."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{urlsplit(self.page.url).path}: {one['id']}: {node['html'][:160]}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(wide))

    def picture(self, name: str) -> None:
        """Keep a picture where ZHIDAI_SCREENSHOTS says."""
        if folder := os.environ.get("ZHIDAI_SCREENSHOTS"):
            there = Path(folder)
            there.mkdir(parents=True, exist_ok=True)
            words = "-".join(filter(None, urlsplit(name).path.split("/"))) or "home"
            file = there / f"{next(_NUMBER):03d}-{self.lang}-{words}.png"
            self.page.screenshot(path=file, full_page=True)
