package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * An agent reports what came of a step it carried out.
 *
 * @param requestId the activation request the step belongs to
 * @param deviceId the device
 * @param succeeded whether the step succeeded
 * @param stage which step; absent means the activation itself ({@code ATO})
 * @param code the code Windows printed, in any spelling
 * @param message the text Windows printed
 * @param licenseStatus 0 to 6, as {@code SoftwareLicensingProduct} gives it
 * @param remainingMinutes minutes left of the license state
 * @param installationId 54 or 63 digits, text
 * @param confirmationId 48 digits, spaces and hyphens allowed, for {@code CONFIRMATION_ID}
 * @param probes what the agent tried besides, for the diagnosis of a failure
 */
@RecordBuilder
public record ActivationAttempted(
    String requestId,
    String deviceId,
    Boolean succeeded,
    ActivationStage stage,
    String code,
    String message,
    Integer licenseStatus,
    Long remainingMinutes,
    String installationId,
    String confirmationId,
    List<Probe> probes)
    implements Event {

  public ActivationAttempted {
    stage = stage == null ? ActivationStage.ATO : stage;
  }

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .text("requestId", requestId, 128)
        .required("succeeded", succeeded)
        .optional("installationId", installationId, 128)
        .optional("confirmationId", confirmationId, 128)
        .when(licenseStatus != null && (licenseStatus < 0 || licenseStatus > 6), "licenseStatus")
        .when(remainingMinutes != null && remainingMinutes < 0, "remainingMinutes");
    Probe.check(probes, fields);
  }
}
