package io.kagimori.contracts.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A device, or somebody for it, asks for a year of Extended Security Updates.
 *
 * @param deviceId 1 to 128 characters, equal to the record key
 * @param product slug of the product family, such as {@code windows-10}
 * @param edition EditionID as DISM prints it, compared without case
 * @param version feature version, such as {@code 22H2}
 * @param build build and revision, such as {@code 19045.6456}
 * @param servicePack number of the service pack
 * @param updates installed updates, such as {@code KB5072653}; absent means nobody looked
 * @param program id or name of the program; absent: the one for the product
 * @param activationId SKU id of the add-on license
 * @param year which year of the program
 * @param date the day whose year is meant, where neither id nor year is given; for {@code
 *     activated} the day on which it was done
 * @param route how the year gets onto the device; absent means online
 * @param platform what the device runs on, such as {@code AZURE_VM} or {@code WINDOWS_365}
 * @param signedInAt last sign-in, where the platform's entitlement hangs on it
 * @param arcLicense the license resource that bills the device, for platform {@code ARC}
 * @param keyId which key; absent: key-service chooses a pool
 * @param installationId 54 or 63 digits, text
 * @param site free label that keys may be bound to
 * @param collection free label of a Configuration Manager collection
 * @param activated true: done already by that route, to be recorded without taking a seat
 */
public record EsuEnrolmentRequested(
    String deviceId,
    String product,
    String edition,
    String version,
    String build,
    Integer servicePack,
    List<String> updates,
    String program,
    String activationId,
    Integer year,
    LocalDate date,
    EsuRoute route,
    String platform,
    Instant signedInAt,
    ArcLicense arcLicense,
    String keyId,
    String installationId,
    String site,
    String collection,
    Boolean activated)
    implements Event {

  /**
   * A license resource of Azure Arc, as Azure shows it.
   *
   * @param licenseId its name
   * @param coreType {@code PHYSICAL} or {@code VIRTUAL}
   * @param edition {@code STANDARD} or {@code DATACENTER}
   * @param state {@code ACTIVATED} or {@code DEACTIVATED}
   * @param cores cores it licenses
   * @param deviceCores cores of the device that is linked to it
   */
  public record ArcLicense(
      String licenseId,
      String coreType,
      String edition,
      String state,
      Integer cores,
      Integer deviceCores) {}

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .required("product", product)
        .required("edition", edition)
        .keyId("keyId", keyId)
        .optional("installationId", installationId, 128)
        .optional("site", site, 128)
        .optional("collection", collection, 128);
    if (arcLicense != null) {
      fields
          .text("arcLicense.licenseId", arcLicense.licenseId(), 128)
          .required("arcLicense.cores", arcLicense.cores())
          .required("arcLicense.deviceCores", arcLicense.deviceCores())
          .when(negative(arcLicense.cores()), "arcLicense.cores")
          .when(negative(arcLicense.deviceCores()), "arcLicense.deviceCores");
    }
  }

  private static boolean negative(Integer count) {
    return count != null && count < 0;
  }
}
