"""Checks a file of `trimtab export --format onnx` with ONNX's own checker, and runs it.

    python -m venv env && env/bin/pip install onnx onnxruntime
    env/bin/python docs/check-onnx.py FILE.onnx [FILE.onnx ...]

Of each file: the checker in full, with the inference of every shape; every name once; then ONNX
Runtime on random tokens, where a text must get the same outputs alone and padded among others (not
with weights of 8 bits, whose rounding looks at the whole batch: there the difference is only said).
Prints what the file says of itself. Exits with 1 if anything is wrong. A check only: Trimtab itself needs no Python.
"""
import json
import pathlib
import struct
import sys

import numpy as np
import onnx
import onnxruntime

TYPES = {
    "tensor(int64)": np.int64,
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
}
ALLOWED = 1e-5


def adapter(file):
    """The tensors of FILE.adapter.safetensors, where there is one."""
    path = pathlib.Path(f"{file}.adapter.safetensors")
    if not path.exists():
        return {}
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            dtype = {"F32": "<f4", "F64": "<f8"}[entry["dtype"]]
            tensors[name] = np.frombuffer(data[begin:end], dtype).reshape(entry["shape"])
    return tensors


def require_names(graph):
    """Every node, and every value, has a name of its own."""
    nodes = [node.name for node in graph.node]
    values = [output for node in graph.node for output in node.output]
    values += [tensor.name for tensor in graph.initializer] + [i.name for i in graph.input]
    for names in (nodes, values):
        assert all(names) and len(set(names)) == len(names), "a name is missing or stands twice"


def batch(session, lengths, width, seed=0):
    """Texts of random tokens, each the same in every batch, padded to a width."""
    rows = len(lengths)
    given = {}
    for entry in session.get_inputs():
        name, dtype = entry.name, TYPES[entry.type]
        if name in ("input_ids", "attention_mask", "token_type_ids"):
            given[name] = np.zeros((rows, width), dtype)
            for row, length in enumerate(lengths):
                ids = np.random.default_rng(seed + length).integers(5, 90, length)
                ones = {"input_ids": ids, "attention_mask": 1, "token_type_ids": 0}
                given[name][row, :length] = ones[name]
        elif name == "spans":
            given[name] = np.zeros((rows, entry.shape[1], width), dtype)
            given[name][:, :, 1] = 1
        elif name.startswith("feature."):
            given[name] = np.ones((rows, 1, entry.shape[2]), dtype)
    return given


def check(file):
    onnx.checker.check_model(file, full_check=True)
    model = onnx.load(file)
    require_names(model.graph)
    inferred = onnx.shape_inference.infer_shapes(
        onnx.load(file, load_external_data=False), strict_mode=True, data_prop=True
    )
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    about = session.get_modelmeta()
    metadata = about.custom_metadata_map
    beside = adapter(file)
    lengths = [3, 17, 9]
    together = run(session, batch(session, lengths, 20), beside)
    worst = 0.0
    for row, length in enumerate(lengths):
        alone = run(session, batch(session, [length], length), beside)
        for name, values in together.items():
            scale = np.abs(values).max()
            worst = max(worst, float(np.abs(values[row] - alone[name][0]).max() / scale))
    print(f"{file}: {about.description}")
    print(
        f"  {about.producer_name} {model.producer_version}, opset {model.opset_import[0].version},"
        f" {len(model.graph.node)} nodes, {len(model.graph.initializer)} initializers,"
        f" {len(inferred.graph.value_info)} inferred shapes"
    )
    tensors = [i for i in session.get_inputs() if i.name in beside]
    for entry in [i for i in session.get_inputs() if i.name not in beside]:
        print(f"  input  {entry.name} {entry.type} {entry.shape}")
    if tensors:
        print(f"  input  {len(tensors)} tensors of the adapter, such as {tensors[0].name}")
    traces = [o.name for o in session.get_outputs() if o.name.startswith("trace.")]
    for entry in [o for o in session.get_outputs() if o.name not in traces]:
        print(f"  output {entry.name} {entry.type} {entry.shape}")
    if traces:
        print(f"  output {len(traces)} traces, such as {traces[0]}")
    print(f"  a text alone and among others: largest difference {worst:.1e} of the largest output")
    assert np.isfinite(worst), "no number"
    assert worst < ALLOWED or metadata.get("quantization") == "int8", f"more than {ALLOWED}"


def run(session, given, beside):
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {**given, **beside})))


def main():
    failed = 0
    for file in sys.argv[1:]:
        try:
            check(file)
        except Exception as e:  # the checker's errors have no type of their own
            failed = 1
            print(f"{file}: WRONG: {e}")
    sys.exit(failed if sys.argv[1:] else __doc__)


if __name__ == "__main__":
    main()
