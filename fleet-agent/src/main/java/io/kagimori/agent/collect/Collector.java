package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads the texts that licensing tools print, in any UI language, and gives their facts. The way is
 * the same for every kind: bytes to text, text to lines, lines to entries, entries to facts. Each
 * reader takes its own part of the text, so that a file may hold the output of several tools.
 */
public final class Collector {
  private static final Vocabulary VOCABULARY = Vocabulary.shipped();

  /** Whose labels tell in which code page a text was written. */
  private static final List<Vocabulary> VOCABULARIES =
      List.of(
          VOCABULARY, SystemInfo.vocabulary(), DismOutput.vocabulary(), EventTexts.vocabulary());

  /** In this order: a reader that asks for more comes before one that is content with less. */
  private static final List<BiConsumer<Sheet, Readings>> LINE_READERS =
      List.of(
          TypedCommands::read,
          SqlTexts::read,
          MetricLines::read,
          OsppOutput::read,
          PropertyTables::read,
          EventTexts::read,
          PropertyLists::read,
          WindowsEditionOutput::read,
          DismOutput::read,
          SystemInfo::read,
          RegistryExport::read,
          ServiceState::read,
          EsuTables::read);

  private Collector() {}

  /**
   * Never throws for content; an unreadable or unknown text gives a result of kind UNKNOWN with a
   * reason.
   */
  public static Collected read(String name, byte[] bytes) {
    Optional<String> binary = BinaryFile.named(bytes);
    if (binary.isPresent()) {
      return unknown(name, TextLanguage.UNKNOWN, List.of(), binary.get());
    }
    String text = Lines.withoutQuoteMarks(SourceText.decode(bytes, Collector::knownLabels));
    Readings readings = new Readings();
    Set<Hints.Part> hints = Hints.in(text);
    String lines = DelimitedTables.read(TreeTexts.read(text, hints, readings), readings);
    Sheet sheet = new Sheet(lines, hints);
    LINE_READERS.forEach(reader -> reader.accept(sheet, readings));
    List<Entry> entries = EntryScan.of(VOCABULARY, sheet.lines());
    List<Entry> left = readSlmgr(entries, readings);
    List<String> unrecognized = new ArrayList<>(left.size());
    for (Entry entry : left) {
      unrecognized.add(ProductKeys.scrub(entry.text()));
    }
    String told = TextLanguage.of(text, entries, readings.wordings(), unrecognized);
    // Names of properties and columns are English everywhere; they tell where nothing else does.
    String language = told.equals(TextLanguage.UNKNOWN) && !readings.isEmpty() ? "en" : told;
    if (readings.isEmpty() && !unrecognized.isEmpty() && BinaryFile.isNoText(text)) {
      return unknown(name, TextLanguage.UNKNOWN, List.of(), "the file is no text");
    }
    return readings.isEmpty()
        ? unknown(
            name,
            language,
            unrecognized,
            isEmpty(text) ? "the text is empty" : "no known output in this text")
        : readings.collected(name, language, unrecognized);
  }

  private static List<Entry> readSlmgr(List<Entry> entries, Readings readings) {
    List<Entry> left = entries;
    Optional<SlmgrListing> listing = SlmgrListing.read(VOCABULARY, left);
    if (listing.isPresent()) {
      readings.add(listing.get().reading());
      left = listing.get().left();
    }
    Optional<SlmgrMessages> messages = SlmgrMessages.read(VOCABULARY, left);
    if (messages.isPresent()) {
      readings.add(messages.get().reading());
      left = messages.get().left();
    }
    return left;
  }

  private static Collected unknown(
      String name, String language, List<String> lines, String reason) {
    return new Collected(
        name, Kind.UNKNOWN, List.of(), language, Map.of(), List.of(), lines, Optional.of(reason));
  }

  private static boolean isEmpty(String text) {
    return text.chars().allMatch(c -> Lines.isSpace((char) c));
  }

  private static int knownLabels(String text) {
    List<Line> lines = Lines.of(text);
    long known = 0;
    for (Vocabulary vocabulary : VOCABULARIES) {
      known += EntryScan.of(vocabulary, lines).stream().filter(Entry::isKnown).count();
    }
    return (int) known;
  }
}
