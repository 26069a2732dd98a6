package io.kagimori.agent.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor's activation-service: grants what the first hop accepted. */
final class FloorActivationHop extends FloorHop {
  private static final String LOCK =
      "select document, version from device where device_id = any(?) order by device_id for update";
  private static final String KNOWN =
      """
      select request_id from activation where request_id = any(?)
      """;
  private static final String NEW_ACTIVATIONS =
      "activation (request_id, device_id, state, due_at, document)";
  static final String NEW_DEVICES =
      "device (device_id, version, product, site, license_status, document)";

  FloorActivationHop(String kafka, Connection database, String from, String to) {
    super(kafka, database, from, to, "io.kagimori.activation.granted.v1");
  }

  @Override
  List<String> decide(Connection connection, List<Asked> requests) throws SQLException {
    FloorKeyHop.read(
        connection, LOCK, requests.stream().map(Asked::deviceId).toArray(String[]::new));
    List<Object[]> activations = new ArrayList<>(requests.size());
    List<Object[]> devices = new ArrayList<>(requests.size());
    List<String> answers = new ArrayList<>(requests.size());
    for (Asked request : requests) {
      String id = request.fields().get("requestId").textValue();
      String key = request.fields().get("keyId").textValue();
      String lease = request.fields().get("leaseUntil").textValue();
      String now = Instant.ofEpochMilli(request.at()).toString();
      activations.add(
          new Object[] {
            UUID.fromString(id),
            request.deviceId(),
            "GRANTED",
            Instant.parse(lease),
            """
            {"id":"%s","asked":%s,"state":"GRANTED","ruling":{"verdict":"GRANTED"},"dueAt":"%s",\
            "stages":[]}\
            """
                .formatted(id, request.json(), lease)
          });
      devices.add(
          new Object[] {
            request.deviceId(),
            1L,
            "windows-server-2019",
            null,
            null,
            """
            {"deviceId":"%s","installed":{"product":"windows-server-2019","edition":\
            "ServerStandard"},"license":{"keyId":"%s"},"warnings":[],"asOf":"%s","changedAt":"%s"}\
            """
                .formatted(request.deviceId(), key, now, now)
          });
      answers.add(
          """
          {"requestId":"%s","deviceId":"%s","product":"windows-server-2019","edition":\
          "ServerStandard","channel":"MAK","verdict":"GRANTED","keyId":"%s","partialKey":"BBBBB",\
          "steps":["cscript //Nologo %%windir%%\\\\system32\\\\slmgr.vbs /upk","cscript //Nologo \
          %%windir%%\\\\system32\\\\slmgr.vbs /ipk {key:%s}","cscript //Nologo \
          %%windir%%\\\\system32\\\\slmgr.vbs /ato","cscript //Nologo \
          %%windir%%\\\\system32\\\\slmgr.vbs /dlv"],"leaseUntil":"%s","initiator":"AGENT",\
          "decidedAt":"%s"}\
          """
              .formatted(id, request.deviceId(), key, key, lease, now));
    }
    devices.sort(Comparator.comparing(device -> (String) device[0]));
    Set<UUID> known =
        known(connection, KNOWN, activations.stream().map(activation -> (UUID) activation[0]));
    activations.removeIf(activation -> known.contains((UUID) activation[0]));
    copy(connection, NEW_ACTIVATIONS, activations);
    copy(connection, NEW_DEVICES, devices);
    return answers;
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
