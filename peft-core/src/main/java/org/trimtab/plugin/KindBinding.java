package org.trimtab.plugin;

import org.trimtab.base.SettingKind;

/**
 * Types of a kind of settings, and who offers them.
 *
 * @param provider where they come from, such as a jar
 */
public record KindBinding(SettingKind<?> kind, String provider) {}
