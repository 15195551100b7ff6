package org.trimtab.backbone;

import org.trimtab.tensor.Tensor;

/**
 * Rows to join to the embedded input.
 *
 * @param place where they go
 * @param shifts whether the text's positions move by the prompt's length: then the prompt's rows
 *     have positions too, else they have none
 * @param length P, the number of rows
 * @param rows (B, P, H)
 */
public record Prompt(Place place, boolean shifts, int length, Tensor rows) {}
