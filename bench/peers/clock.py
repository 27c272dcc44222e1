"""Wall and CPU time of a stretch of work, and the last line that hands numbers to the bench."""

import json
import resource
import time


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Clock:
    def __init__(self):
        self.wall = time.perf_counter()
        self.cpu = cpu_seconds()

    def read(self):
        """Seconds since the start: wall, CPU."""
        return time.perf_counter() - self.wall, cpu_seconds() - self.cpu


def report(**numbers):
    print("\n" + json.dumps({"bench": numbers}, separators=(",", ":")), flush=True)
