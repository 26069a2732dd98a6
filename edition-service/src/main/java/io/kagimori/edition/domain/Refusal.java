package io.kagimori.edition.domain;

import java.util.List;
import java.util.Map;

/**
 * Why something cannot be done.
 *
 * @param reason stable code
 * @param code what DISM or Windows would print; null where it would print nothing
 * @param detail the figures and names behind it
 * @param steps what to do instead
 */
public record Refusal(String reason, String code, Map<String, Object> detail, List<String> steps) {
  static Refusal of(String reason, Map<String, Object> detail) {
    return new Refusal(reason, null, detail, List.of());
  }

  static Refusal of(String reason) {
    return of(reason, Map.of());
  }
}
