package io.kagimori.activation.domain;

import java.util.List;

/**
 * Sources that looked at about the same time and saw different things. It stands instead of a
 * guess: the present keeps what was undisputed last.
 *
 * @param fact what they disagree about
 * @param statements what each one said, newest first
 */
public record Conflict(Statement.Fact fact, List<Statement> statements) {
  public Conflict {
    statements = List.copyOf(statements);
  }
}
