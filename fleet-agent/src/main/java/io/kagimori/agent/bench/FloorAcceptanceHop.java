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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor's esu-service, second half: accepts the enrolment whose seat was granted. */
final class FloorAcceptanceHop extends FloorHop {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READ = "select document from esu_document where device_id = any(?)";
  private static final String READ_ACCEPTANCES =
      "select document from acceptance where request_id = any(?)";
  private static final String NEW_ACCEPTANCES = "acceptance (request_id, document)";

  FloorAcceptanceHop(String kafka, Connection database, String from, String to) {
    super(kafka, database, from, to, "io.kagimori.esu.accepted.v1");
  }

  @Override
  List<String> decide(Connection connection, List<Asked> requests) throws SQLException {
    Map<String, JsonNode> known = enrolments(connection, requests);
    readAcceptances(connection, known.values());
    List<Object[]> acceptances = new ArrayList<>(requests.size());
    List<String> answers = new ArrayList<>(requests.size());
    for (Asked request : requests) {
      String device = request.deviceId();
      JsonNode enrolment = known.get(device);
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
      acceptances.add(
          new Object[] {UUID.fromString(id), accepted.getBytes(StandardCharsets.UTF_8)});
      answers.add(accepted);
    }
    acceptances.sort(Comparator.comparing(row -> ((UUID) row[0]).toString()));
    copy(connection, NEW_ACCEPTANCES, acceptances);
    return answers;
  }

  private static Map<String, JsonNode> enrolments(Connection connection, List<Asked> requests)
      throws SQLException {
    Map<String, JsonNode> known = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text", requests.stream().map(Asked::deviceId).toArray(String[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          JsonNode document = JSON.readTree(rows.getBytes(1));
          known.put(document.get("deviceId").textValue(), document.get("enrolments").get(0));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the floor's own document cannot be read", e);
    }
    return known;
  }

  private static void readAcceptances(Connection connection, Collection<JsonNode> enrolments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ_ACCEPTANCES)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "uuid",
              enrolments.stream()
                  .map(e -> UUID.fromString(e.get("requestId").textValue()))
                  .toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          throw new IllegalStateException("the floor accepts nothing twice");
        }
      }
    }
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
