package io.kagimori.stream;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what was decided on a request, whichever instance decided it. */
@ApplicationScoped
public class OutcomeReader {
  private final AgroalDataSource database;

  OutcomeReader(AgroalDataSource database) {
    this.database = database;
  }

  /** The answers to a request that is decided; perhaps none. */
  public Optional<List<Answer>> find(UUID requestId) {
    return outcome(requestId).map(outcome -> outcome.decided().answers());
  }

  /**
   * The content id of a decided request, see {@link Request}. Empty as well while the database is
   * away: a request is taken then all the same, and the stream sets a reused id aside.
   */
  public Optional<UUID> content(UUID requestId) {
    try {
      return outcome(requestId).map(Outcome::contentId);
    } catch (Failures.DatabaseAway e) {
      return Optional.empty();
    }
  }

  private Optional<Outcome> outcome(UUID requestId) {
    try (Connection connection = database.getConnection()) {
      return Optional.ofNullable(Outcomes.find(connection, List.of(requestId)).get(requestId));
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /** The same, waiting for the decision; empty when the time ran out. */
  public Optional<List<Answer>> await(UUID requestId, Duration wait) {
    if (wait.isZero()) {
      return Optional.empty();
    }
    RetryPolicy<Optional<List<Answer>>> untilDecided =
        RetryPolicy.<Optional<List<Answer>>>builder()
            .handleResult(Optional.empty())
            .withDelay(Duration.ofMillis(20))
            .withMaxRetries(-1)
            .withMaxDuration(wait)
            .build();
    return Failsafe.with(untilDecided).get(() -> find(requestId));
  }
}
