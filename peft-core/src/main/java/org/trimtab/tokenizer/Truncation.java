package org.trimtab.tokenizer;

/** How many tokens of a text and of its pair stay. */
record Truncation(int ofText, int ofPair) {
  /** Cuts the longer one until both are of one length, then both. */
  static Truncation longestFirst(int text, int pair, int room) {
    int shorter = Math.min(text, pair);
    int longer = Math.max(shorter, room - shorter);
    if (shorter + longer > room) {
      shorter = room / 2;
      longer = room - shorter;
    }
    return text <= pair
        ? new Truncation(shorter, Math.min(pair, longer))
        : new Truncation(Math.min(text, longer), shorter);
  }

  boolean has(int token, int inText) {
    return token < inText ? token < ofText : token - inText < ofPair;
  }
}
