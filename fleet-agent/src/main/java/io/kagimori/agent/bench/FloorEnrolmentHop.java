package io.kagimori.agent.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor's esu-service, first half: remembers the enrolment and asks for a seat. */
final class FloorEnrolmentHop extends FloorHop {
  private static final String LOCK =
      """
      select document from esu_document
      where device_id = any(?) order by device_id for update
      """;
  private static final String NEW_DOCUMENTS = "esu_document (device_id, document)";
  private static final String INSERT_ROWS =
      """
      insert into esu_device (device_id, product, site, collection, licensed, platform,
        signed_in_on, first_covered_on, blocked, disputed, incidents)
      select d, p, s, c, l::datemultirange, f::datemultirange, g::date, a::date, b, u::int[], i
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as t (d, p, s, c, l, f, g, a, b, u, i)
      """;
  private static final String NEW_ENROLMENTS =
      "enrolment (request_id, device_id, program, year, state)";

  FloorEnrolmentHop(String kafka, Connection database, String from, String to) {
    super(kafka, database, from, to, "io.kagimori.activation.requested.v1");
  }

  @Override
  List<String> decide(Connection connection, List<Asked> requests) throws SQLException {
    FloorKeyHop.read(
        connection, LOCK, requests.stream().map(Asked::deviceId).toArray(String[]::new));
    List<Object[]> documents = new ArrayList<>(requests.size());
    List<Object[]> rows = new ArrayList<>(requests.size());
    List<Object[]> enrolments = new ArrayList<>(requests.size());
    List<String> answers = new ArrayList<>(requests.size());
    for (Asked request : requests) {
      String device = request.deviceId();
      String now = Instant.ofEpochMilli(request.at()).toString();
      String activationId = request.fields().get("activationId").textValue();
      String key = request.fields().get("keyId").textValue();
      String enrolment = enrolment(request.id(), device, activationId, now);
      documents.add(
          new Object[] {
            device,
            """
            {"deviceId":"%s","facts":{"product":"windows-10","edition":"Enterprise","version":\
            "22H2","build":"19045.6456","updates":["KB5066791","KB5072653"]},"systemTold":"%s",\
            "former":[],"years":[],"enrolments":[%s],"incidents":[]}"""
                .formatted(device, now, enrolment)
                .getBytes(StandardCharsets.UTF_8)
          });
      rows.add(
          new Object[] {device, "windows-10", null, null, "{}", "{}", null, null, null, null, 0});
      enrolments.add(new Object[] {request.id(), device, "windows-10-esu", 1, "OPEN"});
      answers.add(
          """
          {"deviceId":"%s","product":"windows-10","edition":"Enterprise","channel":"MAK",\
          "keyId":"%s","activationId":"%s","initiator":"ESU","action":"ACTIVATE","route":\
          "ONLINE"}"""
              .formatted(device, key, activationId));
    }
    Comparator<Object[]> byDevice = Comparator.comparing(row -> (String) row[0]);
    documents.sort(byDevice);
    rows.sort(byDevice);
    enrolments.sort(Comparator.comparing(row -> ((UUID) row[0]).toString()));
    copy(connection, NEW_DOCUMENTS, documents);
    write(
        connection,
        INSERT_ROWS,
        new String[] {
          "text", "text", "text", "text", "text", "text", "text", "text", "text", "text", "int4"
        },
        rows);
    copy(connection, NEW_ENROLMENTS, enrolments);
    return answers;
  }

  private static String enrolment(UUID id, String device, String activationId, String now) {
    return """
    {"requestId":"%s","deviceId":"%s","product":"windows-10","edition":"Enterprise","program":\
    "windows-10-esu","year":1,"activationId":"%s","route":"ONLINE","state":"REQUESTED",\
    "activationRequestId":"%s","warnings":[{"reason":"CATCH_UP_YEAR","detail":{"coverageEnd":\
    "2026-10-13"}}],"requestedAt":"%s"}"""
        .formatted(id, device, activationId, id, now);
  }

  @Override
  String[] fact(Asked request) {
    return null;
  }

  @Override
  List<ProducerRecord<byte[], byte[]>> facts(Connection connection) {
    return List.of();
  }
}
