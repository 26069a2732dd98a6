package io.kagimori.contracts.cloudevents;

import io.kagimori.contracts.KeysInText;
import io.kagimori.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

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

  /**
   * Says that a full product key was reduced to its last five characters. Dead letters are read and
   * passed on by people; the record as it came lies where {@code dlq-topic}, {@code dlq-partition}
   * and {@code dlq-offset} say, until that topic forgets it.
   */
  static final String MASKED = "dlq-masked";

  private static final String PRODUCT_KEY = "product-key";

  /**
   * The dead letter: original bytes and headers, plus where it came from and why it is here. Only a
   * full product key does not travel on, see {@link #MASKED}.
   */
  public ProducerRecord<byte[], byte[]> deadLetter() {
    byte[] key = masked(source.key());
    byte[] value = masked(source.value());
    boolean masked = key != source.key() || value != source.value();
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetter(source.topic()),
            null,
            source.timestamp() < 0 ? null : source.timestamp(),
            key,
            value);
    for (Header header : source.headers()) {
      byte[] text = masked(header.value());
      masked |= text != header.value();
      letter.headers().add(header.key(), text);
    }
    header(letter, "dlq-reason", reason.name());
    header(letter, "dlq-detail", KeysInText.masked(detail));
    header(letter, "dlq-topic", source.topic());
    header(letter, "dlq-partition", Integer.toString(source.partition()));
    header(letter, "dlq-offset", Long.toString(source.offset()));
    if (masked) {
      header(letter, MASKED, PRODUCT_KEY);
    }
    return letter;
  }

  /** The same array where there is nothing to mask: bytes that are no text stay what they are. */
  private static byte[] masked(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return KeysInText.found(text)
        ? KeysInText.masked(text).getBytes(StandardCharsets.UTF_8)
        : bytes;
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
