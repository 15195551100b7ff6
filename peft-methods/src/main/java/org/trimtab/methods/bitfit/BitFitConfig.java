package org.trimtab.methods.bitfit;

import java.util.List;
import org.trimtab.method.MethodConfig;

/**
 * Settings of BitFit.
 *
 * @param targets points, or ends of module paths; empty: every bias
 */
public record BitFitConfig(List<String> targets) implements MethodConfig {}
