"""Training steps of Keras on several workers of one thread each: keras_workers_step.py WORKERS BATCH STEPS

A loop of its own under MultiWorkerMirroredStrategy: Keras 3's fit does not run under it. A batch is of all workers.
"""

import json
import os
import resource
import socket
import subprocess
import sys

count, batch_size, steps = map(int, sys.argv[1:])
WARM_UP = 3


def start_all():
    from clock import report

    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    workers = [f"127.0.0.1:{each.getsockname()[1]}" for each in sockets]
    for each in sockets:
        each.close()
    children = []
    for index in range(count):
        config = {"cluster": {"worker": workers}, "task": {"type": "worker", "index": index}}
        env = {**os.environ, "TF_NUM_INTRAOP_THREADS": "1", "BENCH_WORKER": str(index)}
        if count > 1:
            env["TF_CONFIG"] = json.dumps(config)
        children.append(subprocess.Popen([sys.executable, *sys.argv], env=env, stdout=subprocess.PIPE, text=True))
    lines = [child.communicate()[0].strip().splitlines()[-1] for child in children]
    measured = [json.loads(line)["bench"] for line in lines]
    total = lambda key: sum(each[key] for each in measured)
    report(
        cpuMs=total("cpuMs"),
        workerCpuMs=total("cpuMs") / count,
        wallMs=max(each["wallMs"] for each in measured),
        peakMB=total("peakMB"),
        loss=measured[0]["loss"],
    )


def train(index):
    import tensorflow as tf

    strategy = tf.distribute.MultiWorkerMirroredStrategy() if count > 1 else tf.distribute.get_strategy()
    import keras
    import numpy as np

    from clock import Clock, report
    from network import build_network

    def draw(length):
        """Numbers from 0 to 1 without order, the same in cnnviz: those of MurmurHash's last step."""
        hashes = np.arange(length, dtype=np.uint32)
        for shift, factor in [(16, 0x85EBCA6B), (13, 0xC2B2AE35)]:
            hashes = (hashes ^ (hashes >> shift)) * np.uint32(factor)
        return ((hashes ^ (hashes >> 16)) >> 8).astype(np.float32) / np.float32(2**24)

    with strategy.scope():
        model = build_network()
        for weight in model.weights:
            *places, channels, units = (1, *weight.shape)
            # As Keras's glorot_uniform; biases 0.
            limit = np.sqrt(6 / (np.prod(places) * (channels + units))) if len(weight.shape) > 1 else 0
            values = 2 * draw(np.prod(weight.shape)) - 1
            weight.assign((values * np.float32(limit)).reshape(weight.shape))
        optimizer = keras.optimizers.SGD(0.001)
        optimizer.build(model.trainable_variables)
    rows = slice(index * batch_size // count, (index + 1) * batch_size // count)
    images = draw(batch_size * 150 * 150 * 3).reshape((batch_size, 150, 150, 3))[rows]
    labels = (np.arange(batch_size) % 2).reshape((batch_size, 1)).astype(np.float32)[rows]

    def take_step(images, labels):
        with tf.GradientTape() as tape:
            losses = keras.losses.binary_crossentropy(labels, model(images, training=True))
            loss = tf.reduce_sum(losses) / batch_size
        variables = model.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)
        return loss

    @tf.function
    def take_distributed_step(images, labels):
        losses = strategy.run(take_step, args=(images, labels))
        return strategy.reduce(tf.distribute.ReduceOp.SUM, losses, axis=None)

    images, labels = tf.constant(images), tf.constant(labels)
    for _ in range(WARM_UP):
        float(take_distributed_step(images, labels))
    clock = Clock()
    for _ in range(steps):
        loss = float(take_distributed_step(images, labels))
    wall, cpu = clock.read()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    report(wallMs=wall / steps * 1e3, cpuMs=cpu / steps * 1e3, loss=loss, peakMB=peak)


if "BENCH_WORKER" in os.environ:
    train(int(os.environ["BENCH_WORKER"]))
else:
    start_all()
