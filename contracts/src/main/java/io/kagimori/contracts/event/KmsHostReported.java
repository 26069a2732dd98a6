package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * What a KMS host says of itself.
 *
 * @param host the host's name, equal to the record key
 * @param port listening TCP port
 * @param activated whether the host itself is activated
 * @param currentCount the count it shows; at most twice the requirement, never the population
 * @param partialKey last five characters of the host key
 * @param dnsPublishing whether it publishes its SRV record
 * @param priority scheduling priority, {@code NORMAL} or {@code LOW}
 * @param activationIntervalMinutes minutes it hands to clients not yet activated
 * @param renewalIntervalMinutes minutes it hands to activated clients
 * @param serviceVersion version of the licensing service
 * @param collectedAt when it was read, on the host's clock; absent means the record's time
 * @param serviceName name of the licensing service, {@code sppsvc} or {@code slsvc}
 * @param serviceStartedAt when that service was started last
 * @param settingsChangedAt when a setting was changed last, where the source knows it
 * @param configuredBy how a setting was changed: {@code SCRIPT}, {@code GROUP_POLICY}, {@code
 *     LOGON_SCRIPT} …
 * @param requests its counters of requests since it was installed
 * @param events what it logged of its service and of its SRV record
 */
@RecordBuilder
public record KmsHostReported(
    String host,
    Integer port,
    Boolean activated,
    Integer currentCount,
    String partialKey,
    Boolean dnsPublishing,
    String priority,
    Long activationIntervalMinutes,
    Long renewalIntervalMinutes,
    String serviceVersion,
    Instant collectedAt,
    String serviceName,
    Instant serviceStartedAt,
    Instant settingsChangedAt,
    String configuredBy,
    Requests requests,
    List<Logged> events)
    implements Event {

  /** Most logged events that one report may carry. */
  public static final int EVENTS_MAX = 256;

  /**
   * Counters of requests; a host resets them only when it is reinstalled.
   *
   * @param total requests received
   * @param failed requests that failed
   * @param unlicensed requests of clients in that state
   * @param licensed requests of clients in that state
   * @param initialGrace requests of clients in that state
   * @param expiredOrOutOfTolerance requests of clients whose license expired or whose hardware
   *     changed
   * @param nonGenuineGrace requests of clients in that state
   * @param notification requests of clients in that state
   */
  public record Requests(
      Long total,
      Long failed,
      Long unlicensed,
      Long licensed,
      Long initialGrace,
      Long expiredOrOutOfTolerance,
      Long nonGenuineGrace,
      Long notification) {}

  /**
   * An event of the host's log.
   *
   * @param id number of the event, such as 12293
   * @param at when it was logged
   * @param code code it names, in any spelling
   * @param domain DNS domain it names
   */
  public record Logged(Integer id, Instant at, String code, String domain) {}

  @Override
  public String recordKey() {
    return host;
  }

  @Override
  public String recordKeyField() {
    return "host";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("host", host, 255)
        .when(port != null && (port < 1 || port > 65535), "port")
        .when(currentCount != null && currentCount < 0, "currentCount")
        .optional("serviceName", serviceName, 64)
        .optional("configuredBy", configuredBy, 64);
    if (events != null) {
      fields.when(events.size() > EVENTS_MAX, "events");
      for (Logged event : events) {
        fields.when(event == null, "events");
        if (event != null) {
          fields.required("events.id", event.id()).required("events.at", event.at());
        }
      }
    }
  }
}
