package io.kagimori.contracts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a KMS host listens. Host names are lower case without final dot and IPv6 addresses have
 * their shortest form, so that two spellings of one host are equal.
 *
 * @param host name or literal address, IPv6 without brackets
 * @param port TCP port, 1 to 65535
 * @param form what the host is
 */
public record KmsHostAddress(String host, int port, Form form) {
  /** The port of a host that names none (catalogue rule network-01). */
  public static final int DEFAULT_PORT = 1688;

  /** The port is no number from 1 to 65535, or is given twice and differs. */
  public static final String PORT_INVALID = "PORT_INVALID";

  /** The host is neither a name nor an address. */
  public static final String HOST_INVALID = "HOST_INVALID";

  /** An IPv6 address with a port: clients take it by host name only (catalogue rule network-07). */
  public static final String IPV6_PORT_FORM = "IPV6_PORT_FORM";

  private static final int PORT_MAX = 65_535;
  private static final int NETBIOS_LENGTH_MAX = 15;
  private static final int LABEL_LENGTH_MAX = 63;
  private static final int NAME_LENGTH_MAX = 253;

  /** What a host is. */
  public enum Form {
    NETBIOS,
    DNS_NAME,
    IPV4,
    IPV6
  }

  /** What a text means as the address of a KMS host. */
  public sealed interface Reading {}

  /**
   * An address.
   *
   * @param address the address
   * @param finding {@link #IPV6_PORT_FORM} where it applies
   */
  public record Accepted(KmsHostAddress address, Optional<String> finding) implements Reading {}

  /**
   * No address.
   *
   * @param code {@link #PORT_INVALID} or {@link #HOST_INVALID}
   * @param detail what is wrong, naming the part
   */
  public record Refused(String code, String detail) implements Reading {}

  /** Reads {@code host}, {@code host:port}, an IPv6 address, bare or in brackets with a port. */
  public static Reading parse(String text) {
    return parse(text, null);
  }

  /**
   * Reads an address whose port may also come as a field of its own.
   *
   * @param text host with or without port; absent counts as empty
   * @param portField the port field, null where there is none
   */
  public static Reading parse(String text, Integer portField) {
    String plain =
        Normalizer.normalize(text == null ? "" : text, Normalizer.Form.NFKC)
            .strip()
            .toLowerCase(Locale.ROOT);
    boolean bracketed = plain.startsWith("[");
    int end = bracketed ? plain.indexOf(']') : hostEnd(plain);
    if (bracketed && end < 0) {
      return new Refused(HOST_INVALID, "the bracket is not closed");
    }
    String host = plain.substring(bracketed ? 1 : 0, end);
    String rest = plain.substring(bracketed ? end + 1 : end);
    if (!rest.isEmpty() && rest.charAt(0) != ':') {
      return new Refused(HOST_INVALID, "text follows the bracket");
    }
    Optional<String> typed = rest.isEmpty() ? Optional.empty() : Optional.of(rest.substring(1));
    int port =
        typed.map(KmsHostAddress::number).orElse(portField == null ? DEFAULT_PORT : portField);
    if (port < 1 || port > PORT_MAX) {
      return new Refused(PORT_INVALID, "a port is a number from 1 to 65535");
    }
    if (typed.isPresent() && portField != null && portField != port) {
      return new Refused(PORT_INVALID, "the port is given twice: " + port + " and " + portField);
    }
    boolean portGiven = typed.isPresent() || (portField != null && portField != DEFAULT_PORT);
    return accept(host, bracketed, port, portGiven);
  }

  /** How {@code slmgr /skms} takes it; absent for an IPv6 address with a port of its own. */
  public Optional<String> skmsArgument() {
    if (form != Form.IPV6) {
      return Optional.of(host + ":" + port);
    }
    return port == DEFAULT_PORT ? Optional.of(host) : Optional.empty();
  }

  /** Host and port as people write them, IPv6 in brackets. */
  @Override
  public String toString() {
    return (form == Form.IPV6 ? "[" + host + "]" : host) + ":" + port;
  }

  private static Reading accept(String host, boolean bracketed, int port, boolean portGiven) {
    if (host.indexOf(':') >= 0) {
      return Ipv6.shortest(host)
          .<Reading>map(
              address ->
                  new Accepted(
                      new KmsHostAddress(address, port, Form.IPV6),
                      portGiven ? Optional.of(IPV6_PORT_FORM) : Optional.empty()))
          .orElseGet(() -> new Refused(HOST_INVALID, "is no IPv6 address"));
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (bracketed || name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
      return new Refused(HOST_INVALID, name.isEmpty() ? "the host is missing" : "is no host name");
    }
    String[] labels = name.split("\\.", -1);
    for (String label : labels) {
      if (!isLabel(label)) {
        return new Refused(HOST_INVALID, "'" + label + "' is no part of a host name");
      }
    }
    if (isDigits(labels[labels.length - 1])) {
      return isIpv4(labels)
          ? new Accepted(new KmsHostAddress(name, port, Form.IPV4), Optional.empty())
          : new Refused(HOST_INVALID, "is no IPv4 address");
    }
    boolean netbios = labels.length == 1 && name.length() <= NETBIOS_LENGTH_MAX;
    Form form = netbios ? Form.NETBIOS : Form.DNS_NAME;
    return new Accepted(new KmsHostAddress(name, port, form), Optional.empty());
  }

  /** Where the host ends: at its only colon; a text with several is an IPv6 address. */
  private static int hostEnd(String text) {
    int colon = text.indexOf(':');
    return colon < 0 || text.indexOf(':', colon + 1) >= 0 ? text.length() : colon;
  }

  private static int number(String digits) {
    return isDigits(digits) && digits.length() <= 5 ? Integer.parseInt(digits) : 0;
  }

  private static boolean isIpv4(String[] labels) {
    if (labels.length != 4) {
      return false;
    }
    for (String label : labels) {
      boolean leadingZero = label.length() > 1 && label.charAt(0) == '0';
      if (!isDigits(label) || label.length() > 3 || leadingZero || number(label) > 255) {
        return false;
      }
    }
    return true;
  }

  /** Letters, digits, inner hyphens; the underscore is common in names of Windows computers. */
  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= LABEL_LENGTH_MAX
        && label.charAt(0) != '-'
        && label.charAt(label.length() - 1) != '-'
        && label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_');
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
