package io.kagimori.agent.cli;

import io.kagimori.contracts.KeysInText;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.Fields;
import java.util.UUID;

/** What every command that publishes an event looks at before and says afterwards. */
public final class RequestCheck {
  private RequestCheck() {}

  /**
   * The event, when every field can be used and none holds a full product key: events carry the id
   * of a key only.
   *
   * @param what how the command calls it, such as {@code request}
   * @throws CommandFailure that names the first field that cannot, and nothing of a key
   */
  public static <E extends Event> E usable(E event, String what) {
    KeysInText.field(EventJson.mapper().valueToTree(event))
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  KeysInText.FULL_KEY_REFUSED,
                  field
                      + " holds a full product key. Name the key by its id or its last five"
                      + " characters.");
            });
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
