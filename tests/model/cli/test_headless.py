"""`train`: a contract that scripts rely on."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from math import inf, nan, prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from main import main
from model.base.ending import Interruption
from model.base.user_paths import ROOT
from model.cli.headless import train
from model.cli.main_parser import parse
from model.cli.train import Train
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset, load_dataset
from model.data.orientation import Orientation
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.remedies import remedies
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.exports.printout import JsonLines, Outcome, Table
from model.library.library import Library
from model.measurement.records import Record
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm
from model.training.trainer import Trainer

LONG = ("--iterations", "10000000", "--record-every", "100")
DIVERGING = ("--learning-rate", "1000", "--activation", "identity", "--init", "gauss", "--init-std", "100")

posix = pytest.mark.skipif(os.name == "nt", reason="signals and terminals as POSIX has them")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, tiny: Dataset) -> str:
    """A folder with the IDX files of the small data set."""
    place = tmp_path_factory.mktemp("data")
    height, width = tiny.image_shape
    files: dict[str, np.ndarray] = {
        "train-images-idx3-ubyte": tiny.train_images.reshape(-1, height, width),
        "train-labels-idx1-ubyte": tiny.train_labels,
        "t10k-images-idx3-ubyte": tiny.test_images.reshape(-1, height, width),
        "t10k-labels-idx1-ubyte": tiny.test_labels,
    }
    for name, values in files.items():
        header = bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">u4").tobytes()
        (place / name).write_bytes(header + values.astype(np.uint8).tobytes())
    return str(place)


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(folder: str) -> Start:
    """A function that starts `main.py train` on the small data set."""

    def run(*arguments: str, **streams: int) -> "subprocess.Popen[str]":
        command = [sys.executable, ROOT / "main.py", "train", "--data", folder, *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        return subprocess.Popen(command, text=True, **pipes)  # type: ignore[call-overload, no-any-return]  # streams

    return run


def refuse(constant: str) -> None:
    """Fail on NaN and Infinity, which Python reads but JSON does not know."""
    raise AssertionError(f"{constant} is not JSON")


def objects(text: str) -> list[dict[str, Any]]:
    """The object on each line."""
    return [json.loads(line, parse_constant=refuse) for line in text.splitlines()]


def outcome(config: Config, iterations: int, last: Record | None) -> Outcome:
    """An interrupted run's outcome."""
    verdict = Diagnosis(config, (0.5, 0.5)).verdict
    return Outcome(Recipe(config), iterations, 1.0, last, None, interrupted=True, verdict=verdict)


def test_that_json_lines_tell_the_run_from_its_first_record_to_its_result(start: Start) -> None:
    with start("--iterations", "25", "--json") as process:
        out, err = process.communicate()
    *records, result = objects(out)
    assert process.returncode == 0
    assert [record["iteration"] for record in records] == [0, 10, 20, 25]
    for record in records:
        assert {"iteration", "loss", "train_accuracy", "test_accuracy", "input_std", "layers", "output"} <= set(record)
        assert [layer["name"] for layer in record["layers"]] == ["Layer 1", "Layer 2"]
        for layer in (*record["layers"], record["output"]):
            assert {"activation_mean", "activation_std", "saturated", "dead"} <= set(layer)
            assert {"signal_std", "delta_rms", "weight_gradient_rms", "update_ratio", "gain"} <= set(layer)
    assert set(result) == {"done", "final_test_accuracy", "seconds", "iterations", "config", "verdict", "arithmetic"}
    assert set(result["verdict"]) == {"class", "since", "cause", "sentence", "figures", "remedies"}
    assert Condition.named(result["verdict"]["class"]) is Condition.EARLY
    assert result["done"] is True
    assert result["final_test_accuracy"] == records[-1]["test_accuracy"]
    assert result["iterations"] == 25
    assert 0 < result["seconds"] < 60
    assert Config.from_json(result["config"]).iterations == 25
    assert "25 / 25 iterations" in err


def test_that_the_options_of_a_remedy_make_the_changed_run() -> None:
    zeros = Config(activation=Activation.SIGMOID, init=Initializer.ZEROS)
    offered = remedies(Cause.SYMMETRIC, zeros)
    verdict = Verdict(Condition.DEAD, 0, Cause.SYMMETRIC, {}, offered)
    outcome = Outcome(Recipe(zeros), 0, 1.0, None, None, interrupted=False, verdict=verdict)
    told = json.loads(JsonLines().end(outcome))["verdict"]["remedies"]
    assert [each["label"] for each in told] == [remedy.label for remedy in offered] == ["Xavier weights"]
    requests = [parse(["train", *each["options"]]) for each in told]
    assert [request.recipe.config for request in requests if isinstance(request, Train)] == [
        remedy.of(zeros) for remedy in offered
    ]


def test_that_the_json_is_what_the_trainer_measures(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    config = Config(iterations=30, data=folder, seed=5)
    assert train(Recipe(config), as_json=True) == 0
    told = objects(capsys.readouterr().out)[:-1]
    for line, record in zip(told, Trainer(config, load_dataset(folder)), strict=True):
        assert line["loss"] == record.loss
        assert line["test_accuracy"] == record.test_accuracy
        assert [layer["activation_std"] for layer in line["layers"]] == [a.activation_std for a in record.layers]


def test_that_the_json_gains_of_a_layer_multiply_out_to_the_ratio_of_its_deltas(
    capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    train(Recipe(Config(iterations=10, data=folder, norm=Norm.BATCH_BEFORE)), as_json=True)
    for record in objects(capsys.readouterr().out)[:-1]:
        first, second = record["layers"]
        assert list(first["gain"]) == list(second["gain"]) == ["weights", "slope", "batch_norm"]
        assert list(first["signal_gain"]) == ["weights", "batch_norm", "slope"]
        assert prod(second["gain"].values()) == pytest.approx(second["delta_rms"] / record["output"]["delta_rms"])
        assert prod(first["gain"].values()) == pytest.approx(first["delta_rms"] / second["delta_rms"])
        assert prod(first["signal_gain"].values()) == pytest.approx(first["signal_std"] / record["input_std"])


def test_that_two_runs_of_one_seed_print_the_same(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    printed = []
    for _ in range(2):
        assert main(["train", "--data", folder, "--iterations", "20", "--json"]) == 0
        printed.append(capsys.readouterr().out.splitlines()[:-1])
    assert printed[0] == printed[1]


def test_that_each_record_can_be_read_as_soon_as_it_is_there(start: Start) -> None:
    with start(*LONG, "--json") as process:
        assert process.stdout
        first = json.loads(process.stdout.readline())
        process.kill()
        process.communicate()
    assert first["iteration"] == 0


def test_that_the_table_has_few_rows_the_first_and_the_last_among_them(
    capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    assert train(Recipe(Config(iterations=205, record_every=2, data=folder)), as_json=False) == 0
    _, names, *rows, blank, sentence, verdict = capsys.readouterr().out.splitlines()
    assert names.split() == ["iteration", "loss", "train", "test", "Layer", "1", "Layer", "2"]
    iterations = [int(row.split()[0]) for row in rows]
    assert (iterations[0], iterations[-1]) == (0, 205)
    assert 10 <= len(iterations) <= 12
    assert blank == ""
    assert sentence.startswith("Test accuracy ")
    assert "after 205 iterations" in sentence
    assert verdict.partition(": ")[0] in {condition.label for condition in Condition}


@pytest.mark.parametrize(("iterations", "rows"), [(0, 1), (1, 2), (10, 2), (11, 3)])
def test_that_a_short_run_has_a_row_for_every_record(
    capsys: pytest.CaptureFixture[str], folder: str, iterations: int, rows: int
) -> None:
    train(Recipe(Config(iterations=iterations, data=folder)), as_json=False)
    assert len(capsys.readouterr().out.splitlines()) == 2 + rows + 2


@pytest.mark.parametrize("layers", [0, 1, 6, 7, 50])
def test_that_the_table_stays_narrow_however_deep_the_network(
    capsys: pytest.CaptureFixture[str], folder: str, layers: int
) -> None:
    train(Recipe(Config(hidden=(3,) * layers, iterations=1, data=folder)), as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 120
    assert any(f"Layer {layers}" in line for line in lines) == (layers > 0)


@pytest.mark.parametrize("as_json", [True, False])
def test_that_a_diverged_run_is_a_result(capsys: pytest.CaptureFixture[str], folder: str, as_json: bool) -> None:
    arguments = ["train", "--data", folder, *DIVERGING, "--record-every", "1"]
    assert main([*arguments, "--json"] if as_json else arguments) == 0
    *records, result = capsys.readouterr().out.splitlines()
    if as_json:
        told = objects(result)[0]
        assert told["done"] is True
        assert told["diverged"]["iteration"] == told["iterations"] == len(objects("\n".join(records)))
        assert "Layer" in told["diverged"]["layer"]
        assert told["diverged"]["message"] in str(told)
    else:
        assert result.startswith("The run diverged at iteration ")


@pytest.mark.parametrize("as_json", [True, False])
def test_that_a_run_that_diverges_at_once_blames_its_weights_alone(
    capsys: pytest.CaptureFixture[str], folder: str, as_json: bool
) -> None:
    large = ["--hidden", ",".join(["40"] * 40), "--init", "gauss", "--init-std", "100"]
    arguments = ["train", "--data", folder, *large]
    assert main([*arguments, "--json"] if as_json else arguments) == 0
    told = capsys.readouterr().out
    assert "iteration 0: " in told
    assert "no step has been made yet, and only smaller weights to begin with" in told
    assert "a smaller learning rate" not in told


def test_that_a_value_that_is_not_finite_is_null(tiny: Dataset) -> None:
    config = Config(iterations=0)
    (record,) = Trainer(config, tiny)
    broken = replace(record, loss=inf, layers=(replace(record.layers[0], activation_std=nan),))
    (line,) = objects(JsonLines().record(broken))
    assert line["loss"] is None
    assert line["layers"][0]["activation_std"] is None
    (result,) = objects(JsonLines().end(outcome(config, 0, None)))
    assert result["final_test_accuracy"] is None


@posix
@pytest.mark.parametrize("as_json", [True, False])
def test_that_ctrl_c_ends_the_run_with_what_was_reached(start: Start, as_json: bool) -> None:
    with start(*LONG, *(["--json"] if as_json else [])) as process:
        assert process.stdout
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in err
    if as_json:
        *records, result = objects(first + out)
        assert result["interrupted"] is True
        assert result["iterations"] < 10_000_000
        assert result["final_test_accuracy"] == records[-1]["test_accuracy"]
    else:
        assert out.splitlines()[-1].startswith("Interrupted after ")
        assert "Test accuracy" in out


@pytest.mark.parametrize("as_json", [True, False])
def test_that_ctrl_c_while_the_data_are_read_ends_as_cleanly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: str, as_json: bool
) -> None:
    def load(place: str, orientation: Orientation) -> Dataset:
        signal.raise_signal(signal.SIGINT)
        return load_dataset(place, orientation)

    monkeypatch.setattr("model.cli.headless.load_dataset", load)
    assert train(Recipe(Config(data=folder)), as_json=as_json) == 130
    (line,) = capsys.readouterr().out.strip().splitlines()
    if as_json:
        assert (json.loads(line)["iterations"], json.loads(line)["interrupted"]) == (0, True)
    else:
        assert line == "Interrupted after 0 of 2,000 iterations."
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_that_ctrl_c_before_the_run_ends_with_its_own_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(arguments: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("model.cli.main_parser.parse", interrupted)
    assert main(["train"]) == 130
    assert capsys.readouterr().err == "layerscope: Interrupted.\n"


def test_that_a_second_ctrl_c_does_not_wait() -> None:
    with Interruption() as interruption:
        signal.raise_signal(signal.SIGINT)
        assert interruption.wished
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_that_a_log_out_ends_the_run_with_what_was_reached_and_saves_it(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    saved = tmp_path / "reached.layerscope"
    with start(*LONG, "--save", str(saved)) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(number)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate()
    assert process.returncode in {128 + number, 128 + signal.SIGTERM}
    assert "Traceback" not in err
    assert out.splitlines()[-1].startswith("Interrupted after ")
    with closing(Library.open(saved)) as library:
        (run,) = library.runs()
    assert run.summary.iteration > 0


@posix
def test_that_a_run_is_saved_although_its_terminal_is_gone(start: Start, tmp_path: Path) -> None:
    saved = tmp_path / "reached.layerscope"
    with start(*LONG, "--json", "--save", str(saved)) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        process.stderr.read()
    assert process.returncode == 141
    assert saved.exists()


@posix
def test_that_a_signal_before_there_is_anything_to_save_has_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(arguments: list[str]) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("model.cli.main_parser.parse", ended)
    assert main(["train"]) == 143
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@posix
def test_that_two_signals_of_a_log_out_cut_nothing_short_and_ctrl_c_does() -> None:
    with Interruption() as interruption:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
        signal.raise_signal(signal.SIGTERM)
        assert interruption.wished
        assert interruption.code == 143
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_that_ctrl_c_stays_ignored_where_it_was() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interruption() as interruption:
            signal.raise_signal(signal.SIGINT)
            assert not interruption.wished
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


@posix
@pytest.mark.parametrize("as_json", [True, False])
def test_that_a_reader_who_leaves_ends_the_run_quietly(start: Start, as_json: bool) -> None:
    fast = ("--iterations", "10000000", "--record-every", "1000")
    with start(*(*fast, "--json") if as_json else ("--iterations", "20000")) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
    assert process.returncode == 141
    # On a busy machine it may have told its progress before it noticed.
    assert [line for line in err.splitlines() if not line.endswith(" left")] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["train", "--iterations", "1"], ["options"]])
def test_that_an_output_that_cannot_be_written_is_told_in_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, str(ROOT / "main.py"), *arguments]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "layerscope: The output cannot be written: the disk is full.\n"


@posix
def test_that_progress_is_one_line_rewritten_on_a_terminal(start: Start) -> None:
    ours, theirs = os.openpty()
    with start(*LONG, "--json", stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while seen.count(b"iterations") < 3:
            seen += os.read(ours, 1000)
        process.send_signal(signal.SIGINT)
        process.communicate()
    while seen.count(b"\r \r") + seen.endswith(b" \r") == 0:
        seen += os.read(ours, 1000)
    os.close(ours)
    assert process.returncode == 130
    assert b"\n" not in seen
    assert seen.startswith(b"\r")


def test_that_the_table_remembers_the_last_record_that_had_no_row(tiny: Dataset) -> None:
    config = Config(iterations=1_000)
    table = Table(config)
    records: list[Record] = list(Trainer(config.replace(iterations=10), tiny))
    assert table.record(records[0])
    assert table.record(records[1]) == ""
    lines = table.end(outcome(config, 12, records[1])).splitlines()
    assert lines[0].split()[0] == "10"
    assert lines[2].startswith("Interrupted after 12 of 1,000 iterations. Test accuracy ")
    assert lines[2].endswith(" at iteration 10.")
