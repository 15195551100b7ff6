"""Makes the graphs of this folder: tiny BERTs and RoBERTas, exported in many ways.

Python 3.11 with torch 2.15.0, transformers 5.23.0, onnx, onnxruntime, onnxscript, safetensors.
"""

import logging
import os
import tempfile

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.transformers import float16, optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from safetensors.torch import save_file
from transformers import BertConfig, BertModel, RobertaConfig, RobertaModel

logging.disable(logging.WARNING)
SIZE = dict(
    vocab_size=24,
    hidden_size=8,
    num_hidden_layers=1,
    num_attention_heads=2,
    intermediate_size=16,
    hidden_dropout_prob=0,
    attention_probs_dropout_prob=0,
    layer_norm_eps=1e-6,
)
MASK = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
IDS = torch.tensor([[2, 7, 23, 9, 3], [2, 11, 3, 0, 0]])
TYPES = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 0, 0]])
INPUTS = {
    "bert": dict(input_ids=IDS, attention_mask=MASK, token_type_ids=TYPES),
    "roberta": dict(input_ids=torch.where(MASK == 1, IDS, 1), attention_mask=MASK),
}


class Bert(BertModel):
    def forward(self, input_ids, attention_mask, token_type_ids):
        return super().forward(input_ids, attention_mask, token_type_ids)[0]


class Roberta(RobertaModel):
    def forward(self, input_ids, attention_mask):
        return super().forward(input_ids, attention_mask)[0]


class Wrapped(torch.nn.Module):
    def __init__(self, bert):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.bert(input_ids, attention_mask, token_type_ids)


def model(family, act="gelu", impl="sdpa"):
    torch.manual_seed(17)
    if family == "bert":
        made = Bert(BertConfig(**SIZE, max_position_embeddings=12, hidden_act=act, attn_implementation=impl))
    else:
        made = Roberta(
            RobertaConfig(
                **SIZE,
                max_position_embeddings=12,
                type_vocab_size=1,
                pad_token_id=1,
                hidden_act=act,
                attn_implementation=impl,
            )
        )
    with torch.no_grad():
        for name, p in made.named_parameters():
            p.copy_(torch.randn_like(p) * 0.5 + (1 if name.endswith("LayerNorm.weight") else 0))
    return made.eval()


def states(name, family, made):
    save_file(
        dict(INPUTS[family], states=made(**INPUTS[family]).detach().contiguous()),
        name + ".safetensors",
    )


def plain(graph, name):
    """Without texts of the exporting machine, and with short names of what has none of the model's."""
    short = {}
    for node in graph.graph.node:
        for names in (node.input, node.output):
            for i, value in enumerate(names):
                if value.startswith("/"):
                    names[i] = short.setdefault(value, "v%d" % len(short))
        node.name = ""
        node.doc_string = ""
        del node.metadata_props[:]
    for value in list(graph.graph.value_info) + list(graph.graph.initializer):
        del value.metadata_props[:]
    for value in graph.graph.output:
        value.name = short.get(value.name, value.name)
    del graph.graph.value_info[:]
    del graph.metadata_props[:]
    del graph.graph.metadata_props[:]
    onnx.save(graph, name + ".onnx")


def export(name, family, made, opset, dynamo=False, **settings):
    inputs = INPUTS[family]
    if dynamo:
        sizes = {0: torch.export.Dim("batch", min=1, max=9), 1: torch.export.Dim("rows", min=2, max=9)}
        settings |= dict(dynamic_shapes=[sizes for _ in inputs], external_data=False, verbose=False)
    else:
        settings |= dict(dynamic_axes={key: {0: "batch", 1: "rows"} for key in inputs})
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "m.onnx")
        torch.onnx.export(
            made,
            tuple(inputs.values()),
            path,
            input_names=list(inputs),
            opset_version=opset,
            dynamo=dynamo,
            **settings,
        )
        plain(onnx.load(path), name)


def fused(**off):
    options = FusionOptions("bert")
    for key, value in off.items():
        setattr(options, key, value)
    return optimizer.optimize_model(
        "bert-14.onnx", "bert", num_heads=2, hidden_size=8, optimization_options=options, opt_level=0
    ).model


for family in ("bert", "roberta"):
    states(family, family, model(family))
    export(family + "-14", family, model(family, impl="eager"), 14)
    export(family + "-17-unfolded", family, model(family), 17, do_constant_folding=False)
    export(family + "-18-dynamo", family, model(family), 18, dynamo=True)
    export(family + "-18-dynamo-unoptimized", family, model(family), 18, dynamo=True, optimize=False)
export("bert-wrapped", "bert", Wrapped(model("bert")), 17)
for act in ("relu", "gelu_new"):
    states("bert-" + act, "bert", model("bert", act))
    export("bert-" + act, "bert", model("bert", act), 17)
export("bert-gelu_new-20", "bert", model("bert", "gelu_pytorch_tanh"), 20, dynamo=True)
for act in ("tanh", "quick_gelu"):
    export("bert-" + act, "bert", model("bert", act), 17)

shared = model("bert")
with torch.no_grad():
    shared.encoder.layer[0].attention.self.key.bias.zero_()
    shared.encoder.layer[0].attention.self.value.bias.zero_()
states("bert-shared", "bert", shared)
export("bert-shared", "bert", shared, 17)
export("bert-shared-dynamo", "bert", shared, 18, dynamo=True)
export("bert-nameless", "bert", model("bert").half(), 17)

parts = dict(
    enable_attention=False,
    enable_embed_layer_norm=False,
    enable_skip_layer_norm=False,
    enable_bias_skip_layer_norm=False,
)
plain(fused(), "bert-fused")
plain(fused(**parts), "bert-fused-bias")
plain(fused(**parts, enable_bias_gelu=False), "bert-fused-gelu")
plain(float16.convert_float_to_float16(onnx.load("bert-14.onnx"), keep_io_types=True), "bert-half")
quantize_dynamic("bert-14.onnx", "bert-8bit.onnx", weight_type=QuantType.QInt8)
plain(onnx.load("bert-8bit.onnx"), "bert-8bit")
narrow = MatMulNBitsQuantizer(onnx.load("bert-14.onnx"), block_size=16)
narrow.process()
plain(narrow.model.model, "bert-4bit")
