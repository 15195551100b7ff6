"""Runs Trimtab and Hugging Face PEFT in turn and prints what their costs are as ratios.

Called by docs/compare-peft.sh, which makes the environment and builds Trimtab. Every measurement is
a process of its own with the same threads and OMP_WAIT_POLICY; in every second round theirs runs
first. A ratio is ours by theirs of one round; shown are the median over the rounds and the range.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent
TOKENS = 20
BATCH = 16
NO_DROPOUT = "backbone.dropout.hidden=0;backbone.dropout.attention=0"
FLAT = "method.reparameterization=none"
SWEEP = [(method, task, seed)
         for method in ("head", "prompt", "lora") for task in ("RTE", "CoLA") for seed in (1, 2)]


class Missing(Exception):
    """What can't be measured here; the row stays blank and says why."""


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table: what of ours is divided by what of theirs.

    `ours` and `theirs` each name a method of Bench and its arguments; `unit` names the field of
    what they give. Rows that share a measurement share its run.
    """
    group: str
    name: str
    title: str
    goal: float
    unit: str
    ours: tuple
    theirs: tuple
    bf16: bool = False


def step(group, method, length, goal, pooling="mean", dropout=0.0, bf16=False):
    """One training step at equal shapes; `published` is the peer's own class and dropout."""
    sets = {"prompt": "", "prefix": FLAT, "lora": "", "full": NO_DROPOUT}[method]
    published = pooling == "published"
    sets = ";".join(filter(None, [sets, "head.pooling=" + ("mean" if published else pooling)]))
    title = f"{method}, step, {length} tokens, " + (
        "PEFT as published" if published else "[CLS] pooling" if pooling == "cls" else "mean pooling")
    if method == "full":
        title = f"full fine-tuning, step, {length} tokens"
    if bf16:
        title = f"{method}, step in bf16-mixed against bf16 autocast, {length} tokens"
    return Row(
        group, f"{group}-{method}", title, goal, "ms",
        ("our_step", "step", method, length, sets, "bf16-mixed" if bf16 else "fp32"),
        ("their_step", False, method, length, pooling, dropout, bf16), bf16)


RUN = ("our_trial",)
PUBLISHED = ("their_trial", False)
ROWS = [
    *[step("steps-64", m, 64, 0.85) for m in ("prompt", "prefix", "lora")],
    *[step("steps-cls", m, 64, 0.75, pooling="cls") for m in ("prompt", "prefix", "lora")],
    *[step("steps-256", m, 256, 0.80) for m in ("prompt", "prefix", "lora")],
    *[step("published", m, 64, 0.60, pooling="published", dropout=0.1)
      for m in ("prompt", "prefix", "lora")],
    step("full", "full", 64, 0.90),
    Row("forward", "forward", "forward, no prompt, 64 tokens", None, "ms",
        ("our_step", "forward", "head-only", 64, "head.pooling=mean", "fp32"),
        ("their_step", True, "head", 64, "mean", 0.0, False)),
    Row("trial", "trial-published", "RTE trial against Trainer as published", 0.35, "s", RUN,
        PUBLISHED),
    Row("trial", "trial-bucketed", "RTE trial against Trainer with length buckets", 0.55, "s", RUN,
        ("their_trial", True)),
    Row("memory", "memory", "peak memory of that trial", 0.60, "MiB", RUN, PUBLISHED),
    Row("sweep", "sweep", "smoke sweep against scripts one after the other", 5, "trials/h",
        ("our_sweep",), ("their_sweep",)),
    step("bf16", "prompt", 64, 0.50, bf16=True),
]


class Bench:
    """Runs measurements; each gives its figures by their units."""

    def __init__(self, told):
        self.told = told
        self.model = pathlib.Path(told.model).resolve()
        self.java = shutil.which("java", path=os.path.join(
            os.environ["JAVA_HOME"], "bin") if os.environ.get("JAVA_HOME") else None)

    def run(self, command, **more):
        """The output of a process, its seconds and its peak memory in MiB."""
        environment = {
            **os.environ, "OMP_NUM_THREADS": str(self.told.threads),
            "OMP_WAIT_POLICY": self.told.wait, "OPT_OUT_TRACKING": "true", **more}
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.perf_counter()
            process = subprocess.Popen(
                list(map(str, command)), cwd=HOME, env=environment, stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            said, complained = (file.read().decode(errors="replace") for file in (out, err))
        if process.returncode != 0:
            last = (complained.strip() or said.strip() or "no output").splitlines()[-8:]
            raise Missing(f"{command[0]} ended with {process.returncode}: " + " / ".join(last))
        return said, seconds, usage.ru_maxrss / 1024

    def our_step(self, benchmark, method, length, sets, precision):
        with tempfile.TemporaryDirectory() as work:
            file = pathlib.Path(work, "result.json")
            parameters = {
                "method": method, "batch": BATCH, "length": length, "texts": "even",
                "precision": precision, "set": sets,
                "promptLength": TOKENS if method in ("prompt", "prefix") else "preset"}
            said, _, _ = self.run([
                self.java or "java", "-jar", HOME / "jmh/target/benchmarks.jar",
                rf"MethodBench\.{benchmark}$", "-bm", "ss", "-f", 1, "-wi", self.told.warmup,
                "-i", self.told.steps, "-foe", "true", "-rf", "json", "-rff", file,
                *[word for name, value in parameters.items() for word in ("-p", f"{name}={value}")]])
            results = json.loads(file.read_text()) if file.exists() else []
        if len(results) != 1:
            raise Missing("no result; " + " / ".join(said.splitlines()[-8:]))
        return {"ms": statistics.median(results[0]["primaryMetric"]["rawData"][0])}

    def peer(self, script, *arguments):
        said, seconds, memory = self.run(
            [sys.executable, HERE / script, "--model", self.model,
             "--threads", self.told.threads, *arguments])
        return json.loads(said.strip().splitlines()[-1]), seconds, memory

    def their_step(self, forward, method, length, pooling, dropout, autocast):
        made, _, _ = self.peer(
            "step.py", "--method", method, "--batch", BATCH, "--length", length, "--tokens",
            TOKENS, "--pooling", pooling, "--dropout", dropout, "--steps", self.told.steps,
            "--warmup", self.told.warmup, *(["--forward"] if forward else []),
            *(["--autocast"] if autocast else []))
        return {"ms": made["milliseconds"]}

    def data(self):
        if not self.told.data:
            raise Missing("needs --data DIR, the folder that holds glue/")
        return pathlib.Path(self.told.data).resolve()

    def fresh(self, *command):
        """Trimtab with an empty cache and no runs: nothing is there of an earlier round."""
        with tempfile.TemporaryDirectory() as work:
            return self.run(
                [HOME / "trimtab", *command, "--data", self.data(), "--runs", f"{work}/runs"],
                TRIMTAB_CACHE=f"{work}/cache")

    def our_trial(self):
        _, seconds, memory = self.fresh(
            "run", "rte", "prompt", "--set", "train.epochs=1", "--set", f"train.batch={BATCH}")
        return {"s": seconds, "MiB": memory}

    def their_trial(self, bucket):
        _, seconds, memory = self.peer(
            "trial.py", "--data", self.data(), "--task", "RTE", "--batch", BATCH, "--tokens",
            TOKENS, *(["--bucket"] if bucket else []))
        return {"s": seconds, "MiB": memory}

    def our_sweep(self):
        _, seconds, _ = self.fresh("sweep", "run", HOME / "configs/sweeps/smoke.yaml")
        return {"trials/h": len(SWEEP) * 3600 / seconds}

    def their_sweep(self):
        total = 0
        for method, task, seed in SWEEP:
            _, seconds, _ = self.peer(
                "trial.py", "--data", self.data(), "--task", task, "--method", method, "--seed",
                seed, "--epochs", 2, "--limit", 100, "--batch", 32 if method == "head" else 16,
                "--score")
            total += seconds
        return {"trials/h": len(SWEEP) * 3600 / total}


def processor():
    """Its name and what it has for bf16, as Linux tells."""
    lines = pathlib.Path("/proc/cpuinfo")
    text = lines.read_text() if lines.exists() else ""
    named = [line.split(":", 1)[1].strip() for line in text.splitlines()
             if line.startswith("model name")]
    flags = {flag for line in text.splitlines() if line.startswith("flags")
             for flag in line.split()}
    return (named or [platform.processor()])[0], flags & {"amx_bf16", "avx512_bf16"}


def measure(rows, bench, rounds):
    """By row: pairs of figures, and why one is missing."""
    pairs, reasons = {row.name: [] for row in rows}, {}
    for number in range(rounds):
        known = {}

        def figures(call):
            if call not in known:
                print(f"round {number + 1}: {' '.join(map(str, call))}", file=sys.stderr, flush=True)
                try:
                    known[call] = getattr(bench, call[0])(*call[1:])
                except Missing as reason:
                    known[call] = reason
            if isinstance(known[call], Missing):
                raise known[call]
            return known[call]

        for row in rows:
            try:
                if row.bf16 and not processor()[1]:
                    raise Missing("this processor has neither AMX nor AVX512-BF16")
                sides = [row.ours, row.theirs]
                found = {side: figures(side) for side in (sides[::-1] if number % 2 else sides)}
                pairs[row.name].append(tuple(found[side][row.unit] for side in sides))
            except Missing as reason:
                reasons[row.name] = str(reason)
    return pairs, reasons


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def table(rows, pairs):
    """Markdown."""
    lines = ["| row | what | ours | theirs | unit | ours / theirs | range | goal |",
             "|---|---|---|---|---|---|---|---|"]
    for row in rows:
        found = pairs[row.name]
        cells = [""] * 4
        if found:
            ratios = [ours / theirs for ours, theirs in found]
            cells = [number(statistics.median(side)) for side in zip(*found)]
            cells += [f"{statistics.median(ratios):.2f}", f"{min(ratios):.2f} to {max(ratios):.2f}"]
        lines.append(
            f"| {row.name} | {row.title} | {cells[0]} | {cells[1]} | {row.unit} | {cells[2]} | "
            f"{cells[3]} | {'' if row.goal is None else format(row.goal, '.2f')} |")
    return "\n".join(lines)


def versions():
    import importlib.metadata
    return ", ".join(f"{name} {importlib.metadata.version(name)}"
                     for name in ("torch", "transformers", "peft"))


def chosen(names):
    known = list(dict.fromkeys([row.group for row in ROWS] + [row.name for row in ROWS]))
    for name in names:
        if name not in known:
            sys.exit(f"--rows: no row of that name; found {name}; allowed {', '.join(known)}")
    return [row for row in ROWS if not names or row.group in names or row.name in names]


def arguments():
    parser = argparse.ArgumentParser(
        prog="docs/compare-peft.sh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--env", help="the folder of the Python environment, made where there is "
                        "none (default: ~/.trimtab/compare-peft)")
    parser.add_argument("--data", default=os.environ.get("TRIMTAB_DATA"), help="the folder that holds "
                        "glue/, for the rows trial, memory and sweep (default: TRIMTAB_DATA)")
    parser.add_argument("--rows", default="", help="only these groups or rows, separated by commas")
    parser.add_argument("--list", action="store_true", help="prints the rows and ends")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=30, help="of each measurement, after --warmup")
    parser.add_argument("--warmup", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--wait", default=os.environ.get("OMP_WAIT_POLICY", "PASSIVE"),
                        help="OMP_WAIT_POLICY of both")
    parser.add_argument("--table", help="a file for the table, too")
    parser.add_argument("--json", help="a file for every figure of every round")
    parser.add_argument("--model", required=True, help=argparse.SUPPRESS)
    told = parser.parse_args()
    for name in ("rounds", "steps", "warmup", "threads"):
        if getattr(told, name) < 1:
            parser.error(f"--{name}: found {getattr(told, name)}; allowed a whole number above 0")
    return told


def main():
    told = arguments()
    rows = chosen([name for name in told.rows.split(",") if name])
    if told.list:
        print("\n".join(f"{row.group:10} {row.name:16} {row.title}" for row in rows))
        return
    pairs, reasons = measure(rows, Bench(told), told.rounds)
    name, bf16 = processor()
    text = (
        f"{name}, {told.threads} threads, {'/'.join(sorted(bf16)) or 'no bf16 units'}, "
        f"OMP_WAIT_POLICY={told.wait}; MiniLM, batch {BATCH}, prompt {TOKENS}, {versions()}; "
        f"{told.rounds} rounds in turns, medians; a step is the median of {told.steps}\n\n"
        + table(rows, pairs) + "\n"
        + "".join(f"\n`{row}`: not measured: {why}\n" for row, why in reasons.items()))
    print(text)
    if told.table:
        pathlib.Path(told.table).write_text(text)
    if told.json:
        pathlib.Path(told.json).write_text(json.dumps({"pairs": pairs, "missing": reasons}))
    if any(not row.bf16 for row in rows if row.name in reasons):
        sys.exit(1)


main()
