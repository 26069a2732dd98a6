package io.kagimori.activation.domain;

/** Codes that Windows prints and rules decide by. Source: error_codes.csv of the catalogue. */
final class WindowsCodes {
  static final String NO_KEY = "0xC004F014";
  static final String CLOCK_SKEW = "0xC004F06C";
  static final String HOST_NOT_ACTIVATED = "0xC004F041";
  static final String BELOW_THRESHOLD = "0xC004F038";
  static final String REARM_EXHAUSTED = "0xC004D307";
  static final String CID_INVALID = "0xC004F02C";
  static final String MAK_LIMIT = "0xC004C020";
  static final String MAK_EXTENSION_LIMIT = "0xC004C021";
  static final String UNLOCK_LIMIT = "0xC004C008";

  private WindowsCodes() {}
}
