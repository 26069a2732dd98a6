package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.catalogue.DataFile.Row;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The options of slmgr.vbs and the commands used beside it (slmgr_commands.csv). */
public final class SlmgrCommands {
  private static final String FILE = "domain/slmgr_commands.csv";
  private static final String JA_FILE = "text/slmgr_commands_ja.csv";

  private final Map<String, SlmgrCommand> commands;

  private record Japanese(String option, String meaning, String privilege) {}

  private SlmgrCommands(List<SlmgrCommand> commands) {
    this.commands = DataFile.index(FILE, commands, c -> c.option().toLowerCase(Locale.ROOT));
  }

  static SlmgrCommands load() {
    Map<String, SlmgrCommandType> types =
        Arrays.stream(SlmgrCommandType.values())
            .collect(Collectors.toMap(SlmgrCommandType::option, Function.identity()));
    Map<String, Japanese> japanese =
        DataFile.index(
            JA_FILE,
            DataFile.read(
                JA_FILE,
                List.of("option", "meaning_ja", "privilege_ja"),
                r -> new Japanese(r.text("option"), r.text("meaning_ja"), r.text("privilege_ja"))),
            Japanese::option);
    List<String> columns =
        List.of(
            "option",
            "group",
            "syntax",
            "meaning",
            "privilege",
            "available_from",
            "notes",
            "confidence",
            "source");
    return new SlmgrCommands(DataFile.read(FILE, columns, r -> row(r, types, japanese)));
  }

  private static SlmgrCommand row(
      Row row, Map<String, SlmgrCommandType> types, Map<String, Japanese> japanese) {
    String option = row.text("option");
    SlmgrCommandType type = types.get(option);
    Japanese ja = japanese.get(option);
    if (type == null || ja == null) {
      throw row.wrong("option", "has no " + (type == null ? "command type" : "Japanese text"));
    }
    return new SlmgrCommand(
        option,
        type,
        row.text("group"),
        row.text("syntax"),
        row.text("meaning"),
        ja.meaning(),
        row.text("privilege"),
        ja.privilege(),
        row.text("available_from"),
        row.optional("notes"),
        row.constant("confidence", Confidence.class),
        row.text("source"));
  }

  /** Every command, in file order. */
  public List<SlmgrCommand> all() {
    return List.copyOf(commands.values());
  }

  /** The command of a type. */
  public SlmgrCommand of(SlmgrCommandType type) {
    return commands.get(type.option().toLowerCase(Locale.ROOT));
  }

  /**
   * The command an option means: without case, behind a slash or a dash of any kind, in full width,
   * with or without a value after a colon.
   */
  public Optional<SlmgrCommand> find(String option) {
    return Optional.ofNullable(commands.get(key(option)));
  }

  /** Options that a misspelt one may have meant, nearest first. */
  public List<String> suggestionsFor(String option) {
    return DidYouMean.among(key(option), commands.keySet());
  }

  private static String key(String option) {
    String plain =
        Normalizer.normalize(option, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    if (plain.isEmpty()) {
      return plain;
    }
    int first = plain.codePointAt(0);
    boolean dash = Character.getType(first) == Character.DASH_PUNCTUATION || first == '\u2212';
    String slashed = dash ? "/" + plain.substring(1) : plain;
    int value = slashed.startsWith("/") ? slashed.indexOf(':') : -1;
    return value < 0 ? slashed : slashed.substring(0, value);
  }
}
