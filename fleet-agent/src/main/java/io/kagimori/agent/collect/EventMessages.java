package io.kagimori.agent.collect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells an event from its message, or from a row of a table of events. */
final class EventMessages {
  /** The upper half of an instance ID holds severity and facility. */
  private static final long EVENT_CODE = 0xFFFF;

  /** IDs that nobody else uses in this number range, so that they need no source beside them. */
  private static final Set<Integer> KMS_EVENTS =
      Set.of(12288, 12289, 12290, 12291, 12292, 12293, 12294, 12308, 12309, 12310, 12312);

  private static final List<String> SOURCES =
      List.of(
          "Security-SPP",
          "Security-Licensing",
          "Software Protection",
          "Software Licensing",
          "Key Management Service");

  /** {@code 1/2/2024 10:00:00 AM 12288 Information The client has …}, as Format-Table prints it. */
  private static final Pattern ROW = Pattern.compile("(.{6,110}?) +(\\d{3,10}) +(\\S.*)");

  private static final int FORWARDED_MAX = 2_000;
  private static final String DNS_MESSAGE = "Publishing the Key Management Service";
  private static final String TICKET_MESSAGE = "Acquisition of genuine ticket failed";
  private static final String SLUI_MESSAGE = "License Activation (slui.exe) failed";

  private EventMessages() {}

  /**
   * What a line says of its event.
   *
   * @param id event ID
   * @param printed whether the ID stands there, or only follows from the words
   * @param date when it was logged, null where the line does not say
   * @param level severity in words, null where the line does not say
   * @param rest what follows the sentence
   * @param wording the sentence
   */
  record Told(
      int id, boolean printed, String date, String level, String rest, Optional<Term> wording) {}

  static Optional<Told> told(Vocabulary vocabulary, String text, String value) {
    if (text.length() < 12) {
      return Optional.empty();
    }
    Optional<Told> told = sentence(vocabulary, text);
    if (told.isEmpty() && !value.isEmpty()) {
      told = sentence(vocabulary, value);
    }
    if (told.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9' && text.length() < 600) {
      Matcher row = ROW.matcher(text);
      if (row.matches()) {
        told = row(vocabulary, row);
      }
    }
    return told;
  }

  /** Between the ID and the message the level may stand. */
  private static Optional<Told> row(Vocabulary vocabulary, Matcher row) {
    String rest = row.group(3);
    Optional<Told> said = sentence(vocabulary, rest);
    int blank = rest.indexOf(' ');
    boolean levelled = said.isEmpty() && blank > 0;
    if (levelled) {
      said = sentence(vocabulary, Lines.trim(rest.substring(blank)));
    }
    return said.map(
        told ->
            new Told(
                withoutQualifiers(Long.parseLong(row.group(2))),
                true,
                dateOf(row.group(1)),
                levelled ? rest.substring(0, blank) : null,
                told.rest(),
                told.wording()));
  }

  /** The text in front of the ID, where that is a date and no more. */
  private static String dateOf(String text) {
    boolean dated = text.matches("\\d[^A-Za-z]{5,24}(?: ?[AP]M)?");
    return dated ? Values.date(text, false) : null;
  }

  private static Optional<Told> sentence(Vocabulary vocabulary, String text) {
    if (text.startsWith(DNS_MESSAGE)) {
      int id = text.contains("fail") ? 12293 : 12294;
      return Optional.of(new Told(id, false, null, null, text, Optional.empty()));
    }
    if (text.startsWith(TICKET_MESSAGE)) {
      return Optional.of(new Told(8208, false, null, null, text, Optional.empty()));
    }
    if (text.startsWith(SLUI_MESSAGE)) {
      return Optional.of(new Told(8198, false, null, null, text, Optional.empty()));
    }
    int[] ends = {text.length(), afterStop(text), info(text)};
    for (int end : ends) {
      Term term = end < 1 ? null : vocabulary.statementOrLike(text.substring(0, end));
      if (term != null && term.fact().equals("event")) {
        return Optional.of(
            new Told(
                Integer.parseInt(term.value()),
                false,
                null,
                null,
                text.substring(end),
                Optional.of(term)));
      }
    }
    return Optional.empty();
  }

  /**
   * What a line says that a log collector made of a whole event: source, ID and message beside each
   * other.
   */
  static Optional<Told> toldWithin(Vocabulary vocabulary, String text) {
    String source = text.length() > FORWARDED_MAX ? null : sourceIn(text);
    if (source == null) {
      return Optional.empty();
    }
    int from = text.indexOf(source);
    for (int i = from; i + 12 < text.length(); i++) {
      boolean start = Lines.isSpace(text.charAt(i)) || "\t|,;\"=".indexOf(text.charAt(i)) >= 0;
      if (start && Character.isLetter(text.charAt(i + 1))) {
        Optional<Told> told = sentence(vocabulary, text.substring(i + 1));
        if (told.isPresent()) {
          int id = told.get().id();
          String before = text.substring(0, i);
          boolean printed =
              Pattern.compile("(?<![\\d.:-])" + id + "(?![\\d.:-])").matcher(before).find();
          String rest = told.get().rest();
          int behind = rest.indexOf('\t', Math.max(0, rest.indexOf("0x")));
          return Optional.of(
              new Told(
                  id,
                  printed,
                  null,
                  null,
                  behind < 0 ? rest : rest.substring(0, behind),
                  told.get().wording()));
        }
      }
    }
    return Optional.empty();
  }

  /** The name of the event's source in a line, or null. */
  static String sourceIn(String text) {
    int at = text.indexOf("Security-SPP");
    at = at < 0 ? text.indexOf("Security-Licensing-SLC") : at;
    if (at < 0) {
      return null;
    }
    int from = at;
    while (from > 0 && isNamePart(text.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < text.length() && isNamePart(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to);
  }

  private static boolean isNamePart(char c) {
    return c == '-' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private static int afterStop(String text) {
    for (int i = 0; i < text.length() && i < LabelKey.LONGEST; i++) {
      char c = text.charAt(i);
      if (c == '。' || (c == '.' && i + 1 < text.length() && Lines.isSpace(text.charAt(i + 1)))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Where "Info:" and the details begin on the same line. */
  private static int info(String text) {
    int code = text.indexOf("0x");
    if (code < 1) {
      return 0;
    }
    int i = code - 1;
    while (i > 0 && (Lines.isSpace(text.charAt(i)) || EntryScan.isColon(text.charAt(i)))) {
      i--;
    }
    while (i > 0 && !Lines.isSpace(text.charAt(i)) && text.charAt(i) != '.') {
      i--;
    }
    return i + 1;
  }

  /** {@code 1073754112} is event 12288. */
  static int withoutQualifiers(long id) {
    return (int) (id & EVENT_CODE);
  }

  /** Whether an event without a message known here comes from the licensing service. */
  static boolean isOurs(int id, Map<String, Object> event) {
    Object source = event.getOrDefault("source", event.getOrDefault("log_name", ""));
    boolean named = SOURCES.stream().anyMatch(name -> source.toString().contains(name));
    return named || (KMS_EVENTS.contains(id) && !event.containsKey("source"));
  }
}
