"""Scores a classifier of `trimtab export --format onnx` on a table, with ONNX Runtime alone.

    python -m venv env && env/bin/pip install numpy onnxruntime tokenizers
    env/bin/python docs/score-onnx.py TOKENIZER.json DEV.tsv FILE.onnx [FILE.onnx ...]

The table has a header, a text in its first column and the label, or its number, in its last. Prints accuracy and
time of each file, and how often it says what the first file says. With `--one` each text is a batch
of its own.
"""
import csv
import json
import sys
import time

import numpy as np
import onnxruntime
import tokenizers


def batches(texts, size):
    """Texts of about one length together, padded to the longest."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i].ids))
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        width = max(len(texts[i].ids) for i in rows)
        ids, mask, types = (np.zeros((len(rows), width), np.int64) for _ in range(3))
        for row, i in enumerate(rows):
            length = len(texts[i].ids)
            ids[row, :length] = texts[i].ids
            types[row, :length] = texts[i].type_ids
            mask[row, :length] = 1
        yield rows, {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}


def main():
    one = "--one" in sys.argv
    tokenizer_file, table, *files = [a for a in sys.argv[1:] if a != "--one"]
    tokenizer = tokenizers.Tokenizer.from_file(tokenizer_file)
    tokenizer.no_padding()
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    first = None
    for file in files:
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        metadata = session.get_modelmeta().custom_metadata_map
        labels = json.loads(metadata["labels"])
        tokenizer.enable_truncation(int(metadata["longestText"]))
        texts = [tokenizer.encode(row[0]) for row in rows]
        predicted = [-1] * len(rows)
        seconds = 0.0
        for members, inputs in batches(texts, 1 if one else 32):
            start = time.perf_counter()
            (logits,) = session.run(["logits"], inputs)
            seconds += time.perf_counter() - start
            for i, best in zip(members, logits.argmax(1)):
                predicted[i] = best
        right = sum(row[-1] in (labels[p], str(p)) for p, row in zip(predicted, rows))
        first = first or predicted
        same = sum(a == b for a, b in zip(first, predicted))
        print(
            f"{file}: accuracy {right / len(rows):.4f} ({right} of {len(rows)}),"
            f" as the first file {same}, {seconds:.2f} s"
        )


if __name__ == "__main__":
    main()
