package io.kagimori.contracts.cloudevents;

import static io.kagimori.contracts.cloudevents.DeadLetterReason.INVALID_EVENT;
import static io.kagimori.contracts.cloudevents.DeadLetterReason.INVALID_JSON;
import static io.kagimori.contracts.cloudevents.Records.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedFieldsTest {
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

  private static Records attemptWith(String fields) {
    String data = "{\"requestId\":\"r-1\",\"deviceId\":\"pc-1\",\"succeeded\":true" + fields + "}";
    return Records.binary(EventType.ACTIVATION_ATTEMPTED, "pc-1", data.getBytes(UTF_8));
  }

  // Text that a database cannot hold.

  @Test
  void nulAndLoneSurrogates() {
    refused(requestWith("\"site\":\"a\\u0000b\""), INVALID_EVENT, "site");
    refused(requestWith("\"site\":\"a\\ud83d\""), INVALID_EVENT, "site");
    refused(requestWith("\"site\":\"\\ude00\\ud83d\""), INVALID_EVENT, "site");
    refused(requestWith("\"kms\":{\"host\":\"\\u0000\"}"), INVALID_EVENT, "kms.host");
    assertThat(requestWith("\"site\":\"\\ud83d\\ude00\"").request().event())
        .isEqualTo(requestWith("\"site\":\"😀\"").request().event());
  }

  @Test
  void surrogatesThatComeAsBytes() {
    byte[] value = requestWith("\"site\":\"abc\"").value();
    int at = new String(value, UTF_8).indexOf("abc");
    value[at] = (byte) 0xED;
    value[at + 1] = (byte) 0xA0;
    value[at + 2] = (byte) 0x80;

    assertThat(request().withValue(value).bad().reason()).isEqualTo(INVALID_JSON);
  }

  @Test
  void fieldNamesCanBeUnstorableToo() {
    Sample granted = new Sample(EventType.ACTIVATION_GRANTED, "full");
    String nul = granted.text().replace("seatReused", "\\u0000");
    String surrogate = granted.text().replace("seatReused", "\\ud800");

    refused(granted.binary().withValue(nul), INVALID_EVENT, "detail");
    assertThat(granted.binary().withValue(surrogate).bad().reason()).isEqualTo(INVALID_JSON);
    // The parser minds lone surrogates in names in UTF-8, and not in the other encodings it knows.
    refused(
        granted.binary().withValue(surrogate.getBytes(StandardCharsets.UTF_16BE)),
        INVALID_EVENT,
        "detail");
    refused(requestWith("\"\\u0000\":1"), INVALID_EVENT, "data");
  }

  @Test
  void namesInADeadLetterStayShort() {
    refused(
        requestWith("\"" + "n".repeat(9000) + "\":\"\\u0000\""), INVALID_EVENT, "n".repeat(200));
  }

  // Fields.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"channel\":\"RETAIL\"              | channel",
        "\"channel\":\"mak\"                 | channel",
        "\"channel\":\"\"                    | channel",
        "\"channel\":0                       | channel",
        "\"channel\":null                    | channel",
        "\"product\":\" \"                   | product",
        "\"deviceId\":{}                     | deviceId",
        "\"deviceId\":[\"pc-1\"]             | deviceId",
        "\"edition\":[]                      | edition",
        "\"kms\":\"kms01\"                   | kms",
        "\"kms\":{\"port\":\"http\"}         | kms.port",
        "\"kms\":{\"port\":1e30}             | kms.port",
        "\"kms\":{\"port\":99999999999}      | kms.port",
        "\"kms\":{\"port\":1688.5}           | kms.port",
        "\"channel\":\"KMS\"                 | kms",
        "\"channel\":\"KMS\",\"kms\":{}      | kms.host",
        "\"channel\":\"KMS\",\"kms\":{\"host\":\"h\"} | kms.cmid",
      })
  void unusableFieldsAreNamed(String fields, String detail) {
    refused(requestWith(fields), INVALID_EVENT, detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",\"succeeded\":\"maybe\"                     | succeeded",
        ",\"licenseStatus\":7                         | licenseStatus",
        ",\"licenseStatus\":-1                        | licenseStatus",
        ",\"licenseStatus\":1.5                       | licenseStatus",
        ",\"remainingMinutes\":9223372036854775808    | remainingMinutes",
        ",\"remainingMinutes\":1e400                  | remainingMinutes",
        ",\"stage\":\"REBOOT\"                        | stage",
      })
  void unusableFieldsOfAnAttemptAreNamed(String fields, String detail) {
    refused(attemptWith(fields), INVALID_EVENT, detail);
  }

  @Test
  void holesInListsAreNamed() {
    String data =
        "{\"deviceId\":\"pc-1\",\"collectedAt\":\"2026-04-01T00:00:00Z\",\"source\":\"CIM\",%s}";
    Records report = Records.binary(EventType.DEVICE_REPORTED, "pc-1", new byte[0]);

    refused(
        report.withValue(data.formatted("\"updates\":[\"KB1\",null]")), INVALID_EVENT, "updates");
    refused(report.withValue(data.formatted("\"licenses\":[null]")), INVALID_EVENT, "licenses");
  }

  @Test
  void theFirstUnusableFieldIsNamed() {
    refused(request().withValue("{}"), INVALID_EVENT, "deviceId");
    refused(request().withValue("{\"deviceId\":\"pc-1\"}"), INVALID_EVENT, "product");
  }

  @Test
  void unknownFieldsAreIgnored() {
    Request plain = request().request();
    Request newer = requestWith("\"x\":[{\"y\":null}],\"deviceID\":\"other\"").request();

    assertThat(newer.event()).isEqualTo(plain.event());
    assertThat(newer.contentId()).isEqualTo(plain.contentId());
  }

  @Test
  void plainValuesAreReadKindly() {
    assertThat(requestWith("\"activationId\":7601").request().event(ActivationRequested.class))
        .extracting(ActivationRequested::activationId)
        .isEqualTo("7601");
    assertThat(attemptWith(",\"licenseStatus\":\"5\"").request().event(ActivationAttempted.class))
        .extracting(ActivationAttempted::licenseStatus)
        .isEqualTo(5);
  }

  @Test
  void ofARepeatedFieldTheLastOneCounts() {
    assertThat(requestWith("\"edition\":\"Education\"").request().event(ActivationRequested.class))
        .extracting(ActivationRequested::edition)
        .isEqualTo("Education");
    refused(requestWith("\"deviceId\":\"pc-2\""), INVALID_EVENT, "deviceId");
  }

  // Hostile shapes.

  @Test
  void deepNesting() {
    assertThat(requestWith("\"x\":" + "[".repeat(900) + "]".repeat(900)).decoded())
        .isInstanceOf(Request.class);
    assertThat(requestWith("\"x\":" + "[".repeat(5000) + "]".repeat(5000)).bad().reason())
        .isEqualTo(INVALID_JSON);
    assertThat(request().withValue("[".repeat(200_000)).bad().reason()).isEqualTo(INVALID_JSON);
    assertThat(request().withValue("{\"a\":".repeat(50_000)).bad().reason())
        .isEqualTo(INVALID_JSON);
  }

  @Test
  void nestingAtTheParsersLimitCanAlsoBeWritten() {
    Sample granted = new Sample(EventType.ACTIVATION_GRANTED, "full");
    for (int depth = 980; depth <= 1010; depth++) {
      String nested = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      String value = granted.text().replace("\"seatReused\": false", "\"a\":" + nested);

      assertThat(granted.binary().withValue(value).decoded()).isNotNull();
    }
  }

  @Test
  void hugeNumbers() {
    assertThat(requestWith("\"x\":1e999999999").decoded()).isInstanceOf(Request.class);
    assertThat(requestWith("\"x\":" + "9".repeat(900)).decoded()).isInstanceOf(Request.class);
    assertThat(requestWith("\"x\":" + "9".repeat(100_000)).bad().reason()).isEqualTo(INVALID_JSON);
    refused(
        attemptWith(",\"remainingMinutes\":" + "9".repeat(900)), INVALID_EVENT, "remainingMinutes");

    Sample granted = new Sample(EventType.ACTIVATION_GRANTED, "full");
    assertThat(granted.binary().withValue(granted.text().replace("false", "1e999")).decoded())
        .isInstanceOf(Request.class);
  }
}
