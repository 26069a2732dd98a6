package io.kagimori.activation.api;

import io.kagimori.activation.domain.Checklist;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.ChecklistStep;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.diagnosis.Diagnosis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The guided flow on a device, in one language.
 *
 * @param deviceId the device
 * @param lang {@code en} or {@code ja}
 * @param done how many steps are done
 * @param steps the steps in their order
 */
public record ChecklistView(String deviceId, String lang, long done, List<StepView> steps) {

  /**
   * A step.
   *
   * @param number its place, from 1
   * @param step stable name
   * @param state {@code DONE}, {@code TROUBLE} or {@code OPEN}
   * @param title what to do
   * @param advice how
   * @param commands commands to run, in order
   * @param evidence the findings that say where it stands; none where it is open
   */
  public record StepView(
      int number,
      String step,
      Checklist.State state,
      String title,
      String advice,
      List<String> commands,
      List<DiagnosisView.FindingView> evidence) {}

  static ChecklistView of(Dossier dossier, Language language, Instant now) {
    List<Checklist.Item> items =
        Checklist.of(
            Catalogue.get().checklist(),
            new Diagnosis(Catalogue.get()).findings(dossier.evidence()),
            dossier.activation());
    List<StepView> steps = new ArrayList<>();
    for (Checklist.Item item : items) {
      ChecklistStep step = item.step();
      steps.add(
          new StepView(
              steps.size() + 1,
              step.id(),
              item.state(),
              step.title(language),
              step.advice(language),
              step.commands(),
              item.evidence().stream().map(f -> DiagnosisView.view(f, language, now)).toList()));
    }
    return new ChecklistView(
        dossier.device().deviceId(),
        language == Language.JA ? "ja" : "en",
        items.stream().filter(item -> item.state() == Checklist.State.DONE).count(),
        steps);
  }
}
