"""Saves the untrained network for the scenarios that only run it: keras_save.py FILE.keras"""

import sys

from network import build_network

build_network().save(sys.argv[1])
