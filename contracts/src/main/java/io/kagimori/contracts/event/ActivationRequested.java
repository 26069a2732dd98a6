package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A device, or somebody for it, asks to be activated.
 *
 * @param deviceId 1 to 128 characters, equal to the record key
 * @param product slug of the product family, such as {@code windows-server-2008-r2}
 * @param edition EditionID as DISM prints it, compared without case
 * @param channel MAK or KMS
 * @param keyId which key; absent with {@code partialKey}: key-service chooses a pool
 * @param partialKey last five characters of the key
 * @param site free label that keys and hosts may be bound to
 * @param installationId 54 or 63 digits, text: stands for key and hardware
 * @param kms the KMS host and the client's id on it; required for KMS
 * @param activationId SKU id of an add-on license, as ESU needs it
 * @param initiator who asked; absent means the agent
 * @param action what is asked for; absent means to be activated
 * @param route how a one-time activation reaches the vendor; absent means online
 * @param installMethod how the key is put in
 * @param mediaSource where the installation media came from, as the inventory says it
 * @param imageKind whether the installation came from volume or OEM media
 */
@RecordBuilder
public record ActivationRequested(
    String deviceId,
    String product,
    String edition,
    Channel channel,
    String keyId,
    String partialKey,
    String site,
    String installationId,
    Kms kms,
    String activationId,
    Initiator initiator,
    ActivationAction action,
    ActivationRoute route,
    InstallMethod installMethod,
    String mediaSource,
    ImageKind imageKind)
    implements Event {

  public ActivationRequested {
    initiator = initiator == null ? Initiator.AGENT : initiator;
    action = action == null ? ActivationAction.ACTIVATE : action;
    route = route == null ? ActivationRoute.ONLINE : route;
  }

  /**
   * The KMS host a client asks.
   *
   * @param host name or address; may carry {@code :port}
   * @param port TCP port; absent means 1688
   * @param cmid client machine id
   */
  public record Kms(String host, Integer port, String cmid) {}

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
        .required("channel", channel)
        .noProductKey("keyId", keyId)
        .noProductKey("partialKey", partialKey)
        .noProductKey("site", site)
        .noProductKey("mediaSource", mediaSource)
        .optional("site", site, 128)
        .optional("installationId", installationId, 128);
    if (channel == Channel.KMS && action == ActivationAction.ACTIVATE) {
      fields.required("kms", kms);
      if (kms != null) {
        fields.text("kms.host", kms.host(), 255).text("kms.cmid", kms.cmid(), 128);
      }
    }
  }
}
