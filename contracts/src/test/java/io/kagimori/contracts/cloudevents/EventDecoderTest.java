package io.kagimori.contracts.cloudevents;

import static io.kagimori.contracts.cloudevents.DeadLetterReason.INVALID_EVENT;
import static io.kagimori.contracts.cloudevents.DeadLetterReason.INVALID_JSON;
import static io.kagimori.contracts.cloudevents.DeadLetterReason.TOO_LARGE;
import static io.kagimori.contracts.cloudevents.DeadLetterReason.UNKNOWN_TYPE;
import static io.kagimori.contracts.cloudevents.Records.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final String DATA =
      """
      {"deviceId":"pc-1","product":"windows-10","edition":"Enterprise","channel":"MAK"}""";

  private static Records request() {
    return requestOf(DATA);
  }

  private static Records requestOf(String data) {
    return Records.binary(EventType.ACTIVATION_REQUESTED, "pc-1", data.getBytes(UTF_8));
  }

  /** The request with one more field. */
  private static Records requestWith(String field) {
    return requestOf(DATA.replace("}", "," + field + "}"));
  }

  private static Records requestFrom(String deviceId) {
    return Records.binary(
        EventType.ACTIVATION_REQUESTED, deviceId, DATA.replace("pc-1", deviceId).getBytes(UTF_8));
  }

  @Test
  void everythingThatTheEnvelopeSaysIsInTheRequest() {
    Request request = request().request();

    assertThat(request.id()).isEqualTo(Records.ID);
    assertThat(request.type()).isEqualTo(EventType.ACTIVATION_REQUESTED);
    assertThat(request.claimedTime()).isEqualTo("2026-04-01T00:15:29Z");
    assertThat(request.now()).isEqualTo(Instant.ofEpochMilli(Records.TIMESTAMP));
    assertThat(request.event(ActivationRequested.class).channel()).isEqualTo(Channel.MAK);
    assertThat(request.source().offset()).isEqualTo(1234);
  }

  // What is not JSON.

  @Test
  void noValue() {
    refused(request().withValue((byte[]) null), INVALID_JSON, "no value");
    refused(request().withValue(""), INVALID_JSON, "no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "\"{}\"", "true", "  "})
  void notAnObject(String value) {
    refused(request().withValue(value), INVALID_JSON, "not a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                    | not JSON at line 1, column 2",
        "{\"deviceId\":pc-1}  | not JSON at line 1, column 13",
        "{} {}                | not JSON at line 1, column 4",
        "{\"a\":NaN}          | not JSON at line 1, column 9",
        "{'a':1}              | not JSON at line 1, column 2",
      })
  void notJson(String value, String detail) {
    refused(request().withValue(value), INVALID_JSON, detail);
  }

  @Test
  void theParserNeverQuotesThePayload() {
    BadRecord bad = request().withValue("{\"comment\":\"secret\" secret").bad();

    assertThat(bad.reason()).isEqualTo(INVALID_JSON);
    assertThat(bad.detail()).doesNotContain("secret");
  }

  @Test
  void bytesThatAreNotUtf8() {
    byte[] value = DATA.replace("pc-1", "pc-é").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(request().withValue(value).bad().reason()).isEqualTo(INVALID_JSON);
  }

  // Size.

  @Test
  void exactly256KibibytesAreRead() {
    assertThat(padded(256 * 1024).decoded()).isInstanceOf(Request.class);
    refused(padded(256 * 1024 + 1), TOO_LARGE, "262145 of 262144 bytes");
  }

  @Test
  void aMegabyteIsTooLargeWhateverItHolds() {
    refused(request().withValue(new byte[1_000_000]), TOO_LARGE, "1000000 of 262144 bytes");
  }

  private static Records padded(int bytes) {
    String field = "\"padding\":\"%s\"";
    int rest = bytes - DATA.length() - 1 - field.formatted("").length();
    Records padded = requestWith(field.formatted("x".repeat(rest)));
    assertThat(padded.value()).hasSize(bytes);
    return padded;
  }

  // Attributes.

  @Test
  void missingAttributes() {
    refused(request().without("ce_id"), INVALID_EVENT, "ce_id");
    refused(request().without("ce_type"), INVALID_EVENT, "ce_type");
    refused(request().with("ce_type", " "), INVALID_EVENT, "ce_type");
    refused(request().with("ce_id", (byte[]) null), INVALID_EVENT, "ce_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "not-a-uuid",
        "0-0-0-0-1",
        "+196f0c4-7a10-7001-8a5b-00005eed0001",
        "00196f0c4-7a10-7001-8a5-00005eed0001",
        "{0196f0c4-7a10-7001-8a5b-00005eed0001}",
        "0196f0c47a1070018a5b00005eed0001",
        " 196f0c4-7a10-7001-8a5b-00005eed0001",
      })
  void idThatIsNoUuid(String id) {
    refused(request().with("ce_id", id), INVALID_EVENT, "ce_id");
  }

  @Test
  void idInCapitalsIsTheSameId() {
    assertThat(request().with("ce_id", "0196F0C4-7A10-7001-8A5B-00005EED0001").request().id())
        .isEqualTo(Records.ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-04-01",
        "2026-04-01T00:00:00",
        "2026-02-30T00:00:00Z",
        "2026-04-01T25:00:00Z",
        "1775002530",
        "+12026-04-01T00:00:00Z",
        "-0001-04-01T00:00:00Z",
        "9999-12-31T23:59:59-18:00",
      })
  void badTimes(String time) {
    refused(request().with("ce_time", time), INVALID_EVENT, "ce_time");
    refused(deviceReportedAt("\"" + time + "\""), INVALID_EVENT, "collectedAt");
  }

  @Test
  void numbersAreNoTimes() {
    refused(deviceReportedAt("1775002530"), INVALID_EVENT, "collectedAt");
    refused(deviceReportedAt("1e999999999"), INVALID_EVENT, "collectedAt");
    refused(deviceReportedAt("{}"), INVALID_EVENT, "collectedAt");
    refused(deviceReportedAt("null"), INVALID_EVENT, "collectedAt");
  }

  @Test
  void timesWithAnyOffset() {
    assertThat(request().with("ce_time", "2026-04-01T09:15:29+09:00").request().claimedTime())
        .isEqualTo("2026-04-01T00:15:29Z");
    assertThat(request().without("ce_time").request().claimedTime()).isNull();
  }

  private static Records deviceReportedAt(String json) {
    String data = "{\"deviceId\":\"pc-1\",\"source\":\"CIM\",\"collectedAt\":" + json + "}";
    return Records.binary(EventType.DEVICE_REPORTED, "pc-1", data.getBytes(UTF_8));
  }

  @Test
  void recordsWithoutATimeCannotBeDecided() {
    refused(request().at(-1), INVALID_EVENT, "timestamp");
    refused(request().at(Long.MIN_VALUE), INVALID_EVENT, "timestamp");
    refused(request().at(Long.MAX_VALUE), INVALID_EVENT, "timestamp");
    assertThat(request().at(0).request().now()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void unknownTypes() {
    refused(
        request().with("ce_type", "io.kagimori.activation.requested.v2"),
        UNKNOWN_TYPE,
        "io.kagimori.activation.requested.v2");
    refused(request().with("ce_type", "x".repeat(5000)), UNKNOWN_TYPE, "x".repeat(200));
  }

  @Test
  void knownTypesOnTheWrongTopic() {
    Decoded decoded =
        new EventDecoder(Set.of(EventType.ACTIVATION_ATTEMPTED)).decode(request().consumed());

    assertThat(decoded)
        .isInstanceOfSatisfying(
            BadRecord.class,
            bad -> {
              assertThat(bad.reason()).isEqualTo(UNKNOWN_TYPE);
              assertThat(bad.detail()).isEqualTo("io.kagimori.activation.requested.v1");
            });
  }

  // The record key and the device id.

  @Test
  void deviceIdMustBeTheRecordKey() {
    refused(request().withKey("pc-2".getBytes(UTF_8)), INVALID_EVENT, "deviceId");
    refused(request().withKey("PC-1".getBytes(UTF_8)), INVALID_EVENT, "deviceId");
    refused(request().withKey(new byte[0]), INVALID_EVENT, "deviceId");
    refused(request().withKey(null), INVALID_EVENT, "deviceId");
  }

  @Test
  void keyBytesThatAreNoTextEqualNoId() {
    refused(
        requestFrom("pc-\uFFFD").withKey(bytes('p', 'c', '-', 0xFF)), INVALID_EVENT, "deviceId");
  }

  @Test
  void otherTopicsNameTheirOwnKeyField() {
    Records tick =
        Records.binary(
            EventType.CLOCK_TICKED,
            "key-service",
            "{\"service\":\"key-service\",\"minute\":\"2026-04-01T00:20:00Z\"}".getBytes(UTF_8));

    refused(tick.withKey(null), INVALID_EVENT, "service");
    refused(new Sample(EventType.KEY_STATE, "full").binary().withKey(null), INVALID_EVENT, "keyId");
    refused(
        new Sample(EventType.AGREEMENT_STATE, "full").binary().withKey(null),
        INVALID_EVENT,
        "agreementId");
    refused(
        new Sample(EventType.KMS_REQUEST_LOGGED, "full").binary().withKey(null),
        INVALID_EVENT,
        "host");
  }

  @Test
  void lengthsCountCharactersNotBytes() {
    assertThat(requestFrom("d".repeat(128)).decoded()).isInstanceOf(Request.class);
    assertThat(requestFrom("😀".repeat(128)).decoded()).isInstanceOf(Request.class);
    refused(requestFrom("d".repeat(129)), INVALID_EVENT, "deviceId");
    refused(requestFrom("😀".repeat(129)), INVALID_EVENT, "deviceId");
    refused(requestFrom(" \u3000"), INVALID_EVENT, "deviceId");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
