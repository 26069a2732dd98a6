package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what DISM says of editions: the present one, those that can be reached, and how changing it
 * went. Its labels are common words ("Version", "Error"), so they count only below its banner or
 * beside a label that no other tool has.
 */
final class DismOutput {
  private static final Vocabulary VOCABULARY = Vocabulary.load("dism.csv");
  static final List<String> HINTS = hints();
  private static final int MESSAGE_LINES_MAX = 8;
  private static final Pattern UPDATE_PACKAGE = Pattern.compile("Package_for_(KB\\d{6,8})~\\S*");

  private final Sheet sheet;
  private final List<EntryScan.Placed> lines;
  private final Reading reading = new Reading(Kind.DISM);
  private final List<String> targets = new ArrayList<>();
  private final TreeSet<Integer> taken = new TreeSet<>();
  private final List<String> stages = new ArrayList<>();

  /** The wordings of this tool. */
  static Vocabulary vocabulary() {
    return VOCABULARY;
  }

  private DismOutput(Sheet sheet, List<EntryScan.Placed> lines) {
    this.sheet = sheet;
    this.lines = lines;
  }

  private static List<String> hints() {
    List<String> hints = new ArrayList<>(List.of("DISM", "Dism", "dism", "Current edition"));
    for (String fact :
        List.of(
            "=banner:dism",
            "=error_text:dism",
            "current_edition",
            "target_edition",
            "image_version")) {
      hints.addAll(VOCABULARY.wordings(fact));
    }
    return List.copyOf(hints);
  }

  static void read(Sheet sheet, Readings readings) {
    if (sheet.mayHold(Hints.Part.DISM)) {
      DismOutput output = new DismOutput(sheet, EntryScan.placed(VOCABULARY, sheet.lines()));
      if (output.isDism()) {
        output.readAll();
        readings.add(output.reading);
      }
    }
  }

  private boolean isDism() {
    return lines.stream()
        .map(EntryScan.Placed::entry)
        .anyMatch(
            entry ->
                (entry.isStatement() && entry.term().fact().equals("banner"))
                    || isErrorText(entry)
                    || (isEditionLabel(entry) && Editions.isId(entry.value())));
  }

  private static boolean isErrorText(Entry entry) {
    return entry.isStatement() && entry.term().fact().equals("error_text");
  }

  private static boolean isEditionLabel(Entry entry) {
    return entry.isLabel("current_edition") || entry.isLabel("target_edition");
  }

  private void readAll() {
    for (int i = 0; i < lines.size(); i++) {
      Entry entry = lines.get(i).entry();
      if (entry.isKnown() && !entry.propertyStyle() && take(entry, i)) {
        hold(i);
        reading.wordings().add(entry.term());
      } else if (isProgress(entry.text())) {
        hold(i);
      }
    }
    readPackages();
    if (!targets.isEmpty()) {
      reading.facts().put("target_editions", targets);
    }
    if (!stages.isEmpty()) {
      reading.facts().put("stages", stages);
    }
    taken.forEach(sheet::take);
  }

  /** Updates among the packages that {@code /Get-Packages} lists as installed. */
  private void readPackages() {
    List<String> updates = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher update = UPDATE_PACKAGE.matcher(lines.get(i).entry().text());
      if (update.find()) {
        int state = stateOf(i, update.end());
        hold(i);
        if (state > i) {
          hold(state);
        }
        if (state >= i && !updates.contains(update.group(1))) {
          updates.add(update.group(1));
        }
      }
    }
    if (!updates.isEmpty()) {
      reading.put("updates", updates);
    }
  }

  /** The line that says that a package is installed, its own row or one below; -1 for no such. */
  private int stateOf(int index, int from) {
    String text = lines.get(index).entry().text();
    int cell = text.indexOf('|', from);
    if (cell >= 0) {
      int end = text.indexOf('|', cell + 1);
      String state = Lines.trim(text.substring(cell + 1, end < 0 ? text.length() : end));
      return VOCABULARY.word("package_state", state) == null ? -1 : index;
    }
    for (int i = index + 1; i < lines.size() && i <= index + 2; i++) {
      String below = lines.get(i).entry().text();
      int colon = below.indexOf(':') < 0 ? below.indexOf('：') : below.indexOf(':');
      if (colon > 0
          && VOCABULARY.word("package_state", Lines.trim(below.substring(colon + 1))) != null) {
        return i;
      }
    }
    return -1;
  }

  private boolean take(Entry entry, int index) {
    String value = entry.value();
    switch (entry.term().fact()) {
      case "tool_version" -> {
        return Values.version(value) != null && isBelowBanner(index) && put("tool_version", value);
      }
      case "image_version" -> {
        return Values.version(value) != null && put("image_version", value);
      }
      case "current_edition" -> {
        return value.isEmpty() || (Editions.isId(value) && put("current_edition", value));
      }
      case "target_edition" -> {
        if (Editions.isId(value) && !targets.contains(value)) {
          targets.add(value);
        }
        return Editions.isId(value);
      }
      case "result" -> reading.facts().put("result", entry.term().value());
      case "error" -> {
        return takeError(entry, index);
      }
      case "stage" -> stages.add(entry.term().value());
      case "restart_required" -> put("restart_required", true);
      case "no_targets" -> reading.facts().putIfAbsent("target_editions", targets);
      default -> {
        return true;
      }
    }
    return true;
  }

  private boolean isBelowBanner(int index) {
    for (int i = index - 1; i >= 0 && i >= index - 3; i--) {
      Entry entry = lines.get(i).entry();
      if (entry.isStatement() && entry.term().fact().equals("banner")) {
        return true;
      }
    }
    return false;
  }

  /** The number, and the sentences below it up to where the log file is named. */
  private boolean takeError(Entry entry, int index) {
    String code = code(entry.value());
    if (code == null) {
      return false;
    }
    put("error_code", code);
    reading.facts().put("result", "error");
    StringBuilder message = new StringBuilder(entry.value().substring(code.length()).strip());
    int end = Math.min(lines.size(), index + 1 + MESSAGE_LINES_MAX);
    boolean complete = false;
    for (int i = index + 1; i < end; i++) {
      Entry line = lines.get(i).entry();
      // Behind a sentence known to be the tool's own, anything else is somebody's prose.
      boolean other = !isErrorText(line) && (line.isKnown() || complete);
      complete |= isErrorText(line);
      if (other || line.text().contains("dism.log") || isProgress(line.text())) {
        if (line.text().contains("dism.log")) {
          hold(i);
        }
        break;
      }
      boolean folded = sheet.line(lines.get(i - 1).to() - 1).full();
      message.append(message.isEmpty() || folded ? "" : " ").append(line.text());
      hold(i);
    }
    if (!message.isEmpty()) {
      put("error_message", ProductKeys.scrub(message.toString()));
    }
    return true;
  }

  /** {@code 1605} or {@code 0x800f081e}, as printed. */
  private static String code(String value) {
    int end = 0;
    while (end < value.length()
        && value.charAt(end) < 128
        && Character.isLetterOrDigit(value.charAt(end))) {
      end++;
    }
    String word = value.substring(0, end);
    boolean decimal = Numbers.whole(word) != null && word.length() < 6;
    return decimal || Numbers.hex(word) != null ? word : null;
  }

  private static boolean isProgress(String text) {
    return text.startsWith("[") && text.endsWith("]") && text.indexOf('%') > 0;
  }

  private void hold(int index) {
    for (int i = lines.get(index).from(); i < lines.get(index).to(); i++) {
      taken.add(i);
    }
  }

  private boolean put(String fact, Object value) {
    reading.put(fact, value);
    return true;
  }
}
