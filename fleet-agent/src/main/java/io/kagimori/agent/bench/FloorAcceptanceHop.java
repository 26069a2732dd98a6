package io.kagimori.agent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor's esu-service, second half: accepts the enrolment whose seat was granted. */
final class FloorAcceptanceHop extends FloorHop {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOCK =
      """
      select document from esu_document
      where device_id = any(?) order by device_id for update
      """;
  private static final String UPDATE_DOCUMENTS =
      """
      update esu_document x set document = convert_from(t.j, 'UTF8')::json
      from unnest(?, ?) as t (d, j) where x.device_id = t.d
      """;

  FloorAcceptanceHop(String kafka, Connection database, String from, String to) {
    super(kafka, database, from, to, "io.kagimori.esu.accepted.v1");
  }

  @Override
  List<String> decide(Connection connection, List<Asked> requests) throws SQLException {
    Map<String, JsonNode> known = devices(connection, requests);
    List<Object[]> documents = new ArrayList<>(requests.size());
    List<String> answers = new ArrayList<>(requests.size());
    for (Asked request : requests) {
      String device = request.deviceId();
      JsonNode document = known.get(device);
      JsonNode enrolment = document.get("enrolments").get(0);
      String id = enrolment.get("requestId").textValue();
      String now = Instant.ofEpochMilli(request.at()).toString();
      String accepted =
          """
          {"requestId":"%s","deviceId":"%s","verdict":"ACCEPTED","program":"windows-10-esu",\
          "year":1,"product":"windows-10","edition":"Enterprise","activationId":%s,"route":\
          "ONLINE","coverageStart":"2025-10-15","coverageEnd":"2026-10-13","warnings":%s,"steps":%s,\
          "evidence":{"confidence":"HIGH"},"keyId":%s,"leaseUntil":%s,"activationRequestId":%s,\
          "decidedAt":"%s"}"""
              .formatted(
                  id,
                  device,
                  enrolment.get("activationId"),
                  enrolment.get("warnings"),
                  request.fields().get("steps"),
                  request.fields().get("keyId"),
                  request.fields().get("leaseUntil"),
                  enrolment.get("activationRequestId"),
                  now);
      String answered =
          """
          {"requestId":"%s","deviceId":"%s","product":"windows-10","edition":"Enterprise",\
          "program":"windows-10-esu","year":1,"activationId":%s,"route":"ONLINE","state":\
          "ACCEPTED","activationRequestId":%s,"warnings":%s,"result":%s,"requestedAt":%s}"""
              .formatted(
                  id,
                  device,
                  enrolment.get("activationId"),
                  enrolment.get("activationRequestId"),
                  enrolment.get("warnings"),
                  accepted,
                  enrolment.get("requestedAt"));
      documents.add(
          new Object[] {
            device,
            """
            {"deviceId":"%s","facts":%s,"systemTold":%s,"former":[],"years":[],"enrolments":[%s],\
            "incidents":[]}"""
                .formatted(device, document.get("facts"), document.get("systemTold"), answered)
                .getBytes(StandardCharsets.UTF_8)
          });
      answers.add(accepted);
    }
    documents.sort(Comparator.comparing(row -> (String) row[0]));
    write(connection, UPDATE_DOCUMENTS, new String[] {"text", "bytea"}, documents);
    return answers;
  }

  private static Map<String, JsonNode> devices(Connection connection, List<Asked> requests)
      throws SQLException {
    Map<String, JsonNode> known = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text", requests.stream().map(Asked::deviceId).toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          JsonNode document = JSON.readTree(rows.getBytes(1));
          known.put(document.get("deviceId").textValue(), document);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the floor's own document cannot be read", e);
    }
    return known;
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
