package io.kagimori.agent.simulation;

import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuUpdateReported;
import java.util.List;
import java.util.UUID;

/**
 * What the devices with an ended system do, settled before they start: enrolments in waves, updates
 * between them, and who has the next year when the clock turns.
 *
 * @param name begins every id of the run
 * @param devices how many devices there are
 * @param keys one ESU key for each year
 * @param steps what happens, one after the other; the next begins when this one is answered
 */
record EsuPlan(String name, int devices, List<YearKey> keys, List<Step> steps) {
  EsuPlan {
    keys = List.copyOf(keys);
    steps = List.copyOf(steps);
  }

  /**
   * An ESU key, made up for this run.
   *
   * @param keyId its id
   * @param year the year it is for
   * @param activationId SKU id of that year's add-on
   * @param productKey the key
   * @param purchased seats bought
   */
  record YearKey(
      String keyId, int year, String activationId, ProductKey productKey, long purchased) {}

  /** What a request must be told in the end. */
  enum Fate {
    /** A seat, and coverage once the agent reports success. */
    ENTITLED,
    /** Coverage at once, without a key. */
    BY_PLATFORM,
    /** A seat; the activation fails. */
    FAILS,
    REFUSED
  }

  /**
   * An enrolment.
   *
   * @param id its id
   * @param event what it says
   * @param fate what comes of it
   * @param reason of the refusal or failure; null where there is none
   * @param copies how often the same event is sent
   */
  record Enrolment(UUID id, EsuEnrolmentRequested event, Fate fate, String reason, int copies) {}

  /**
   * A report of an update.
   *
   * @param id its id
   * @param event what it says
   * @param reason the diagnosis expected; null for none
   */
  record Update(UUID id, EsuUpdateReported event, String reason) {}

  /** Something that happens. */
  sealed interface Step {}

  /** Enrolments that go out together. */
  record Enrolments(String what, List<Enrolment> all) implements Step {
    Enrolments {
      all = List.copyOf(all);
    }
  }

  /** Update reports that go out together. */
  record Updates(String what, List<Update> all) implements Step {
    Updates {
      all = List.copyOf(all);
    }
  }

  /**
   * The year turns.
   *
   * @param lapsing devices that must lapse, each once
   */
  record Turn(List<String> lapsing) implements Step {
    Turn {
      lapsing = List.copyOf(lapsing);
    }
  }
}
