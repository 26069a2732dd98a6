package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Whether a device may be re-imaged, with everything the decision rests on.
 *
 * @param requestId the request decided
 * @param deviceId the device
 * @param decision permitted, conditional or not
 * @param reasons stable codes of what speaks against it or binds it
 * @param rules the rules that were looked at and decided something
 * @param agreementId the agreement it rests on
 * @param imageId the image
 * @param entitlement the license that governs the device, before and after
 * @param keyId the key paired with the image
 * @param warnings what the reader should know besides
 * @param steps commands for the agent after the image is on the device
 * @param detail figures and names behind the reasons
 * @param overrideId the recorded override that lifted a refusal
 * @param state where the re-image stands
 * @param campaignId the campaign it belongs to
 * @param wave wave of the campaign
 * @param request the request as it was understood
 * @param decidedAt the record time the decision was taken for
 */
public record ReimageDecided(
    String requestId,
    String deviceId,
    ReimageDecision decision,
    List<String> reasons,
    List<Rule> rules,
    String agreementId,
    String imageId,
    EditionReimageRequested.Oem entitlement,
    String keyId,
    List<Warning> warnings,
    List<String> steps,
    Map<String, Object> detail,
    String overrideId,
    EditionState state,
    String campaignId,
    Integer wave,
    EditionReimageRequested request,
    Instant decidedAt)
    implements Event {

  /**
   * A rule that fired.
   *
   * @param id id in reimaging_rules.csv
   * @param version stands for the wording of the row at the time
   * @param effect {@code ALLOW}, {@code CONDITION}, {@code DENY} or {@code WARN}
   * @param source where the rule was read
   */
  public record Rule(String id, String version, String effect, String source) {}

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .required("requestId", requestId)
        .required("decision", decision)
        .required("decidedAt", decidedAt);
  }
}
