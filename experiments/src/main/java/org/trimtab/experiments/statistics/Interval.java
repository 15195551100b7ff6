package org.trimtab.experiments.statistics;

/** Where a value lies with the confidence that its maker names. */
public record Interval(double low, double high) {}
