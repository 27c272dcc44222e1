"""A network of keras.applications with random weights as a file: keras_application.py NAME PATH"""

import sys

import keras

getattr(keras.applications, sys.argv[1])(weights=None).save(sys.argv[2])
