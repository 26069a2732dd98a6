package io.kagimori.stream;

import io.kagimori.contracts.cloudevents.Answer;
import java.util.List;
import java.util.Optional;

/**
 * What a rule says to one request.
 *
 * @param answers events to publish, in order; none where the request only leaves a trace
 * @param fact the fact that changed with it and is to be published anew
 */
public record Decided(List<Answer> answers, Optional<FactDue> fact) {

  public Decided {
    answers = List.copyOf(answers);
  }

  /** One answer. */
  public static Decided answer(Answer answer) {
    return new Decided(List.of(answer), Optional.empty());
  }

  /** Several answers, or none. */
  public static Decided answers(List<Answer> answers) {
    return new Decided(answers, Optional.empty());
  }

  /** The same with a changed fact. */
  public Decided with(FactDue changed) {
    return new Decided(answers, Optional.of(changed));
  }
}
