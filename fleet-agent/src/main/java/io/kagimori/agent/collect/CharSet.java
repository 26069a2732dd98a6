package io.kagimori.agent.collect;

/** Some characters, asked for at every place of a text. */
final class CharSet {
  private static final int BITS = 6;

  private final long[] bits;

  private CharSet(long[] bits) {
    this.bits = bits;
  }

  static CharSet of(String characters) {
    int highest = characters.chars().max().orElse(0);
    long[] bits = new long[(highest >> BITS) + 1];
    characters.chars().forEach(c -> bits[c >> BITS] |= 1L << c);
    return new CharSet(bits);
  }

  boolean contains(char c) {
    int word = c >> BITS;
    return word < bits.length && (bits[word] & (1L << c)) != 0;
  }
}
