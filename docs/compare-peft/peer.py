"""Models of Hugging Face PEFT by our names of methods."""
import torch
import transformers
from peft import LoraConfig, PrefixTuningConfig, PromptTuningConfig, TaskType, get_peft_model

METHODS = ["prompt", "prefix", "lora", "full", "head"]
POOLINGS = ["mean", "cls", "published"]
TASK = TaskType.SEQ_CLS


class PooledBert(transformers.BertPreTrainedModel):
    """The encoder under one linear layer: the arithmetic of our head, without BERT's pooler.

    It reads the mean of the text's rows, or its [CLS]; a prompt's rows stand before both.
    """

    def __init__(self, config):
        super().__init__(config)
        self.num_labels = config.num_labels
        self.bert = transformers.BertModel(config, add_pooling_layer=False)
        self.classifier = torch.nn.Linear(config.hidden_size, config.num_labels)
        self.post_init()

    def forward(self, input_ids=None, attention_mask=None, inputs_embeds=None,
                past_key_values=None, labels=None, **_):
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, inputs_embeds=inputs_embeds,
            past_key_values=past_key_values).last_hidden_state
        text = states[:, self.config.prompt_rows:]
        if self.config.pooling == "cls":
            row = text[:, 0]
        else:
            mask = attention_mask[:, -text.shape[1]:].unsqueeze(-1).to(text.dtype)
            row = (text * mask).sum(1) / mask.sum(1)
        logits = self.classifier(row)
        loss = None if labels is None else torch.nn.functional.cross_entropy(logits, labels)
        return transformers.modeling_outputs.SequenceClassifierOutput(loss=loss, logits=logits)


def load(folder, classes, pooling="published", dropout=None, prompt_rows=0):
    """The model before tuning; `published` is the class that PEFT's users take, with a pooler."""
    told = {"num_labels": classes}
    if dropout is not None:
        told.update(hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout)
    if pooling == "published":
        return transformers.AutoModelForSequenceClassification.from_pretrained(folder, **told)
    config = transformers.AutoConfig.from_pretrained(folder, **told)
    config.pooling, config.prompt_rows = pooling, prompt_rows
    return PooledBert.from_pretrained(folder, config=config)


def tune(model, method, tokens):
    """The model with everything frozen that the method does not train."""
    if method == "full":
        return model
    if method == "head":
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(name.startswith("classifier"))
        return model
    made = {
        "prompt": lambda: PromptTuningConfig(task_type=TASK, num_virtual_tokens=tokens),
        "prefix": lambda: PrefixTuningConfig(task_type=TASK, num_virtual_tokens=tokens),
        "lora": lambda: LoraConfig(
            task_type=TASK, r=8, lora_alpha=16, target_modules=["query", "value"]),
    }
    return get_peft_model(model, made[method]())
