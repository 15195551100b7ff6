package org.trimtab.methods.head;

import org.trimtab.method.MethodConfig;

/** A baseline without settings. */
public record HeadOnlyConfig() implements MethodConfig {}
