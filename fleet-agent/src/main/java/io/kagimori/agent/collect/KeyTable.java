package io.kagimori.agent.collect;

import java.util.Arrays;
import java.util.Map;

/**
 * Terms by the key of their wording, looked up by the characters of a key without making a string
 * of them: most of the time that reading takes goes into such look-ups.
 */
final class KeyTable {
  private final char[][] keys;
  private final Term[] terms;
  private final int mask;

  KeyTable(Map<String, Term> entries) {
    int size = Integer.highestOneBit(Math.max(8, entries.size())) << 2;
    keys = new char[size][];
    terms = new Term[size];
    mask = size - 1;
    entries.forEach(
        (key, term) -> {
          int at = place(key.toCharArray(), key.length());
          keys[at] = key.toCharArray();
          terms[at] = term;
        });
  }

  /** The term whose key is the first {@code length} characters, or null. */
  Term get(char[] key, int length) {
    return length == 0 ? null : terms[place(key, length)];
  }

  /** Where a key stands, or the free place where it would. */
  private int place(char[] key, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + key[i];
    }
    int at = (hash ^ (hash >>> 15)) & mask;
    while (keys[at] != null && !Arrays.equals(keys[at], 0, keys[at].length, key, 0, length)) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
