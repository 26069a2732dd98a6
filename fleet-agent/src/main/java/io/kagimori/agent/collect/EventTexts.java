package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads events of the licensing service as event viewer, wevtutil and Get-WinEvent print them, and
 * as people copy them: with or without headings, in any UI language. The message tells the event
 * where no ID is printed.
 */
final class EventTexts {
  private static final Vocabulary VOCABULARY = Vocabulary.load("events.csv");

  static final List<String> HINTS = hints();

  private final Sheet sheet;
  private final Reading reading = new Reading(Kind.EVENT_LOG);
  private final List<EntryScan.Placed> lines;
  private final List<Term> headings = new ArrayList<>();
  private final List<Integer> pending = new ArrayList<>();
  private Map<String, Object> event = new LinkedHashMap<>();
  private StringBuilder details = new StringBuilder();
  private boolean message;
  private Object provider;

  /** The wordings of this tool. */
  static Vocabulary vocabulary() {
    return VOCABULARY;
  }

  private EventTexts(Sheet sheet, List<EntryScan.Placed> lines) {
    this.sheet = sheet;
    this.lines = lines;
  }

  /** What a heading of an event means; {@code -} for one that is known and kept nowhere. */
  static Optional<Term> heading(String name) {
    return Optional.ofNullable(VOCABULARY.label(name));
  }

  private static List<String> hints() {
    List<String> hints = new ArrayList<>(VOCABULARY.wordings("event_id"));
    hints.removeIf(label -> label.length() < 5 && label.chars().allMatch(c -> c < 128));
    hints.addAll(
        List.of(
            "Security-SPP",
            "Security-Licensing",
            "activation request",
            "activation response",
            "licensing status check",
            "slui.exe",
            "KMS) to DNS"));
    return List.copyOf(hints);
  }

  static void read(Sheet sheet, Readings readings) {
    if (sheet.mayHold(Hints.Part.EVENTS)
        || (sheet.mayHold(Hints.Part.DETAILS) && EventPayload.isIn(sheet.text()))) {
      EventTexts texts = new EventTexts(sheet, EntryScan.placed(VOCABULARY, sheet.lines()));
      texts.readAll();
      readings.add(texts.reading);
    }
  }

  /** The facts that the message of an event states, given its ID where that is known. */
  static Map<String, Object> ofMessage(Integer id, String message) {
    Sheet sheet = new Sheet(message);
    EventTexts texts = new EventTexts(sheet, EntryScan.placed(VOCABULARY, sheet.lines()));
    if (id != null) {
      texts.event.put("event_id", id);
    }
    texts.readAll();
    return texts.reading.events().isEmpty() ? Map.of() : texts.reading.events().get(0);
  }

  private void readAll() {
    for (int i = 0; i < lines.size(); i++) {
      take(lines.get(i), i);
    }
    finish();
    // PowerShell's headings are English everywhere; a message is in the language of the machine.
    if (reading.wordings().isEmpty()) {
      reading.wordings().addAll(headings);
    }
  }

  private void take(EntryScan.Placed placed, int index) {
    Entry entry = placed.entry();
    String text = entry.text();
    Optional<EventMessages.Told> told = EventMessages.told(VOCABULARY, text, entry.value());
    Optional<EventMessages.Told> inside =
        told.isEmpty() ? EventMessages.toldWithin(VOCABULARY, text) : Optional.empty();
    if (inside.isPresent()) {
      finish();
      takeForwarded(inside.get(), text);
      hold(placed);
      finish();
    } else if (told.isPresent()) {
      if (message) {
        finish();
      }
      takeMessage(told.get());
      hold(placed);
    } else if (isHeadingLabel(entry) && isHeading(entry, index)) {
      takeHeading(entry);
      hold(placed);
    } else if (message && belongsToMessage(entry, text)) {
      details.append('\n').append(entry.isLabel("info") ? entry.value() : text);
      hold(placed);
    } else if (message) {
      finish();
    } else if (!event.isEmpty()) {
      details.append('\n').append(entry.isLabel("info") ? entry.value() : text);
      if (belongsToMessage(entry, text)) {
        hold(placed);
      }
    } else if (EventPayload.shapeOf(text).isPresent()) {
      takeBareDetails(EventPayload.shapeOf(text).get(), text);
      hold(placed);
    }
  }

  /** A line that holds the whole event, its source and maybe its ID before the message. */
  private void takeForwarded(EventMessages.Told told, String text) {
    takeMessage(told);
    put("source", EventMessages.sourceIn(text));
  }

  /**
   * The details of a KMS event have a shape of their own, whatever the sentence above them says.
   */
  private void takeBareDetails(int id, String text) {
    event.put("event_id", id);
    event.put("event_id_inferred_from", "details");
    details.append(text);
    message = true;
  }

  private static boolean isHeadingLabel(Entry entry) {
    return entry.isKnown() && !entry.isStatement() && !entry.isLabel("info");
  }

  /** Words such as "Source" and "Date" are headings only beside others of an event. */
  private boolean isHeading(Entry entry, int index) {
    if (!event.isEmpty() || entry.isLabel("event_id") || entry.isLabel("log_name")) {
      return true;
    }
    int reach = Math.min(lines.size(), index + 8);
    for (int i = index + 1; i < reach; i++) {
      Entry next = lines.get(i).entry();
      if (next.isLabel("event_id")
          || EventMessages.told(VOCABULARY, next.text(), next.value()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void takeHeading(Entry entry) {
    String fact = entry.term().fact();
    String value = entry.value();
    if (fact.equals("event_id") && isSameId(value)) {
      return;
    }
    boolean second = !value.isEmpty() && !entry.term().isKnownOnly() && event.containsKey(fact);
    if (second
        || (message
            && (fact.equals("log_name") || fact.equals("event_id") || fact.equals("date")))) {
      finish();
    }
    headings.add(entry.term());
    switch (fact) {
      case "event_id" -> {
        Long id = Numbers.whole(value);
        if (id != null) {
          event.put("event_id", EventMessages.withoutQualifiers(id));
        }
      }
      case "date" -> put("date", Values.date(value, false));
      case "level" -> put(fact, Numbers.whole(value) == null ? Values.text(value) : null);
      case "log_name", "source", "computer" -> put(fact, Values.text(value));
      default -> {}
    }
  }

  /** Get-EventLog prints the ID twice, with its qualifiers and without. */
  private boolean isSameId(String value) {
    Long id = Numbers.whole(value);
    Object known = event.get("event_id");
    return id != null && known != null && known.equals(EventMessages.withoutQualifiers(id));
  }

  private void takeMessage(EventMessages.Told told) {
    message = true;
    reading.wordings().addAll(told.wording().stream().toList());
    if (told.printed()) {
      // Rows of a table stand below the name of their provider.
      provider = event.getOrDefault("source", provider);
      put("source", provider);
      event.put("event_id", told.id());
      put("date", told.date());
      put("level", told.level());
    } else if (!event.containsKey("event_id")) {
      event.put("event_id", told.id());
      event.put("event_id_inferred_from", "message text");
    }
    details.append(told.rest());
  }

  private static boolean belongsToMessage(Entry entry, String text) {
    return entry.isLabel("info")
        || (EventPayload.looksLikeDetail(text) && !entry.isStatement())
        || text.length() < 4;
  }

  private void hold(EntryScan.Placed placed) {
    for (int i = placed.from(); i < placed.to(); i++) {
      pending.add(i);
    }
  }

  private void finish() {
    Object id = event.get("event_id");
    if (id != null && (message || EventMessages.isOurs((int) id, event))) {
      EventPayload.read((int) id, details.toString(), event);
      reading.events().add(event);
      pending.forEach(sheet::take);
    }
    pending.clear();
    event = new LinkedHashMap<>();
    details = new StringBuilder();
    message = false;
  }

  private void put(String fact, Object value) {
    if (value != null) {
      event.putIfAbsent(fact, value);
    }
  }
}
