"""Checks adapters against the real Hugging Face PEFT, in both directions.

    python -m venv env && env/bin/pip install -r docs/check-peft-requirements.txt
    env/bin/python docs/check-peft.py --table docs/results/peft.md

Makes a tiny BERT and a tiny RoBERTa whose every weight is random. For each method and family:
PEFT saves an adapter with random values, Trimtab predicts with it; Trimtab trains and exports one,
PEFT loads it. Compared are the log-probabilities of the classes, which are the logits but for a
constant. Exits with 1 if one differs by more than the tolerance. A check only: Trimtab itself needs
no Python.
"""
import warnings

import checks
import peft
import torch
import transformers
from checks import CLASSES, Failed, Workbench, difference, randomise, theirs
from peft import IA3Config, LNTuningConfig, LoraConfig, PeftModel, PrefixTuningConfig
from peft import PromptEncoderConfig, PromptTuningConfig, get_peft_model

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


def base(backbone):
    return transformers.AutoModelForSequenceClassification.from_pretrained(
        backbone, num_labels=CLASSES)


class Check(Workbench):
    def to_ours(self, family, method, made):
        config = made()
        folder = self.folder(family, "theirs", method)
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
        return difference(expected, self.predicted(folder, file))

    def to_theirs(self, family, method, settings):
        folder = self.folder(family, "ours", method)
        file = self.experiment(folder, family, f"method: {settings}\n{HEADS[family]}")
        run = self.exported(folder, file, "peft")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model = PeftModel.from_pretrained(base(self.backbones[family]), folder / "adapter")
        missing = [str(w.message) for w in caught if "missing" in str(w.message)]
        if missing:
            raise Failed(missing[0])
        found = theirs(model, self.backbones[family], self.texts)
        return difference(checks.ours(run / "predictions.jsonl"), found)


def measures(work, command):
    bench = Check(work, command)
    return (THEIRS, bench.to_ours), (OURS, bench.to_theirs)


VERSIONS = (f"peft {peft.__version__}, transformers {transformers.__version__},"
            f" torch {torch.__version__.split('+')[0]}")
TEXT = f"""\
# Adapters of Hugging Face PEFT, both ways

The largest difference of the classes' log-probabilities over twelve texts, as a share of the largest (or of 1); allowed is 1e-5. An empty cell: only the other direction has such a configuration. Made by `python docs/check-peft.py --table docs/results/peft.md` ({VERSIONS}): a tiny BERT and a tiny RoBERTa with random weights; PEFT's adapters have random values, Trimtab's are trained for three epochs.

"""

if __name__ == "__main__":
    checks.check(__doc__.splitlines()[0], "PEFT", measures, TEXT)
