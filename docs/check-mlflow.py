"""Checks tracking against a real MLflow server.

    python -m venv env && env/bin/pip install -r docs/check-mlflow-requirements.txt
    env/bin/python docs/check-mlflow.py --table docs/results/mlflow.md

Starts `mlflow server` on the loopback address with a database in a temporary folder, and asks
MLflow's own Python client what is there after a run, after one that was killed and resumed, and
after a small sweep. Exits with 1 if something differs from the run's folder. A check only: Trimtab
itself needs no Python.
"""
import argparse
import json
import math
import os
import pathlib
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import mlflow
from mlflow.tracking import MlflowClient

ROOT = pathlib.Path(__file__).resolve().parent.parent
rows = []


def check(what, expected, found):
    """Notes a comparison as a row of the table."""
    rows.append((what, expected, found, expected == found))
    print("ok   " if expected == found else "WRONG", what, "-", found)


def server(folder):
    """A server on a free port, once it answers; its process and address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--backend-store-uri", f"sqlite:///{folder}/mlflow.db"]
    command += ["--artifacts-destination", f"{folder}/artifacts"]
    environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=folder, env=environment, start_new_session=True
        )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2)
            return process, f"http://127.0.0.1:{port}"
        except OSError:
            time.sleep(0.5)
    sys.exit((folder / "server.log").read_text())


def arguments(runs, name, tracker, *more):
    """Of a run of the quickstart that is shorter."""
    sets = ["data.few_shot.examples=64", "train.batch=16", tracker, *more]
    settings = [word for value in sets for word in ("--set", value)]
    return ["run", "configs/quickstart.yaml", "--runs", str(runs), "--name", name, *settings]


def logged(run):
    """The values of metrics.jsonl by tag and step."""
    values = {}
    for line in (run / "metrics.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        for key in ("loss", "gradient_norm", "lr"):
            if key in entry:
                values[f"train/{key}", entry["step"]] = entry[key]
        for name, value in entry.get("metrics", {}).items():
            values[f"dev/{name}", entry["step"]] = math.nan if value is None else value
    return values


def compare(title, client, folder, status):
    """A trial's folder with its run at the server."""
    identity = json.loads((folder / "mlflow.json").read_text())["mlflow_run_id"]
    run = client.get_run(identity)
    provenance = json.loads((folder / "provenance.json").read_text())
    check(f"{title}: status", status, run.info.status)
    check(f"{title}: name", folder.name, run.info.run_name)
    settings = {key.replace("[", ".").replace("]", ""): v for key, v in provenance["config"].items()}
    check(f"{title}: parameters that differ", 0, len(settings.items() ^ run.data.params.items()))
    for key in ("seed", "backbone_sha256", "data_sha256", "git_commit"):
        check(f"{title}: tag {key}", str(provenance[key]), run.data.tags[f"trimtab.{key}"])
    expected, twice, wrong = logged(folder), 0, 0
    for key in sorted({key for key, _ in expected}):
        history = client.get_metric_history(identity, key)
        found = {metric.step: metric.value for metric in history}
        twice += len(history) - len(found)
        wrong += sum(
            not (step in found and (found[step] == value or math.isnan(found[step]) and math.isnan(value)))
            for (name, step), value in expected.items()
            if name == key
        )
    steps = len(client.get_metric_history(identity, "train/loss"))
    check(f"{title}: of {len(expected)} logged values differ", 0, wrong)
    check(f"{title}: steps that are there twice", 0, twice)
    result = json.loads((folder / "result.json").read_text())
    check(f"{title}: steps with a loss", result["steps"], steps)
    check(f"{title}: score", result["score"], run.data.metrics["result/score"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trimtab", default=str(ROOT / "trimtab"), help="the launcher")
    parser.add_argument("--table", help="writes the table into this file")
    options = parser.parse_args()
    launcher = shlex.split(options.trimtab)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="check-mlflow-"))
    process, uri = server(folder)
    try:
        runs = folder / "runs"
        client = MlflowClient(uri)
        tracker = f"trackers=[{{type: tensorboard}}, {{type: mlflow, uri: '{uri}', experiment: check}}]"

        def trimtab(*words, code=0):
            done = subprocess.run([*launcher, *words], cwd=ROOT, capture_output=True, text=True)
            if done.returncode != code:
                sys.exit(f"{words}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
            return done

        trimtab(*arguments(runs, "whole", tracker, "train.epochs=2"))
        (whole,) = [run for run in (runs / "whole").iterdir() if run.is_dir()]
        compare("a run", client, whole, "FINISHED")

        words = arguments(runs, "killed", tracker, "train.epochs=6", "checkpoint={steps: 1}")
        killed = subprocess.Popen(
            [*launcher, *words], cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True
        )
        trial = None
        for _ in range(1200):
            time.sleep(0.25)
            trial = next((t for t in (runs / "killed").glob("*") if t.is_dir()), None)
            if trial and (trial / "mlflow.json").exists():
                identity = json.loads((trial / "mlflow.json").read_text())["mlflow_run_id"]
                if len(client.get_metric_history(identity, "train/loss")) >= 3:
                    break
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
        check("killed: status", "RUNNING", client.get_run(identity).info.status)
        trimtab("resume", str(trial))
        compare("killed and resumed", client, trial, "FINISHED")

        (folder / "pair.yaml").write_text(
            "methods: [head-only, bitfit]\ntasks: [sentiment]\n"
            "set: {train.epochs: '1', data.few_shot.examples: '64', train.batch: '16',\n"
            f"  trackers: \"{tracker.removeprefix('trackers=')}\"}}\n"
        )
        trimtab("sweep", "run", str(folder / "pair.yaml"), "--runs", str(runs), "--workers", "1")
        experiment = client.get_experiment_by_name("check").experiment_id
        found = client.search_runs([experiment], "tags.`trimtab.sweep` = 'pair'")
        check("a sweep: its runs", 2, len(found))
        methods = sorted(run.data.tags["trimtab.method"] for run in found)
        check("a sweep: their methods", ["bitfit", "head-only"], methods)
        check("a sweep: their status", ["FINISHED"] * 2, [run.info.status for run in found])
    finally:
        os.killpg(process.pid, signal.SIGTERM)
    refused = subprocess.run(
        [*launcher, *arguments(runs, "none", tracker)], cwd=ROOT, capture_output=True, text=True
    )
    check("no server: exit code", 2, refused.returncode)
    shutil.rmtree(folder)
    if options.table:
        write(pathlib.Path(options.table), refused.stderr.strip().replace(uri, "http://127.0.0.1:5000"))
    sys.exit(0 if all(row[3] for row in rows) else 1)


def write(path, refusal):
    text = "# Runs tracked by MLflow\n\n"
    text += "What a run's folder says, and what MLflow's own client finds at the server. Made by "
    text += f"`python docs/check-mlflow.py --table {path}` (mlflow {mlflow.__version__}, a server on the "
    text += "loopback address over SQLite): a short run of `configs/quickstart.yaml`; one that is killed "
    text += "(`kill -9`) once three steps are at the server, and resumed; a sweep of two trials.\n\n"
    text += "| | folder | MLflow |\n|---|---|---|\n"
    for what, expected, found, same in rows:
        text += f"| {what} | {expected} | {found}{'' if same else ' **differs**'} |\n"
    text += f"\nWithout a server a run is refused before it begins: `{refusal}`\n"
    path.write_text(text, encoding="utf-8")


main()
