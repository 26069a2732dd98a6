package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * An agent reports a step of an edition change or re-image.
 *
 * @param deviceId the device
 * @param requestId the upgrade or re-image request the step belongs to
 * @param stage which step
 * @param succeeded whether it succeeded
 * @param code what DISM or Windows printed, in any spelling
 * @param message the text printed with it
 * @param edition EditionID read afterwards, for {@code OBSERVED}
 * @param interactiveUsers people logged on who may have unsaved documents
 * @param features names of features present now, for {@code OBSERVED}
 * @param usableMemoryMb memory usable now, MiB, for {@code OBSERVED}
 * @param installationId 54 or 63 digits, text: stands for key and hardware
 */
@RecordBuilder
public record EditionStageReported(
    String deviceId,
    String requestId,
    EditionStage stage,
    Boolean succeeded,
    String code,
    String message,
    String edition,
    Integer interactiveUsers,
    List<String> features,
    Long usableMemoryMb,
    String installationId)
    implements Event {

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .text("requestId", requestId, 128)
        .required("stage", stage)
        .required("succeeded", succeeded)
        .optional("installationId", installationId, 128)
        .when(interactiveUsers != null && interactiveUsers < 0, "interactiveUsers");
  }
}
