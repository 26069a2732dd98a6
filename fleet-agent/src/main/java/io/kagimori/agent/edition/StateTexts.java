package io.kagimori.agent.edition;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.event.EditionState;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** The states of a change in a person's words (kagimori/text/edition-states.csv). */
final class StateTexts {
  private static final String FILE = "/kagimori/text/edition-states.csv";

  private final Map<EditionState, String> texts;

  private StateTexts(Map<EditionState, String> texts) {
    this.texts = texts;
  }

  /** Reads the file from the class path. */
  static StateTexts load(Language language) {
    Map<EditionState, String> texts = new EnumMap<>(EditionState.class);
    try (InputStream stream = StateTexts.class.getResourceAsStream(FILE);
        CsvReader<NamedCsvRecord> rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        texts.put(
            EditionState.valueOf(row.getField("state")),
            row.getField(language == Language.JA ? "ja" : "en"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
    return new StateTexts(texts);
  }

  /** The state in words. */
  String of(EditionState state) {
    return texts.get(state);
  }
}
