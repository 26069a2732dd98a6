package io.kagimori.activation.domain;

import io.kagimori.contracts.event.KmsHostOrigin;
import java.time.Instant;

/**
 * What a device is looked for by. It is written when one of it changes, which an activation that
 * goes well does not do.
 *
 * @param kmsHost KMS host it knows
 * @param kmsPort port of that host
 * @param kmsOrigin how it knows the host
 * @param deployment how it was installed
 * @param imageId image it was installed from
 * @param ship whether it is about to be handed out
 * @param failingReason reason of its newest failure; null unless it fails
 * @param failingCause most likely cause of that failure
 * @param failingCode what Windows printed
 * @param failingSince when it began to fail
 */
public record DeviceFacets(
    String kmsHost,
    Integer kmsPort,
    KmsHostOrigin kmsOrigin,
    String deployment,
    String imageId,
    Boolean ship,
    String failingReason,
    String failingCause,
    String failingCode,
    Instant failingSince) {
  static final DeviceFacets NONE =
      new DeviceFacets(null, null, null, null, null, null, null, null, null, null);

  static DeviceFacets of(Device device) {
    DeviceKms kms = device.kms();
    boolean hasHost = kms != null && kms.host() != null;
    Trouble trouble = device.trouble();
    boolean failing = trouble != null && trouble.state() == Trouble.State.FAILING;
    Trouble.Failure last = failing ? trouble.last() : null;
    return new DeviceFacets(
        hasHost ? kms.host() : null,
        hasHost ? kms.port() : null,
        hasHost ? kms.origin() : null,
        device.installed().deployment(),
        device.installed().imageId(),
        device.installed().ship(),
        failing ? last.reason() : null,
        failing ? last.cause() : null,
        failing ? last.code() : null,
        failing ? trouble.since() : null);
  }
}
