package io.kagimori.esu.stream;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.Conclusion;
import io.kagimori.esu.domain.EnrolmentRule;
import java.util.ArrayList;
import java.util.List;

/** Answers on {@code esu.results}, and the activations that enrolments lead to. */
final class Results {
  static final String SERVICE = EnrolmentRule.SERVICE;

  private Results() {}

  /** What a conclusion says; ids derive from the event that caused it. */
  static List<Answer> of(Request cause, Conclusion conclusion) {
    return of(cause, conclusion, "");
  }

  /**
   * The same where one event speaks of several devices.
   *
   * @param apart sets the answers of this conclusion apart from those of the others
   */
  static List<Answer> of(Request cause, Conclusion conclusion, String apart) {
    List<Answer> answers = new ArrayList<>();
    conclusion
        .activation()
        .ifPresent(
            asked ->
                answers.add(
                    Answer.of(
                        EventType.ACTIVATION_REQUESTED,
                        EnrolmentRule.activationRequestId(cause.id()),
                        SERVICE,
                        cause.now(),
                        asked)));
    for (EsuResult result : conclusion.results()) {
      String ordinal = answers.isEmpty() ? "" : "/" + answers.size();
      answers.add(
          Answer.of(
              EventType.of(result.verdict()),
              EventIds.answer(cause.id(), SERVICE, result.verdict() + apart + ordinal),
              SERVICE,
              cause.now(),
              result));
    }
    return answers;
  }
}
