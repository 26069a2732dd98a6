package io.kagimori.stream;

import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What a service supplies for one inbound topic: how to load the state a batch touches, the pure
 * rule on it, and how to store what changed. {@link BatchStep} calls the three in this order inside
 * one transaction, on the channel's own thread; after a failure it may call them again on a fresh
 * state.
 *
 * @param <S> the state of a batch, made by {@link #load} and thrown away after {@link #store}
 */
public interface BatchRule<S> {

  /** The event types the topic carries; a record of another type is a dead letter. */
  Set<EventType> accepts();

  /**
   * Types that the topic carries and that never have an effect here; in binary mode they are passed
   * over unread.
   */
  default Set<EventType> ignores() {
    return Set.of();
  }

  /**
   * Whether a request can have any effect here. One that has none is passed over before anything is
   * read for it, and leaves no outcome.
   */
  default boolean concerns(Request request) {
    return true;
  }

  /**
   * Reads what the requests touch and locks it, rows in sorted key order, so that two instances
   * cannot wait for each other in a circle.
   */
  S load(Connection connection, List<Request> requests) throws SQLException;

  /**
   * Decides one request and folds it into the state, so that the next request of the batch sees its
   * effect. Pure: no clock, no database, no messaging.
   */
  Decided decide(S state, Request request);

  /** Writes what {@link #decide} changed, set-wise. */
  void store(Connection connection, S state) throws SQLException;
}
