package io.kagimori.contracts.event;

import java.time.Instant;

/**
 * A row of a Configuration Manager export says whether a device is covered.
 *
 * @param deviceId the device
 * @param source which data it comes from
 * @param activationId the add-on license that the row names; absent for an {@code ESUValue} of 0
 * @param licenseStatus 0 to 6; absent where the source does not have it
 * @param product slug of the product family, where the export tells it
 * @param edition EditionID, where the export tells it
 * @param build build number
 * @param site free label
 * @param collection collection the device was exported from
 * @param collectedAt when Configuration Manager learned it; absent: when the row was imported
 */
public record EsuCoverageImported(
    String deviceId,
    EsuImportSource source,
    String activationId,
    Integer licenseStatus,
    String product,
    String edition,
    String build,
    String site,
    String collection,
    Instant collectedAt)
    implements Event {

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .required("source", source)
        .when(licenseStatus != null && (licenseStatus < 0 || licenseStatus > 6), "licenseStatus")
        .optional("site", site, 128)
        .optional("collection", collection, 128);
  }
}
