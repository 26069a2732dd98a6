package io.kagimori.edition.api;

import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.Fields;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.edition.domain.EditionRequestRule;
import io.kagimori.edition.domain.Preflight;
import io.kagimori.edition.domain.PreflightTally;
import io.kagimori.edition.domain.RuleBook;
import io.kagimori.edition.store.EditionStore;
import io.kagimori.edition.stream.Policies;
import io.kagimori.stream.api.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a preflight: reads the state without locking it, asks the rules, keeps nothing. */
@ApplicationScoped
public class Preflights {
  /** Devices whose state is in memory at a time. */
  private static final int PART = 2000;

  private final AgroalDataSource database;
  private final EditionStore store;
  private final EditionRequestRule rule;
  private final Preflight preflight;

  Preflights(AgroalDataSource database, EditionStore store, Policies policies) {
    this.database = database;
    this.store = store;
    this.rule = new EditionRequestRule(Catalogue.get(), policies.policy());
    this.preflight = new Preflight(rule);
  }

  RuleBook rules() {
    return rule.rules();
  }

  /** What would happen to each upgrade. */
  public Preflight.Report upgrades(List<EditionUpgradeRequested> asked) {
    return report(asked, EditionUpgradeRequested::deviceId, preflight::upgrades, null);
  }

  /** What would happen to each re-image. */
  public Preflight.Report reimages(List<EditionReimageRequested> asked, String kmsHost) {
    return report(asked, EditionReimageRequested::deviceId, preflight::reimages, kmsHost);
  }

  /** The rules, asked for a part of the devices. */
  @FunctionalInterface
  private interface Part<E> {
    void add(PreflightTally tally, EditionBatch batch, List<E> asked, Instant now);
  }

  private <E extends Event> Preflight.Report report(
      List<E> asked, Function<E, String> device, Part<E> part, String kmsHost) {
    if (asked == null) {
      throw Problem.of(400, "INVALID_FIELD", "devices", "It must be a list.").exception();
    }
    for (int i = 0; i < asked.size(); i++) {
      check(asked.get(i), i);
    }
    Set<String> again = again(asked.stream().map(device));
    PreflightTally tally = new PreflightTally();
    EditionBatch batch = new EditionBatch();
    Instant now = Instant.now();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // All parts see one moment, as if they had been read at once.
        statement.execute("set transaction isolation level repeatable read, read only");
      }
      for (int from = 0; from < asked.size(); from += PART) {
        List<E> devices = asked.subList(from, Math.min(asked.size(), from + PART));
        store.forPreflight(connection, devices, batch);
        part.add(tally, batch, devices, now);
        batch.forgetDevices(again);
      }
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("the state could not be read", e);
    }
    return tally.report(kmsHost);
  }

  /** Devices that are named more than once: their second request meets the first. */
  private static Set<String> again(Stream<String> devices) {
    Set<String> seen = new HashSet<>();
    return devices.filter(device -> !seen.add(device)).collect(Collectors.toSet());
  }

  private static void check(Event event, int place) {
    Fields fields = new Fields();
    if (event == null) {
      fields.required("", null);
    } else {
      event.check(fields);
    }
    fields
        .invalid()
        .ifPresent(
            field -> {
              throw Problem.of(
                      400,
                      "INVALID_FIELD",
                      "devices[" + place + "]" + (field.isEmpty() ? "" : "." + field),
                      "It is missing or unusable.")
                  .exception();
            });
  }
}
