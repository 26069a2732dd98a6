package io.kagimori.contracts.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** License states 0 to 6, their reasons and the properties that carry them (license_status.csv). */
public final class LicenseStatuses {
  private static final String FILE = "domain/license_status.csv";
  private static final String STATUS = "LicenseStatus";
  private static final String REASON = "LicenseStatusReason";

  private final List<LicenseFact> facts;
  private final Map<String, LicenseStatus> statuses;

  /**
   * A license state.
   *
   * @param value 0 to 6 as Windows gives it
   * @param name name of the enumeration, such as {@code OOBGrace}
   * @param meaning what it means, in English
   * @param nameJa name in Japanese
   */
  public record LicenseStatus(int value, String name, String meaning, String nameJa) {
    /** The name to show in a language. */
    public String name(Language language) {
      return language == Language.JA ? nameJa : name;
    }
  }

  private LicenseStatuses(List<LicenseFact> facts) {
    this.facts = facts;
    this.statuses =
        DataFile.index(
            FILE,
            facts.stream().filter(f -> f.group().equals(STATUS)).map(LicenseStatuses::of).toList(),
            s -> String.valueOf(s.value()));
  }

  private static LicenseStatus of(LicenseFact fact) {
    try {
      return new LicenseStatus(
          Integer.parseInt(fact.value().orElseThrow()),
          fact.name(),
          fact.meaning(),
          fact.meaningJa().orElseThrow());
    } catch (RuntimeException e) {
      throw new CatalogueDataException(FILE, fact.name() + " lacks value or Japanese name", e);
    }
  }

  static LicenseStatuses load() {
    List<String> columns =
        List.of(
            "group",
            "name",
            "type",
            "value",
            "meaning",
            "meaning_ja",
            "unit",
            "notes",
            "confidence",
            "source");
    return new LicenseStatuses(
        DataFile.read(
            FILE,
            columns,
            r ->
                new LicenseFact(
                    r.text("group"),
                    r.text("name"),
                    r.text("type"),
                    r.optional("value"),
                    r.text("meaning"),
                    r.optional("meaning_ja"),
                    r.optional("unit"),
                    r.optional("notes"),
                    r.constant("confidence", Confidence.class),
                    r.text("source"))));
  }

  /** Every row, in file order. */
  public List<LicenseFact> all() {
    return facts;
  }

  /** The states in the order of their numbers. */
  public List<LicenseStatus> statuses() {
    return List.copyOf(statuses.values());
  }

  /** The state with this number. */
  public Optional<LicenseStatus> find(int value) {
    return Optional.ofNullable(statuses.get(String.valueOf(value)));
  }

  /** The reason that a code gives for a state. */
  public Optional<LicenseFact> reason(ErrorCode code) {
    return facts.stream()
        .filter(f -> f.group().equals(REASON) && f.name().equals(code.text()))
        .findFirst();
  }

  /** A property of a licensing class, such as SoftwareLicensingProduct and LicenseStatus. */
  public Optional<LicenseFact> property(String className, String property) {
    return facts.stream()
        .filter(f -> f.group().equals(className) && f.name().equalsIgnoreCase(property))
        .findFirst();
  }
}
