package io.kagimori.agent.cli;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Recognises an option that a word processor or an input method has dressed up: an en dash for the
 * hyphens, full-width letters. Such a word would otherwise pass as a value.
 */
public final class DashVariants {
  private DashVariants() {}

  /**
   * The option that was meant by the first dressed-up word.
   *
   * @param root the command with all its subcommands
   * @param args the words as they were typed
   * @return what was typed and what was meant; absent when every word is plain
   */
  public static Optional<Meant> firstIn(CommandLine root, String... args) {
    Set<String> options = options(root.getCommandSpec());
    for (String word : args) {
      if (word.chars().allMatch(c -> c < 128)) {
        continue;
      }
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      Optional<String> plain = plain(name).filter(options::contains);
      if (plain.isPresent()) {
        return Optional.of(new Meant(name, plain.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * A dressed-up option.
   *
   * @param typed as it was typed
   * @param option the option meant
   */
  public record Meant(String typed, String option) {}

  /** The word with plain characters and two hyphens in front, or one before a single letter. */
  private static Optional<String> plain(String word) {
    String folded = Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    int start = 0;
    while (start < folded.length() && isDash(folded.charAt(start))) {
      start++;
    }
    String name =
        folded
            .substring(start)
            .codePoints()
            .map(c -> isDash(c) ? '-' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (start == 0 || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of((name.length() == 1 ? "-" : "--") + name);
  }

  private static boolean isDash(int c) {
    return Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212' || c == '\u30fc';
  }

  private static Set<String> options(CommandSpec root) {
    Set<String> names = new HashSet<>();
    Deque<CommandSpec> left = new ArrayDeque<>();
    left.add(root);
    while (!left.isEmpty()) {
      CommandSpec spec = left.remove();
      names.addAll(spec.optionsMap().keySet());
      spec.subcommands().values().forEach(command -> left.add(command.getCommandSpec()));
    }
    return names;
  }
}
