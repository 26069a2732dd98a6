package io.kagimori.contracts.catalogue;

import java.util.Optional;

/**
 * A row of mak_rules.csv: one fact about MAKs, activation by phone or the form of keys.
 *
 * @param ruleId id such as {@code phone-01}
 * @param topic group of rules
 * @param fact what it is about
 * @param value the fact
 * @param unit unit of the value
 * @param notes remarks
 * @param confidence how well founded
 * @param source where the row was read
 */
public record MakRule(
    String ruleId,
    String topic,
    String fact,
    String value,
    Optional<String> unit,
    Optional<String> notes,
    Confidence confidence,
    String source) {}
