package io.kagimori.contracts.cloudevents;

import io.kagimori.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that cannot be decided, as a value: its neighbours in the batch do not notice.
 *
 * @param reason why
 * @param detail the field's name or what the parser said; never the payload
 * @param source the record as it arrived
 */
public record BadRecord(
    DeadLetterReason reason, String detail, ConsumerRecord<byte[], byte[]> source)
    implements Decoded {

  /** The dead letter: original bytes and headers, plus where it came from and why it is here. */
  public ProducerRecord<byte[], byte[]> deadLetter() {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetter(source.topic()),
            null,
            source.timestamp() < 0 ? null : source.timestamp(),
            source.key(),
            source.value(),
            source.headers());
    header(letter, "dlq-reason", reason.name());
    header(letter, "dlq-detail", detail);
    header(letter, "dlq-topic", source.topic());
    header(letter, "dlq-partition", Integer.toString(source.partition()));
    header(letter, "dlq-offset", Long.toString(source.offset()));
    return letter;
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
