package io.kagimori.agent.collect.publish;

import io.kagimori.agent.collect.Collected;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsRequestLogged;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * All events that one text gives. Ids follow from device, time and content: the same file of the
 * same device is the same event, so sending it twice changes nothing.
 */
public final class Reports {
  private Reports() {}

  /**
   * The events to publish; none when the text has nothing to report.
   *
   * @param collected the facts of the text
   * @param bytes the text itself
   * @param deviceId the device it comes from, where known
   * @param collectedAt when it was read there; becomes the time of the events
   * @throws MissingDeviceException when the text belongs to no device
   */
  public static List<Answer> of(
      Collected collected, byte[] bytes, Optional<String> deviceId, Instant collectedAt) {
    Instant at = collectedAt.truncatedTo(ChronoUnit.MILLIS);
    String digest = digest(bytes);
    List<Answer> events = new ArrayList<>();
    for (DeviceReported report : DeviceReports.of(collected, deviceId, at)) {
      String id = "report/" + report.deviceId() + "/" + at + "/" + digest;
      events.add(event(EventType.DEVICE_REPORTED, id, at, report));
    }
    for (DeviceReported answers : KmsAnswers.of(collected, deviceId, at)) {
      String id = "kms-answers/" + answers.deviceId() + "/" + at + "/" + digest;
      events.add(event(EventType.DEVICE_REPORTED, id, at, answers));
    }
    for (KmsHostReported host : KmsReports.hosts(collected, deviceId, at)) {
      String id = "kms-host/" + host.host() + "/" + at + "/" + digest;
      events.add(event(EventType.KMS_HOST_REPORTED, id, at, host));
    }
    for (KmsRequestLogged request : KmsReports.requests(collected, deviceId)) {
      // A log is read again and again; the request in it stays the same one.
      Instant asked = Optional.ofNullable(request.requestedAt()).orElse(at);
      String id =
          "kms-request/%s/%s/%s/%s/%s"
              .formatted(
                  request.host(),
                  request.cmid(),
                  asked,
                  request.result(),
                  request.remainingMinutes());
      events.add(event(EventType.KMS_REQUEST_LOGGED, id, asked, request));
    }
    return events;
  }

  private static Answer event(EventType type, String id, Instant at, Event event) {
    return EventSender.event(type, EventIds.named(id), at, event);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
