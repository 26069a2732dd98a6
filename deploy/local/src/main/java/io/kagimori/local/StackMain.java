package io.kagimori.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;

/**
 * The embedded stack in the foreground: prints one line of JSON when everything answers and runs
 * until it is asked to end. Exit code 2 for wrong usage, 3 when something outside is in the way.
 */
public final class StackMain {
  private static final Duration READY = Duration.ofMinutes(3);

  private StackMain() {}

  /**
   * Runs the stack.
   *
   * @param args {@code [--data DIR] [--fresh] [--kafka-port P] [--create-time]}
   */
  public static void main(String[] args) throws InterruptedException {
    try {
      LocalStack stack = LocalStack.start(options(List.of(args).iterator()));
      stack.awaitReady(READY);
      System.out.println(stack.readyJson());
      new CountDownLatch(1).await();
    } catch (StackException e) {
      System.err.println(e.getMessage());
      System.exit(3);
    } catch (IllegalArgumentException | NoSuchElementException e) {
      System.err.println("usage: up [--data DIR] [--fresh] [--kafka-port P] [--create-time]");
      System.exit(2);
    }
  }

  private static StackOptions options(Iterator<String> args) {
    StackOptions options =
        StackOptions.usual(Path.of(System.getProperty("kagimori.home", "")).toAbsolutePath());
    while (args.hasNext()) {
      String option = args.next();
      options =
          switch (option) {
            case "--data" -> options.withData(Path.of(args.next()));
            case "--fresh" -> options.withFresh(true);
            case "--kafka-port" -> options.withKafkaPort(Integer.parseInt(args.next()));
            case "--create-time" -> options.withCreateTime(true);
            default -> throw new IllegalArgumentException(option);
          };
    }
    return options;
  }
}
