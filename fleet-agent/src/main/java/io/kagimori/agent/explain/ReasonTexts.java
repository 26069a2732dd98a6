package io.kagimori.agent.explain;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The texts of our own reason codes and warnings (kagimori/text/reasons.csv). */
public final class ReasonTexts {
  private static final String FILE = "/kagimori/text/reasons.csv";

  private final Map<String, ReasonText> texts;

  private ReasonTexts(Map<String, ReasonText> texts) {
    this.texts = texts;
  }

  /** Reads the file from the class path. */
  public static ReasonTexts load() {
    Map<String, ReasonText> texts = new LinkedHashMap<>();
    try (InputStream stream = ReasonTexts.class.getResourceAsStream(FILE);
        CsvReader<NamedCsvRecord> rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        ReasonText text =
            new ReasonText(
                row.getField("code"),
                row.getField("title_en"),
                row.getField("title_ja"),
                parts(row.getField("steps_en")),
                parts(row.getField("steps_ja")));
        if (texts.put(text.code(), text) != null) {
          throw new IllegalStateException(FILE + ": " + text.code() + " occurs twice");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
    return new ReasonTexts(texts);
  }

  /** Every text, in file order. */
  public Collection<ReasonText> all() {
    return texts.values();
  }

  /** The text of a code, whatever its case and width. */
  public Optional<ReasonText> find(String code) {
    String folded = Normalizer.normalize(code, Normalizer.Form.NFKC).strip();
    return Optional.ofNullable(texts.get(folded.toUpperCase(Locale.ROOT)));
  }

  private static List<String> parts(String cell) {
    return cell.isBlank() ? List.of() : List.of(cell.split("; ", -1));
  }
}
