package io.kagimori.agent.stream;

import io.kagimori.agent.cli.CommandFailure;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** What to say when Kafka is not where it was looked for. */
final class Reach {
  private Reach() {}

  /** A client, unless the address makes no sense. */
  static <C> C client(String kafka, Supplier<C> made) {
    try {
      return made.get();
    } catch (KafkaException e) {
      throw CommandFailure.outside(
          "KAFKA_UNREACHABLE",
          "'%s' is no Kafka address that can be reached; write HOST:PORT.".formatted(kafka),
          e);
    }
  }

  static CommandFailure unreachable(String kafka, Exception cause) {
    return CommandFailure.outside(
        "KAFKA_UNREACHABLE",
        "Kafka does not answer at %s; is the stack up (kagimori up)?".formatted(kafka),
        cause);
  }
}
