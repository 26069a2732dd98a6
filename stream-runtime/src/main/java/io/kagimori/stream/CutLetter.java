package io.kagimori.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The dead letter of a record that no broker takes a second time: with what was added to it, or
 * because its compressed batch was small, it is over the limit now. It keeps its reason and the
 * place where the whole record lies, and loses what is large. Waiting would not make it smaller, so
 * without this one sender could stop a channel.
 */
final class CutLetter {
  /** Names the size of the value that was left out, in bytes. */
  static final String HEADER = "dlq-cut";

  /** Letters up to this size stay whole; every broker takes them by default. */
  private static final int WHOLE_BYTES_MAX = 512 * 1024;

  /** Larger keys, values and headers are left out. */
  private static final int PART_BYTES_MAX = 4 * 1024;

  /** More headers than a sender of events has use for; ours are the last. */
  private static final int HEADERS_MAX = 32;

  private CutLetter() {}

  /** The letter itself where it is not large. */
  static ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> letter) {
    if (bytes(letter) <= WHOLE_BYTES_MAX) {
      return letter;
    }
    ProducerRecord<byte[], byte[]> cut =
        new ProducerRecord<>(
            letter.topic(), null, letter.timestamp(), small(letter.key()), small(letter.value()));
    Header[] headers = letter.headers().toArray();
    for (int i = Math.max(0, headers.length - HEADERS_MAX); i < headers.length; i++) {
      if (bytes(headers[i]) <= PART_BYTES_MAX) {
        cut.headers().add(headers[i]);
      }
    }
    String size = Integer.toString(length(letter.value()));
    cut.headers().add(HEADER, size.getBytes(StandardCharsets.US_ASCII));
    return cut;
  }

  private static long bytes(ProducerRecord<byte[], byte[]> letter) {
    return (long) length(letter.key())
        + length(letter.value())
        + Arrays.stream(letter.headers().toArray()).mapToLong(CutLetter::bytes).sum();
  }

  private static long bytes(Header header) {
    return (long) header.key().length() + length(header.value());
  }

  private static byte[] small(byte[] part) {
    return length(part) <= PART_BYTES_MAX ? part : null;
  }

  private static int length(byte[] part) {
    return part == null ? 0 : part.length;
  }
}
