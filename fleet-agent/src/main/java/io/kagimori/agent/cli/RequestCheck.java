package io.kagimori.agent.cli;

import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.Fields;
import java.util.UUID;

/** What every command that publishes an event looks at before and says afterwards. */
public final class RequestCheck {
  private RequestCheck() {}

  /**
   * The event, when every field can be used.
   *
   * @param what how the command calls it, such as {@code request}
   * @throws CommandFailure that names the first field that cannot
   */
  public static <E extends Event> E usable(E event, String what) {
    Fields fields = new Fields();
    event.check(fields);
    fields
        .invalid()
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  Failures.USAGE, "The %s needs a usable %s.".formatted(what, field));
            });
    return event;
  }

  /** Nothing was heard of a request in time. */
  public static CommandFailure noAnswer(UUID id, int waitSeconds) {
    return CommandFailure.outside(
        "NO_ANSWER",
        "No answer to %s within %d seconds; the request stands and may be repeated with the same id."
            .formatted(id, waitSeconds),
        null);
  }
}
