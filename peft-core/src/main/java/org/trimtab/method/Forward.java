package org.trimtab.method;

import org.trimtab.backbone.Dropout;

/**
 * What a module may look at before one forward pass.
 *
 * @param dropout the module's own: on in training, off in evaluation
 */
public record Forward(Dropout dropout) {}
