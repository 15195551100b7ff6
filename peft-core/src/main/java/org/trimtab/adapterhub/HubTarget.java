package org.trimtab.adapterhub;

import org.trimtab.backbone.Backbone;

/**
 * What a configuration is written for.
 *
 * @param gated whether it gets gates, which stand in the place of a LoRA's alpha / rank
 */
public record HubTarget(Backbone backbone, boolean gated) {}
