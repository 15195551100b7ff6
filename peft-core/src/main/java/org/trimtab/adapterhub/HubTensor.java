package org.trimtab.adapterhub;

/**
 * A tensor of an adapters library's file.
 *
 * @param name without the model's own prefix and without the adapter's name, such as {@code
 *     encoder.layer.0.output.adapters.adapter_up.bias}
 * @param shape that has as many values as the parameter's
 */
public record HubTensor(String name, long... shape) {}
