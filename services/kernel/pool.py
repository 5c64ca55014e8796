"""The connections of this process to all databases of the server: few, shared, soon let go.

PostgreSQL itself holds the budget of all processes together, as the connection limit of the
application's role (roles.py); who finds it used up waits for a turn here instead of failing.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections import OrderedDict

import psycopg
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, Pool

MOST = 4
"""Connections of a process; a web app, with its many threads, asks for more."""
IDLE_SECONDS = 3.0
PATIENCE = 8.0  # seconds to wait for a turn
_PAUSE = 0.05
_LONGEST_PAUSE = 0.5
_FULL = re.compile("too many (connections|clients)|remaining connection slots")


class Crowded(OperationalError):
    """No connection became free in time: all that this process may have are in use."""

    def __init__(self) -> None:
        super().__init__(None, None, RuntimeError(f"no connection became free in {PATIENCE} s"))


def full(error: BaseException) -> bool:
    """Whether the server refused a connection because all are taken."""
    return _FULL.search(str(error)) is not None


class Household:
    """Counts the connections of this process and hands idle ones on, whatever database they are to.

    A thread that holds one already may always have another: two that wait for each other's second
    would wait for ever.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._changed = threading.Condition()
        self._open = 0
        self._used: dict[ConnectionPoolEntry, int] = {}  # by the thread that took it
        self._idle: OrderedDict[ConnectionPoolEntry, tuple[Pool, float]] = OrderedDict()
        self._reaper: threading.Thread | None = None

    @property
    def open(self) -> int:
        """Connections open or being opened."""
        return self._open

    def take(self, pool: SharedPool) -> ConnectionPoolEntry:
        """An idle connection of the pool, else a new one in the place of the idlest of another.

        Raises Crowded when none becomes free in time, else what connecting raises.
        """
        until, me = time.monotonic() + PATIENCE, threading.get_ident()
        victim: ConnectionPoolEntry | None = None
        with self._changed:
            while True:
                if (known := self._idle_of(pool)) is not None:
                    self._used[known] = me
                    return known
                if self._open >= self.most and self._idle:
                    victim = self._idle.popitem(last=False)[0]
                    break
                if self._open < self.most or me in self._used.values():
                    self._open += 1
                    break
                if not self._changed.wait(until - time.monotonic()):
                    raise Crowded
        if victim is not None:
            victim.close()
        try:
            made = self._connected(pool, until)
        except BaseException:
            self._gone(1)
            raise
        with self._changed:
            self._used[made] = me
        return made

    def give(self, pool: Pool, entry: ConnectionPoolEntry) -> None:
        """Take a connection back; a broken one is gone."""
        with self._changed:
            self._used.pop(entry, None)
            if self._open > self.most:
                entry.close()
            if entry.dbapi_connection is None:
                self._open -= 1
            else:
                self._idle[entry] = (pool, time.monotonic())
                if self._reaper is None:
                    self._reaper = threading.Thread(target=self._reap, daemon=True)
                    self._reaper.start()
            self._changed.notify()

    def release(self, pool: Pool | None = None) -> None:
        """Close the idle connections of a pool, or all."""
        with self._changed:
            ours = [e for e, (owner, _) in self._idle.items() if pool is None or owner is pool]
            for entry in ours:
                del self._idle[entry]
        for entry in ours:
            entry.close()
        self._gone(len(ours))

    def _idle_of(self, pool: Pool) -> ConnectionPoolEntry | None:
        for entry, (owner, _) in reversed(self._idle.items()):
            if owner is pool:
                del self._idle[entry]
                return entry
        return None

    def _connected(self, pool: SharedPool, until: float) -> ConnectionPoolEntry:
        """A new connection; while the server has none to give, ours are let go and time passes."""
        pause = _PAUSE
        while True:
            try:
                return pool.connected()
            except psycopg.OperationalError as error:
                if not full(error) or time.monotonic() > until:
                    raise
            self.release()
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  # spreads out who waits
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _gone(self, number: int) -> None:
        with self._changed:
            self._open -= number
            self._changed.notify(number)

    def _reap(self) -> None:
        """Close what has been idle for long enough; ends when nothing is idle."""
        while True:
            with self._changed:
                before = time.monotonic() - IDLE_SECONDS
                old = [entry for entry, (_, since) in self._idle.items() if since <= before]
                for entry in old:
                    del self._idle[entry]
                if not old and not self._idle:
                    self._reaper = None
                    return
                oldest = min((since for _, since in self._idle.values()), default=before)
            for entry in old:
                entry.close()
            self._gone(len(old))
            time.sleep(max(oldest - before, 0.05))


class SharedPool(Pool):
    """An engine's pool that keeps nothing itself: the household of the process does."""

    def connected(self) -> ConnectionPoolEntry:
        """A new connection."""
        return self._create_connection()

    def _do_get(self) -> ConnectionPoolEntry:
        return household().take(self)

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        household().give(self, record)

    def dispose(self) -> None:
        """Close the idle connections."""
        household().release(self)

    def recreate(self) -> SharedPool:
        """The same pool: it keeps nothing that could be stale."""
        return self

    def status(self) -> str:
        """How many connections the process has."""
        return f"{household().open} of {household().most} connections of this process"


def household() -> Household:
    """The one of this process."""
    return _households[-1]


def anew() -> None:
    """Begin without any connection, after a fork: those of the parent are its own."""
    _households.append(Household(household().most))  # the old one is kept: nothing of it is closed


_households = [Household()]
