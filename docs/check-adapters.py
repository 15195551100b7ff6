"""Checks adapters against the real adapters library (AdapterHub), in both directions.

    python -m venv env && env/bin/pip install -r docs/check-adapters-requirements.txt
    env/bin/python docs/check-adapters.py --table docs/results/adapters.md

Makes a tiny BERT and a tiny RoBERTa whose every weight is random. For each method and family:
the library saves an adapter with random values, Trimtab predicts with it; Trimtab trains and
exports one, the library loads it. Compared are the log-probabilities of the classes, which are the
logits but for a constant. Exits with 1 if one differs by more than the tolerance. A check only:
Trimtab itself needs no Python.
"""
import pathlib

import adapters
import checks
import torch
import transformers
from adapters import AutoAdapterModel, BnConfig, CompacterConfig, CompacterPlusPlusConfig
from adapters import ConfigUnion, DoubleSeqBnConfig, IA3Config, LoRAConfig, MAMConfig, ParBnConfig
from adapters import PrefixTuningConfig, PromptTuningConfig, SeqBnConfig, UniPELTConfig
from checks import CLASSES, Failed, Without, Workbench, difference, randomise, theirs
from safetensors.torch import save_file

NAME = "check"
SMALL = {"phm_dim": 2, "reduction_factor": 8}
PREFIX = {"prefix_length": 5, "bottleneck_size": 8}
PROMPT = {"prompt_length": 5}
LORA = {"r": 4, "alpha": 6}

# What the library saves: a configuration, and a head where it isn't its default of two layers.
POOLED = {"layers": 1, "use_pooler": True}
STATIC = "that of the model's class"
THEIRS = {
    "bottleneck, Pfeiffer": SeqBnConfig(reduction_factor=4),
    "bottleneck, Houlsby": DoubleSeqBnConfig(reduction_factor=4),
    "bottleneck, parallel": ParBnConfig(),
    "bottleneck, after attention": BnConfig(
        mh_adapter=True, output_adapter=False, reduction_factor=2, non_linearity="gelu",
        original_ln_before=True, scaling=0.5),
    "bottleneck, parallel to both": BnConfig(
        mh_adapter=True, output_adapter=True, reduction_factor=2, non_linearity="tanh",
        is_parallel=True, scaling=2.0),
    "LoRA": LoRAConfig(**LORA),
    "LoRA, every layer": LoRAConfig(
        **LORA, attn_matrices=["q", "k", "v"], intermediate_lora=True, output_lora=True),
    "LoRA, layers left out": LoRAConfig(**LORA, leave_out=[0, 2]),
    "IA3": IA3Config(),
    "IA3, other layers": IA3Config(attn_matrices=["q", "v"], output_lora=True),
    "prefix": PrefixTuningConfig(**PREFIX, flat=True),
    "prefix, MLP": PrefixTuningConfig(**PREFIX),
    "prefix, layers left out": PrefixTuningConfig(**PREFIX, leave_out=[1]),
    "prompt": PromptTuningConfig(**PROMPT),
    "prompt, after the first token": PromptTuningConfig(**PROMPT, combine="prefix_after_bos"),
    "Compacter": CompacterConfig(**SMALL),
    "Compacter++": CompacterPlusPlusConfig(**SMALL),
    "Compacter, own rules": CompacterConfig(**SMALL, shared_phm_rule=False, phm_rank=2),
    "UniPELT": UniPELTConfig(
        PrefixTuningConfig(**PREFIX, use_gating=True),
        SeqBnConfig(reduction_factor=4, use_gating=True), LoRAConfig(r=4, use_gating=True)),
    "UniPELT, LoRA alone": LoRAConfig(r=4, use_gating=True),
    "UniPELT, an ungated part": ConfigUnion(
        CompacterConfig(**SMALL, use_gating=True), LoRAConfig(**LORA)),
    "sum, MAM": MAMConfig(PrefixTuningConfig(**PREFIX), ParBnConfig()),
    "sum, prompt and LoRA": ConfigUnion(PromptTuningConfig(**PROMPT), LoRAConfig(**LORA)),
    "head, one layer": (LoRAConfig(**LORA), {"layers": 1}),
    "head, over the pooler": (LoRAConfig(**LORA), POOLED),
    "head, two layers over the pooler": (LoRAConfig(**LORA), {"use_pooler": True}),
    "head, of the model's class": (SeqBnConfig(), STATIC),
}

# What Trimtab trains: settings for each method, and a head where it isn't the library's default.
LAST = "gate: per-module, reduction: unmasked-mean"
OURS = {
    "bottleneck, Pfeiffer": "{type: adapter, reduction_factor: 4}",
    "bottleneck, Houlsby":
        "{type: adapter, reduction_factor: 4, after: [attention, ffn], input: branch,"
        " activation: swish}",
    "bottleneck, parallel":
        "{type: adapter, reduction_factor: 2, input: parallel, scale: 4, init: lora}",
    "LoRA": "{type: lora, rank: 4, alpha: 6}",
    "LoRA, rank-stabilised": "{type: lora, rank: 4, alpha: 6, rank_stabilized: true}",
    "LoRA, every layer":
        "{type: lora, rank: 4, alpha: 6, targets: [query, key, value, ffn-up, ffn-down]}",
    "LoRA, layers left out": "{type: lora, rank: 4, alpha: 6, layers: [1]}",
    "IA3": "{type: ia3, scaled: [key, value, ffn-up]}",
    "prefix": "{type: prefix, length: 5, reparameterization: none}",
    "prefix, MLP": "{type: prefix, length: 5, mid: 8}",
    "prefix, layers left out": "{type: prefix, length: 5, mid: 8, layers: [0, 2]}",
    "prompt": (
        "{type: prompt, length: 5, place: first, shift_positions: false, after_norm: true}",
        "{type: dense, pooling: first}"),
    "prompt, after the first token":
        "{type: prompt, length: 5, shift_positions: false, after_norm: true}",
    "Compacter": "{type: compacter, n: 2, reduction_factor: 8}",
    "Compacter++": "{type: compacter, n: 2, reduction_factor: 8, after: [ffn], input: normalized}",
    "Compacter, own rules":
        "{type: compacter, n: 2, reduction_factor: 8, shared_rule: false, rank: 2}",
    "UniPELT":
        "{type: unipelt, parts: {p: {type: prefix, length: 5, mid: 8}, a: {type: adapter,"
        f" reduction_factor: 4}}, l: {{type: lora, rank: 4, alpha: 4}}}}, {LAST}}}",
    "UniPELT, LoRA alone":
        f"{{type: unipelt, parts: {{l: {{type: lora, rank: 4, alpha: 4}}}}, {LAST}}}",
    "UniPELT, an ungated part":
        "{type: unipelt, parts: {c: {type: compacter, n: 2, reduction_factor: 8}, l: {type: lora,"
        f" rank: 4, alpha: 6}}}}, ungated: [l], {LAST}}}",
    "sum, MAM":
        "{type: sum, parts: {p: {type: prefix, length: 5, mid: 8},"
        " a: {type: adapter, input: parallel, reduction_factor: 2, scale: 4, init: lora}}}",
    "head, one layer": ("{type: lora, rank: 4, alpha: 6}", "{type: linear, pooling: cls}"),
    "head, over the pooler": ("{type: lora, rank: 4, alpha: 6}", "{type: linear, pooling: pooler}"),
    "head, two layers over the pooler":
        ("{type: lora, rank: 4, alpha: 6}", "{type: dense, pooling: pooler}"),
}
HEAD = "{type: dense, pooling: cls}"


def pair(told, default):
    return told if isinstance(told, tuple) else (told, default)


def save(model, folder):
    """With safetensors; prefixes, which the library can't save so, as docs/adapterhub.md has it."""
    folder.mkdir()
    try:
        model.save_adapter(folder, NAME, use_safetensors=True)
    except RuntimeError:
        model.save_adapter(folder, NAME)
        for pickle, safe in (("pytorch_adapter.bin", "adapter.safetensors"),
                             ("pytorch_model_head.bin", "model_head.safetensors")):
            tensors = torch.load(folder / pickle, weights_only=True)
            save_file({name: t.clone() for name, t in tensors.items()}, folder / safe)


class Check(Workbench):
    def with_pooler(self, family, method):
        if family == "roberta" and "pooler" in method:
            raise Without("transformers saves no pooler of a RobertaForSequenceClassification")

    def base(self, family, method):
        # With SDPA the library's prompt rows see padding, with its eager attention they don't.
        attention = "eager" if "prompt" in method else "sdpa"
        return AutoAdapterModel.from_pretrained(
            self.backbones[family], attn_implementation=attention)

    def to_ours(self, family, method, told):
        self.with_pooler(family, method)
        config, head = pair(told, {})
        folder = self.folder(family, "theirs", method)
        torch.manual_seed(11)
        if head is STATIC:
            model = transformers.AutoModelForSequenceClassification.from_pretrained(
                self.backbones[family], num_labels=CLASSES)
            adapters.init(model)
            model.add_adapter(NAME, config=config)
        else:
            model = self.base(family, method)
            model.add_adapter(NAME, config=config)
            model.add_classification_head(NAME, num_labels=CLASSES, **head)
        plain = theirs(model, self.backbones[family], self.texts)
        model.train_adapter(NAME)
        randomise(model, 0.2)
        expected = theirs(model, self.backbones[family], self.texts)
        if difference(expected, plain) < 1e-2:
            raise Failed("the adapter does nothing, and so the check proves nothing")
        file = self.experiment(folder, family, "adapter: adapter")
        save(model, folder / "adapter")
        return difference(expected, self.predicted(folder, file))

    def to_theirs(self, family, method, told):
        self.with_pooler(family, method)
        settings, head = pair(told, HEAD)
        folder = self.folder(family, "ours", method)
        file = self.experiment(folder, family, f"method: {settings}\nhead: {head}")
        run = self.exported(folder, file, "adapters")
        model = self.base(family, method)
        info = {}
        model.load_adapter(
            str(folder / "adapter"), use_safetensors=True, set_active=True, loading_info=info)
        # A prefix is in the library's model under each layer too, as the same tensor.
        missing = [k for k in info["missing_keys"] if ".prefix_tuning.pool." not in k]
        if missing or info["unexpected_keys"]:
            raise Failed(f"missing: {missing}; unexpected: {info['unexpected_keys']}")
        found = theirs(model, self.backbones[family], self.texts)
        return difference(checks.ours(run / "predictions.jsonl"), found)


def measures(work, command):
    bench = Check(work, command)
    return (THEIRS, bench.to_ours), (OURS, bench.to_theirs)


VERSIONS = (f"adapters {adapters.__version__}, transformers {transformers.__version__},"
            f" torch {torch.__version__.split('+')[0]}")
TEXT = f"""\
# Adapters of the adapters library, both ways

The largest difference of the classes' log-probabilities over twelve texts, as a share of the largest (or of 1); allowed is 1e-5. An empty cell: only the other direction has such a configuration. Made by `python docs/check-adapters.py --table docs/results/adapters.md` ({VERSIONS}): a tiny BERT and a tiny RoBERTa with random weights; the library's adapters have random values, Trimtab's are trained for three epochs.

"""

if __name__ == "__main__":
    checks.check(__doc__.splitlines()[0], "adapters", measures, TEXT)
