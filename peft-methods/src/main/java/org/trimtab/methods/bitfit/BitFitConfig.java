package org.trimtab.methods.bitfit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.trimtab.method.MethodConfig;

/**
 * Settings of BitFit.
 *
 * @param targets points, or ends of module paths; empty: every bias
 */
@RecordBuilder
public record BitFitConfig(List<String> targets)
    implements MethodConfig, BitFitConfigBuilder.With {}
