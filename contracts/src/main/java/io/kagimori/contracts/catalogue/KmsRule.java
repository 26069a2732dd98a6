package io.kagimori.contracts.catalogue;

import java.util.Optional;

/**
 * A row of kms_rules.csv: one fact about activation by KMS.
 *
 * @param ruleId id such as {@code threshold-01}
 * @param topic group of rules
 * @param rule what the fact is about
 * @param value the fact; a number where {@code unit} says so
 * @param unit unit of the value
 * @param appliesTo products it holds for
 * @param notes remarks
 * @param confidence how well founded
 * @param source where the row was read
 */
public record KmsRule(
    String ruleId,
    String topic,
    String rule,
    String value,
    Optional<String> unit,
    String appliesTo,
    Optional<String> notes,
    Confidence confidence,
    String source) {}
