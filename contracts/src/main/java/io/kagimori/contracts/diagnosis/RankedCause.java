package io.kagimori.contracts.diagnosis;

import java.util.List;

/**
 * A cause in its place.
 *
 * @param rank 1 for the most likely
 * @param cause stable code of the cause, see {@link io.kagimori.contracts.catalogue.Causes}
 * @param confidence 0 to 1; what is missing to 1 over all causes is left for what nobody thought of
 * @param titleEn one line in English
 * @param titleJa one line in Japanese
 * @param supporting evidence for it
 * @param opposing evidence against it
 * @param steps exact commands, in order
 */
public record RankedCause(
    int rank,
    String cause,
    double confidence,
    String titleEn,
    String titleJa,
    List<Finding> supporting,
    List<Finding> opposing,
    List<String> steps) {}
