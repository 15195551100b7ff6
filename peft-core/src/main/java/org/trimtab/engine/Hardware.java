package org.trimtab.engine;

import java.util.function.IntSupplier;

/**
 * What a machine has to compute with.
 *
 * @param accelerators how many the engine finds; asking starts it
 */
public record Hardware(IntSupplier accelerators, Processor processor) {}
