package io.kagimori.agent.explain;

import java.util.List;

/**
 * What one of our own reason codes means.
 *
 * @param code the code, upper snake case
 * @param titleEn one line in English
 * @param titleJa one line in Japanese
 * @param stepsEn what to do, in order
 * @param stepsJa the same in Japanese, as many
 */
public record ReasonText(
    String code, String titleEn, String titleJa, List<String> stepsEn, List<String> stepsJa) {
  public ReasonText {
    stepsEn = List.copyOf(stepsEn);
    stepsJa = List.copyOf(stepsJa);
  }
}
