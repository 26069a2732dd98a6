package io.kagimori.agent.collect;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The wordings of all languages for one family of tools, read once from a file such as {@code
 * labels.csv} and looked up by {@link LabelKey}. The column {@code fact} says what a wording is:
 * {@code name} is a label with a value behind a colon, {@code =fact:value} a statement without
 * colon, {@code ~fact:value} a word that stands as value, {@code -} and {@code =-} are known and
 * carry nothing. A label with {@code *} stands for one label per license status word of its
 * language.
 */
final class Vocabulary {
  private static final String FOLDER = "/kagimori/collect/";
  private static final String PER_STATUS = "kms_requests.by_status";

  /** Request counters exist for these states only. */
  private static final Map<String, String> COUNTER_OF_STATUS =
      Map.of(
          "Licensed", "licensed",
          "Unlicensed", "unlicensed",
          "Initial grace period", "initial_grace",
          "Non-genuine grace period", "non_genuine_grace",
          "Notification", "notification");

  private static final Vocabulary SHIPPED = load("labels.csv");

  private final Map<String, Term> labels = new HashMap<>();
  private KeyTable labelTable;
  private KeyTable statementTable;
  private final Map<String, Term> statements = new HashMap<>();
  private final Map<String, Map<String, Term>> words = new HashMap<>();
  private final Map<Set<String>, Optional<Term>> likeLabels = new HashMap<>();
  private final Map<Set<String>, Optional<Term>> likeStatements = new HashMap<>();
  private final Map<String, Map<Set<String>, Optional<Term>>> likeWords = new HashMap<>();
  private final Set<String> labelWords = new HashSet<>();
  private final Map<String, List<String>> wordings = new HashMap<>();

  private Vocabulary() {}

  /** What slmgr prints. */
  static Vocabulary shipped() {
    return SHIPPED;
  }

  /** The wordings of a fact as they stand in the file, such as all labels of the OS name. */
  List<String> wordings(String fact) {
    return wordings.getOrDefault(fact, List.of());
  }

  /** The label that {@code text[from, to)} is, or null. */
  Term label(String text, int from, int to) {
    char[] key = LabelKey.buffer(from, to);
    return labelTable.get(key, LabelKey.write(text, from, to, key));
  }

  /** The label that a text is, or null. */
  Term label(String text) {
    return label(text, 0, text.length());
  }

  /** The statement that a text is, or null. */
  Term statement(String text) {
    char[] key = LabelKey.buffer(0, text.length());
    return statementTable.get(key, LabelKey.write(text, 0, text.length(), key));
  }

  /** The label of these words in another order or number, or null. */
  Term labelLike(String text, int from, int to) {
    return like(likeLabels, text, from, to);
  }

  /** The statement of these words in another order or number, or null. */
  Term statementLike(String text) {
    return like(likeStatements, text, 0, text.length());
  }

  /** The statement of these words in this order or another, or null. */
  Term statementOrLike(String text) {
    Term term = statement(text);
    return term == null ? statementLike(text) : term;
  }

  /** The value word of a fact that a text is, or null. */
  Term word(String fact, String text, int from, int to) {
    Term term = words.getOrDefault(fact, Map.of()).get(LabelKey.of(text, from, to));
    return term != null ? term : like(likeWords.getOrDefault(fact, Map.of()), text, from, to);
  }

  /** The value word of a fact that a text is, or null. */
  Term word(String fact, String text) {
    return word(fact, text, 0, text.length());
  }

  private Term like(Map<Set<String>, Optional<Term>> terms, String text, int from, int to) {
    Set<String> found = LabelWords.of(text, from, to, labelWords::contains);
    return found.isEmpty() ? null : terms.getOrDefault(found, Optional.empty()).orElse(null);
  }

  /** Words that mean several things in several orders decide nothing. */
  private void putLike(Map<Set<String>, Optional<Term>> terms, String label, Term term) {
    Set<String> ofLabel = LabelWords.of(label);
    labelWords.addAll(ofLabel);
    if (!ofLabel.isEmpty()) {
      terms.merge(
          ofLabel,
          Optional.of(term),
          (known, other) -> known.flatMap(one -> other.flatMap(one::and)));
    }
  }

  /** Keys that two rows give different meanings; the shipped data has none. */
  List<String> conflicts() {
    return conflicts;
  }

  private final List<String> conflicts = new ArrayList<>();

  /** The wordings of another tool, from a file of the same columns. */
  static Vocabulary load(String file) {
    Vocabulary vocabulary = new Vocabulary();
    List<NamedCsvRecord> perStatus = new ArrayList<>();
    try (var stream = Vocabulary.class.getResourceAsStream(FOLDER + file);
        var rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        if (row.getField("fact").equals(PER_STATUS)) {
          perStatus.add(row);
        } else {
          vocabulary.add(row.getField("language"), row.getField("label"), row.getField("fact"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    perStatus.forEach(
        row -> vocabulary.addPerStatus(row.getField("language"), row.getField("label")));
    vocabulary.labelTable = new KeyTable(vocabulary.labels);
    vocabulary.statementTable = new KeyTable(vocabulary.statements);
    return vocabulary;
  }

  private void add(String language, String label, String fact) {
    wordings.computeIfAbsent(fact, f -> new ArrayList<>()).add(label);
    String key = LabelKey.of(label);
    if (fact.startsWith("~")) {
      int colon = fact.indexOf(':');
      Map<String, Term> ofFact =
          words.computeIfAbsent(fact.substring(1, colon), f -> new HashMap<>());
      put(ofFact, language, key, fact.substring(1, colon), fact.substring(colon + 1));
      putLike(
          likeWords.computeIfAbsent(fact.substring(1, colon), f -> new HashMap<>()),
          label,
          new Term(fact.substring(1, colon), fact.substring(colon + 1), Set.of(language)));
    } else if (fact.startsWith("=")) {
      int colon = fact.indexOf(':');
      String named = colon < 0 ? fact.substring(1) : fact.substring(1, colon);
      String value = colon < 0 ? "" : fact.substring(colon + 1);
      put(statements, language, key, named, value);
      putLike(likeStatements, label, new Term(named, value, Set.of(language)));
    } else {
      put(labels, language, key, fact, "");
      putLike(likeLabels, label, new Term(fact, "", Set.of(language)));
    }
  }

  private void addPerStatus(String language, String label) {
    int star = label.indexOf('*');
    String before = LabelKey.of(label.substring(0, star));
    String after = LabelKey.of(label.substring(star + 1));
    words
        .get("license_status")
        .forEach(
            (word, term) -> {
              String counter = COUNTER_OF_STATUS.get(term.value());
              if (counter != null && term.in(language)) {
                put(labels, language, before + word + after, "kms_requests." + counter, "");
              }
            });
    words
        .get(PER_STATUS)
        .forEach(
            (word, term) -> {
              if (term.in(language)) {
                put(labels, language, before + word + after, "kms_requests." + term.value(), "");
              }
            });
  }

  private void put(
      Map<String, Term> terms, String language, String key, String fact, String value) {
    Term term = new Term(fact, value, Set.of(language));
    Term known = terms.putIfAbsent(key, term);
    if (known != null) {
      known
          .and(term)
          .ifPresentOrElse(
              both -> terms.put(key, both),
              () ->
                  conflicts.add(
                      key + ": " + known.fact() + known.value() + " and " + fact + value));
    }
  }
}
