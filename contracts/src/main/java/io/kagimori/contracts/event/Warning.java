package io.kagimori.contracts.event;

import java.util.Map;

/**
 * Something the answer's reader should know although it does not change the verdict.
 *
 * @param reason stable code, such as {@code DUPLICATE_CMID}
 * @param detail the figures or names behind it; may be empty
 */
public record Warning(String reason, Map<String, Object> detail) {}
