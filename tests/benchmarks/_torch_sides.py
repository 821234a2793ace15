"""Times ours and PyTorch's side in turns, in a Python that has PyTorch, and prints the figures as lines of JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from time import process_time

import numpy as np
import torch

from model.config.config import Config
from model.config.presets import preset_named
from model.config.schedule import FULL_RATE
from model.data.datasets import load_dataset
from model.network.evaluation_process import EvaluationProcess
from model.training.trainer import Trainer
from tests.benchmarks._figures import Figure, compare
from tests.benchmarks._torch_network import TorchImages, TorchTraining
from tests.benchmarks.step import SHAPES, Shape, config_of
from tests.benchmarks.textbook import our_run, started

GOALS = (3.0, 1.6, 1.0)
TURNS, RUN_TURNS = 100, 3
SAME_STEPS, SAME = 20, 1e-4
PRESET, RUN_GOAL = preset_named("deep-sigmoid"), 2.2


def measure() -> Iterator[Figure]:
    """PyTorch's time over ours: of a step of each shape, one thread each, and of a whole run, two cores each."""
    images = TorchImages(load_dataset())
    detail = f"PyTorch {torch.__version__}"
    torch.set_num_threads(1)
    for shape, goal in zip(SHAPES, GOALS, strict=True):
        yield _step(shape, goal, images, detail)
    torch.set_num_threads(2)
    yield _run(images, detail)


def _step(shape: Shape, goal: float, images: TorchImages, detail: str) -> Figure:
    config = config_of(shape)
    see_that_both_compute_the_same(config, images)
    theirs = TorchTraining(config, images)
    with Trainer(config, images.dataset) as ours:
        for _ in range(FULL_RATE + 1):
            ours.step()
            theirs.step()
            ours.collect(wait=True)
        found = compare(theirs.step, ours.step, TURNS, shape.steps, process_time)
    detail = f"{found.first * 1e6:,.0f} µs / {found.second * 1e6:,.0f} µs; {detail}, one thread"
    return Figure(f"a step of PyTorch / ours, {shape.label}", found.ratio, goal, "×", at_least=True, detail=detail)


def see_that_both_compute_the_same(config: Config, images: TorchImages) -> None:
    """Train both for some steps; raises AssertionError where a loss differs by more than float32's rounding."""
    theirs = TorchTraining(config, images)
    losses = np.array([theirs.step().item() for _ in range(SAME_STEPS)])
    with Trainer(config.replace(record_every=1, iterations=SAME_STEPS - 1), images.dataset) as trainer:
        ours = np.array([record.loss for record in trainer])
    np.testing.assert_allclose(ours, losses, rtol=SAME)


def _run(images: TorchImages, detail: str) -> Figure:
    config = PRESET.config
    with EvaluationProcess(helped=True) as evaluation:
        started(evaluation)
        ours = partial(our_run, config, images.dataset, evaluation)
        ours()
        found = compare(partial(torch_run, config, images), ours, RUN_TURNS)
    detail = f"{found.first:.2f} s / {found.second:.2f} s; {detail}, {torch.get_num_threads()} threads"
    what = f"a run of PyTorch / ours, {PRESET.label}, {config.iterations:,} iterations"
    return Figure(what, found.ratio, RUN_GOAL, "×", at_least=True, detail=detail)


def torch_run(config: Config, images: TorchImages) -> list[tuple[float, float]]:
    """Loss and test accuracy every `record_every` iterations."""
    training = TorchTraining(config, images)
    records = []
    for i in range(config.iterations):
        loss = training.step()
        if i % config.record_every == 0:
            records.append((loss.item(), training.accuracy()))
    return records


if __name__ == "__main__":
    for figure in measure():
        print(json.dumps(asdict(figure)), flush=True)
