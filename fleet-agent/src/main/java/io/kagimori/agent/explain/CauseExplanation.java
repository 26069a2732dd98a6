package io.kagimori.agent.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Cause;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.diagnosis.RankedCause;
import java.util.List;

/**
 * A cause behind a code, in its place.
 *
 * @param rank 1 for the most likely
 * @param cause stable code of the cause
 * @param confidence 0 to 1, on the code alone
 * @param title one line
 * @param steps what to do, in order
 */
public record CauseExplanation(
    int rank, String cause, double confidence, String title, List<Step> steps) {

  /**
   * One thing to do.
   *
   * @param text what and why
   * @param command the exact command; absent where there is none to type
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(String text, String command) {
    static Step of(Cause.Step step, Language language) {
      return new Step(step.text(language), step.command().isEmpty() ? null : step.command());
    }
  }

  /** The causes behind a code, most likely first. */
  static List<CauseExplanation> behind(String code, Language language) {
    return new Diagnosis(Catalogue.get())
        .rank(Evidence.ofCodes(code)).stream().map(cause -> of(cause, language)).toList();
  }

  private static CauseExplanation of(RankedCause ranked, Language language) {
    Cause cause = Catalogue.get().causes().find(ranked.cause()).orElseThrow();
    return new CauseExplanation(
        ranked.rank(),
        ranked.cause(),
        ranked.confidence(),
        cause.title(language),
        cause.steps().stream().map(step -> Step.of(step, language)).toList());
  }
}
