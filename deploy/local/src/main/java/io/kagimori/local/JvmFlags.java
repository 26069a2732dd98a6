package io.kagimori.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
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
          "-Dslf4j.internal.verbosity=WARN",
          "-Dslf4j.provider=" + WarningsToStderr.class.getName());

  /** A service at rest stays below 250 MB resident. */
  private static final List<String> SERVICE =
      List.of(
          // A batch lives until it is answered, and a small young generation copies it again and
          // again: an eighth of the machine under full load. This collector alone lets the
          // young generation grow with the load, until collecting takes a twentieth of the time.
          "-XX:+UseParallelGC",
          "-XX:ParallelGCThreads=1",
          "-XX:GCTimeRatio=19",
          "-Xms32m",
          "-Xmx384m",
          "-XX:NewRatio=1",
          "-XX:NewSize=8m",
          "-XX:MaxMetaspaceSize=160m",
          "-XX:ReservedCodeCacheSize=64m",
          // What the compilers used at the start goes back, 38 MB; early releases of 21 lack it.
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:TrimNativeHeapInterval=5000",
          "-Xss512k",
          "--enable-native-access=ALL-UNNAMED");

  private JvmFlags() {}

  static List<String> broker() {
    return BROKER;
  }

  /** For a broker that lives as long as a test run: compile quickly rather than well. */
  static List<String> testBroker() {
    return Stream.concat(BROKER.stream(), Stream.of("-XX:TieredStopAtLevel=1")).toList();
  }

  /**
   * For a service, with the packages that the manifest of its jar asks to open: the JVM itself
   * honours that line only under {@code java -jar}.
   */
  static List<String> service(Attributes manifest) {
    String opens = manifest.getValue("Add-Opens");
    Stream<String> packages = opens == null ? Stream.empty() : Stream.of(opens.split(" "));
    return Stream.concat(
            SERVICE.stream(), packages.map(name -> "--add-opens=" + name + "=ALL-UNNAMED"))
        .toList();
  }

  /**
   * These flags, and those that keep loaded classes in an archive, which takes seconds off a start.
   * The JVM makes and renews the archive itself when it ends, and goes without when it does not
   * fit; it can only do so where the class path has no folders, that is in a built project.
   *
   * @param archive the file; safe to delete at any time
   */
  static List<String> withArchive(Path archive, String classPath, List<String> flags) {
    boolean onlyJars =
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .allMatch(entry -> Files.isRegularFile(Path.of(entry)));
    if (!onlyJars) {
      return flags;
    }
    return Stream.concat(
            flags.stream(),
            Stream.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:disable",
                "-Xlog:all=error:stderr"))
        .toList();
  }
}
