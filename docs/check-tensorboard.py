"""Reads a run's event files with TensorBoard's own reader and compares them with metrics.jsonl.

    python -m venv env && env/bin/pip install tensorboard
    env/bin/python docs/check-tensorboard.py RUN

Exits with 1 if a value differs. A check only: Trimtab itself needs no Python.
"""
import json
import math
import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def expected(run):
    """The last value of each tag and step that metrics.jsonl has."""
    values = {}
    for line in (run / "metrics.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        for key in ("loss", "gradient_norm", "lr"):
            if key in entry:
                values[f"train/{key}", entry["step"]] = entry[key]
        for name, value in entry.get("metrics", {}).items():
            values[f"dev/{name}", entry["step"]] = math.nan if value is None else value
    return values


def main():
    run = pathlib.Path(sys.argv[1])
    events = EventAccumulator(str(run / "tensorboard"), size_guidance={"scalars": 0})
    events.Reload()
    found = {}
    for tag in events.Tags()["scalars"]:
        steps = [event.step for event in events.Scalars(tag)]
        if steps != sorted(set(steps)):
            sys.exit(f"{tag}: steps are not in order, or twice: {steps}")
        found.update({(tag, event.step): event.value for event in events.Scalars(tag)})
    wrong = [
        (key, value, found.get(key))
        for key, value in expected(run).items()
        if key not in found
        or not (math.isclose(found[key], value, rel_tol=1e-6) or math.isnan(value) and math.isnan(found[key]))
    ]
    print(f"{len(found)} values in the event files, {len(expected(run))} in metrics.jsonl, {len(wrong)} differ")
    for entry in wrong[:10]:
        print(*entry)
    sys.exit(1 if wrong or not found else 0)


main()
