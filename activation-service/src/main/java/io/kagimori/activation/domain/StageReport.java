package io.kagimori.activation.domain;

import io.kagimori.contracts.event.ActivationStage;
import java.time.Instant;

/**
 * What came of one step of the runbook.
 *
 * @param stage which step
 * @param succeeded whether it succeeded
 * @param code what Windows printed, in its canonical spelling where the catalogue knows it; absent
 *     when nothing was printed
 * @param message the text Windows printed
 * @param at record time of the report
 */
public record StageReport(
    ActivationStage stage, boolean succeeded, String code, String message, Instant at) {}
