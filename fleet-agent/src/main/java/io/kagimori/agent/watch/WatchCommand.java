package io.kagimori.agent.watch;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows the answers of all services. */
@Command(
    name = "watch",
    description = {
      "Follows the answers of all services, one line each.",
      "With --json and --limit or --for the answer is one JSON array; without either there is no"
          + " end to wait for, so it is JSON lines, one event a line."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori watch --device pc-17",
      "  kagimori watch --from-beginning --limit 100 --json"
    })
public final class WatchCommand implements Callable<Integer> {
  private static final List<String> TOPICS =
      List.of(Topics.ACTIVATION_RESULTS, Topics.EDITION_RESULTS, Topics.ESU_RESULTS);
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--device", paramLabel = "ID", description = "Only this device.")
  private String deviceId;

  @Option(names = "--from-beginning", description = "Begin with the oldest answers kept.")
  private boolean fromBeginning;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after so many answers.")
  private Integer limit;

  @Option(names = "--for", paramLabel = "SECONDS", description = "Stop after this time.")
  private Integer seconds;

  @Override
  public Integer call() {
    boolean bounded = limit != null || seconds != null;
    if (!output.json()) {
      follow(event -> print(event.line()));
    } else if (bounded) {
      List<SeenEvent> seen = new ArrayList<>();
      follow(seen::add);
      output.document(seen);
    } else {
      follow(output::document);
    }
    return Exit.DONE;
  }

  private void print(String line) {
    output.line(line);
    output.out().flush();
  }

  private void follow(Consumer<SeenEvent> each) {
    AnswerFeed.From from = fromBeginning ? AnswerFeed.From.BEGINNING : AnswerFeed.From.END;
    long deadline =
        seconds == null
            ? Long.MAX_VALUE
            : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    int seen = 0;
    try (AnswerFeed feed = new AnswerFeed(connections.kafka(), TOPICS, from)) {
      output.note("watching " + String.join(", ", TOPICS));
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> arrived : feed.poll(POLL)) {
          if (SeenEvent.isAbout(arrived, deviceId)) {
            each.accept(SeenEvent.of(arrived));
            seen++;
            if (limit != null && seen >= limit) {
              return;
            }
          }
        }
      }
    }
  }
}
