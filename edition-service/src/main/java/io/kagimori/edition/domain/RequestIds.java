package io.kagimori.edition.domain;

import io.kagimori.contracts.cloudevents.EventIds;
import java.util.UUID;

/** Turns the text of a request id into the id that changes are found by. */
public final class RequestIds {
  private static final int UUID_LENGTH = 36;

  private RequestIds() {}

  /** The UUID that the text spells, or a name-based one for any other text. */
  public static UUID of(String requestId) {
    if (requestId.length() == UUID_LENGTH) {
      try {
        return UUID.fromString(requestId);
      } catch (IllegalArgumentException e) {
        // Another text of that length; it is named like every other text.
      }
    }
    return EventIds.named("edition/" + requestId);
  }
}
