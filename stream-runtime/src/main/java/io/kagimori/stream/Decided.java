package io.kagimori.stream;

import io.kagimori.contracts.cloudevents.Answer;
import java.util.List;

/**
 * What a rule says to one request.
 *
 * @param answers events to publish, in order; none where the request only leaves a trace
 * @param facts the facts that changed with it and are to be published anew
 */
public record Decided(List<Answer> answers, List<FactDue> facts) {

  public Decided {
    answers = List.copyOf(answers);
    facts = List.copyOf(facts);
  }

  /** One answer. */
  public static Decided answer(Answer answer) {
    return new Decided(List.of(answer), List.of());
  }

  /** Several answers, or none. */
  public static Decided answers(List<Answer> answers) {
    return new Decided(answers, List.of());
  }

  /** Facts alone. */
  public static Decided facts(List<FactDue> changed) {
    return new Decided(List.of(), changed);
  }

  /** The same with a changed fact. */
  public Decided with(FactDue changed) {
    return new Decided(answers, List.of(changed));
  }
}
