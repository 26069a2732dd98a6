package io.kagimori.agent.request;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.contracts.KeysInText;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.Event;

/** Keeps full product keys out of what a person sends: events carry the id of a key only. */
public final class NoFullKeys {
  private NoFullKeys() {}

  /**
   * The event, when it holds no full key.
   *
   * @throws CommandFailure that names the field and nothing of the key
   */
  public static <T extends Event> T checked(T event) {
    KeysInText.field(EventJson.mapper().valueToTree(event))
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  KeysInText.FULL_KEY_REFUSED,
                  field
                      + " holds a full product key. Name the key by its id or its last five"
                      + " characters.");
            });
    return event;
  }
}
