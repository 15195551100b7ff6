package org.trimtab.plugin;

import org.trimtab.method.PeftMethod;

/**
 * A method under the name that YAML gives it.
 *
 * @param provider where it comes from, such as a jar
 */
public record MethodBinding(String name, PeftMethod<?> method, String provider) {}
