package io.kagimori.esu.domain;

import java.time.Instant;

/**
 * An update that did not get onto a device.
 *
 * @param kb the update
 * @param reason latest diagnosis
 * @param code what Windows printed; null where it printed nothing
 * @param openedAt when it first failed
 * @param requestId the report diagnosed last
 * @param retryProposedAt when it was proposed to try again; null before
 */
public record Incident(
    String kb,
    String reason,
    String code,
    Instant openedAt,
    String requestId,
    Instant retryProposedAt) {}
