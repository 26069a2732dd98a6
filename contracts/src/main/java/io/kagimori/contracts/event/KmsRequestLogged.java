package io.kagimori.contracts.event;

import java.time.Instant;

/**
 * A client request as a KMS host logged it (event 12290).
 *
 * @param host the KMS host, equal to the record key
 * @param cmid client machine id
 * @param client name of the client
 * @param required count the client demands
 * @param result code of the answer
 * @param licenseStatus the client's status, 0 to 6
 * @param remainingMinutes minutes the client had left
 * @param requestedAt the client's clock
 */
public record KmsRequestLogged(
    String host,
    String cmid,
    String client,
    Integer required,
    String result,
    Integer licenseStatus,
    Long remainingMinutes,
    Instant requestedAt)
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
        .text("cmid", cmid, 128)
        .when(licenseStatus != null && (licenseStatus < 0 || licenseStatus > 6), "licenseStatus");
  }
}
