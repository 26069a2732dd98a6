package io.kagimori.agent.drop;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.event.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows a drop folder and publishes what appears. */
@Command(
    name = "agent",
    description = {
      "Follows a folder and publishes what tools' outputs appear in it.",
      "While Kafka is away events wait on disk, in order; they are delivered later with their own"
          + " time. When the spool is full, files stay in the folder and nothing is dropped.",
      "Files of other devices go into a folder of the device's name."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori agent --drop /var/spool/kagimori --device pc-17",
      "  kagimori agent --drop ./outputs --once"
    })
public final class AgentCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(
      names = "--drop",
      paramLabel = "DIR",
      required = true,
      description = "The folder to follow; made when missing.")
  private Path drop;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The device that files directly in the folder come from.")
  private String deviceId;

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description = "Where undelivered events wait (default: spool in the folder).")
  private Path spoolFolder;

  @Option(
      names = "--spool-max",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "The most that may wait, in MiB (default 64).")
  private int spoolMaxMib;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Pause between two looks, a fifth more or less (default 30).")
  private double intervalSeconds;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How long a file must have been left alone (default 2).")
  private double settleSeconds;

  @Option(
      names = "--keep",
      paramLabel = "DAYS",
      defaultValue = "7",
      description = "How long files that are done are kept (default 7).")
  private int keepDays;

  @Option(names = "--once", description = "Read and deliver what is there, then exit.")
  private boolean once;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  @Override
  public Integer call() {
    check();
    Path folder = spoolFolder == null ? drop.resolve("spool") : spoolFolder;
    try {
      Files.createDirectories(drop);
      try (Spool spool = Spool.open(folder, (long) spoolMaxMib << 20);
          EventSender sender = new EventSender(connections.kafka())) {
        DropFolder files =
            new DropFolder(
                drop,
                Optional.ofNullable(deviceId),
                seconds(settleSeconds),
                Duration.ofDays(keepDays),
                spool,
                this::tell);
        Delivery delivery = new Delivery(spool, sender, this::tell);
        return once ? runOnce(files, delivery, spool) : follow(files, delivery, spool);
      }
    } catch (IOException e) {
      throw CommandFailure.outside(
          "FOLDER_UNUSABLE", "The folder cannot be used: %s.".formatted(e.getMessage()), e);
    } finally {
      finished.countDown();
    }
  }

  private void check() {
    if (deviceId != null && new Fields().device(deviceId).invalid().isPresent()) {
      throw CommandFailure.usage(Failures.USAGE, "--device takes 1 to 128 characters.");
    }
    if (spoolMaxMib < 1 || intervalSeconds <= 0 || settleSeconds < 0 || keepDays < 0) {
      throw CommandFailure.usage(
          Failures.USAGE, "--spool-max, --interval, --settle and --keep take positive numbers.");
    }
  }

  private int runOnce(DropFolder files, Delivery delivery, Spool spool) throws IOException {
    boolean taken = files.sweep(Instant.now());
    boolean delivered = delivery.deliverAll();
    while (!taken && delivered) {
      taken = files.sweep(Instant.now());
      delivered = delivery.deliverAll();
    }
    tellDamage(spool);
    return delivered ? Exit.DONE : Exit.OUTSIDE;
  }

  private int follow(DropFolder files, Delivery delivery, Spool spool) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopped.countDown();
                  awaitFinished();
                },
                "agent-stop"));
    // Reading does not wait for Kafka, and delivery does not wait for the folder.
    Thread deliverer = new Thread(() -> deliver(delivery, spool), "agent-delivery");
    deliverer.start();
    Rhythm rhythm = new Rhythm(new SecureRandom());
    do {
      try {
        files.sweep(Instant.now());
      } catch (IOException e) {
        tell(News.waiting("the folder cannot be read: " + e.getMessage()));
      }
    } while (!isStoppedAfter(rhythm.around(seconds(intervalSeconds))));
    join(deliverer);
    return Exit.DONE;
  }

  private void deliver(Delivery delivery, Spool spool) {
    Rhythm rhythm = new Rhythm(new SecureRandom());
    Duration look = seconds(Math.min(1, intervalSeconds));
    Duration pause = Duration.ZERO;
    while (!isStoppedAfter(pause)) {
      try {
        boolean empty = delivery.deliverAll();
        tellDamage(spool);
        if (empty) {
          rhythm.succeeded();
        }
        pause = empty ? rhythm.around(look) : rhythm.afterFailure();
      } catch (IOException e) {
        tell(News.waiting("the spool cannot be read: " + e.getMessage()));
        pause = rhythm.afterFailure();
      }
    }
  }

  private long damageTold;

  private void tellDamage(Spool spool) {
    if (spool.damaged() > damageTold) {
      tell(News.damaged(spool.damaged() - damageTold));
      damageTold = spool.damaged();
    }
  }

  private boolean isStoppedAfter(Duration pause) {
    try {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void awaitFinished() {
    try {
      boolean unused = finished.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(20).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** There is no end to wait for, so the news is a stream: JSON lines, or lines for people. */
  private synchronized void tell(News news) {
    if (output.json()) {
      output.document(news);
    } else {
      output.note(news.line());
    }
  }
}
