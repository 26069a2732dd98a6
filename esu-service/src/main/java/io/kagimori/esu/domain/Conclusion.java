package io.kagimori.esu.domain;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EsuResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rule concludes: the facts to store and what to say.
 *
 * @param device the device as it is now
 * @param enrolments enrolments that changed
 * @param results what to say, in order
 * @param activation an activation to ask for, under the id that its enrolment names
 */
public record Conclusion(
    EsuDevice device,
    List<Enrolment> enrolments,
    List<EsuResult> results,
    Optional<ActivationRequested> activation) {

  public Conclusion {
    enrolments = List.copyOf(enrolments);
    results = List.copyOf(results);
  }

  /** A change that nobody needs to hear of. */
  static Conclusion silent(EsuDevice device) {
    return new Conclusion(device, List.of(), List.of(), Optional.empty());
  }

  static Conclusion said(EsuDevice device, List<EsuResult> results) {
    return new Conclusion(device, List.of(), results, Optional.empty());
  }

  /** This one and then another that started where this one ended. */
  Conclusion then(Conclusion next) {
    List<Enrolment> changed = new ArrayList<>(enrolments);
    changed.addAll(next.enrolments);
    List<EsuResult> all = new ArrayList<>(results);
    all.addAll(next.results);
    return new Conclusion(next.device, changed, all, activation.or(next::activation));
  }
}
