package io.kagimori.contracts.catalogue;

import java.util.List;

/**
 * A step of the guided flow (diagnosis/checklist.csv).
 *
 * @param id stable name
 * @param titleEn what to do, in English
 * @param titleJa what to do, in Japanese
 * @param adviceEn how, in English
 * @param adviceJa how, in Japanese
 * @param commands commands to run, in order
 * @param doneBy findings of which one shows that it is done
 * @param troubleBy findings of which each shows that it is not in order
 * @param source where the step was read
 */
public record ChecklistStep(
    String id,
    String titleEn,
    String titleJa,
    String adviceEn,
    String adviceJa,
    List<String> commands,
    List<FindingKind> doneBy,
    List<FindingKind> troubleBy,
    String source) {
  private static final String FILE = "diagnosis/checklist.csv";

  public ChecklistStep {
    commands = List.copyOf(commands);
    doneBy = List.copyOf(doneBy);
    troubleBy = List.copyOf(troubleBy);
  }

  /** What to do, in a language. */
  public String title(Language language) {
    return language == Language.JA ? titleJa : titleEn;
  }

  /** How to do it, in a language. */
  public String advice(Language language) {
    return language == Language.JA ? adviceJa : adviceEn;
  }

  static List<ChecklistStep> load() {
    List<String> columns =
        List.of(
            "step",
            "title_en",
            "title_ja",
            "advice_en",
            "advice_ja",
            "commands",
            "done_by",
            "trouble_by",
            "source");
    return DataFile.read(
        FILE,
        columns,
        row ->
            new ChecklistStep(
                row.text("step"),
                row.text("title_en"),
                row.text("title_ja"),
                row.text("advice_en"),
                row.text("advice_ja"),
                row.list("commands"),
                kinds(row, "done_by"),
                kinds(row, "trouble_by"),
                row.text("source")));
  }

  private static List<FindingKind> kinds(DataFile.Row row, String column) {
    try {
      return row.list(column).stream().map(FindingKind::valueOf).toList();
    } catch (IllegalArgumentException e) {
      throw row.wrong(column, "names no finding");
    }
  }
}
