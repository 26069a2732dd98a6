package io.kagimori.agent.cli;

import io.kagimori.contracts.cloudevents.EventIds;
import java.util.UUID;
import picocli.CommandLine.Option;

/** How a write is made, mixed into every command that writes through REST. */
public final class WriteOptions {
  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Wait this long for the outcome; 0 sends and returns (default 10).")
  private int waitSeconds;

  @Option(
      names = "--request-id",
      paramLabel = "UUID",
      description = "The id of the request; the same id again changes nothing.")
  private UUID requestId;

  public int waitSeconds() {
    return waitSeconds;
  }

  /** The id given, or a new one. */
  public UUID requestId() {
    return requestId == null ? EventIds.request() : requestId;
  }
}
