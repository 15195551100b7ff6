"""What Reviews.java does, by Hugging Face PEFT and its Trainer: python reviews_peft.py BACKBONE FOLDER."""

import sys

import torch
from datasets import Dataset
from peft import AutoPeftModelForSequenceClassification, PromptTuningConfig, TaskType, get_peft_model
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainingArguments,
)


def tune(backbone, texts, labels, folder):
    classes = list(dict.fromkeys(labels))
    tokenizer = AutoTokenizer.from_pretrained(backbone)
    model = AutoModelForSequenceClassification.from_pretrained(
        backbone,
        num_labels=len(classes),
        id2label=dict(enumerate(classes)),
        label2id={c: i for i, c in enumerate(classes)},
    )
    config = PromptTuningConfig(task_type=TaskType.SEQ_CLS, num_virtual_tokens=10)
    model = get_peft_model(model, config)
    data = Dataset.from_dict({"text": texts, "label": [classes.index(c) for c in labels]})
    data = data.map(lambda row: tokenizer(row["text"], truncation=True, max_length=118))
    parts = data.train_test_split(test_size=0.1, seed=1)
    arguments = TrainingArguments(
        output_dir=folder + "/checkpoints",
        num_train_epochs=3,
        learning_rate=1e-3,
        per_device_train_batch_size=32,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        report_to=[],
        seed=1,
    )
    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=parts["train"],
        eval_dataset=parts["test"],
        data_collator=DataCollatorWithPadding(tokenizer),
    )
    trainer.train()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def label(text, folder, classes):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoPeftModelForSequenceClassification.from_pretrained(
        folder, num_labels=len(classes)
    ).eval()
    with torch.no_grad():
        logits = model(**tokenizer(text, return_tensors="pt")).logits
    return classes[int(logits.argmax())]


if __name__ == "__main__":
    things = ["film", "book", "play", "song", "meal"]
    texts = [f"What a {how} {what}." for what in things for how in ("lovely", "awful")]
    tune(sys.argv[1], texts, ["good", "bad"] * len(things), sys.argv[2])
    print("label:", label("A wonderful evening.", sys.argv[2], ["good", "bad"]))
