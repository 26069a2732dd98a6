package io.kagimori.agent.collect;

/**
 * A host as a license listing prints it: name or address, mostly with a port.
 *
 * @param name null where masked or altered
 * @param port null where none is printed
 */
record KmsHost(String name, Integer port) {
  private static final int HIGHEST_PORT = 65535;

  static KmsHost parse(String value) {
    int colon = value.lastIndexOf(':');
    boolean bareIpv6 = colon > 0 && value.indexOf(':') != colon && value.indexOf(']') < 0;
    if (colon < 0 || bareIpv6) {
      return new KmsHost(name(value), null);
    }
    return new KmsHost(
        name(Lines.trim(value.substring(0, colon))), port(value.substring(colon + 1)));
  }

  private static Integer port(String text) {
    String digits = Lines.trim(text);
    Integer port = Values.leadingNumber(digits);
    boolean whole = port != null && String.valueOf(port).length() == digits.length();
    return whole && port >= 1 && port <= HIGHEST_PORT ? port : null;
  }

  /** A DNS name or an address; null for anything else. */
  static String name(String text) {
    String name =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (name.isEmpty()
        || name.length() > 255
        || name.charAt(0) == '_'
        || isNobody(name)
        || Values.isMasked(name, 3)) {
      return null;
    }
    boolean meaning = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(Character.isLetterOrDigit(c)
          || c == '.'
          || c == '-'
          || c == '_'
          || c == ':'
          || c == '%')) {
        return null;
      }
      meaning |= Character.isLetterOrDigit(c);
    }
    return meaning ? name : null;
  }

  /** The address that stands for none. */
  private static boolean isNobody(String address) {
    return address.equals("0.0.0.0") || address.equals("::");
  }

  /** An IPv4 or IPv6 address; null for anything else. */
  static String address(String text) {
    if (isNobody(text)) {
      return null;
    }
    int dots = 0;
    int colons = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      dots += c == '.' ? 1 : 0;
      colons += c == ':' ? 1 : 0;
      if (Character.digit(c, 16) < 0 && c != '.' && c != ':' && c != '%') {
        return null;
      }
    }
    return (dots == 3 || colons >= 2) && text.length() <= 50 ? text : null;
  }
}
