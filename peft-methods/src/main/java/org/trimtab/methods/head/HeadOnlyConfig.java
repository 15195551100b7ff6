package org.trimtab.methods.head;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.trimtab.method.MethodConfig;

/** A baseline without settings. */
@RecordBuilder
public record HeadOnlyConfig() implements MethodConfig, HeadOnlyConfigBuilder.With {}
