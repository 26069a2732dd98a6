package io.kagimori.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What was noticed about a text that should be a product key. It carries no more of the key than
 * the last five characters and the characters that findings point at.
 *
 * @param valid whether no finding is an error
 * @param partialKey the last five characters in upper case; null unless there are 25 characters
 * @param findings in reading order, findings on the whole text first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProductKeyCheck(boolean valid, String partialKey, List<Finding> findings) {
  /** Not 25 characters; {@code found} tells how many. */
  public static final String KEY_FORMAT_INVALID = "KEY_FORMAT_INVALID";

  /** A 0, O, 1, I, L, 5 or S: keys avoid them because they are mistaken for each other. */
  public static final String LOOK_ALIKE = "LOOK_ALIKE";

  /** Any other character that no key contains. */
  public static final String CHARACTER_NOT_IN_KEYS = "CHARACTER_NOT_IN_KEYS";

  /** A second N; keys hold none (Vista to 2008 R2) or one (Windows 8 and later). */
  public static final String TOO_MANY_N = "TOO_MANY_N";

  /** A B or an 8: both occur in keys, so no rule can tell a mistake; compare with the original. */
  public static final String B_OR_8 = "B_OR_8";

  /** Hyphens missing or not after every fifth character; read as if they were right. */
  public static final String HYPHENS_MISPLACED = "HYPHENS_MISPLACED";

  /** A dash of another kind in place of the hyphen, as word processors put it. */
  public static final String DASH_VARIANT = "DASH_VARIANT";

  /** Full-width characters, as Japanese input methods give them. */
  public static final String FULL_WIDTH = "FULL_WIDTH";

  /** Blanks inside the key; left out. */
  public static final String SPACES_REMOVED = "SPACES_REMOVED";

  public ProductKeyCheck {
    findings = List.copyOf(findings);
  }

  /** How much a finding weighs. */
  public enum Severity {
    /** The text is no key as it stands. */
    ERROR,
    /** Read all the same, worth a look. */
    CHECK
  }

  /**
   * One thing noticed.
   *
   * @param code one of the constants of {@link ProductKeyCheck}
   * @param position place among the key characters, from 1, where hyphens and blanks do not count;
   *     null where the finding is about the whole text
   * @param found what stands there, as it was typed but in half width
   * @param suggestion what to do or what may have been meant
   * @param severity whether it prevents use of the key
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Finding(
      String code, Integer position, String found, String suggestion, Severity severity) {}
}
