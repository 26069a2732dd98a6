package io.kagimori.contracts.cloudevents;

import static io.kagimori.contracts.cloudevents.DeadLetterReason.INVALID_EVENT;
import static io.kagimori.contracts.cloudevents.Records.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EventType;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredModeTest {
  private static final String DATA =
      """
      {"deviceId":"pc-1","product":"windows-10","edition":"Enterprise","channel":"MAK"}""";

  private static Records request() {
    return requestOf(DATA);
  }

  private static Records requestOf(String data) {
    return Records.binary(EventType.ACTIVATION_REQUESTED, "pc-1", data.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=utf-8",
        "application/cloudevents+json;charset=\"UTF-8\"",
        "Application/CloudEvents+JSON ; v=1",
        " application/cloudevents+json",
      })
  void structuredModeWithAnyParameters(String contentType) {
    Request request =
        Records.structured(EventType.ACTIVATION_REQUESTED, "pc-1", DATA)
            .with("content-type", contentType)
            .request();

    assertThat(request.id()).isEqualTo(Records.ID);
    assertThat(request.claimedTime()).isEqualTo("2026-04-01T00:15:29Z");
    assertThat(request.contentId()).isEqualTo(request().request().contentId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/cloudevents+jsonseq",
        "text/plain",
      })
  void anyOtherContentIsBinaryMode(String contentType) {
    assertThat(request().with("content-type", contentType).request().event())
        .isEqualTo(request().request().event());
    assertThat(request().without("content-type").request().event())
        .isEqualTo(request().request().event());
  }

  @Test
  void structuredDataInBase64() {
    String base64 = Base64.getEncoder().encodeToString(DATA.getBytes(UTF_8));

    assertThat(structuredWith("\"data_base64\":\"%s\"".formatted(base64)).request().contentId())
        .isEqualTo(request().request().contentId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"data_base64\":\"%%%\"    | INVALID_EVENT | data_base64",
        "\"data_base64\":5          | INVALID_EVENT | data_base64",
        "\"data_base64\":{}         | INVALID_EVENT | data_base64",
        "\"data_base64\":\"\"       | INVALID_JSON  | not a JSON object",
        "\"data_base64\":\"W10=\"   | INVALID_JSON  | not a JSON object",
        "\"data_base64\":\"ew==\"   | INVALID_JSON  | not JSON at line 1, column 2",
        "\"data_base64\":null       | INVALID_EVENT | data",
        "\"data\":null              | INVALID_EVENT | data",
        "\"data\":[]                | INVALID_EVENT | data",
        "\"data\":\"{}\"            | INVALID_EVENT | data",
        "\"other\":1                | INVALID_EVENT | data",
        "\"data\":{}                | INVALID_EVENT | deviceId",
      })
  void unusableStructuredData(String field, DeadLetterReason reason, String detail) {
    refused(structuredWith(field), reason, detail);
  }

  @Test
  void attributesOfStructuredModeAreInTheValueAlone() {
    Records structured = Records.structured("pc-1", "{\"data\":" + DATA + "}");

    refused(
        structured
            .with("ce_id", Records.ID.toString())
            .with("ce_type", EventType.ACTIVATION_REQUESTED.typeName()),
        INVALID_EVENT,
        "ce_id");
    refused(
        Records.structured("pc-1", "{\"id\":\"%s\",\"data\":%s}".formatted(Records.ID, DATA)),
        INVALID_EVENT,
        "ce_type");
    refused(
        Records.structured("pc-1", structuredWith("\"data\":" + DATA, "\"time\":5")),
        INVALID_EVENT,
        "ce_time");
  }

  private static Records structuredWith(String field) {
    return Records.structured("pc-1", structuredWith(field, "\"extension\":\"x\""));
  }

  private static String structuredWith(String data, String attribute) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"type\":\"%s\",%s,%s}"
        .formatted(Records.ID, EventType.ACTIVATION_REQUESTED.typeName(), attribute, data);
  }
}
