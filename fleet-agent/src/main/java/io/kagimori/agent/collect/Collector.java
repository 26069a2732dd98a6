package io.kagimori.agent.collect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the texts that licensing tools print, in any UI language, and gives their facts. The way is
 * the same for every kind: bytes to text, text to lines, lines to entries, entries to facts.
 */
public final class Collector {
  private static final Vocabulary VOCABULARY = Vocabulary.shipped();

  private Collector() {}

  /**
   * Never throws for content; an unreadable or unknown text gives a result of kind UNKNOWN with a
   * reason.
   */
  public static Collected read(String name, byte[] bytes) {
    String text = SourceText.decode(bytes, Collector::knownLabels);
    List<Entry> entries = EntryScan.of(VOCABULARY, Lines.of(text));
    String language = TextLanguage.of(text, entries);
    return SlmgrListing.read(VOCABULARY, entries, name, language)
        .or(() -> SlmgrMessages.read(VOCABULARY, entries, name, language))
        .orElseGet(() -> unknown(name, language, entries));
  }

  private static Collected unknown(String name, String language, List<Entry> entries) {
    String reason = entries.isEmpty() ? "the text is empty" : "no known output in this text";
    List<String> lines = entries.stream().map(entry -> ProductKeys.scrub(entry.text())).toList();
    return new Collected(
        name, Kind.UNKNOWN, language, Map.of(), List.of(), lines, Optional.of(reason));
  }

  private static int knownLabels(String text) {
    return (int) EntryScan.of(VOCABULARY, Lines.of(text)).stream().filter(Entry::isKnown).count();
  }
}
