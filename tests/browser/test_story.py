"""Three seats take a loan from overdue to a paid claim, in a browser and by nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from tests.browser.visitor import Visitor

LOAN, WORLD = "SZD-0001", "jiangsu-overdue-1"
SEATS = ("bk-m-1", "bk-r-1", "fm-m-2", "fm-m-3", "fm-a-2", "fm-f-1", "fm-f-2")
EVIDENCE = [
    "CONTRACT", "DRAWDOWN_SLIP", "FILING_ACCEPTANCE", "PLEDGE_CERTIFICATE", "ACCOUNT_STATEMENT",
    "COLLECTION_LOG", "CLASSIFICATION_RECORD", "IP_STATUS", "USE_OF_FUNDS", "LOSS_TABLE",
]  # fmt: skip


def test_the_first_page_names_the_seven_functions_and_offers_seats(
    visitor: Visitor, lang: str
) -> None:
    visitor.lang = lang
    visitor.open("/")

    assert visitor.page.locator("ol.rail li").count() >= 7
    assert visitor.page.locator("main form[method='post']").count() > 0
    assert visitor.page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[lang]


def test_seats_take_a_loan_from_overdue_to_a_paid_claim(
    visitor: Visitor, record_property: Callable[[str, object], None]
) -> None:
    visitor.world = WORLD
    began = time.monotonic()
    visitor.sit(*SEATS)

    visitor.move(date(2026, 9, 18), "bk-m-1")
    visitor.act("/claims/new/notify_risk", "bk-m-1", {"_id": LOAN, "loan": LOAN})
    visitor.move(date(2026, 10, 13), "bk-m-1")
    visitor.act(f"/claims/{LOAN}/acts/open", "bk-m-1")
    visitor.move(date(2026, 11, 23), "bk-m-1")
    told = {"cut_off": "2026-11-22", "evidence": EVIDENCE}
    visitor.act(f"/claims/{LOAN}/acts/submit", "bk-m-1", told)
    visitor.confirm("bk-r-1")
    visitor.act(f"/claims/{LOAN}/acts/accept", "fm-m-2")
    visitor.confirm("fm-m-3")
    visitor.act(f"/claims/{LOAN}/acts/start_review", "fm-m-2")
    visitor.act(f"/claims/{LOAN}/acts/approve", "fm-m-2")
    visitor.confirm("fm-a-2")
    visitor.act(f"/claims/{LOAN}/acts/pay", "fm-f-1", {"account": "BK01-0001"})
    visitor.confirm("fm-f-2")

    record_property("seconds from overdue to a paid claim", round(time.monotonic() - began, 1))
    assert "3,360,000.00" in visitor.text()
    visitor.open(f"/claims/{LOAN}", "bk-m-1")
    assert "3,360,000.00" in visitor.text()
