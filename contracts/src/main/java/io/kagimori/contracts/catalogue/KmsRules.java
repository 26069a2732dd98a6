package io.kagimori.contracts.catalogue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules of activation by KMS (kms_rules.csv), and the figures that services decide by. */
public final class KmsRules {
  private static final String FILE = "domain/kms_rules.csv";
  private static final String INITIAL_GRACE = "initial grace period";

  private final Map<String, KmsRule> rules;
  private final int clientThreshold;
  private final int serverThreshold;
  private final int officeThreshold;
  private final int countCacheFactor;
  private final Duration countRetention;
  private final Duration activationValidity;
  private final Duration clockTolerance;
  private final Duration lapseNotice;
  private final int intervalMinutesMin;
  private final int intervalMinutesMax;
  private final int activationIntervalMinutes;
  private final int renewalIntervalMinutes;
  private final int defaultPort;
  private final int hostsPerHostKey;
  private final int activationsPerHost;

  private KmsRules(List<KmsRule> rows) {
    rules = DataFile.index(FILE, rows, KmsRule::ruleId);
    clientThreshold = number("threshold-01", "computers");
    serverThreshold = number("threshold-02", "computers");
    officeThreshold = number("threshold-03", "computers");
    countCacheFactor = factors("count-01", " x threshold", "").get(0);
    countRetention = Duration.ofDays(number("count-03", "days"));
    activationValidity = Duration.ofDays(number("timing-01", "days"));
    renewalIntervalMinutes = number("timing-03", "minutes");
    activationIntervalMinutes = number("timing-04", "minutes");
    intervalMinutesMin = number("timing-05", "minutes");
    intervalMinutesMax = number("timing-06", "minutes");
    clockTolerance = Duration.ofHours(number("timing-08", "hours"));
    lapseNotice = Duration.ofDays(number("timing-09", "days"));
    defaultPort = number("network-01", "port");
    List<Integer> hostKey = factors("host-01", " hosts x ", " activations");
    hostsPerHostKey = hostKey.get(0);
    activationsPerHost = hostKey.get(1);
  }

  static KmsRules load() {
    List<String> columns =
        List.of(
            "rule_id",
            "topic",
            "rule",
            "value",
            "unit",
            "applies_to",
            "notes",
            "confidence",
            "source");
    return new KmsRules(
        DataFile.read(
            FILE,
            columns,
            r ->
                new KmsRule(
                    r.text("rule_id"),
                    r.text("topic"),
                    r.text("rule"),
                    r.text("value"),
                    r.optional("unit"),
                    r.text("applies_to"),
                    r.optional("notes"),
                    r.constant("confidence", Confidence.class),
                    r.text("source"))));
  }

  /** Every rule, in file order. */
  public List<KmsRule> all() {
    return List.copyOf(rules.values());
  }

  /** The rules of a topic such as {@code event_field}, in file order. */
  public List<KmsRule> topic(String topic) {
    return rules.values().stream().filter(r -> r.topic().equals(topic)).toList();
  }

  /** The rule with this id. */
  public Optional<KmsRule> find(String ruleId) {
    return Optional.ofNullable(rules.get(ruleId));
  }

  /** Distinct computers a host must have counted before it activates a product of this kind. */
  public int requiredCount(PlatformKind kind) {
    return kind == PlatformKind.CLIENT ? clientThreshold : serverThreshold;
  }

  /** Distinct computers a host must have counted before it activates a product. */
  public int requiredCount(Product product) {
    return requiredCount(product.platformKind());
  }

  /** Distinct computers a host must have counted before it activates Office. */
  public int officeRequiredCount() {
    return officeThreshold;
  }

  /** How many times the requirement a host counts at most. */
  public int countCacheFactor() {
    return countCacheFactor;
  }

  /** How long after its last contact a client machine ID stays in the count. */
  public Duration countRetention() {
    return countRetention;
  }

  /** How long a KMS activation lasts from the last successful contact. */
  public Duration activationValidity() {
    return activationValidity;
  }

  /** How far the clocks of client and host may differ. */
  public Duration clockTolerance() {
    return clockTolerance;
  }

  /** How long before its end a lapsing activation is announced to the user. */
  public Duration lapseNotice() {
    return lapseNotice;
  }

  /** Smallest activation or renewal interval, in minutes. */
  public int intervalMinutesMin() {
    return intervalMinutesMin;
  }

  /** Largest activation or renewal interval, in minutes. */
  public int intervalMinutesMax() {
    return intervalMinutesMax;
  }

  /** Default interval between tries of a client not yet activated, in minutes. */
  public int activationIntervalMinutes() {
    return activationIntervalMinutes;
  }

  /** Default interval between renewals of an activated client, in minutes. */
  public int renewalIntervalMinutes() {
    return renewalIntervalMinutes;
  }

  /** TCP port of a KMS host that names none. */
  public int defaultPort() {
    return defaultPort;
  }

  /** On how many hosts one KMS host key may be activated. */
  public int hostsPerHostKey() {
    return hostsPerHostKey;
  }

  /** How often each of these hosts may activate with it. */
  public int activationsPerHost() {
    return activationsPerHost;
  }

  /**
   * Grace after installation of a product; absent where none is fixed (Windows 8 and later) or none
   * is known.
   *
   * @param slug slug of the product
   */
  public Optional<Duration> initialGrace(String slug) {
    return rules.values().stream()
        .filter(r -> r.rule().equals(INITIAL_GRACE) && r.unit().filter("days"::equals).isPresent())
        .filter(r -> Stream.of(r.appliesTo().split(" / ")).anyMatch(p -> isProduct(p, slug)))
        .map(r -> Duration.ofDays(number(r.ruleId(), "days")))
        .findFirst();
  }

  private static boolean isProduct(String name, String slug) {
    String named = Product.slugOf(name);
    return named.equals(slug) || ("windows-" + named).equals(slug);
  }

  private KmsRule rule(String ruleId) {
    return find(ruleId)
        .orElseThrow(
            () -> new CatalogueDataException(FILE, "rule " + ruleId + " is missing", null));
  }

  private int number(String ruleId, String unit) {
    KmsRule rule = rule(ruleId);
    if (!rule.unit().equals(Optional.of(unit))) {
      throw new CatalogueDataException(FILE, "unit of " + ruleId + " is not " + unit, null);
    }
    return parse(ruleId, rule.value());
  }

  /** The numbers around a separator, as in {@code 6 hosts x 10 activations}. */
  private List<Integer> factors(String ruleId, String separator, String ending) {
    String value = rule(ruleId).value();
    int at = value.indexOf(separator);
    if (at < 0 || !value.endsWith(ending)) {
      throw new CatalogueDataException(FILE, "value of " + ruleId + " has another form", null);
    }
    String second = value.substring(at + separator.length(), value.length() - ending.length());
    int first = parse(ruleId, value.substring(0, at));
    return second.isEmpty() ? List.of(first) : List.of(first, parse(ruleId, second));
  }

  private static int parse(String ruleId, String number) {
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw new CatalogueDataException(FILE, "value of " + ruleId + " is not a number", e);
    }
  }
}
