package org.trimtab.config;

import java.lang.reflect.Type;

/**
 * What a setting's declared type is to configuration.
 *
 * @param type the class itself; of a list and the like, {@code inner} is what it holds
 */
record Shape(Kind kind, Class<?> type, Type inner) {
  /** How a type is written. */
  enum Kind {
    /** Its key may be absent. */
    OPTIONAL,
    LIST,
    /** Any keys, which are texts. */
    MAP,
    /** One of several records, by its {@code type}. */
    VARIANT,
    RECORD,
    SCALAR
  }
}
