"""One training step in PyTorch, batch 20: torch_step.py default|channels_last|autocast STEPS

autocast: channels_last, the forward pass in bfloat16 where PyTorch decides so.
"""

import sys

import torch

from clock import Clock, report
from torch_network import Training, build_network, memory_format_of

memory_format, steps = memory_format_of(sys.argv[1]), int(sys.argv[2])
torch.manual_seed(0)
training = Training(build_network(memory_format), autocast=sys.argv[1] == "autocast")
images = torch.rand(20, 3, 150, 150).to(memory_format=memory_format)
labels = (torch.rand(20, 1) > 0.5).float()

for _ in range(3):
    training.step(images, labels)
clock = Clock()
for _ in range(steps):
    training.step(images, labels)
wall, cpu = clock.read()
report(wallMs=wall / steps * 1e3, cpuMs=cpu / steps * 1e3)
