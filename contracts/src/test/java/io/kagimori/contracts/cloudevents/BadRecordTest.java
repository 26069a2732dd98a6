package io.kagimori.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.Keys;
import io.kagimori.contracts.event.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BadRecordTest {
  private static final byte[] VALUE = {'{', 0, (byte) 0xFF};
  private static final byte[] KEY = {(byte) 0xC0, 1};

  private static Records broken() {
    return Records.binary(EventType.ACTIVATION_REQUESTED, "pc-1", VALUE)
        .withKey(KEY)
        .with("trace", new byte[] {(byte) 0x80})
        .with("empty", (byte[]) null);
  }

  @Test
  void deadLetterKeepsTheRecordAndSaysWhyItIsHere() {
    Records broken = broken();
    ProducerRecord<byte[], byte[]> letter = broken.bad().deadLetter();

    assertThat(letter.topic()).isEqualTo("activation.requests.dlq");
    assertThat(letter.partition()).isNull();
    assertThat(letter.timestamp()).isEqualTo(Records.TIMESTAMP);
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).isEqualTo(VALUE);
    Header[] original = broken.headers().toArray();
    Header[] headers = letter.headers().toArray();
    assertThat(Arrays.copyOf(headers, original.length)).isEqualTo(original);
    assertThat(Arrays.stream(headers).skip(original.length))
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactly(
            "dlq-reason=INVALID_JSON",
            "dlq-detail=" + broken.bad().detail(),
            "dlq-topic=activation.requests",
            "dlq-partition=3",
            "dlq-offset=1234");
  }

  @Test
  void theRecordItselfStaysAsItWas() {
    BadRecord bad = broken().bad();
    Header[] before = bad.source().headers().toArray();

    assertThat(bad.deadLetter().headers().toArray()).hasSize(before.length + 5);
    assertThat(bad.source().headers().toArray()).isEqualTo(before);
  }

  @Test
  @DisplayName("SX-03 a full product key sent as key id is a dead letter that does not repeat it")
  void fullKeys() {
    String key = Keys.grouped(Keys.characters(new Random(11)));
    for (String field : List.of("keyId", "partialKey", "site", "mediaSource")) {
      String value =
          """
          {"deviceId":"pc-1","product":"windows-10","edition":"Enterprise","channel":"MAK","%s":"%s"}"""
              .formatted(field, key);
      BadRecord bad =
          Records.binary(EventType.ACTIVATION_REQUESTED, "pc-1", value.getBytes(UTF_8))
              .with("note", ("typed " + key).getBytes(UTF_8))
              .bad();

      assertThat(bad.reason()).isEqualTo(DeadLetterReason.INVALID_EVENT);
      assertThat(bad.detail()).isEqualTo(field);
      ProducerRecord<byte[], byte[]> letter = bad.deadLetter();
      assertThat(new String(letter.value(), UTF_8))
          .isEqualTo(value.replace(key, "*****-*****-*****-*****-" + key.substring(24)));
      assertThat(letter.headers().toArray())
          .allSatisfy(
              header ->
                  assertThat(new String(header.value(), UTF_8))
                      .doesNotContain(key.substring(0, 11)));
      assertThat(CloudEventHeaders.text(letter.headers(), "note")).endsWith(key.substring(24));
      assertThat(CloudEventHeaders.text(letter.headers(), "dlq-masked")).isEqualTo("product-key");
    }
  }

  @Test
  @DisplayName("SX-03 a key id that is a full product key does not travel on as record key either")
  void fullKeyAsRecordKey() {
    String key = Keys.grouped(Keys.characters(new Random(12)));
    String value = "{\"keyId\":\"" + key + "\",\"blocked\":true}";
    BadRecord bad = Records.binary(EventType.KEY_BLOCK_REQUESTED, key, value.getBytes(UTF_8)).bad();

    assertThat(bad.detail()).isEqualTo("keyId");
    assertThat(new String(bad.deadLetter().key(), UTF_8))
        .isEqualTo("*****-*****-*****-*****-" + key.substring(24));
    assertThat(new String(bad.deadLetter().value(), UTF_8)).doesNotContain(key.substring(0, 11));
  }

  @Test
  void nothingButAReasonForNothingAtAll() {
    Records nothing = broken().withKey(null).withValue((byte[]) null).at(-1);
    ProducerRecord<byte[], byte[]> letter = nothing.bad().deadLetter();

    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(letter.timestamp()).isNull();
    assertThat(CloudEventHeaders.text(letter.headers(), "dlq-detail")).isEqualTo("no value");
  }
}
