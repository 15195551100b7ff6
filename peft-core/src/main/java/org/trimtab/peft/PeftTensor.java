package org.trimtab.peft;

/**
 * A tensor of a PEFT file.
 *
 * @param name without {@code base_model.model.} and the model's own prefix
 * @param shape that has as many values as the parameter's
 */
public record PeftTensor(String name, long... shape) {}
