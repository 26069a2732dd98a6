package io.kagimori.agent.local;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Output;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A stack of a command's own: on free ports, in a temporary folder, gone when it is closed. The
 * database writes through to the disk, as in earnest.
 */
public final class TemporaryStack implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);

  private final Output output;
  private final Path data;
  private final LocalStack stack;

  private TemporaryStack(Output output, Path data, LocalStack stack) {
    this.output = output;
    this.data = data;
    this.stack = stack;
  }

  /** Starts the services of these names and waits until they answer. */
  public static TemporaryStack start(String command, Output output, List<String> services) {
    return start(command, output, services, Map.of(), false);
  }

  /**
   * The same with settings of its own, where records keep the time that their sender chose.
   *
   * @param settings system properties for every service
   */
  public static TemporaryStack startWithChosenTime(
      String command, Output output, List<String> services, Map<String, String> settings) {
    return start(command, output, services, settings, true);
  }

  private static TemporaryStack start(
      String command,
      Output output,
      List<String> services,
      Map<String, String> settings,
      boolean chosenTime) {
    Path data = temporaryFolder(command);
    output.note("starting the stack in " + data);
    TemporaryStack started = null;
    try {
      started =
          new TemporaryStack(
              output,
              data,
              LocalStack.start(options(data, services, settings).withCreateTime(chosenTime)));
      started.stack.awaitReady(READY);
      return started;
    } catch (RuntimeException e) {
      if (started == null) {
        delete(data, output);
      } else {
        started.close();
      }
      throw e;
    }
  }

  public LocalStack stack() {
    return stack;
  }

  @Override
  public void close() {
    output.note("stopping the stack");
    stack.close();
    delete(data, output);
  }

  private static StackOptions options(Path data, List<String> names, Map<String, String> settings) {
    Path home = Path.of(System.getProperty("kagimori.home", "")).toAbsolutePath();
    StackOptions usual = StackOptions.usual(home);
    Map<String, Integer> services = new LinkedHashMap<>(usual.services());
    services.keySet().retainAll(names);
    return usual
        .withServices(services)
        .withSettings(settings)
        .withData(data)
        .withFresh(true)
        .onFreePorts();
  }

  private static Path temporaryFolder(String command) {
    try {
      return Files.createTempDirectory("kagimori-" + command + "-");
    } catch (IOException e) {
      throw CommandFailure.outside(
          "NO_FOLDER", "No temporary folder can be made: " + e.getMessage() + ".", e);
    }
  }

  private static void delete(Path folder, Output output) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      output.note("the folder " + folder + " could not be removed: " + e.getMessage());
    }
  }
}
