package org.trimtab.pretrained;

/** Encoders that data jars hold; all of width 384 with 12 heads. */
public enum OnnxModel {
  MINILM_L6("minilm-l6", "all-minilm-l6-v2"),
  BGE_SMALL("bge-small", "bge-small-en-v1.5"),
  E5_SMALL("e5-small", "e5-small-v2");

  /** The same for all; an ONNX file doesn't say it. */
  static final int HEADS = 12;

  private final String id;
  private final String stem;

  OnnxModel(String id, String stem) {
    this.id = id;
    this.stem = stem;
  }

  public String id() {
    return id;
  }

  /** Whether its jar is on the class path. */
  public boolean installed() {
    return getClass().getResource("/" + file()) != null;
  }

  String file() {
    return stem + ".onnx";
  }

  String tokenizer() {
    return stem + "-tokenizer.json";
  }
}
