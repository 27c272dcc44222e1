"""Runs a script and writes what the process used to the file BENCH_USAGE names, as bench/usage.ts does on Node."""

import atexit
import json
import os
import resource
import runpy
import sys


def write_usage():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with open(os.environ["BENCH_USAGE"], "w") as file:
        json.dump({"cpuMs": (usage.ru_utime + usage.ru_stime) * 1e3, "peakMB": usage.ru_maxrss / 1e3}, file)


atexit.register(write_usage)
sys.argv = sys.argv[1:]
sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))
runpy.run_path(sys.argv[0], run_name="__main__")
