package io.kagimori.agent.drop;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;

/**
 * Something the agent did or could not do.
 *
 * @param what {@code TAKEN}, {@code UNREADABLE}, {@code SPOOL_FULL}, {@code DELIVERED}, {@code
 *     WAITING} or {@code DAMAGED}
 * @param file the file it is about
 * @param events how many events
 * @param detail why, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record News(String what, String file, Long events, String detail) {
  static News taken(String file, long events) {
    return new News("TAKEN", file, events, events == 0 ? "it describes no device" : null);
  }

  static News unreadable(String file, String reason) {
    return new News("UNREADABLE", file, null, reason);
  }

  static News full(String file) {
    return new News("SPOOL_FULL", file, null, "files stay in the folder until there is room");
  }

  static News delivered(long events) {
    return new News("DELIVERED", null, events, null);
  }

  static News waiting(String reason) {
    return new News("WAITING", null, null, reason);
  }

  static News damaged(long lines) {
    return new News("DAMAGED", null, lines, "lines of the spool could not be read");
  }

  String line() {
    StringBuilder line = new StringBuilder(what.toLowerCase(Locale.ROOT).replace('_', ' '));
    if (file != null) {
      line.append(' ').append(file);
    }
    if (events != null) {
      line.append(": ").append(events).append(events == 1 ? " event" : " events");
    }
    if (detail != null) {
      line.append(", ").append(detail);
    }
    return line.toString();
  }
}
