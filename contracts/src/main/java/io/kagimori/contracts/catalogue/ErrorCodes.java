package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.catalogue.DataFile.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Error and state codes with their meaning, causes and remedies (error_codes.csv). */
public final class ErrorCodes {
  /** A code outside the catalogue; it is recorded exactly as given. */
  public static final String UNKNOWN_CODE = "UNKNOWN_CODE";

  private static final String FILE = "domain/error_codes.csv";
  private static final String JA_FILE = "text/error_codes_ja.csv";
  private static final String EN_FILE = "text/error_codes_en.csv";

  private final Map<String, ErrorCodeRow> rows;
  private final Map<String, Japanese> japanese;
  private final Map<String, EnglishTitle> englishTitles;
  private final ErrorCodeSpelling spelling;

  /**
   * Own Japanese wording of a row.
   *
   * @param code the code
   * @param title one line
   * @param likelyCauses as many as the row has, in its order
   * @param remediation as many as the row has, in its order
   */
  record Japanese(String code, String title, List<String> likelyCauses, List<String> remediation) {}

  /** Own title of a row for which no English message is known. */
  record EnglishTitle(String code, String title) {}

  private ErrorCodes(
      List<ErrorCodeRow> rows, List<Japanese> japanese, List<EnglishTitle> englishTitles) {
    this.rows = DataFile.index(FILE, rows, ErrorCodeRow::code);
    this.japanese = DataFile.index(JA_FILE, japanese, Japanese::code);
    this.englishTitles = DataFile.index(EN_FILE, englishTitles, EnglishTitle::code);
    this.spelling = new ErrorCodeSpelling(rows);
    rows.forEach(this::requireTexts);
  }

  private void requireTexts(ErrorCodeRow row) {
    Japanese ja = japanese.get(row.code());
    boolean even =
        ja != null
            && ja.likelyCauses().size() == row.likelyCauses().size()
            && ja.remediation().size() == row.remediation().size();
    if (!even) {
      throw new CatalogueDataException(JA_FILE, row.code() + " is missing or uneven", null);
    }
    if (row.messageEn().isEmpty() && !englishTitles.containsKey(row.code())) {
      throw new CatalogueDataException(EN_FILE, row.code() + " has no title", null);
    }
  }

  static ErrorCodes load() {
    List<String> columns =
        List.of(
            "code",
            "symbol",
            "kind",
            "severity",
            "message_en",
            "message_ja",
            "domain",
            "activation_type",
            "likely_causes",
            "remediation",
            "commands",
            "source");
    List<String> japanese = List.of("code", "title_ja", "likely_causes_ja", "remediation_ja");
    return new ErrorCodes(
        DataFile.read(FILE, columns, ErrorCodes::row),
        DataFile.read(
            JA_FILE,
            japanese,
            r ->
                new Japanese(
                    r.text("code"),
                    r.text("title_ja"),
                    r.list("likely_causes_ja"),
                    r.list("remediation_ja"))),
        DataFile.read(
            EN_FILE,
            List.of("code", "title_en"),
            r -> new EnglishTitle(r.text("code"), r.text("title_en"))));
  }

  private static ErrorCodeRow row(Row row) {
    String severity = row.text("severity");
    if (!severity.equals("error") && !severity.equals("info")) {
      throw row.wrong("severity", "is neither error nor info");
    }
    return new ErrorCodeRow(
        row.text("code"),
        row.optional("symbol"),
        row.text("kind"),
        severity.equals("info"),
        row.optional("message_en"),
        row.optional("message_ja"),
        row.constant("domain", ErrorCodeRow.Domain.class),
        row.optional("activation_type").map(t -> List.of(t.split(";"))).orElse(List.of()),
        row.list("likely_causes"),
        row.list("remediation"),
        row.list("commands"),
        row.text("source"));
  }

  /** Every row, in file order. */
  public List<ErrorCodeRow> all() {
    return List.copyOf(rows.values());
  }

  /** The row of a code. */
  public Optional<ErrorCodeRow> find(ErrorCode code) {
    return Optional.ofNullable(rows.get(code.text()));
  }

  /**
   * The code that a text means in whatever spelling, see {@link ErrorCodeSpelling} for how digits
   * are read. What the catalogue does not know comes back unchanged and not {@code known}.
   */
  public ErrorCode resolve(String any) {
    if (any == null) {
      return new ErrorCode("", false);
    }
    return spelling
        .find(any)
        .map(row -> new ErrorCode(row.code(), true))
        .orElseGet(() -> new ErrorCode(any, false));
  }

  /** What a code means; an unknown one is explained as such and never refused. */
  public Explanation explain(ErrorCode code, Language language) {
    ErrorCodeRow row = rows.get(code.text());
    if (row == null) {
      return unknown(code, language);
    }
    return language == Language.JA ? inJapanese(row) : inEnglish(row);
  }

  private Explanation inEnglish(ErrorCodeRow row) {
    EnglishTitle own = englishTitles.get(row.code());
    String message = row.messageEn().orElse(null);
    return explanation(
        row, own == null ? message : own.title(), message, row.likelyCauses(), row.remediation());
  }

  private Explanation inJapanese(ErrorCodeRow row) {
    Japanese own = japanese.get(row.code());
    return explanation(
        row, own.title(), row.messageJa().orElse(null), own.likelyCauses(), own.remediation());
  }

  private static Explanation explanation(
      ErrorCodeRow row, String title, String message, List<String> causes, List<String> steps) {
    return new Explanation(
        row.code(),
        null,
        row.symbol().orElse(null),
        title,
        message,
        row.domain(),
        row.informational(),
        causes,
        steps,
        row.commands(),
        row.source());
  }

  private static Explanation unknown(ErrorCode code, Language language) {
    boolean ja = language == Language.JA;
    return new Explanation(
        code.text(),
        UNKNOWN_CODE,
        null,
        ja ? "カタログにないコードです" : "This code is not in the catalogue",
        null,
        null,
        false,
        List.of(),
        List.of(
            ja
                ? "コードと slmgr /dlv の出力を控え、管理者に知らせる"
                : "keep the code with the output of slmgr /dlv and tell the administrator"),
        List.of("slmgr /dlv"),
        null);
  }
}
