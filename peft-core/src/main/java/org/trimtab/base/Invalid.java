package org.trimtab.base;

import java.util.Locale;
import java.util.regex.Pattern;

/** A setting whose value is not allowed; whoever read it knows where it stands. */
public final class Invalid extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Where a word begins within a record component's name. */
  private static final Pattern COMPONENT = Pattern.compile("(?<=[a-z0-9])[A-Z]");

  private final String key;

  /**
   * A refusal of one component's value.
   *
   * @param key the record component that holds the value; empty: it is told of all of them
   * @param message what is wrong, what was found and what is allowed
   */
  public Invalid(String key, String message) {
    super(message);
    this.key = key;
  }

  public String key() {
    return key;
  }

  /** For people: the key as YAML writes it, and what is wrong. */
  public String told() {
    return COMPONENT.matcher(key).replaceAll(m -> "_" + m.group().toLowerCase(Locale.ROOT))
        + ": "
        + getMessage();
  }

  /** The same refusal, told from the settings that hold these as their component {@code parent}. */
  public Invalid within(String parent) {
    String whole = key.isEmpty() ? parent : parent + "." + key;
    Invalid outer = new Invalid(whole, String.valueOf(getMessage()));
    outer.initCause(this);
    return outer;
  }
}
