package org.trimtab.backbone;

/** The points of a stack whose output a {@link Contribution} may add to. */
public enum Point {
  /** Token embeddings (B, T, H) of the text, before positions, types and norm. */
  EMBEDDING,
  EMBEDDING_NORM,
  /** What enters a layer (B, T, H); visited first in every layer. */
  LAYER_INPUT,
  QUERY,
  KEY,
  VALUE,
  /** The heads' joined result (B, T, H), which enters the output projection. */
  ATTENTION_INNER,
  ATTENTION_OUT,
  FFN_UP,
  /** The activated intermediate (B, T, F). */
  FFN_INNER,
  FFN_DOWN,
  /** A whole branch after its dropout, before its residual is added. */
  ATTENTION,
  FFN,
  ATTENTION_NORM,
  FFN_NORM,
  /** The pooler's dense output (B, 1, H), before its tanh. */
  POOLER
}
