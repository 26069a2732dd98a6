package io.kagimori.activation.domain;

import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of a device, by whom and since when. Each source is kept with what it said last, so
 * that a disagreement stays visible until a source changes its mind or an activation settles it.
 *
 * @param statements what sources said, at most one a fact and source
 * @param licenses the licenses of its products
 * @param probes what agents tried, at most one a target
 * @param updates installed updates that something needs; null while nobody listed any
 * @param start when Windows was started last; null while nobody told
 */
public record DeviceEvidence(
    List<Statement> statements,
    List<ProductLicense> licenses,
    List<Probe> probes,
    InstalledUpdates updates,
    Start start) {
  static final DeviceEvidence NONE = new DeviceEvidence(null, null, null, null, null);

  /** Two looks further apart than this may both be right: editions are changed, keys replaced. */
  static final Duration SAME_TIME = Duration.ofHours(24);

  /** Activation comes and goes by itself, so here only looks close together contradict. */
  static final Duration SAME_TIME_LICENSED = Duration.ofHours(1);

  private static final int STATEMENTS_MAX = 40;
  private static final int LICENSES_MAX = 40;
  private static final int PROBES_MAX = 32;

  /**
   * A start of Windows.
   *
   * @param at when it was
   * @param toldAt when the report that told of it was collected
   */
  public record Start(Instant at, Instant toldAt) {}

  public DeviceEvidence {
    statements = statements == null ? List.of() : List.copyOf(statements);
    licenses = licenses == null ? List.of() : List.copyOf(licenses);
    probes = probes == null ? List.of() : List.copyOf(probes);
  }

  /** With what a source said; what it said later stays. */
  DeviceEvidence with(Statement said) {
    if (said.value() == null) {
      return this;
    }
    List<Statement> all = new ArrayList<>(statements);
    Optional<Statement> before =
        all.stream()
            .filter(s -> s.fact() == said.fact() && s.source().equals(said.source()))
            .findFirst();
    if (before.isPresent() && before.get().at().isAfter(said.at())) {
      return this;
    }
    before.ifPresent(all::remove);
    all.add(said);
    return new DeviceEvidence(
        newest(all, Statement::at, STATEMENTS_MAX), licenses, probes, updates, start);
  }

  /** Without what was said of the license before: an activation has settled it. */
  DeviceEvidence settled() {
    List<Statement> left =
        statements.stream().filter(s -> s.fact() == Statement.Fact.EDITION).toList();
    return left.size() == statements.size()
        ? this
        : new DeviceEvidence(left, licenses, probes, updates, start);
  }

  /** With the license of a product; one that was collected later stays. */
  DeviceEvidence with(ProductLicense said) {
    List<ProductLicense> all = new ArrayList<>(licenses);
    Optional<ProductLicense> before = license(said.product());
    if (before.isPresent() && before.get().at().isAfter(said.at())) {
      return this;
    }
    before.ifPresent(all::remove);
    all.add(said);
    return new DeviceEvidence(
        statements, newest(all, ProductLicense::at, LICENSES_MAX), probes, updates, start);
  }

  /** The license of a product. */
  Optional<ProductLicense> license(String product) {
    return licenses.stream().filter(l -> l.product().equals(product)).findFirst();
  }

  /** With what an agent tried, each at its own time or else at that one. */
  DeviceEvidence with(List<Probe> tried, Instant at) {
    if (tried == null || tried.isEmpty()) {
      return this;
    }
    List<Probe> all = new ArrayList<>(probes);
    for (Probe probe : tried) {
      Probe dated = probe.at() == null || probe.at().isAfter(at) ? dated(probe, at) : probe;
      boolean old =
          all.stream().anyMatch(p -> isSameTarget(p, dated) && p.at().isAfter(dated.at()));
      if (!old) {
        all.removeIf(p -> isSameTarget(p, dated));
        all.add(dated);
      }
    }
    return new DeviceEvidence(
        statements, licenses, newest(all, Probe::at, PROBES_MAX), updates, start);
  }

  /** With the updates that were listed; a list that was made later stays. */
  DeviceEvidence with(InstalledUpdates listed) {
    return updates != null && updates.at().isAfter(listed.at())
        ? this
        : new DeviceEvidence(statements, licenses, probes, listed, start);
  }

  /** With a start of Windows, as told at that time; what was told later stays. */
  DeviceEvidence withStart(Instant started, Instant at) {
    if (started == null || (start != null && start.toldAt().isAfter(at))) {
      return this;
    }
    Start told = new Start(started.isAfter(at) ? at : started, at);
    return new DeviceEvidence(statements, licenses, probes, updates, told);
  }

  private static Probe dated(Probe probe, Instant at) {
    return ProbeBuilder.builder(probe).at(at).build();
  }

  private static boolean isSameTarget(Probe a, Probe b) {
    return a.kind() == b.kind()
        && Objects.equals(a.target(), b.target())
        && Objects.equals(a.port(), b.port())
        && Objects.equals(a.zone(), b.zone());
  }

  /** What was said last of a fact, whoever said it. */
  Optional<Statement> newest(Statement.Fact fact) {
    return statements.stream()
        .filter(s -> s.fact() == fact)
        .max(Comparator.comparing(Statement::at));
  }

  /** The facts on which sources contradict the newest statement. */
  public List<Conflict> conflicts() {
    List<Conflict> conflicts = new ArrayList<>();
    for (Statement.Fact fact : Statement.Fact.values()) {
      conflict(fact).ifPresent(conflicts::add);
    }
    return conflicts;
  }

  /** The sources that contradict each other on a fact. */
  Optional<Conflict> conflict(Statement.Fact fact) {
    Optional<Statement> newest = newest(fact);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Duration apart = fact == Statement.Fact.LICENSED ? SAME_TIME_LICENSED : SAME_TIME;
    Instant since = newest.get().at().minus(apart);
    List<Statement> together =
        statements.stream()
            .filter(s -> s.fact() == fact && !s.at().isBefore(since))
            .sorted(Comparator.comparing(Statement::at).reversed())
            .toList();
    boolean agree =
        together.stream().map(DeviceEvidence::comparable).distinct().limit(2).count() < 2;
    return agree ? Optional.empty() : Optional.of(new Conflict(fact, together));
  }

  /**
   * EditionIDs are compared without case, and old releases mark Core installations in DISM only.
   */
  private static String comparable(Statement said) {
    String value = said.value().toLowerCase(Locale.ROOT);
    boolean core = said.fact() == Statement.Fact.EDITION && value.endsWith("cor");
    return core ? value.substring(0, value.length() - 3) : value;
  }

  private static <T> List<T> newest(List<T> all, Function<T, Instant> at, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(at).reversed());
    return sorted.subList(0, most);
  }
}
