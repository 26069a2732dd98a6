package io.kagimori.stream;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Tells the roads a failed batch can take. Bad data goes to the dead-letter topic, the outside
 * world being down is waited for, anything else is our own defect and stops the channel.
 */
final class Failures {
  /**
   * PostgreSQL's classes for "not now": connection, insufficient resources, operator intervention,
   * serialization and deadlock, object in use. Source: PostgreSQL manual, appendix on error codes.
   */
  private static final Set<String> LATER = Set.of("08", "40", "53", "55", "57", "58");

  /** Classes for "never with this data": cardinality, data, integrity, program limit. */
  private static final Set<String> NEVER = Set.of("21", "22", "23", "54");

  /** A row another instance wrote between our reading and our writing. */
  private static final String UNIQUE_VIOLATION = "23505";

  private Failures() {}

  /** Another instance decided one of the batch's requests first; start again on a fresh state. */
  static final class OutcomeRace extends RuntimeException {
    OutcomeRace() {
      super("another instance decided first", null, false, false);
    }
  }

  /** The database will never store this data. */
  static final class UnstorableData extends RuntimeException {
    UnstorableData(SQLException cause) {
      super("not storable (SQLSTATE " + cause.getSQLState() + ")", cause);
    }
  }

  /** The database cannot work now; the same batch may succeed later. */
  static final class DatabaseAway extends RuntimeException {
    DatabaseAway(SQLException cause) {
      super("database away: " + cause.getMessage(), cause);
    }
  }

  /** The road that a database failure takes. */
  static RuntimeException of(SQLException failure) {
    String state = failure.getSQLState();
    String category = state == null || state.length() < 2 ? "" : state.substring(0, 2);
    if (UNIQUE_VIOLATION.equals(state)) {
      return new OutcomeRace();
    }
    if (NEVER.contains(category)) {
      return new UnstorableData(failure);
    }
    // A pool that gives no connection in time says so without a state.
    if (category.isEmpty()
        || LATER.contains(category)
        || failure instanceof SQLTransientException) {
      return new DatabaseAway(failure);
    }
    return new IllegalStateException("statement refused (SQLSTATE " + state + ")", failure);
  }

  /** Whether waiting may help. */
  static boolean mayPass(Throwable failure) {
    return failure instanceof DatabaseAway
        || failure instanceof OutcomeRace
        || (failure instanceof KafkaException
            && !(failure instanceof InterruptException)
            && !(failure instanceof RecordTooLargeException));
  }

  /** Whether it is the outside world that is away; losing a race is normal and silent. */
  static boolean isAway(Throwable failure) {
    return mayPass(failure) && !(failure instanceof OutcomeRace);
  }
}
