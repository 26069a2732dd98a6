package io.kagimori.contracts;

import java.util.Random;

/** Synthetic keys, made at run time from the alphabet. */
public final class Keys {
  private static final String CLASSIC = "BCDFGHJKMPQRTVWXY2346789";

  private Keys() {}

  /** 25 characters without hyphens; every second key holds one N. */
  public static String characters(Random random) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      key.append(CLASSIC.charAt(random.nextInt(CLASSIC.length())));
    }
    if (random.nextBoolean()) {
      key.setCharAt(random.nextInt(25), 'N');
    }
    return key.toString();
  }

  /** The same characters in five groups. */
  public static String grouped(String characters) {
    return String.join(
        "-",
        characters.substring(0, 5),
        characters.substring(5, 10),
        characters.substring(10, 15),
        characters.substring(15, 20),
        characters.substring(20));
  }
}
