"""Compares every tensor of GGUF files, as Trimtab reads it, with what the package gguf makes of it.

    python -m venv env && env/bin/pip install gguf
    ./trimtab --version
    env/bin/python docs/check-gguf.py [FILE.gguf ...]

Without a file: a small Llama that is made here, with tensors of every type that is read, their
blocks of random bytes. Trimtab's values come of docs/GgufTensors.java, which runs as it stands over
the class path that the launcher built (--classpath: another one). llama.cpp's order of the rows of
queries and keys is undone here once more, by reshaping. Values must be the same to the bit, or NaN
in both. Exits with 1 if any differs. A check only: Trimtab itself needs no Python.
"""
import argparse
import pathlib
import struct
import subprocess
import sys
import tempfile

import gguf
import numpy as np

HOME = pathlib.Path(__file__).resolve().parent
NAMES = {
    "token_embd": "embed_tokens", "output_norm": "norm", "output": "lm_head",
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
TYPES = ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q4_K", "Q6_K"]
WIDTH, HEADS, KEY_HEADS, FFN, WORDS = 256, 4, 2, 512, 24


def canonical(name):
    parts = name.split(".")
    if parts[0] == "blk":
        return ".".join(["layers", parts[1], NAMES[parts[2]], parts[3]])
    return ".".join([NAMES[parts[0]], parts[1]])


def expected(reader, tensor):
    """The values (out, in), with the halves of each head one behind the other."""
    values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
    values = values.astype(np.float32).reshape([int(axis) for axis in tensor.shape[::-1]])
    heads = reader.fields["llama.attention.head_count"].contents()
    if ".attn_k." in tensor.name and "llama.attention.head_count_kv" in reader.fields:
        heads = reader.fields["llama.attention.head_count_kv"].contents()
    if ".attn_q." in tensor.name or ".attn_k." in tensor.name:
        halves = values.reshape(heads, -1, 2, *values.shape[1:]).swapaxes(1, 2)
        values = halves.reshape(values.shape)
    return values


def ours(file, classpath):
    """Pairs of name and values, one tensor at a time."""
    source = str(HOME / "GgufTensors.java")
    command = ["java", "-cp", classpath, source, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        while size := process.stdout.read(2):
            name = process.stdout.read(struct.unpack(">H", size)[0]).decode()
            (count,) = struct.unpack(">Q", process.stdout.read(8))
            yield name, np.frombuffer(process.stdout.read(4 * count), "<f4")
    assert process.returncode == 0, f"java ended with {process.returncode}"


def check(file, classpath):
    reader = gguf.GGUFReader(file)
    tensors = {canonical(t.name): t for t in reader.tensors if t.name != "rope_freqs.weight"}
    seen, different = {}, []
    for name, values in ours(file, classpath):
        tensor = tensors.pop(name)
        kind = tensor.tensor_type.name
        seen[kind] = seen.get(kind, 0) + 1
        with np.errstate(all="ignore"):
            wanted = expected(reader, tensor).reshape(-1)
        if not np.array_equal(values, wanted, equal_nan=True):
            different.append(f"{name} ({kind})")
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(seen.items()))
    print(f"{file}: {told}: {'DIFFERENT ' + ', '.join(different) if different else 'the same'}")
    assert not tensors, f"not read: {sorted(tensors)}"
    assert not different


def matrix(writer, generator, name, kind, rows, columns):
    """Random bytes; where they are whole floats, random floats."""
    block, size = gguf.GGML_QUANT_SIZES[kind]
    data = generator.integers(0, 256, (rows, columns // block * size), np.uint8)
    if kind == gguf.GGMLQuantizationType.F32:
        data = generator.standard_normal((rows, columns), np.float32)
    elif kind == gguf.GGMLQuantizationType.F16:
        data = data.view(np.float16)
    writer.add_tensor(name, data, raw_dtype=kind)


def make(file):
    """A layer for each type."""
    generator = np.random.default_rng(1)
    writer = gguf.GGUFWriter(file, "llama")
    writer.add_block_count(len(TYPES))
    writer.add_embedding_length(WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEY_HEADS)
    keys = WIDTH // HEADS * KEY_HEADS
    norm = np.ones(WIDTH, np.float32)
    writer.add_tensor("output_norm.weight", norm)
    kinds = [gguf.GGMLQuantizationType[name] for name in TYPES]
    matrix(writer, generator, "token_embd.weight", kinds[-1], WORDS, WIDTH)
    for layer, kind in enumerate(kinds):
        shapes = {
            "attn_q": (WIDTH, WIDTH), "attn_k": (keys, WIDTH), "attn_v": (keys, WIDTH),
            "attn_output": (WIDTH, WIDTH), "ffn_gate": (FFN, WIDTH), "ffn_up": (FFN, WIDTH),
            "ffn_down": (WIDTH, FFN),
        }
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", norm)
        for name, (rows, columns) in shapes.items():
            matrix(writer, generator, f"blk.{layer}.{name}.weight", kind, rows, columns)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE.gguf")
    parser.add_argument("--classpath", help="Trimtab's jars (default: those that were built)")
    given = parser.parse_args()
    built = HOME.parent / "experiments" / "target" / "classpath"
    classpath = given.classpath or built.read_text().strip()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        own = pathlib.Path(folder) / "every-type.gguf"
        if not given.files:
            make(own)
        for file in given.files or [own]:
            try:
                check(file, classpath)
            except AssertionError as e:
                failed = 1
                print(f"{file}: WRONG {e}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
