package org.trimtab.tensor;

/**
 * A tensor that trains.
 *
 * @param name unique in its module, and the tensor's name in a saved adapter
 * @param group which learning rate and weight decay it gets
 */
public record Param(String name, String group, Tensor value) {}
