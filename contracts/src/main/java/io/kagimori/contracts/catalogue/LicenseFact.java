package io.kagimori.contracts.catalogue;

import java.util.Optional;

/**
 * A row of license_status.csv: a state, a reason, a property or method of the licensing classes, or
 * a rule of reading them.
 *
 * @param group {@code LicenseStatus}, {@code LicenseStatusReason}, a class name, {@code method} or
 *     {@code rule}
 * @param name name within the group
 * @param type data type
 * @param value number or code; absent for properties
 * @param meaning meaning in English
 * @param meaningJa meaning in Japanese
 * @param unit unit of a property
 * @param notes remarks
 * @param confidence how well founded
 * @param source where the row was read
 */
public record LicenseFact(
    String group,
    String name,
    String type,
    Optional<String> value,
    String meaning,
    Optional<String> meaningJa,
    Optional<String> unit,
    Optional<String> notes,
    Confidence confidence,
    String source) {}
