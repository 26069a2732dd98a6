package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what {@code OSPP.VBS} prints of Office licenses: {@code /dstatus} and its like, and how
 * {@code /act}, {@code /inpkey} and {@code /unpkey} went. Its labels are English everywhere.
 */
final class OsppOutput {
  private static final Vocabulary VOCABULARY = Vocabulary.load("ospp.csv");
  static final List<String> HINTS =
      List.of(
          "LICENSE NAME",
          "LICENSE STATUS",
          "Last 5 characters of installed",
          "<Product ",
          "<No installed product key",
          "---Processing",
          "Installation ID for:");

  /** Facts that a license begins with. */
  private static final Set<String> FIRST = Set.of("product_id", "activation_id", "name");

  private static final int ENOUGH = 2;

  private final List<Finding> findings = new ArrayList<>();
  private final Reading reading = new Reading(Kind.OSPP);
  private final Set<String> seen = new HashSet<>();
  private ProductFacts product = new ProductFacts(VOCABULARY, findings);
  private String errorCode;
  private String errorMessage;

  /** Below a line that only this tool prints, and above the end of its output. */
  private boolean inside;

  private OsppOutput() {}

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.OSPP)) {
      return;
    }
    List<EntryScan.Placed> lines = EntryScan.placed(VOCABULARY, sheet.lines());
    if (lines.stream().filter(line -> isSure(line.entry())).count() < ENOUGH) {
      return;
    }
    OsppOutput output = new OsppOutput();
    int next = 0;
    for (EntryScan.Placed placed : lines) {
      if (isPromptBetween(sheet, next, placed.from())) {
        output.inside = false;
      }
      next = placed.to();
      if (output.belongs(placed.entry())) {
        output.take(placed.entry());
        output.reading.wordings().add(placed.entry().term());
        sheet.take(placed.from(), placed.to());
      }
    }
    output.finish();
    output.reading.findings().addAll(output.findings);
    readings.addAlways(output.reading);
  }

  /** A prompt ends an output; blank lines, rulers and the banner of the script host do not. */
  private static boolean isPromptBetween(Sheet sheet, int from, int to) {
    for (int i = from; i < to; i++) {
      if (sheet.line(i).noise() && sheet.line(i).text().indexOf('>') > 0) {
        return true;
      }
    }
    return false;
  }

  /** Half of the labels are those of slmgr too; they count only where the output has begun. */
  private boolean belongs(Entry entry) {
    if (!entry.isKnown() || entry.propertyStyle()) {
      return false;
    }
    inside |= isSure(entry);
    boolean belongs = inside;
    inside &= !entry.text().contains("---Exiting");
    return belongs;
  }

  private void take(Entry entry) {
    String fact = entry.term().fact();
    if (FIRST.contains(fact) && !entry.isStatement() && seen.contains(fact)) {
      finish();
    }
    seen.add(fact);
    switch (fact) {
      case "banner" -> {}
      case "message", "message_failed" -> {
        putOutcome("command", entry.term().value());
        putOutcome("succeeded", fact.equals("message"));
      }
      case "product_id" -> putText(fact, Values.token(entry.value()));
      case "error_code" -> errorCode = ErrorCode.leading(entry.value());
      case "error_message" -> errorMessage = ProductKeys.scrub(entry.value());
      case "remaining_grace" -> takeGrace(entry.value());
      case "installation_id" -> takeInstallationId(entry);
      default -> product.take(entry);
    }
  }

  /** Wordings of this tool alone. */
  private static boolean isSure(Entry entry) {
    if (!entry.isKnown()) {
      return false;
    }
    return switch (entry.term().fact()) {
      case "banner" -> entry.text().indexOf('-') >= 0 || entry.text().startsWith("<");
      case "license_status" -> entry.value().startsWith("---");
      case "product_id", "activation_id" -> isShouted(entry.text());
      case "message", "message_failed" -> true;
      case "name", "description", "remaining_grace", "partial_product_key", "installation_id" ->
          true;
      default -> false;
    };
  }

  /** In capitals, as this tool alone writes the IDs. */
  private static boolean isShouted(String text) {
    return text.startsWith("SKU ID") || text.startsWith("PRODUCT ID");
  }

  private void putText(String fact, String value) {
    if (value != null) {
      product.facts().putIfAbsent(fact, value);
    }
  }

  /** How a command went is said of the license above, or of the text where none is named. */
  private void putOutcome(String fact, Object value) {
    if (product.isEmpty()) {
      reading.put(fact, value);
    } else {
      product.facts().putIfAbsent(fact, value);
    }
  }

  /** {@code 179 days (258983 minute(s) before expiring)}: days first, and minutes not always. */
  private void takeGrace(String value) {
    Integer minutes = Values.number(value, 1);
    if (Values.leadingNumber(value) != null && minutes != null) {
      product.facts().putIfAbsent("remaining_minutes", minutes);
    }
    Integer days = Values.leadingNumber(value);
    if (days != null) {
      product.facts().putIfAbsent("remaining_days_printed", days);
    }
  }

  /** {@code Installation ID for: Office 16, … edition: 0123…} */
  private void takeInstallationId(Entry entry) {
    int colon = entry.value().lastIndexOf(':');
    putText("name", colon < 0 ? null : Values.text(Lines.trim(entry.value().substring(0, colon))));
    Values.digits(Lines.trim(entry.value().substring(colon + 1)))
        .filter(Values::isInstallationId)
        .ifPresent(digits -> putText("installation_id", digits));
  }

  /** A code beside a status is its reason; without a status it is what a command failed with. */
  private void finish() {
    if (errorCode != null && product.facts().containsKey("license_status")) {
      putText("license_status_reason", errorCode);
    } else if (errorCode != null) {
      putOutcome("error_code", errorCode);
      if (errorMessage != null) {
        putOutcome("error_message", errorMessage);
      }
    }
    if (!product.isEmpty()) {
      reading.products().add(product.facts());
    }
    product = new ProductFacts(VOCABULARY, findings);
    errorCode = null;
    errorMessage = null;
    seen.clear();
  }
}
