package io.kagimori.activation.api;

import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.Trouble;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Causes;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.diagnosis.Finding;
import io.kagimori.contracts.diagnosis.RankedCause;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Why a device fails, in one language.
 *
 * @param deviceId the device
 * @param lang {@code en} or {@code ja}
 * @param trouble its failures since it last worked; absent when it never failed
 * @param causes most likely first
 */
public record DiagnosisView(String deviceId, String lang, Trouble trouble, List<CauseView> causes) {

  /**
   * A cause in its place.
   *
   * @param rank 1 for the most likely
   * @param cause stable code
   * @param confidence 0 to 1
   * @param title one line
   * @param evidence what speaks for it
   * @param against what speaks against it
   * @param steps what to do, in order
   */
  public record CauseView(
      int rank,
      String cause,
      double confidence,
      String title,
      List<FindingView> evidence,
      List<FindingView> against,
      List<StepView> steps) {}

  /**
   * Something that was seen.
   *
   * @param finding stable code
   * @param text the same in words
   * @param facts figures and names behind it
   * @param source who told
   * @param at when it was seen; absent where nobody said
   * @param ageMinutes how long ago that is
   */
  public record FindingView(
      String finding,
      String text,
      Map<String, Object> facts,
      String source,
      Instant at,
      Long ageMinutes) {}

  /**
   * One thing to do.
   *
   * @param text what and why
   * @param command the exact command; absent where there is none to type
   */
  public record StepView(String text, String command) {}

  static DiagnosisView of(Device device, Evidence evidence, Language language, Instant now) {
    List<CauseView> causes =
        new Diagnosis(Catalogue.get())
            .rank(evidence).stream().map(cause -> view(cause, language, now)).toList();
    return new DiagnosisView(
        device.deviceId(), language == Language.JA ? "ja" : "en", device.trouble(), causes);
  }

  private static CauseView view(RankedCause cause, Language language, Instant now) {
    return new CauseView(
        cause.rank(),
        cause.cause(),
        cause.confidence(),
        language == Language.JA ? cause.titleJa() : cause.titleEn(),
        cause.supporting().stream().map(f -> view(f, language, now)).toList(),
        cause.opposing().stream().map(f -> view(f, language, now)).toList(),
        Catalogue.get().causes().find(cause.cause()).orElseThrow().steps().stream()
            .map(
                step ->
                    new StepView(
                        step.text(language), step.command().isEmpty() ? null : step.command()))
            .toList());
  }

  static FindingView view(Finding finding, Language language, Instant now) {
    Causes causes = Catalogue.get().causes();
    return new FindingView(
        finding.finding().name(),
        causes.title(finding.finding(), language),
        finding.facts(),
        finding.source(),
        finding.at(),
        Ages.minutes(finding.at(), now));
  }
}
