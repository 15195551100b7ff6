package org.trimtab.method;

/** Settings of one method: a record whose components are the YAML keys beside {@code type}. */
public interface MethodConfig {}
