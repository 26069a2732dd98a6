package io.kagimori.contracts.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a code means and what to do about it, in one language.
 *
 * @param code the code in its canonical spelling
 * @param reason {@link ErrorCodes#UNKNOWN_CODE} for a code outside the catalogue, else null
 * @param symbol symbolic name; null where there is none
 * @param title one line
 * @param message what Windows prints; null where no text in this language is known
 * @param domain what it is about; null for an unknown code
 * @param informational whether it tells a state rather than a failure
 * @param likelyCauses most likely first
 * @param nextSteps what to do, in order
 * @param commands commands that help
 * @param source where the facts were read; null for an unknown code
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
    String code,
    String reason,
    String symbol,
    String title,
    String message,
    ErrorCodeRow.Domain domain,
    boolean informational,
    List<String> likelyCauses,
    List<String> nextSteps,
    List<String> commands,
    String source) {
  public Explanation {
    likelyCauses = List.copyOf(likelyCauses);
    nextSteps = List.copyOf(nextSteps);
    commands = List.copyOf(commands);
  }
}
