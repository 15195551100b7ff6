"""Checks adapters against the real Hugging Face PEFT, in both directions.

    python -m venv env && env/bin/pip install -r docs/check-peft-requirements.txt
    env/bin/python docs/check-peft.py --table docs/results/peft.md

Makes a tiny BERT and a tiny RoBERTa whose every weight is random. For each method and family:
PEFT saves an adapter with random values, Trimtab predicts with it; Trimtab trains and exports one,
PEFT loads it. Compared are the log-probabilities of the classes, which are the logits but for a
constant. Exits with 1 if one differs by more than the tolerance. A check only: Trimtab itself needs
no Python.
"""
import argparse
import json
import math
import pathlib
import random
import shlex
import subprocess
import sys
import tempfile
import warnings

import peft
import tokenizers
import torch
import transformers
from peft import IA3Config, LNTuningConfig, LoraConfig, PeftModel, PrefixTuningConfig
from peft import PromptEncoderConfig, PromptTuningConfig, get_peft_model

CLASSES = 3
WORDS = 116
TOLERANCE = 1e-5
SPECIAL = {
    "bert": ["[PAD]", "[UNK]", "[CLS]", "[SEP]"],
    "roberta": ["<s>", "<pad>", "</s>", "<unk>"],
}
PROMPT = {"num_virtual_tokens": 5}
LORA = {"r": 4, "lora_alpha": 6}

# What PEFT saves: a configuration for each method.
THEIRS = {
    "prompt": lambda: PromptTuningConfig(**PROMPT),
    "p-tuning, MLP": lambda: PromptEncoderConfig(**PROMPT, encoder_hidden_size=24),
    "p-tuning, LSTM": lambda: PromptEncoderConfig(
        **PROMPT, encoder_hidden_size=24, encoder_reparameterization_type="LSTM"),
    "prefix": lambda: PrefixTuningConfig(**PROMPT),
    "prefix, MLP": lambda: PrefixTuningConfig(
        **PROMPT, encoder_hidden_size=24, prefix_projection=True),
    "LoRA": lambda: LoraConfig(**LORA),
    "LoRA, rank-stabilised": lambda: LoraConfig(**LORA, use_rslora=True),
    "DoRA": lambda: LoraConfig(**LORA, use_dora=True),
    "LoRA, one layer": lambda: LoraConfig(**LORA, layers_to_transform=[1]),
    "LoRA, ranks and alphas": lambda: LoraConfig(
        **LORA, rank_pattern={"layer.0.attention.self.query": 2},
        alpha_pattern={"layer.1.attention.self.value": 5}),
    "LoRA, every layer": lambda: LoraConfig(
        **LORA, target_modules=["query", "key", "value", "intermediate.dense", "output.dense"]),
    "LoRA, a pattern": lambda: LoraConfig(
        **LORA, target_modules=r".*layer\.[01]\.output\.dense"),
    "LoRA, exclusions": lambda: LoraConfig(
        **LORA, target_modules=["query", "value"], exclude_modules=["layer.2.attention.self.value"]),
    "LoRA, biases of targets": lambda: LoraConfig(**LORA, bias="lora_only"),
    "LoRA, all biases": lambda: LoraConfig(**LORA, bias="all"),
    "IA3": lambda: IA3Config(),
    "LayerNorm": lambda: LNTuningConfig(target_modules=["LayerNorm"]),
}

# What Trimtab trains: settings for each method.
FIRST = "place: first"
OURS = {
    "prompt": f"{{type: prompt, length: 5, {FIRST}}}",
    "residual prompt, folded": f"{{type: residual-prompt, length: 5, bottleneck: 8, {FIRST}}}",
    "p-tuning, MLP": f"{{type: p-tuning, length: 5, width: 8, {FIRST}}}",
    "p-tuning, LSTM": f"{{type: p-tuning, length: 5, width: 8, encoder: lstm, {FIRST}}}",
    "prefix":
        "{type: prefix, length: 5, reparameterization: none, shift_positions: true}",
    "prefix, MLP": "{type: prefix, length: 5, mid: 8, shift_positions: true}",
    "LoRA": "{type: lora, rank: 4, alpha: 6}",
    "LoRA, rank-stabilised": "{type: lora, rank: 4, alpha: 6, rank_stabilized: true}",
    "DoRA": "{type: lora, rank: 4, alpha: 6, dora: true}",
    "LoRA, one layer": "{type: lora, rank: 4, alpha: 6, layers: [1]}",
    "LoRA, ranks and alphas":
        "{type: lora, rank: 4, alpha: 6, rank_pattern: {layer.0.attention.self.query: 2},"
        " alpha_pattern: {layer.1.attention.self.value: 5}}",
    "LoRA, every layer":
        "{type: lora, rank: 4, alpha: 6,"
        " targets: [query, key, value, attention-out, ffn-up, ffn-down]}",
    "LoRA, a pattern":
        "{type: lora, rank: 4, alpha: 6,"
        " target_pattern: 'encoder\\.layer\\.[01]\\.output\\.dense'}",
    "LoRA, biases of targets": "{type: lora, rank: 4, alpha: 6, bias: lora-only}",
    "LoRA, all biases": "{type: lora, rank: 4, alpha: 6, bias: all}",
    "IA3": "{type: ia3, scaled: [key, value, attention-inner, ffn-inner]}",
    "IA3, the paper's": "{type: ia3}",
    "LayerNorm": "{type: layer-norm}",
}
HEADS = {
    "bert": "head: {type: linear, pooling: pooler-first}",
    "roberta": "head: {type: dense, pooling: first}",
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trimtab", default="./trimtab", help="the command (default: ./trimtab)")
    parser.add_argument("--work", help="a folder to keep all files in (default: a temporary one)")
    parser.add_argument("--table", help="a file for the table (default: none)")
    parser.add_argument("--only", default="", help="methods whose name has this")
    return parser.parse_args()


def randomise(model, deviation):
    """Every value that trains moves off its start; a gain stays near one."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.add_(torch.randn_like(parameter) * deviation)


def make_backbone(family, folder):
    """A tiny model, every weight random, with a tokenizer of words w0, w1 and so on."""
    torch.manual_seed(3)
    shape = {
        "vocab_size": WORDS + 4, "hidden_size": 32, "num_hidden_layers": 3, "num_labels": CLASSES,
        "num_attention_heads": 4, "intermediate_size": 64, "max_position_embeddings": 66,
        "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0,
    }
    if family == "bert":
        model = transformers.BertForSequenceClassification(transformers.BertConfig(**shape))
    else:
        config = transformers.RobertaConfig(
            **shape, type_vocab_size=1, pad_token_id=1, bos_token_id=0, eos_token_id=2)
        model = transformers.RobertaForSequenceClassification(config)
    randomise(model, 0.2)
    model.save_pretrained(folder)
    names = SPECIAL[family]
    cls, sep = (names[2], names[3]) if family == "bert" else (names[0], names[2])
    unknown = names[1] if family == "bert" else names[3]
    vocabulary = {word: i for i, word in enumerate(names + [f"w{i}" for i in range(WORDS)])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token=unknown))
    tokenizer.add_special_tokens(names)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single=f"{cls} $A {sep}", pair=f"{cls} $A {sep} $B:1 {sep}:1",
        special_tokens=[(cls, vocabulary[cls]), (sep, vocabulary[sep])])
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def make_task(folder):
    """Twelve texts of different lengths with random labels."""
    draw = random.Random(5)
    texts = [" ".join(f"w{draw.randrange(WORDS)}" for _ in range(draw.randint(1, 20)))
             for _ in range(12)]
    rows = "text\tlabel\n" + "".join(f"{t}\t{i % CLASSES}\n" for i, t in enumerate(texts))
    (folder / "rows.tsv").write_text(rows)
    (folder / "texts.txt").write_text("".join(t + "\n" for t in texts))
    (folder / "task.yaml").write_text("""\
task:
  type: tsv
  name: check
  directory: .
  train: {file: rows.tsv, header: true, text: text, label: label}
  dev: {file: rows.tsv, header: true, text: text, label: label}
  labels: [{value: 0, word: no}, {value: 1, word: yes}, {value: 2, word: maybe}]
  metrics: [accuracy]
  main_metric: accuracy
data: {maximum_length: 48}
train: {epochs: 3, batch: 4, lr: 2e-2, evaluation: {batch: 5}, keep: last}
""")
    return texts


def base(backbone):
    return transformers.AutoModelForSequenceClassification.from_pretrained(
        backbone, num_labels=CLASSES)


def theirs(model, backbone, texts):
    """PEFT's log-probabilities of the texts."""
    tokenizer = tokenizers.Tokenizer.from_file(str(backbone / "tokenizer.json"))
    padding = model.config.pad_token_id
    tokenizer.enable_padding(pad_id=padding)
    encoded = tokenizer.encode_batch(texts)
    model.eval()
    with torch.no_grad():
        logits = model(
            input_ids=torch.tensor([e.ids for e in encoded]),
            attention_mask=torch.tensor([e.attention_mask for e in encoded])).logits
    return logits.double().log_softmax(-1)


def ours(file):
    """The log-probabilities that Trimtab wrote."""
    lines = file.read_text().splitlines()
    return torch.tensor([json.loads(line)["scores"] for line in lines], dtype=torch.double).log()


def difference(expected, found):
    """As a share of the largest value, or of one."""
    return ((expected - found).abs().max() / max(1.0, expected.abs().max())).item()


class Failed(Exception):
    """A direction that can't be measured; its cell says nan."""


class Check:
    def __init__(self, work, command):
        self.work, self.command = work, shlex.split(command)
        self.texts = make_task(work)
        self.backbones = {f: make_backbone(f, work / f) for f in SPECIAL}

    def trimtab(self, *args):
        done = subprocess.run(
            [*self.command, *map(str, args)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"trimtab {' '.join(map(str, args))}\n{done.stderr}{done.stdout}")

    def experiment(self, folder, family, more):
        folder.mkdir(parents=True)
        file = folder / "experiment.yaml"
        file.write_text(
            f"extends: {self.work / 'task.yaml'}\n"
            f"backbone: {{type: huggingface, directory: {self.backbones[family]}"
            f"{', pooler: frozen' if family == 'bert' else ''}}}\n{more}\n")
        return file

    def to_ours(self, family, method, config):
        folder = self.work / family / "theirs" / method.replace(", ", "-")
        torch.manual_seed(11)
        config.task_type = "SEQ_CLS"
        model = get_peft_model(base(self.backbones[family]), config)
        randomise(model, 0.1)
        expected = theirs(model, self.backbones[family], self.texts)
        plain = theirs(base(self.backbones[family]), self.backbones[family], self.texts)
        if difference(expected, plain) < 1e-2:
            raise Failed("the adapter does nothing, and so the check proves nothing")
        file = self.experiment(folder, family, "adapter: adapter")
        model.save_pretrained(folder / "adapter")
        self.trimtab("predict", file, "--file", self.work / "texts.txt",
                     "--out", folder / "found.jsonl")
        return difference(expected, ours(folder / "found.jsonl"))

    def to_theirs(self, family, method, settings):
        folder = self.work / family / "ours" / method.replace(", ", "-")
        file = self.experiment(folder, family, f"method: {settings}\n{HEADS[family]}")
        self.trimtab("run", file, "--runs", folder / "runs")
        run = next((folder / "runs" / "experiment").iterdir())
        self.trimtab("export", "--format", "peft", run, folder / "adapter")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model = PeftModel.from_pretrained(base(self.backbones[family]), folder / "adapter")
        missing = [str(w.message) for w in caught if "missing" in str(w.message)]
        if missing:
            raise Failed(missing[0])
        found = theirs(model, self.backbones[family], self.texts)
        return difference(ours(run / "predictions.jsonl"), found)


def table(check, only):
    methods = [m for m in dict.fromkeys([*THEIRS, *OURS]) if only in m]
    rows = []
    for method in methods:
        cells = []
        for family in SPECIAL:
            for known, measure in ((THEIRS, check.to_ours), (OURS, check.to_theirs)):
                if method not in known:
                    cells.append(None)
                    continue
                made = known[method]
                try:
                    cells.append(measure(family, method, made() if callable(made) else made))
                except Failed as failure:
                    print(f"{family}, {method}: {failure}", file=sys.stderr)
                    cells.append(math.nan)
        rows.append((method, cells))
        print(line(method, cells), flush=True)
    return rows


def line(method, cells):
    return f"| {method} | " + " | ".join("" if c is None else f"{c:.0e}" for c in cells) + " |"


def main():
    told = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(told.work or temporary).resolve()
        work.mkdir(parents=True, exist_ok=True)
        rows = table(Check(work, told.trimtab), told.only)
    text = (
        "| method | BERT, PEFT to Trimtab | BERT, Trimtab to PEFT"
        " | RoBERTa, PEFT to Trimtab | RoBERTa, Trimtab to PEFT |\n|---|---|---|---|---|\n"
        + "".join(line(*row) + "\n" for row in rows))
    if told.table:
        versions = (f"peft {peft.__version__}, transformers {transformers.__version__},"
                    f" torch {torch.__version__.split('+')[0]}")
        pathlib.Path(told.table).write_text(HEAD.format(versions=versions) + text)
    wrong = [row[0] for row in rows if any(c is not None and not c <= TOLERANCE for c in row[1])]
    if wrong:
        sys.exit(f"differ by more than {TOLERANCE:g}: {'; '.join(wrong)}")


HEAD = """\
# Adapters of Hugging Face PEFT, both ways

The largest difference of the classes' log-probabilities over twelve texts, as a share of the largest (or of 1); allowed is 1e-5. An empty cell: only the other direction has such a configuration. Made by `python docs/check-peft.py --table docs/results/peft.md` ({versions}): a tiny BERT and a tiny RoBERTa with random weights; PEFT's adapters have random values, Trimtab's are trained for three epochs.

"""

if __name__ == "__main__":
    main()
