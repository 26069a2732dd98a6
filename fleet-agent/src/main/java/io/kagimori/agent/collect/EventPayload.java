package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the details of an event. Requests and answers of the Key Management Service put them into
 * one line of comma separated fields, each event in an order of its own; other events write names
 * and values.
 */
final class EventPayload {
  private static final List<String> REQUEST =
      List.of(
          "error_code",
          "flags",
          "kms_host",
          "cmid",
          "client_time",
          "is_vm",
          "license_status_code",
          "remaining_minutes",
          "activation_id",
          "required_count");

  private static final List<String> ANSWER =
      List.of(
          "error_code",
          "flags",
          "activation_flag",
          "-",
          "kms_current_count",
          "activation_interval_minutes",
          "renewal_interval_minutes",
          "client_time");

  private static final List<String> HANDLED =
      List.of(
          "error_code",
          "required_count",
          "client_name",
          "cmid",
          "client_time",
          "is_vm",
          "license_status_code",
          "remaining_minutes",
          "activation_id");

  private static final Pattern CODE = Pattern.compile("0x[0-9A-Fa-f]{1,8}(?![0-9A-Za-z])");
  private static final Pattern CODE_NAMED =
      Pattern.compile(
          "(?:hr|hrdetails|reason|error ?code|result ?code)[=:"
              + " ]{1,3}(0x[0-9A-Fa-f]{1,8})(?![0-9A-Za-z])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern APPLICATION =
      Pattern.compile("App(?:lication)? ?Id[ =:]{1,3}([0-9A-Fa-f-]{36})", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED = Pattern.compile("= ?([0-9A-Fa-f-]{36})");
  private static final Pattern LICENSE =
      Pattern.compile("(?:Sku ?Id|ACID)[ =:?]{1,4}([0-9A-Fa-f-]{36})", Pattern.CASE_INSENSITIVE);
  private static final Pattern DOMAIN = Pattern.compile("['‘’\"“„]([A-Za-z0-9_.-]{1,255})['‘’\"”]");
  private static final Pattern DETAIL_NAME =
      Pattern.compile("[A-Za-z][A-Za-z .]{1,24}[=:?].*|\\p{L}[\\p{L} .'’-]{1,40}=.*");
  private static final Pattern STATUS_LINE =
      Pattern.compile("\\d{1,4}: [0-9A-Fa-f.-]{8,36}, \\d.*|Licensing Status=.*");

  /** A line break within an identifier. */
  private static final Pattern FOLD =
      Pattern.compile(
          "(?<=[=-][0-9a-fA-F]{1,11})\\n(?=[0-9a-fA-F-]{1,36}[;\\n]|[0-9a-fA-F-]{1,36}$)");

  private static final int DETAILS_MAX = 4_000;

  private EventPayload() {}

  /** Whether a text holds what looks like comma separated details. */
  static boolean isIn(String text) {
    for (int i = text.indexOf("0x"); i >= 0; i = text.indexOf("0x", i + 2)) {
      int end = i + 2;
      while (end < text.length() && end < i + 11 && Character.digit(text.charAt(end), 16) >= 0) {
        end++;
      }
      while (end < text.length() && text.charAt(end) == ' ') {
        end++;
      }
      if (end > i + 2 && end < text.length() && text.charAt(end) == ',') {
        return true;
      }
    }
    return false;
  }

  /** The event whose details these are, told by number and form of the fields. */
  static Optional<Integer> shapeOf(String text) {
    if (!text.startsWith("0x") || text.length() > 400) {
      return Optional.empty();
    }
    List<String> fields = split(text);
    int size = fields.size();
    if (size < 8 || Numbers.hex(fields.get(0)) == null) {
      return Optional.empty();
    }
    boolean flags = Numbers.hex(fields.get(1)) != null;
    if (flags && size == REQUEST.size() && isTime(fields.get(4))) {
      return Optional.of(12288);
    }
    if (flags && size == ANSWER.size() && isTime(fields.get(7))) {
      return Optional.of(12289);
    }
    boolean handled = size == HANDLED.size() && isTime(fields.get(4));
    return handled && Numbers.whole(fields.get(1)) != null ? Optional.of(12290) : Optional.empty();
  }

  private static boolean isTime(String field) {
    return Values.date(field, true) != null;
  }

  /** Whether a line behind a message goes on with its details. */
  static boolean looksLikeDetail(String text) {
    return text.startsWith("0x")
        || STATUS_LINE.matcher(text.length() > 60 ? text.substring(0, 60) : text).matches()
        || text.startsWith("hr=")
        || text.startsWith("Command-line")
        || (text.indexOf(';') > 0 && text.indexOf('=') > 0 && text.length() < 400)
        || (text.indexOf(',') >= 0
            && text.indexOf('-') >= 0
            && text.length() < 250
            && !text.endsWith("."))
        || (text.length() < 120 && text.endsWith(","))
        || (text.length() < 400 && DETAIL_NAME.matcher(text).matches() && saysSomething(text))
        || isTail(text);
  }

  private static boolean saysSomething(String text) {
    return APPLICATION.matcher(text).find()
        || LICENSE.matcher(text).find()
        || CODE.matcher(text).find()
        || text.indexOf('=') > 0
        || text.startsWith("Command-line");
  }

  /** The end of a folded line of details: figures, commas and the like only. */
  private static boolean isTail(String text) {
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hex = Character.digit(c, 16) >= 0;
      if (!hex && ",-/: .".indexOf(c) < 0) {
        return false;
      }
      digit |= c >= '0' && c <= '9';
    }
    return digit && text.length() < 130;
  }

  /** Adds what the details state to the facts of the event. */
  static void read(int id, String details, Map<String, Object> event) {
    String text = details.length() > DETAILS_MAX ? details.substring(0, DETAILS_MAX) : details;
    switch (id) {
      case 12288 -> readFields(REQUEST, text, event);
      case 12289 -> readFields(ANSWER, text, event);
      case 12290 -> readFields(HANDLED, text, event);
      default -> readNamed(id, text, event);
    }
  }

  private static void readFields(List<String> names, String text, Map<String, Object> event) {
    int start = text.indexOf("0x");
    if (start < 0) {
      return;
    }
    List<String> fields = fields(text.substring(start), names.size());
    for (int i = 0; i < names.size() && i < fields.size(); i++) {
      put(event, names.get(i), fields.get(i));
    }
  }

  /** A fold stands in the middle of a field or at a blank that is gone with it. */
  private static List<String> fields(String text, int count) {
    List<String> joined = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String piece : text.split("\n")) {
      String part = piece.strip();
      if (!line.isEmpty() && isBetweenDateAndTime(line, part)) {
        line.append(' ');
      }
      line.append(part);
      joined = split(line.toString());
      if (joined.size() >= count && !piece.endsWith(",") && !joined.get(count - 1).isEmpty()) {
        break;
      }
    }
    return joined.size() > count ? joined.subList(0, count) : joined;
  }

  private static boolean isBetweenDateAndTime(StringBuilder line, String part) {
    int comma = line.lastIndexOf(",");
    String field = line.substring(comma + 1).strip();
    return field.chars().filter(c -> c == '/').count() == 2
        && field.indexOf(' ') < 0
        && field.length() > 7
        && part.indexOf(':') > 0
        && part.indexOf(':') < 3;
  }

  private static List<String> split(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static void put(Map<String, Object> event, String name, String value) {
    switch (name) {
      case "-" -> {}
      case "error_code", "flags" -> keep(event, name, Numbers.hex(value));
      case "kms_host" -> {
        KmsHost host = KmsHost.parse(value);
        keep(event, "kms_host", host.name());
        keep(event, "kms_port", host.port());
      }
      case "client_name" -> keep(event, name, KmsHost.name(value));
      case "cmid", "activation_id" -> keep(event, name, Values.guid(value));
      case "client_time" -> keep(event, name, Values.date(value, true));
      default -> {
        Long number = Numbers.whole(value);
        keep(
            event,
            name,
            number == null || number < 0 || number > Integer.MAX_VALUE ? null : number.intValue());
      }
    }
  }

  private static void readNamed(int id, String details, Map<String, Object> event) {
    String text = FOLD.matcher(details).replaceAll("");
    Matcher code = CODE_NAMED.matcher(text);
    if (code.find()) {
      keep(event, "error_code", Numbers.hex(code.group(1)));
    } else if (id != 1003 && id != 1066) {
      Matcher any = CODE.matcher(text);
      keep(event, "error_code", any.find() ? Numbers.hex(any.group()) : null);
    }
    // The status check names its application first, in the words of the language.
    Matcher application = (id == 1003 ? NAMED : APPLICATION).matcher(text);
    keep(event, "application_id", application.find() ? Values.guid(application.group(1)) : null);
    Matcher license = LICENSE.matcher(text);
    keep(event, "activation_id", license.find() ? Values.guid(license.group(1)) : null);
    if (id == 12293 || id == 12294) {
      Matcher domain = DOMAIN.matcher(text);
      keep(event, "dns_domain", domain.find() ? domain.group(1) : null);
    }
  }

  private static void keep(Map<String, Object> event, String name, Object value) {
    if (value != null) {
      event.putIfAbsent(name, value);
    }
  }
}
