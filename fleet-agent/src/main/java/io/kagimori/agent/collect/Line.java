package io.kagimori.agent.collect;

/**
 * One line of a text without what others put around it (indentation, bullets, quote marks).
 *
 * @param text what is left, empty for a blank line
 * @param full true where the line is as wide as a console, so that its end may stand on the next
 * @param cut true where a full line lost its last blank
 * @param noise true for fences, rulers, prompts and banners
 */
record Line(String text, boolean full, boolean cut, boolean noise) {
  /** What stands for a line that another reader has taken. */
  static final Line TAKEN = new Line("", false, false, true);

  boolean isBlank() {
    return text.isEmpty();
  }
}
