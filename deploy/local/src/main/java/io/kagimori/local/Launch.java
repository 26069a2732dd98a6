package io.kagimori.local;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How processes of the stack are created, the same way for all of them. */
final class Launch {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final long LOG_LIMIT = 20L << 20;

  private Launch() {}

  /**
   * Starts a process in a session of its own, so that Ctrl-C at the terminal reaches the supervisor
   * alone and the parts end in order. Both outputs are appended to the log; the input is a pipe
   * that ends when the supervisor does, however it ends (see {@link ParentWatch}).
   */
  static Process process(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    roll(log);
    ProcessBuilder builder =
        new ProcessBuilder(inOwnSession(command))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Starts a JVM that ends when the supervisor does. */
  static Process jvm(
      List<String> flags,
      String classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    if (Runtime.version().feature() >= 24) {
      // Kafka and Netty still use what newer JDKs warn about at every start.
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, ParentWatch.class.getName(), mainClass));
    command.addAll(arguments);
    return process(command, environment, log);
  }

  /**
   * Runs a short command to its end.
   *
   * @return what it printed
   * @throws IOException when it fails or takes more than a minute, with what it printed
   */
  static String run(List<String> command) throws IOException {
    Path output = Files.createTempFile("kagimori", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " did not end within a minute");
      }
      String printed = Files.readString(output).strip();
      if (process.exitValue() != 0) {
        throw new IOException(printed);
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** The java program that runs this process. */
  static String java() {
    return ProcessHandle.current()
        .info()
        .command()
        .orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /** The class path entry, jar or folder, that a class comes from. */
  static String codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> inOwnSession(List<String> command) {
    return Files.isExecutable(SETSID)
        ? Stream.concat(Stream.of(SETSID.toString()), command.stream()).toList()
        : command;
  }

  /** One old log is kept, so that a stack that runs for weeks does not fill the disk. */
  private static void roll(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
