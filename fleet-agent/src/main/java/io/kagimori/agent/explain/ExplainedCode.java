package io.kagimori.agent.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.ErrorCode;
import io.kagimori.contracts.catalogue.ErrorCodes;
import io.kagimori.contracts.catalogue.Explanation;
import io.kagimori.contracts.catalogue.Language;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a code means, whether Windows printed it or one of the services gave it as a reason.
 *
 * @param code canonical spelling; for an unknown code exactly what was given
 * @param reason {@code UNKNOWN_CODE} for an unknown code, else absent
 * @param symbol symbolic name, where there is one
 * @param title one line
 * @param message what Windows prints, where it is known
 * @param causes most likely first
 * @param ranked the causes with confidence and steps, most likely first
 * @param steps what to do, in order
 * @param commands commands that help
 * @param source where the facts were read
 * @param lang {@code en} or {@code ja}
 * @param known whether the code is in the catalogue or one of ours
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplainedCode(
    String code,
    String reason,
    String symbol,
    String title,
    String message,
    List<String> causes,
    List<CauseExplanation> ranked,
    List<String> steps,
    List<String> commands,
    String source,
    String lang,
    boolean known) {

  /** Explains a code in any spelling; an unknown one is explained as such. */
  public static ExplainedCode of(String any, Language language, ReasonTexts reasons) {
    return reasons
        .find(any)
        .map(text -> ofReason(text, language))
        .or(() -> ofCause(any, language))
        .orElseGet(() -> ofWindows(any, language));
  }

  private static ExplainedCode ofReason(ReasonText text, Language language) {
    boolean ja = language == Language.JA;
    return new ExplainedCode(
        text.code(),
        null,
        null,
        ja ? text.titleJa() : text.titleEn(),
        null,
        List.of(),
        List.of(),
        ja ? text.stepsJa() : text.stepsEn(),
        List.of(),
        null,
        tag(language),
        true);
  }

  /** One of the causes by which a diagnosis names what is wrong. */
  private static Optional<ExplainedCode> ofCause(String any, Language language) {
    String id = Normalizer.normalize(any, Normalizer.Form.NFKC).strip().toUpperCase(Locale.ROOT);
    return Catalogue.get()
        .causes()
        .find(id)
        .map(
            cause ->
                new ExplainedCode(
                    cause.id(),
                    null,
                    null,
                    cause.title(language),
                    null,
                    List.of(),
                    List.of(),
                    cause.steps().stream().map(step -> step.text(language)).toList(),
                    cause.commands(),
                    cause.source(),
                    tag(language),
                    true));
  }

  private static ExplainedCode ofWindows(String any, Language language) {
    ErrorCodes codes = Catalogue.get().errorCodes();
    ErrorCode code = codes.resolve(any);
    Explanation explanation = codes.explain(code, language);
    return new ExplainedCode(
        explanation.code(),
        explanation.reason(),
        explanation.symbol(),
        explanation.title(),
        explanation.message(),
        explanation.likelyCauses(),
        CauseExplanation.behind(code.text(), language),
        explanation.nextSteps(),
        explanation.commands(),
        explanation.source(),
        tag(language),
        code.known());
  }

  private static String tag(Language language) {
    return language == Language.JA ? "ja" : "en";
  }
}
