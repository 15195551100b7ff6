package org.trimtab.backbone;

/**
 * An input with what is added to its pass.
 *
 * @param input a batch of token sequences
 * @param contribution to their rows alone
 */
public record TunedInput(Input input, Contribution contribution) {}
