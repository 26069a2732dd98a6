package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Somebody asks whether a device may be re-imaged.
 *
 * @param deviceId 1 to 128 characters, equal to the record key
 * @param imageId a registered image
 * @param agreementId the agreement that is to grant the right
 * @param oem the license that came with the device; absent: it has none
 * @param maker maker of the device
 * @param model model of the device
 * @param keyKind kind of key that is to activate it; absent: the key paired with the image
 * @param manufacturerConsent document in which the maker permits its server image
 * @param versionRight document that grants another version than the licensed one
 * @param managed false where the device belongs to another organisation
 * @param installationId 54 or 63 digits, text; the same one as before shares its seat
 * @param site label of the site
 * @param kms the KMS host that activates afterwards; absent: a MAK does
 * @param campaignId the campaign it belongs to
 * @param wave wave of the campaign, from 1; absent means 1
 */
@RecordBuilder
public record EditionReimageRequested(
    String deviceId,
    String imageId,
    String agreementId,
    Oem oem,
    String maker,
    String model,
    KeyKind keyKind,
    String manufacturerConsent,
    String versionRight,
    Boolean managed,
    String installationId,
    String site,
    ActivationRequested.Kms kms,
    String campaignId,
    Integer wave)
    implements Event {

  /**
   * A license that came with a device.
   *
   * @param product slug of the product family
   * @param edition EditionID
   * @param language language tag such as {@code ja-JP}
   */
  public record Oem(String product, String edition, String language) {}

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .text("imageId", imageId, 128)
        .optional("installationId", installationId, 128)
        .optional("site", site, 128)
        .optional("campaignId", campaignId, 128)
        .when(wave != null && wave < 1, "wave");
    if (kms != null) {
      fields.text("kms.host", kms.host(), 255).text("kms.cmid", kms.cmid(), 128);
    }
  }
}
