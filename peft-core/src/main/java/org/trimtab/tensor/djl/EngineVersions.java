package org.trimtab.tensor.djl;

/**
 * What computes.
 *
 * @param engine its name
 * @param djl the version of DJL above it
 */
public record EngineVersions(String engine, String version, String djl) {}
