"""Times training steps of Hugging Face PEFT on the CPU, and prints one line of JSON.

A step is forward, backward, clipping by the global norm, AdamW and zero_grad on one fixed batch of
random tokens without padding.
"""
import argparse
import json
import os
import statistics
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", required=True, help="a folder in Hugging Face's layout")
parser.add_argument("--method", default="prompt")
parser.add_argument("--pooling", default="published")
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--length", type=int, default=64, help="tokens of each text")
parser.add_argument("--tokens", type=int, default=20, help="of the prompt or prefix")
parser.add_argument("--dropout", type=float, default=0.1, help="the backbone's")
parser.add_argument("--autocast", action="store_true", help="in bf16")
parser.add_argument("--forward", action="store_true", help="passes without gradients, no steps")
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--steps", type=int, default=30)
parser.add_argument("--warmup", type=int, default=5)
told = parser.parse_args()
os.environ.update(OMP_NUM_THREADS=str(told.threads), HF_HUB_OFFLINE="1")

import peer
import torch
import transformers

transformers.utils.logging.set_verbosity_error()
torch.set_num_threads(told.threads)
torch.manual_seed(1)


def milliseconds(call):
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e3


def peak():
    """GFLOP/s of a matrix product of the size that ours has beside its steps."""
    size = 1536
    left, right = torch.rand(size, size), torch.rand(size, size)
    with torch.no_grad():
        return 2e-6 * size ** 3 / min(milliseconds(lambda: left @ right) for _ in range(10))


model = peer.tune(
    peer.load(told.model, 2, told.pooling, told.dropout,
              told.tokens if told.method == "prompt" else 0),
    told.method, told.tokens)
model.train()
trained = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(trained, lr=1e-4)
batch = {
    "input_ids": torch.randint(1000, 20000, (told.batch, told.length)),
    "attention_mask": torch.ones(told.batch, told.length, dtype=torch.long),
    "labels": torch.arange(told.batch) % 2,
}


def loss():
    with torch.autocast("cpu", torch.bfloat16, enabled=told.autocast):
        return model(**batch).loss


def step():
    loss().backward()
    torch.nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()
    optimizer.zero_grad()


def forward():
    with torch.no_grad():
        loss()


before = peak()
call = forward if told.forward else step
times = [milliseconds(call) for _ in range(told.warmup + told.steps)][told.warmup:]
print(json.dumps({
    "milliseconds": statistics.median(times), "all": times,
    "trained": sum(p.numel() for p in trained), "gflops": max(before, peak()),
}))
