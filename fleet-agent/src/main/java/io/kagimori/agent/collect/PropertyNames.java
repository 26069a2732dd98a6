package io.kagimori.agent.collect;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names of columns and properties that tools use, from {@code properties.csv}. They are English
 * in every UI language. Spaces, underscores and case count for nothing, and so does the 0 that
 * Configuration Manager appends to each column.
 */
final class PropertyNames {
  /** Names that a good many other tables have too. */
  private static final Set<String> COMMON =
      Set.of(
          "name",
          "description",
          "id",
          "version",
          "node",
          "path",
          "scope",
          "options",
          "properties",
          "qualifiers",
          "site",
          "container",
          "timestamp",
          "errorcode",
          "errormessage",
          "success",
          "operation",
          "edition",
          "productname",
          "productversion",
          "computername",
          "computer",
          "device",
          "assetname",
          "type",
          "classname",
          "devicename",
          "hostname",
          "productkey",
          "lastaction",
          "lastupdated",
          "key",
          "update",
          "components",
          "oem",
          "trial",
          "fullname",
          "productid",
          "systemname",
          "resourceid",
          "machinename",
          "exportguid",
          "activationid",
          "applicationid",
          "applicationname",
          "description0",
          "installationid",
          "networktype",
          "restartrequired",
          "kernelversion",
          "osname",
          "osversion",
          "classpath",
          "pscomputername",
          "runspaceid",
          "validationurl",
          "rowver",
          "cimclass",
          "cmid",
          "trustedtime",
          "partialkey");

  private static final Map<String, Kind> KINDS =
      Map.of(
          "cim", Kind.CIM,
          "oslicense", Kind.OSLICENSE,
          "vamt", Kind.VAMT,
          "configmgr", Kind.CONFIGMGR,
          "ohai", Kind.OHAI,
          "inventory", Kind.INVENTORY);

  private static final Map<String, Meaning> BY_KEY = load();

  /**
   * @param fact the fact it names, {@code -} where it is known and carries none
   * @param kinds the kinds of text that use it
   */
  record Meaning(String fact, Set<Kind> kinds) {}

  private PropertyNames() {}

  /** What a name means, or null. */
  static Meaning meaning(String name) {
    String key = key(name);
    Meaning meaning = BY_KEY.get(key);
    return meaning == null && key.endsWith("0")
        ? BY_KEY.get(key.substring(0, key.length() - 1))
        : meaning;
  }

  /** True for a name that only licensing tools use. */
  static boolean isSure(String name) {
    String key = key(name);
    return meaning(name) != null && !COMMON.contains(key) && !COMMON.contains(plain(key));
  }

  private static String plain(String key) {
    return key.endsWith("0") ? key.substring(0, key.length() - 1) : key;
  }

  /** The kind of text that has these names; CIM where they tell nothing more. */
  static Kind kindOf(Collection<String> names) {
    Map<Kind, Integer> votes = new EnumMap<>(Kind.class);
    for (String name : names) {
      Meaning meaning = meaning(name);
      boolean counted = BY_KEY.get(key(name)) == null && meaning != null;
      if (counted) {
        votes.merge(Kind.CONFIGMGR, 1, Integer::sum);
      } else if (meaning != null && !meaning.kinds().contains(Kind.CIM)) {
        int weight = meaning.kinds().size() == 1 ? 2 : 1;
        meaning.kinds().forEach(kind -> votes.merge(kind, weight, Integer::sum));
      }
    }
    return votes.entrySet().stream()
        .max(
            Map.Entry.<Kind, Integer>comparingByValue()
                .thenComparing(Map.Entry.<Kind, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(Kind.CIM);
  }

  /** Letters and digits in lower case. */
  static String key(String name) {
    StringBuilder key = new StringBuilder(name.length());
    for (int i = 0; i < name.length() && i < 80; i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        key.append((char) (c + 32));
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        key.append(c);
      }
    }
    return key.toString();
  }

  private static Map<String, Meaning> load() {
    Map<String, Meaning> meanings = new HashMap<>();
    try (var stream = PropertyNames.class.getResourceAsStream("/kagimori/collect/properties.csv");
        var rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        Kind kind = KINDS.get(row.getField("tool"));
        String fact = row.getField("fact");
        Meaning known = meanings.get(key(row.getField("name")));
        Set<Kind> kinds = EnumSet.of(kind);
        if (known != null) {
          if (!known.fact().equals(fact)) {
            throw new IllegalStateException(
                "two meanings of " + Arrays.toString(row.getFields().toArray()));
          }
          kinds.addAll(known.kinds());
        }
        meanings.put(key(row.getField("name")), new Meaning(fact, kinds));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return meanings;
  }
}
