package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.catalogue.DataFile.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Causes of failures as data: their texts and steps, how likely each is behind a code, and what a
 * finding says for or against it. A text that is missing in one language, a code of the catalogue
 * without causes and a name that nobody defines stop loading.
 */
public final class Causes {
  private static final String FOLDER = "diagnosis/";
  private static final String CAUSES = FOLDER + "causes.csv";
  private static final String STEPS = FOLDER + "steps.csv";
  private static final String CODES = FOLDER + "code_causes.csv";
  private static final String FINDINGS = FOLDER + "findings.csv";
  private static final String EVIDENCE = FOLDER + "evidence.csv";

  private final Map<String, Cause> causes;
  private final Map<String, Map<String, Double>> weightsByCode;
  private final Map<FindingKind, Text> findings;
  private final Map<FindingKind, Map<String, Double>> factors;

  /** What a finding is called. */
  record Text(FindingKind kind, String en, String ja) {}

  private record StepRow(String cause, Cause.Step step) {}

  private record CodeRow(String code, Map<String, Double> weights) {}

  private record Factor(FindingKind finding, String cause, double factor) {}

  private Causes(ErrorCodes codes) {
    Map<String, List<Cause.Step>> steps = steps();
    causes = DataFile.index(CAUSES, readCauses(steps), Cause::id);
    steps.keySet().forEach(id -> require(STEPS, id));
    weightsByCode = weights();
    codes.all().forEach(row -> requireWeights(row.code()));
    findings = findings();
    factors = factors();
  }

  static Causes load(ErrorCodes codes) {
    return new Causes(codes);
  }

  private static List<Cause> readCauses(Map<String, List<Cause.Step>> steps) {
    return DataFile.read(
        CAUSES,
        List.of("cause", "area", "title_en", "title_ja", "source"),
        row -> {
          List<Cause.Step> own = steps.get(row.text("cause"));
          if (own == null) {
            throw row.wrong("cause", "has no steps in " + STEPS);
          }
          return new Cause(
              row.text("cause"),
              row.constant("area", ErrorCodeRow.Domain.class),
              row.text("title_en"),
              row.text("title_ja"),
              own,
              row.text("source"));
        });
  }

  private static Map<String, List<Cause.Step>> steps() {
    Map<String, List<Cause.Step>> steps = new LinkedHashMap<>();
    DataFile.read(
            STEPS,
            List.of("cause", "text_en", "text_ja", "command"),
            row ->
                new StepRow(
                    row.text("cause"),
                    new Cause.Step(
                        row.text("text_en"),
                        row.text("text_ja"),
                        row.optional("command").orElse(""))))
        .forEach(
            row -> steps.computeIfAbsent(row.cause(), id -> new ArrayList<>()).add(row.step()));
    return steps;
  }

  private Map<String, Map<String, Double>> weights() {
    Map<String, Map<String, Double>> weights = new LinkedHashMap<>();
    List<CodeRow> rows =
        DataFile.read(
            CODES, List.of("code", "causes"), row -> new CodeRow(row.text("code"), weights(row)));
    DataFile.index(CODES, rows, CodeRow::code)
        .forEach((code, row) -> weights.put(code, row.weights()));
    return weights;
  }

  private Map<String, Double> weights(Row row) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String part : row.list("causes")) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw row.wrong("causes", part + " has no weight");
      }
      String cause = part.substring(0, equals);
      require(CODES, cause);
      weights.put(cause, positive(row, "causes", part.substring(equals + 1)));
    }
    return weights;
  }

  private static Map<FindingKind, Text> findings() {
    Map<FindingKind, Text> findings = new EnumMap<>(FindingKind.class);
    DataFile.read(
            FINDINGS,
            List.of("finding", "title_en", "title_ja"),
            row ->
                new Text(
                    row.constant("finding", FindingKind.class),
                    row.text("title_en"),
                    row.text("title_ja")))
        .forEach(text -> findings.put(text.kind(), text));
    for (FindingKind kind : FindingKind.values()) {
      if (!findings.containsKey(kind)) {
        throw new CatalogueDataException(FINDINGS, kind + " has no text", null);
      }
    }
    return findings;
  }

  private Map<FindingKind, Map<String, Double>> factors() {
    Map<FindingKind, Map<String, Double>> factors = new EnumMap<>(FindingKind.class);
    for (Factor row :
        DataFile.read(
            EVIDENCE,
            List.of("finding", "cause", "factor"),
            r ->
                new Factor(
                    r.constant("finding", FindingKind.class),
                    r.text("cause"),
                    positive(r, "factor", r.text("factor"))))) {
      require(EVIDENCE, row.cause());
      factors
          .computeIfAbsent(row.finding(), kind -> new LinkedHashMap<>())
          .put(row.cause(), row.factor());
    }
    return factors;
  }

  private static double positive(Row row, String column, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw row.wrong(column, text + " is not a number");
    }
    throw row.wrong(column, text + " is not above zero");
  }

  private void require(String file, String cause) {
    if (!causes.containsKey(cause)) {
      throw new CatalogueDataException(file, cause + " is not in " + CAUSES, null);
    }
  }

  private void requireWeights(String code) {
    if (!weightsByCode.containsKey(code)) {
      throw new CatalogueDataException(CODES, code + " has no causes", null);
    }
  }

  /** Every cause, in file order. */
  public Collection<Cause> all() {
    return causes.values();
  }

  /** The cause of that id. */
  public Optional<Cause> find(String id) {
    return Optional.ofNullable(causes.get(id));
  }

  /**
   * How likely causes are behind a code, most likely first; empty for a code outside the catalogue.
   * The weights compare causes of one code with each other and are no probabilities.
   */
  public Map<String, Double> weights(ErrorCode code) {
    return weightsByCode.getOrDefault(code.text(), Map.of());
  }

  /** By how much a finding raises (above 1) or lowers (below 1) causes. */
  public Map<String, Double> factors(FindingKind finding) {
    return factors.getOrDefault(finding, Map.of());
  }

  /** What a finding is called. */
  public String title(FindingKind finding, Language language) {
    Text text = findings.get(finding);
    return language == Language.JA ? text.ja() : text.en();
  }
}
