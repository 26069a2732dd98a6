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
import io.kagimori.edition.domain.RuleBook;
import io.kagimori.edition.store.EditionStore;
import io.kagimori.edition.stream.Policies;
import io.kagimori.stream.api.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Runs a preflight: reads the state without locking it, asks the rules, keeps nothing. */
@ApplicationScoped
public class Preflights {
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
    return preflight.upgrades(batch(asked), asked, Instant.now());
  }

  /** What would happen to each re-image. */
  public Preflight.Report reimages(List<EditionReimageRequested> asked, String kmsHost) {
    return preflight.reimages(batch(asked), asked, kmsHost, Instant.now());
  }

  private EditionBatch batch(List<? extends Event> asked) {
    if (asked == null) {
      throw Problem.of(400, "INVALID_FIELD", "devices", "It must be a list.").exception();
    }
    for (int i = 0; i < asked.size(); i++) {
      check(asked.get(i), i);
    }
    try (Connection connection = database.getConnection()) {
      return store.forRequests(connection, asked, false);
    } catch (SQLException e) {
      throw new IllegalStateException("the state could not be read", e);
    }
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
                      "devices[" + place + "]." + field,
                      "It is missing or unusable.")
                  .exception();
            });
  }
}
