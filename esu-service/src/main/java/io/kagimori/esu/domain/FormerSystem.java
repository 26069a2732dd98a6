package io.kagimori.esu.domain;

import java.time.LocalDate;

/**
 * A system that a device ran before it was upgraded or installed anew with another product.
 *
 * @param facts what was known of it at its end
 * @param until first day of the system after it
 */
public record FormerSystem(Facts facts, LocalDate until) {}
