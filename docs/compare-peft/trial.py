"""One trial of Hugging Face PEFT as its users write it, and prints one line of JSON.

Trainer, dynamic padding, an evaluation after every epoch.
"""
import argparse
import csv
import json
import os
import tempfile

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--model", required=True, help="a folder in Hugging Face's layout")
parser.add_argument("--data", required=True, help="the folder that holds glue/")
parser.add_argument("--task", required=True, choices=["RTE", "CoLA"])
parser.add_argument("--method", default="prompt")
parser.add_argument("--tokens", type=int, default=20)
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--lr", type=float, default=3e-3)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--limit", type=int, help="only so many examples of train and dev")
parser.add_argument("--score", action="store_true",
                    help="scores all of dev in the end, whatever --limit says")
parser.add_argument("--bucket", action="store_true", help="batches of similar length")
parser.add_argument("--threads", type=int, default=os.cpu_count())
told = parser.parse_args()
os.environ.update(OMP_NUM_THREADS=str(told.threads), HF_HUB_OFFLINE="1",
                  TOKENIZERS_PARALLELISM="false", CUDA_VISIBLE_DEVICES="")

import numpy
import peer
import torch
import transformers
from sklearn.metrics import accuracy_score, matthews_corrcoef

LONGEST = 128
transformers.utils.logging.set_verbosity_error()
torch.set_num_threads(told.threads)
transformers.set_seed(told.seed)


def rows(split):
    """Texts and labels of a file as the benchmark distributes it; CoLA's has no header."""
    file = os.path.join(told.data, "glue", told.task, split + ".tsv")
    with open(file, encoding="utf-8-sig") as lines:
        read = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if told.task == "CoLA":
        return [(row[3],) for row in read], [int(row[1]) for row in read]
    return ([(row[1], row[2]) for row in read[1:]],
            [int(row[3] == "not_entailment") for row in read[1:]])


tokenizer = transformers.AutoTokenizer.from_pretrained(told.model)


def examples(split, limit):
    texts, labels = (column[:limit] for column in rows(split))
    encoded = tokenizer(*map(list, zip(*texts)), truncation=True, max_length=LONGEST)
    return [{**{key: encoded[key][i] for key in encoded}, "labels": labels[i]}
            for i in range(len(labels))]


def metrics(output):
    logits, labels = output
    logits = logits[0] if isinstance(logits, tuple) else logits
    guess = numpy.argmax(logits, -1)
    score = matthews_corrcoef if told.task == "CoLA" else accuracy_score
    return {"main": score(labels, guess)}


model = peer.tune(peer.load(told.model, 2), told.method, told.tokens)
with tempfile.TemporaryDirectory() as scratch:
    more = {"train_sampling_strategy": "group_by_length"} if told.bucket else {}
    trainer = transformers.Trainer(
        model=model, processing_class=tokenizer, train_dataset=examples("train", told.limit),
        eval_dataset=examples("dev", told.limit),
        data_collator=transformers.DataCollatorWithPadding(tokenizer), compute_metrics=metrics,
        args=transformers.TrainingArguments(
            scratch, num_train_epochs=told.epochs, per_device_train_batch_size=told.batch,
            per_device_eval_batch_size=64, learning_rate=told.lr, warmup_steps=0.06,
            lr_scheduler_type="linear", weight_decay=0.01, eval_strategy="epoch",
            save_strategy="no", logging_strategy="no", report_to="none", seed=told.seed,
            use_cpu=True, disable_tqdm=True, label_names=["labels"], **more))
    trainer.train()
    if told.score:
        trainer.evaluate(examples("dev", None), metric_key_prefix="whole")
scores = [entry["eval_main"] for entry in trainer.state.log_history if "eval_main" in entry]
print(json.dumps({"examples": len(trainer.train_dataset), "best": max(scores)}))
