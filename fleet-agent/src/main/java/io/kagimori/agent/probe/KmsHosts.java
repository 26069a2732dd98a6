package io.kagimori.agent.probe;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The KMS hosts that SRV records name, in the order in which a client asks them. */
final class KmsHosts {
  /** {@code 0 100 1688 kms1.example.org.}: priority, weight, port and host. */
  private static final Pattern RECORD =
      Pattern.compile("(\\d{1,5})\\s+(\\d{1,5})\\s+(\\d{1,5})\\s+(\\S+?)\\.?");

  private KmsHosts() {}

  private record Host(int priority, int weight, String address) {}

  /**
   * Hosts as {@code host:port}, lowest priority and then highest weight first; what is no SRV
   * record is left out.
   */
  static List<String> of(List<String> records) {
    return records.stream()
        .flatMap(KmsHosts::read)
        .sorted(
            Comparator.comparingInt(Host::priority)
                .thenComparing(Comparator.comparingInt(Host::weight).reversed()))
        .map(Host::address)
        .toList();
  }

  private static Stream<Host> read(String text) {
    Matcher record = RECORD.matcher(text.strip());
    return record.matches()
        ? Stream.of(
            new Host(
                Integer.parseInt(record.group(1)),
                Integer.parseInt(record.group(2)),
                record.group(4) + ":" + record.group(3)))
        : Stream.empty();
  }
}
