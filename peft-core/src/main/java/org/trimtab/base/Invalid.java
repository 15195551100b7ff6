package org.trimtab.base;

/** A setting whose value is not allowed; whoever read it knows where it stands. */
public final class Invalid extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
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

  /** The same refusal, told from the settings that hold these as their component {@code parent}. */
  public Invalid within(String parent) {
    String whole = key.isEmpty() ? parent : parent + "." + key;
    Invalid outer = new Invalid(whole, String.valueOf(getMessage()));
    outer.initCause(this);
    return outer;
  }
}
