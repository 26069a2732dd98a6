package io.kagimori.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The shared stack of a test JVM in processes of its own, over a temporary folder. */
final class EmbeddedTestStack {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private EmbeddedTestStack() {}

  static TestStack start() {
    Path folder = temporaryFolder();
    BrokerProcess broker =
        new BrokerProcess(
            folder.resolve("broker"),
            folder.resolve("broker.log"),
            Ports.free(),
            JvmFlags.testBroker());
    LocalPostgres postgres =
        new LocalPostgres(
            folder.resolve("postgres"),
            folder.resolve("postgres.log"),
            Ports.free(),
            "test-superuser",
            false);
    List<Supervised> parts =
        List.of(new Supervised(broker, GRACE), new Supervised(postgres, GRACE));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(parts, folder), "test-stack-close"));
    parts.forEach(Supervised::start);
    parts.forEach(part -> part.awaitReady(START));
    return new TestStack(broker.bootstrapServers(), postgres.server());
  }

  /** Killed, not stopped: nobody reads the data again. */
  private static void end(List<Supervised> parts, Path folder) {
    parts.forEach(Supervised::discard);
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      System.err.println("The test folder " + folder + " could not be removed: " + e.getMessage());
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("kagimori-stack-");
    } catch (IOException e) {
      throw new StackException("No temporary folder can be made: " + e.getMessage(), e);
    }
  }
}
