package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * What a collector read on a device.
 *
 * @param deviceId the device
 * @param collectedAt when it was read, on the device's clock
 * @param source which tool printed it: {@code SLMGR}, {@code CIM}, {@code OSLICENSE}, {@code DISM},
 *     {@code CONFIGMGR}, …
 * @param edition EditionID
 * @param osBuild build number
 * @param language language of the output
 * @param licenses licenses found
 * @param updates KB numbers
 * @param targetEditions editions DISM offers
 * @param product slug of the product family, where the source knows it
 * @param site label of the site, as the inventory says it
 * @param imageId image the device was installed from, as the inventory says it
 * @param deployment how it was installed, such as {@code DISK_CLONE} or {@code NETWORK}
 * @param probes what the agent tried besides, for the diagnosis of a failure
 * @param ship whether the device is about to be handed out and so must be licensed before; absent
 *     leaves the mark as it is
 * @param osName the system as {@code systeminfo} names it, such as {@code Microsoft Windows Server
 *     2019 Standard}: evidence of the edition besides {@code edition}, and less exact
 * @param bootedAt when Windows was started last, on the device's clock
 */
@RecordBuilder
public record DeviceReported(
    String deviceId,
    Instant collectedAt,
    String source,
    String edition,
    String osBuild,
    String language,
    List<License> licenses,
    List<String> updates,
    List<String> targetEditions,
    String product,
    String site,
    String imageId,
    String deployment,
    List<Probe> probes,
    Boolean ship,
    String osName,
    Instant bootedAt)
    implements Event {

  /** Source of what an operator says of a device; it tells nothing of the license. */
  public static final String OPERATOR = "OPERATOR";

  /**
   * Source of edition-service's report of a re-image: nothing of the old installation is true any
   * more.
   */
  public static final String REIMAGE = "REIMAGE";

  /**
   * Source of edition-service's report of an upgrade that it has seen done: the same installation,
   * and its activation is lost.
   */
  public static final String EDITION_CHANGE = "EDITION_CHANGE";

  /**
   * What an operator says of a device: what was tried on it, and whether it is to be handed out.
   */
  public static DeviceReported byOperator(
      String deviceId, Instant at, List<Probe> probes, Boolean ship) {
    return DeviceReportedBuilder.builder()
        .deviceId(deviceId)
        .collectedAt(at)
        .source(OPERATOR)
        .probes(probes)
        .ship(ship)
        .build();
  }

  /**
   * One license on a device.
   *
   * @param name as Windows prints it
   * @param channel as the description names it, such as {@code VOLUME_KMSCLIENT}
   * @param activationId SKU id
   * @param applicationId application GUID
   * @param partialKey last five characters of the installed key
   * @param licenseStatus 0 to 6
   * @param statusReason code behind the status
   * @param remainingMinutes minutes left
   * @param extendedPid extended product id
   * @param installationId 54 or 63 digits, text
   * @param rearmCount rearms left
   * @param kms what the license says of KMS
   */
  @RecordBuilder
  public record License(
      String name,
      String channel,
      String activationId,
      String applicationId,
      String partialKey,
      Integer licenseStatus,
      String statusReason,
      Long remainingMinutes,
      String extendedPid,
      String installationId,
      Integer rearmCount,
      Kms kms) {}

  /**
   * KMS settings of a client.
   *
   * @param cmid client machine id
   * @param host host in use, where the source does not say how the client knows it
   * @param registeredHost host fixed on the client; wins over discovery
   * @param discoveredHost host found through DNS
   * @param port TCP port
   * @param activationIntervalMinutes minutes between tries while not activated
   * @param renewalIntervalMinutes minutes between renewals
   * @param configuredBy how the host was fixed on the client: {@code SCRIPT}, {@code GROUP_POLICY},
   *     {@code LOGON_SCRIPT} …
   */
  @RecordBuilder
  public record Kms(
      String cmid,
      String host,
      String registeredHost,
      String discoveredHost,
      Integer port,
      Long activationIntervalMinutes,
      Long renewalIntervalMinutes,
      String configuredBy) {}

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .required("collectedAt", collectedAt)
        .text("source", source, 64)
        .optional("site", site, 128)
        .optional("imageId", imageId, 128)
        .optional("deployment", deployment, 64)
        .optional("osName", osName, 256);
    Probe.check(probes, fields);
    if (licenses != null) {
      for (License license : licenses) {
        fields.when(license == null, "licenses");
        if (license != null) {
          Integer status = license.licenseStatus();
          fields.when(status != null && (status < 0 || status > 6), "licenses.licenseStatus");
        }
      }
    }
  }
}
