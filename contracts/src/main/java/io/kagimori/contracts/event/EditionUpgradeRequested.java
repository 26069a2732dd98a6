package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Somebody asks for another edition on a device.
 *
 * @param deviceId 1 to 128 characters, equal to the record key
 * @param product slug of the product family
 * @param fromEdition EditionID at present; absent: what the device reported last
 * @param toEdition EditionID wanted
 * @param targetEditions what DISM offers on the device; absent: what it reported last
 * @param keyId a key for the change itself; normally absent: the setup key is chosen
 * @param partialKey the same by its last five characters
 * @param activationKeyId the organisation's key for afterwards; absent: a pool is chosen
 * @param domainController whether the device is a domain controller
 * @param preflightConfirmed whether backup and requirements were checked
 * @param site label of the site, for the choice of the pool
 * @param installationId 54 or 63 digits, text
 * @param kms the KMS host that activates afterwards; absent: a MAK does
 * @param campaignId the campaign it belongs to
 * @param wave wave of the campaign, from 1; absent means 1
 * @param features names of features present before the change
 * @param usableMemoryMb memory usable before the change, MiB
 */
@RecordBuilder
public record EditionUpgradeRequested(
    String deviceId,
    String product,
    String fromEdition,
    String toEdition,
    List<String> targetEditions,
    String keyId,
    String partialKey,
    String activationKeyId,
    Boolean domainController,
    Boolean preflightConfirmed,
    String site,
    String installationId,
    ActivationRequested.Kms kms,
    String campaignId,
    Integer wave,
    List<String> features,
    Long usableMemoryMb)
    implements Event {

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .required("product", product)
        .required("toEdition", toEdition)
        .keyId("keyId", keyId)
        .keyId("partialKey", partialKey)
        .keyId("activationKeyId", activationKeyId)
        .optional("site", site, 128)
        .optional("installationId", installationId, 128)
        .optional("campaignId", campaignId, 128)
        .when(wave != null && wave < 1, "wave");
    if (kms != null) {
      fields.text("kms.host", kms.host(), 255).text("kms.cmid", kms.cmid(), 128);
    }
  }
}
