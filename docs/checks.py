"""What the checks of adapters against other libraries have in common: check-peft, check-adapters.

Tiny backbones whose every weight is random, a task of twelve texts, Trimtab as a command, and the
table of the largest differences.
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

import tokenizers
import torch
import transformers

CLASSES = 3
WORDS = 116
TOLERANCE = 1e-5
SPECIAL = {
    "bert": ["[PAD]", "[UNK]", "[CLS]", "[SEP]"],
    "roberta": ["<s>", "<pad>", "</s>", "<unk>"],
}


class Failed(Exception):
    """A direction that can't be measured; its cell says nan."""


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
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
    """Twelve texts of different lengths with random labels; one batch holds them all."""
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
train: {epochs: 3, batch: 4, lr: 2e-2, evaluation: {batch: 12}, keep: last}
""")
    return texts


def theirs(model, backbone, texts):
    """The other library's log-probabilities of the texts."""
    tokenizer = tokenizers.Tokenizer.from_file(str(backbone / "tokenizer.json"))
    tokenizer.enable_padding(pad_id=model.config.pad_token_id)
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


class Without(Exception):
    """A direction that there can't be; its cell stays empty."""


class Workbench:
    """A folder with the backbones, the task, and Trimtab's files."""

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

    def folder(self, family, side, method):
        return self.work / family / side / method.replace(", ", "-").replace(" ", "-")

    def predicted(self, folder, file):
        """What Trimtab predicts of the texts with the adapter that `file` names."""
        self.trimtab("predict", file, "--file", self.work / "texts.txt",
                     "--out", folder / "found.jsonl")
        return ours(folder / "found.jsonl")

    def exported(self, folder, file, kind):
        """A run of `file`, written as `kind` into a folder `adapter`."""
        self.trimtab("run", file, "--runs", folder / "runs")
        run = next((folder / "runs" / "experiment").iterdir())
        self.trimtab("export", "--format", kind, run, folder / "adapter")
        return run


def line(method, cells):
    return f"| {method} | " + " | ".join("" if c is None else f"{c:.0e}" for c in cells) + " |"


def rows(known, only):
    """A row of cells a method; `known` has, by direction, methods and what measures one."""
    methods = [m for m in dict.fromkeys(m for made, _ in known for m in made) if only in m]
    for method in methods:
        cells = []
        for family in SPECIAL:
            for made, measure in known:
                if method not in made:
                    cells.append(None)
                    continue
                try:
                    cells.append(measure(family, method, made[method]))
                except Without as reason:
                    print(f"{family}, {method}: {reason}", file=sys.stderr)
                    cells.append(None)
                except Failed as failure:
                    print(f"{family}, {method}: {failure}", file=sys.stderr)
                    cells.append(math.nan)
        print(line(method, cells), flush=True)
        yield method, cells


def check(description, library, measures, head):
    """Measures, writes the table, and exits with 1 where something differs.

    `measures(work, command)` gives, for each direction, methods and what measures one.
    """
    told = arguments(description)
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(told.work or temporary).resolve()
        work.mkdir(parents=True, exist_ok=True)
        measured = list(rows(measures(work, told.trimtab), told.only))
    if told.table:
        columns = [f"{name}, {way}" for name in ("BERT", "RoBERTa")
                   for way in (f"{library} to Trimtab", f"Trimtab to {library}")]
        text = f"| method | {' | '.join(columns)} |\n" + "|---" * 5 + "|\n"
        text += "".join(line(*row) + "\n" for row in measured)
        pathlib.Path(told.table).write_text(head + text)
    wrong = [m for m, cells in measured if any(c is not None and not c <= TOLERANCE for c in cells)]
    if wrong:
        sys.exit(f"differ by more than {TOLERANCE:g}: {'; '.join(wrong)}")
