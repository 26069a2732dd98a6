package io.kagimori.edition.domain;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.Warning;
import java.util.List;
import java.util.Map;

/**
 * What is to be done on a device, and what comes after.
 *
 * @param product slug of the product family
 * @param fromEdition EditionID before; null where it is not known
 * @param toEdition EditionID wanted, in the spelling of the catalogue
 * @param method how; null for a re-image
 * @param keyId the key for the change itself: a setup key, or the one paired with the image
 * @param steps commands for the agent
 * @param rebootExpected whether a restart belongs to it
 * @param detail what the agent's operator should know
 * @param warnings what the reader should know besides
 * @param activation what is to be activated afterwards
 */
public record ChangePlan(
    String product,
    String fromEdition,
    String toEdition,
    UpgradeMethod method,
    String keyId,
    List<String> steps,
    boolean rebootExpected,
    Map<String, Object> detail,
    List<Warning> warnings,
    Activation activation) {

  /**
   * The activation that follows.
   *
   * @param keyId the organisation's key; null: a pool is chosen when the time has come
   * @param poolKeyId the pool that is expected to give the seat; null for KMS or where none fits
   * @param site label of the site
   * @param installationId stands for key and hardware
   * @param kms the KMS host; null for a MAK
   * @param imageKind what kind of image was put on; null for an upgrade
   */
  public record Activation(
      String keyId,
      String poolKeyId,
      String site,
      String installationId,
      ActivationRequested.Kms kms,
      ImageKind imageKind) {}

  ChangePlan with(List<Warning> other) {
    return new ChangePlan(
        product,
        fromEdition,
        toEdition,
        method,
        keyId,
        steps,
        rebootExpected,
        detail,
        other,
        activation);
  }
}
