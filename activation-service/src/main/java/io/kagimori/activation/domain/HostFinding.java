package io.kagimori.activation.domain;

import java.time.Instant;
import java.util.Map;

/**
 * Something about a KMS host that somebody should look at.
 *
 * @param code stable code
 * @param since since when; null where it is not known
 * @param detail the figures of the code
 */
public record HostFinding(String code, Instant since, Map<String, Object> detail) {}
