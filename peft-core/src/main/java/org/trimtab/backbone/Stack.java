package org.trimtab.backbone;

/** Which transformer stack: an encoder has one ENCODER, a decoder one DECODER, T5 both. */
public enum Stack {
  ENCODER,
  DECODER
}
