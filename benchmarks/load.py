"""How many requests a second the web app answers, and what it does with more.

`python -m benchmarks.load ADDRESS USERS.txt WORLD [RATES..]`: 70 % one loan, 20 % a list of fifty,
10 % acts (a world's clock asked to stand where it stands), sent at a fixed rate whether or not the
answers come (an open loop), from this machine's own cores. USERS.txt is the platform's
demo-users.txt; WORLD holds a boarded book. Compare ratios of one run: the machine is shared.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import httpx
import psutil

SECONDS = 60.0
LIMIT = 30.0  # seconds until a request counts as lost
API = "/api/v1"


def main(address: str, users: Path, world: str, rates: list[int]) -> None:
    """Each rate in turn; a table on stdout."""
    lines = [line.split() for line in users.read_text("utf-8").splitlines() if line[:1] != "#"]
    auth = next((line[0], line[1]) for line in lines if line[2] == "FM-M")
    loans = _loans(address, auth, world)
    sys.stdout.write(f"{len(loans)} loans seen, load average {os.getloadavg()[0]:.1f}\n")
    for rate in rates:
        sys.stdout.write(asyncio.run(_run(address, auth, world, loans, rate)) + "\n")
        sys.stdout.flush()


def _loans(address: str, auth: tuple[str, str], world: str) -> list[str]:
    found: list[str] = []
    with httpx.Client(base_url=address, auth=auth, headers={"Zhidai-World": world}) as client:
        cursor: str | None = ""
        while cursor is not None and len(found) < 4000:
            query = {"limit": 200} | ({"cursor": cursor} if cursor else {})
            page = client.get(f"{API}/loans", params=query).raise_for_status().json()
            found += [one["id"] for one in page["items"]]
            cursor = page["next"]
    return found


async def _run(address: str, auth: tuple[str, str], world: str, loans: list[str], rate: int) -> str:
    chance, took, kinds = random.Random(rate), [], Counter[str]()
    webs = [p for p in psutil.process_iter(["cmdline"]) if _web(p.info["cmdline"])]
    cpu, memory = _cpu(webs), _memory(webs)
    limits = httpx.Limits(max_connections=2000, max_keepalive_connections=400)
    async with httpx.AsyncClient(
        base_url=address, auth=auth, headers={"Zhidai-World": world}, limits=limits, timeout=LIMIT
    ) as client:

        async def ask() -> None:
            began = time.perf_counter()
            try:
                answer = await client.send(_request(client, chance, loans))
                kinds[str(answer.status_code)] += 1
                if answer.status_code in (429, 503):
                    kinds["told when"] += "Retry-After" in answer.headers
            except httpx.HTTPError as error:
                kinds[type(error).__name__] += 1
            took.append((time.perf_counter() - began) * 1000)

        began, asked = time.perf_counter(), []
        for number in range(int(rate * SECONDS)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            asked.append(asyncio.create_task(ask()))
        await asyncio.gather(*asked)
        seconds = time.perf_counter() - began
    took.sort()
    done = kinds["200"] + kinds["202"]
    each = (_cpu(webs) - cpu) * 1000 / max(len(took), 1)
    grown = f"{memory / 1e6:.0f} -> {_memory(webs) / 1e6:.0f} MB"
    return (
        f"{rate}/s: {done / seconds:.0f}/s done, p50 {took[len(took) // 2]:.0f} ms,"
        f" p95 {took[int(len(took) * 0.95)]:.0f} ms, p99 {took[int(len(took) * 0.99)]:.0f} ms,"
        f" {dict(kinds)}, web CPU {each:.1f} ms a request, web memory {grown}"
    )


def _request(client: httpx.AsyncClient, chance: random.Random, loans: list[str]) -> httpx.Request:
    kind = chance.random()
    if kind < 0.7:
        return client.build_request("GET", f"{API}/loans/{chance.choice(loans)}")
    if kind < 0.9:
        return client.build_request("GET", f"{API}/loans", params={"limit": 50})
    loan = chance.choice(loans)
    return client.build_request("POST", f"{API}/loans/{loan}/repay", json={"amount": "0.00"})


def _web(words: list[str] | None) -> bool:
    told = " ".join(words or [])
    return "uvicorn services.web.app" in told and "tether" not in told


def _cpu(processes: list[psutil.Process]) -> float:
    every = [each for one in processes for each in (one, *one.children(recursive=True))]
    return sum(sum(each.cpu_times()[:2]) for each in every)


def _memory(processes: list[psutil.Process]) -> float:
    every = [each for one in processes for each in (one, *one.children(recursive=True))]
    return float(sum(each.memory_info().rss for each in every))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], [int(one) for one in sys.argv[4:]] or [50])
