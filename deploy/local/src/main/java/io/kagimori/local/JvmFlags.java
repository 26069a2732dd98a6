package io.kagimori.local;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The flags of every JVM that the stack starts, in one place. */
final class JvmFlags {
  /** A broker for one machine: 36 topics, some hundred thousand records. */
  private static final List<String> BROKER =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms64m",
          "-Xmx320m",
          "-Xss512k",
          "-XX:ReservedCodeCacheSize=64m",
          "-Dslf4j.provider=" + BrokerLogging.class.getName());

  /** A service at rest stays below 250 MB resident. */
  private static final List<String> SERVICE =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms32m",
          "-Xmx192m",
          "-XX:MaxMetaspaceSize=160m",
          "-XX:ReservedCodeCacheSize=64m",
          "-Xss512k");

  private JvmFlags() {}

  static List<String> broker() {
    return BROKER;
  }

  /** For a broker that lives as long as a test run: compile quickly rather than well. */
  static List<String> testBroker() {
    return Stream.concat(BROKER.stream(), Stream.of("-XX:TieredStopAtLevel=1")).toList();
  }

  static List<String> service() {
    return SERVICE;
  }

  /**
   * Flags that keep loaded classes in an archive, which saves about a third of a start. The JVM
   * makes and renews the archive itself and goes without when it does not fit.
   */
  static List<String> archive(Path file) {
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + file.toAbsolutePath(),
        "-Xshare:auto",
        "-Xlog:disable",
        "-Xlog:all=error:stderr");
  }
}
