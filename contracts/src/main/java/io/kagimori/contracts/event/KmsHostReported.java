package io.kagimori.contracts.event;

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
 */
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
    String serviceVersion)
    implements Event {

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
        .when(currentCount != null && currentCount < 0, "currentCount");
  }
}
