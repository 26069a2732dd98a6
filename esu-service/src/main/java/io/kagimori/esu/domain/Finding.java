package io.kagimori.esu.domain;

import io.kagimori.contracts.event.Warning;
import java.util.Map;

/**
 * Something that speaks against an enrolment, or that its reader should know.
 *
 * @param reason stable code
 * @param detail the figures and names behind it
 */
public record Finding(String reason, Map<String, Object> detail) {
  Warning warning() {
    return new Warning(reason, detail);
  }
}
