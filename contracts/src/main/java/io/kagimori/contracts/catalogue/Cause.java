package io.kagimori.contracts.catalogue;

import java.util.List;

/**
 * Why something fails, and what to do about it.
 *
 * @param id stable code, such as {@code NETWORK_BLOCKED}; never reused
 * @param area what it is about
 * @param titleEn one line in English
 * @param titleJa one line in Japanese
 * @param steps what to do, in order
 * @param source where it was read
 */
public record Cause(
    String id,
    ErrorCodeRow.Domain area,
    String titleEn,
    String titleJa,
    List<Step> steps,
    String source) {

  public Cause {
    steps = List.copyOf(steps);
  }

  /**
   * One thing to do.
   *
   * @param textEn what and why, in English
   * @param textJa the same in Japanese
   * @param command the exact command; empty where there is none to type
   */
  public record Step(String textEn, String textJa, String command) {
    /** The text in a language. */
    public String text(Language language) {
      return language == Language.JA ? textJa : textEn;
    }
  }

  /** The title in a language. */
  public String title(Language language) {
    return language == Language.JA ? titleJa : titleEn;
  }

  /** The commands of the steps that have one, in order. */
  public List<String> commands() {
    return steps.stream().map(Step::command).filter(command -> !command.isEmpty()).toList();
  }
}
