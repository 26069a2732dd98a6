package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the short answers of slmgr: expiry of {@code /xpr}, success of {@code /ipk}, {@code /upk},
 * {@code /ato}, {@code /rearm} and their like, and errors. Dates, keys, identifiers and hosts stand
 * in the middle of these sentences, so a sentence is looked up without them.
 */
final class SlmgrMessages {
  private static final String EDITION = " edition";
  private static final int GUID_LENGTH = 36;
  private static final int ERROR_WORD_MIN = 3;
  private static final int ERROR_WORD_MAX = 16;
  private static final int SENTENCE_MIN = 25;
  private static final int HOST_SENTENCE_WORDS = 20;

  private final Vocabulary vocabulary;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<Entry> left = new ArrayList<>();
  private final List<Term> wordings = new ArrayList<>();
  private final List<Map<String, Object>> outcomes = new ArrayList<>();
  private boolean expiry;
  private boolean message;

  private SlmgrMessages(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The answers in these lines; empty where they hold none. */
  static Optional<SlmgrMessages> read(Vocabulary vocabulary, List<Entry> entries) {
    SlmgrMessages messages = new SlmgrMessages(vocabulary);
    for (int i = 0; i < entries.size(); i++) {
      Entry after = i + 1 < entries.size() ? entries.get(i + 1) : null;
      if (!messages.take(entries.get(i), after)) {
        messages.left.add(entries.get(i));
      }
    }
    return messages.expiry || messages.message ? Optional.of(messages) : Optional.empty();
  }

  /** Lines that are no answer. */
  List<Entry> left() {
    return left;
  }

  Reading reading() {
    Reading reading = new Reading(expiry ? Kind.SLMGR_XPR : Kind.SLMGR_MESSAGE);
    reading.facts().putAll(facts);
    // A session of several commands has no outcome of its own, each of them has.
    boolean several = outcomes.size() > 1 || facts.containsKey("error_code");
    if (several && !outcomes.isEmpty()) {
      reading.put("commands", outcomes);
    } else {
      outcomes.forEach(outcome -> outcome.forEach(reading::put));
    }
    reading.wordings().addAll(wordings);
    return reading;
  }

  private boolean take(Entry entry, Entry after) {
    String text = entry.text();
    if (entry.isLabel("error")) {
      return takeError(entry);
    }
    Sentence sentence = Sentence.of(text);
    Term term = entry.isStatement() ? entry.term() : sentence.meaning(vocabulary);
    if (term != null) {
      return takeSentence(term, sentence);
    }
    return takeExpiryLabel(entry, sentence)
        || takeHeading(text, after)
        || takeActivating(text)
        || (!entry.isKnown()
            && (takeForeignError(text) || takeErrorInSentence(text) || takeShortHost(text)));
  }

  /** {@code Error 0x80070005 occurred in connecting to …}. */
  private boolean takeErrorInSentence(String text) {
    int blank = text.indexOf(' ');
    if (blank < ERROR_WORD_MIN || blank > ERROR_WORD_MAX || text.length() < SENTENCE_MIN) {
      return false;
    }
    Term word = vocabulary.label(text, 0, blank);
    String code = ErrorCode.leading(text.substring(blank + 1));
    return code != null
        && word != null
        && word.fact().equals("error")
        && putError(code, Values.clean(text, blank + 1 + ErrorCode.LENGTH));
  }

  /** A host of one word without a figure is the word that keeps a sentence from being known. */
  private boolean takeShortHost(String text) {
    if (text.length() > LabelKey.LONGEST
        || !(text.contains("KMS") || text.contains("Management Service"))) {
      return false;
    }
    int from = 0;
    for (int words = 0; from >= 0 && words < HOST_SENTENCE_WORDS; words++) {
      int blank = text.indexOf(' ', from);
      int to = blank < 0 ? text.length() : blank;
      String word = text.substring(from, to);
      Term term = vocabulary.statement(text.substring(0, from) + text.substring(to));
      if (term != null && term.value().equals("skms") && KmsHost.name(word) != null) {
        return takeSentence(term, new Sentence("", word));
      }
      from = blank < 0 ? -1 : blank + 1;
    }
    return false;
  }

  /**
   * One word, a code of the licensing service and a whole sentence are its error message in any
   * language; the reason of a state is a code without a sentence.
   */
  private boolean takeForeignError(String text) {
    int colon = 0;
    while (colon < text.length()
        && colon <= ERROR_WORD_MAX
        && Character.isLetter(text.charAt(colon))) {
      colon++;
    }
    int from = colon;
    while (from < text.length() && Lines.isSpace(text.charAt(from))) {
      from++;
    }
    if (colon < ERROR_WORD_MIN || from >= text.length() || !EntryScan.isColon(text.charAt(from))) {
      return false;
    }
    String value = Lines.trim(text.substring(from + 1));
    String code = ErrorCode.leading(value);
    boolean ours = code != null && (code.startsWith("0xC004") || code.startsWith("0x8007"));
    String said = ours ? Values.clean(value, ErrorCode.LENGTH) : "";
    return said.length() >= SENTENCE_MIN
        && Character.isLetter(said.charAt(0))
        && said.indexOf(' ') > 0
        && putError(code, said);
  }

  private boolean takeSentence(Term term, Sentence sentence) {
    wordings.add(term);
    switch (term.fact()) {
      case "xpr" -> takeExpiry(term.value(), sentence.variable());
      case "message" -> takeSuccess(term.value(), sentence.variable());
      case "message_failed" -> {
        addOutcome(term.value(), false);
        message = true;
      }
      case "restart_required" -> {
        put("restart_required", true);
        message = true;
      }
      default -> {
        return term.isKnownOnly();
      }
    }
    return true;
  }

  private void takeSuccess(String command, String variable) {
    addOutcome(command, true);
    message = true;
    switch (command) {
      case "ipk" -> put("partial_product_key", Values.partialKey(afterLastDash(variable)));
      case "skms" -> {
        KmsHost host = KmsHost.parse(variable);
        put("kms_host", host.name());
        put("kms_port", host.port());
      }
      case "skms-domain" -> put("kms_lookup_domain", KmsHost.name(variable));
      case "sprt" -> put("kms_port", Values.leadingNumber(variable));
      case "sai" -> put("activation_interval_minutes", Values.leadingNumber(variable));
      case "sri" -> put("renewal_interval_minutes", Values.leadingNumber(variable));
      case "spri" -> put("kms_priority", "Normal");
      case "cpri" -> put("kms_priority", "Low");
      default -> {}
    }
  }

  private void addOutcome(String command, boolean succeeded) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    if (succeeded) {
      outcome.put("command", command);
    }
    outcome.put("succeeded", succeeded);
    outcomes.add(outcome);
  }

  private static String afterLastDash(String key) {
    return key.substring(key.lastIndexOf('-') + 1);
  }

  private void takeExpiry(String kind, String date) {
    expiry = true;
    switch (kind) {
      case "unlicensed" -> put("license_status", LicenseStatusCode.UNLICENSED.words());
      case "notification" -> put("license_status", LicenseStatusCode.NOTIFICATION.words());
      case "initial_grace" -> put("license_status", LicenseStatusCode.OOB_GRACE.words());
      case "additional_grace" -> put("license_status", LicenseStatusCode.OOT_GRACE.words());
      case "non_genuine_grace" ->
          put("license_status", LicenseStatusCode.NON_GENUINE_GRACE.words());
      case "extended_grace" -> put("license_status", LicenseStatusCode.EXTENDED_GRACE.words());
      default -> {
        put("license_status", LicenseStatusCode.LICENSED.words());
        put("expiration_kind", kind);
      }
    }
    put("expires", Values.date(date, false));
  }

  /** Some languages print "expiry: date" where English has a sentence. */
  private boolean takeExpiryLabel(Entry entry, Sentence sentence) {
    if (!entry.isKnown() || entry.isStatement() || !entry.term().fact().startsWith("expiry:")) {
      return false;
    }
    String date = Values.date(sentence.variable(), false);
    if (date != null) {
      takeExpiry(entry.term().fact().substring("expiry:".length()), date);
    }
    return date != null;
  }

  /** {@code Windows(R), Professional edition:} above the sentence of {@code /xpr}. */
  private boolean takeHeading(String text, Entry after) {
    int last = text.length() - 1;
    if (after == null || last < 1 || !EntryScan.isColon(text.charAt(last))) {
      return false;
    }
    Term next = after.isStatement() ? after.term() : Sentence.of(after.text()).meaning(vocabulary);
    boolean heading =
        (next != null && next.fact().equals("xpr"))
            || (after.isKnown() && after.term().fact().startsWith("expiry:"));
    if (heading) {
      put("name", Values.text(Lines.trim(text.substring(0, last))));
    }
    return heading;
  }

  private boolean takeError(Entry entry) {
    String value = entry.value();
    String code = ErrorCode.leading(value);
    if (code != null) {
      return putError(code, withoutRest(entry.text(), Values.clean(value, ErrorCode.LENGTH)));
    }
    Sentence sentence = Sentence.of(entry.text());
    Term failure = sentence.meaning(vocabulary);
    return failure != null && takeSentence(failure, sentence);
  }

  private boolean putError(String code, String said) {
    put("error_code", code);
    put("error_message", said.isEmpty() ? null : ProductKeys.scrub(said));
    message = true;
    return true;
  }

  /** A message quoted within a line ends where the quotation does, and with its cell of a table. */
  private static String withoutRest(String line, String said) {
    int label = line.indexOf("0x");
    String before = label < 0 ? "" : line.substring(0, label);
    for (String quotes : List.of("\"\"", "“”", "„“", "「」", "«»", "``")) {
      int open = before.lastIndexOf(quotes.charAt(0));
      int close = said.indexOf(quotes.charAt(1));
      if (open >= 0 && close > 0) {
        return Lines.trim(said.substring(0, close));
      }
    }
    int cell = line.indexOf('|') < 0 ? -1 : said.indexOf(" | ");
    return cell > 0 ? Lines.trim(said.substring(0, cell)) : said;
  }

  /** {@code Activating Windows(R), Professional edition (GUID) ...} */
  private boolean takeActivating(String text) {
    int open = text.length() > 2 * LabelKey.LONGEST ? -1 : identifierAt(text);
    if (open < 1) {
      return false;
    }
    String guid = Values.guid(text.substring(open + 1, open + 1 + GUID_LENGTH));
    for (int i = 1; i < open; i++) {
      boolean end = Lines.isSpace(text.charAt(i));
      Term term = end ? vocabulary.label(text, 0, i) : null;
      if (term != null && term.fact().equals("activating")) {
        put("name", Values.text(Lines.trim(text.substring(i, open))));
        put("activation_id", guid);
        return true;
      }
    }
    return guid != null && takeActivatingAnywhere(text, open, guid);
  }

  /** Where an identifier in parentheses stands; other parentheses may follow. */
  private static int identifierAt(String text) {
    int open = text.indexOf('(');
    while (open >= 0) {
      int close = open + 1 + GUID_LENGTH;
      if (close < text.length() && text.charAt(close) == ')') {
        return open;
      }
      open = text.indexOf('(', open + 1);
    }
    return -1;
  }

  /** Other languages put the verb behind the product, or around it. */
  private boolean takeActivatingAnywhere(String text, int open, String guid) {
    boolean goesOn = text.endsWith("...") || text.endsWith("…");
    int from = -1;
    for (String product : List.of("Windows", "Microsoft", "Office")) {
      int at = text.indexOf(product);
      from = at >= 0 && at < open && (from < 0 || at < from) ? at : from;
    }
    if (!goesOn || from < 0) {
      return false;
    }
    String name = text.substring(from, open);
    int edition = name.indexOf(EDITION);
    put(
        "name",
        Values.text(
            Lines.trim(edition < 0 ? name : name.substring(0, edition + EDITION.length()))));
    put("activation_id", guid);
    return true;
  }

  private void put(String fact, Object value) {
    if (value != null) {
      facts.putIfAbsent(fact, value);
    }
  }
}
