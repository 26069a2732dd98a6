package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the registry keys of the licensing service and of the Windows version, as {@code reg query}
 * prints them and as {@code .reg} files hold them. Names and types are English everywhere.
 */
final class RegistryExport {
  static final List<String> HINTS = List.of("SoftwareProtectionPlatform", "HKEY_LOCAL_MACHINE");

  private static final Pattern KEY =
      Pattern.compile(
          "\\[?(HKEY_LOCAL_MACHINE|HKLM)\\\\([^\\]]{4,300})\\]?", Pattern.CASE_INSENSITIVE);

  /** {@code KeyManagementServicePort REG_SZ 1688}. */
  private static final Pattern QUERIED =
      Pattern.compile(
          "\\s*(\\w{2,80})\\s+(REG_(?:SZ|DWORD|EXPAND_SZ|MULTI_SZ|QWORD|BINARY))\\s*(.*)");

  /** {@code "KeyManagementServicePort"="1688"} or {@code =dword:00000698}. */
  private static final Pattern EXPORTED =
      Pattern.compile("\\s*\"(\\w{2,80})\"=(?:\"(.*)\"|(dword:[0-9A-Fa-f]{1,8})|.*)");

  /** Policy settings live below this key, and nobody but Group Policy writes there. */
  private static final String POLICIES = "software\\policies\\";

  /** Last parts of the keys read, and the facts their values state. */
  private static final Map<String, Map<String, String>> KEYS =
      Map.of(
          "softwareprotectionplatform",
          Map.ofEntries(
              Map.entry("keymanagementservicename", "kms_host"),
              Map.entry("keymanagementserviceport", "kms_port"),
              Map.entry("keymanagementservicelisteningport", "listening_port"),
              Map.entry("disablednspublishing", "dns_publishing_off"),
              Map.entry("enablekmslowpriority", "low_priority"),
              Map.entry("disablekeymanagementservicehostcaching", "host_caching_off"),
              Map.entry("vlactivationinterval", "activation_interval_minutes"),
              Map.entry("vlrenewalinterval", "renewal_interval_minutes"),
              Map.entry("keymanagementserviceversion", "service_version"),
              Map.entry("clientmachineid", "cmid")),
          "currentversion",
          Map.of(
              "editionid", "current_edition",
              "currentbuildnumber", "os_build",
              "currentbuild", "os_build",
              "productname", "os_name",
              "productid", "product_id"));

  private final Reading reading = new Reading(Kind.REGISTRY);
  private final List<Integer> lines = new ArrayList<>();
  private Map<String, String> names = Map.of();
  private boolean policy;

  private RegistryExport() {}

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.REGISTRY)) {
      return;
    }
    RegistryExport export = new RegistryExport();
    for (int i = 0; i < sheet.size(); i++) {
      if (!sheet.isTaken(i) && sheet.raw(i).length() < 1_000) {
        export.takeLine(i, sheet.raw(i));
      }
    }
    if (!export.reading.isEmpty()) {
      export.lines.forEach(sheet::take);
      readings.add(export.reading);
    }
  }

  private void takeLine(int index, String raw) {
    Matcher key = KEY.matcher(Lines.trim(raw));
    if (key.matches()) {
      String path = key.group(2).toLowerCase(Locale.ROOT);
      String last = path.substring(path.lastIndexOf('\\') + 1).replace(" ", "");
      boolean windows = path.contains("\\windows nt\\");
      names = windows ? KEYS.getOrDefault(last, Map.of()) : Map.of();
      policy = path.startsWith(POLICIES);
      if (!names.isEmpty()) {
        lines.add(index);
      }
      return;
    }
    Matcher value = QUERIED.matcher(raw);
    Matcher exported = EXPORTED.matcher(raw);
    if (names.isEmpty()) {
      return;
    }
    if (value.matches()) {
      take(index, value.group(1), value.group(3), value.group(2).equals("REG_DWORD"));
    } else if (exported.matches()) {
      boolean number = exported.group(3) != null;
      String text = number ? "0x" + exported.group(3).substring(6) : exported.group(2);
      take(index, exported.group(1), text == null ? "" : text, number);
    }
  }

  private void take(int index, String name, String text, boolean number) {
    String fact = names.get(name.toLowerCase(Locale.ROOT));
    if (fact == null) {
      return;
    }
    lines.add(index);
    String value = Lines.trim(text);
    Integer counted = number ? hexadecimal(value) : Values.leadingNumber(value);
    switch (fact) {
      case "kms_host" -> {
        reading.put("kms_host", KmsHost.name(value));
        reading.put("kms_host_source", KmsHost.name(value) == null ? null : "registered");
        reading.put("configured_by", policy && KmsHost.name(value) != null ? "GROUP_POLICY" : null);
      }
      case "kms_port" -> reading.put("kms_port", counted);
      case "listening_port" -> reading.put("kms_listening_port", counted);
      case "dns_publishing_off" -> putSwitch("kms_dns_publishing", counted);
      case "host_caching_off" -> putSwitch("kms_host_caching", counted);
      case "low_priority" ->
          reading.put("kms_priority", counted == null ? null : counted == 0 ? "Normal" : "Low");
      case "service_version" -> reading.put(fact, Values.version(value));
      case "cmid" -> reading.put(fact, Values.guid(value));
      case "current_edition" -> reading.put(fact, Editions.isId(value) ? value : null);
      case "os_build", "product_id", "os_name" -> reading.put(fact, Values.text(value));
      default -> reading.put(fact, counted);
    }
  }

  /** The registry says what is off. */
  private void putSwitch(String fact, Integer off) {
    reading.put(fact, off == null ? null : off == 0);
  }

  private static Integer hexadecimal(String value) {
    String hex = Numbers.hex(value);
    long number = hex == null ? -1 : Long.parseLong(hex.substring(2), 16);
    return number < 0 || number > Integer.MAX_VALUE ? null : (int) number;
  }
}
