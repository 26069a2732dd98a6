package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EsuProgramYear;
import io.kagimori.contracts.catalogue.EsuPrograms;
import io.kagimori.contracts.catalogue.EsuRequirement;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.catalogue.Product;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.cloudevents.EventIds;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ESU programs as rules walk them: each product belongs to one program, whose years follow each
 * other without overlapping. Made from the catalogue's data; a new program is a new row there.
 */
public final class EsuPlan {
  private static final Pattern YEAR_SUFFIX = Pattern.compile(" year \\d+$");

  private final List<EsuYear> years;
  private final Map<String, List<EsuYear>> byProduct = new LinkedHashMap<>();
  private final List<EsuRequirement> requirements;
  private final Map<String, Map<EsuRequirement.Kind, List<EsuRequirement>>> needs = new HashMap<>();

  private EsuPlan(List<EsuYear> years, List<EsuRequirement> requirements) {
    this.years = List.copyOf(years);
    this.requirements = requirements;
    for (EsuYear year : years) {
      byProduct.computeIfAbsent(year.product(), p -> new ArrayList<>()).add(year);
    }
    for (EsuRequirement need : requirements) {
      needs
          .computeIfAbsent(need.product(), p -> new EnumMap<>(EsuRequirement.Kind.class))
          .computeIfAbsent(need.kind(), k -> new ArrayList<>())
          .add(need);
    }
  }

  /** The plan of a catalogue. */
  public static EsuPlan of(Catalogue catalogue) {
    return of(catalogue.esuPrograms(), catalogue.products());
  }

  /** The plan of other programs for the catalogue's products. */
  public static EsuPlan of(EsuPrograms programs, Products products) {
    Map<String, List<EsuProgramYear>> rows = new LinkedHashMap<>();
    for (EsuProgramYear row : programs.all()) {
      rows.computeIfAbsent(product(row), p -> new ArrayList<>()).add(row);
    }
    List<EsuYear> years = new ArrayList<>();
    rows.forEach((product, all) -> years.addAll(years(product, all, products)));
    return new EsuPlan(years, programs.requirements());
  }

  /** What the catalogue has no setup key for has no slug there; it gets one by the same rule. */
  private static String product(EsuProgramYear row) {
    return row.product().orElseGet(() -> Product.slugOf(row.productName()));
  }

  private static List<EsuYear> years(String product, List<EsuProgramYear> rows, Products products) {
    // Years that are listed one by one say more than a row that sums them up.
    boolean single = rows.stream().anyMatch(row -> row.firstYear() == row.lastYear());
    List<EsuProgramYear> used =
        rows.stream()
            .filter(row -> !single || row.firstYear() == row.lastYear())
            .sorted(Comparator.comparing(EsuProgramYear::firstYear))
            .toList();
    List<EsuYear> years = new ArrayList<>();
    for (int i = 0; i < used.size(); i++) {
      EsuProgramYear row = used.get(i);
      Optional<LocalDate> end = row.coverageEnd();
      if (i + 1 < used.size()) {
        // Some lifecycle pages let a year end on the day on which the next one begins.
        LocalDate before = used.get(i + 1).coverageStart().minusDays(1);
        end = Optional.of(end.filter(last -> !last.isAfter(before)).orElse(before));
      }
      String name = programName(row.program());
      PlatformKind system =
          products
              .find(product)
              .map(Product::platformKind)
              .orElse(
                  row.productName().contains("Server") ? PlatformKind.SERVER : PlatformKind.CLIENT);
      years.add(
          new EsuYear(
              Product.slugOf(name),
              name,
              product,
              system,
              row.firstYear(),
              sale(row),
              row.coverageStart(),
              end,
              row));
    }
    return years;
  }

  /** {@code Windows 10 ESU (commercial)} and {@code (cloud entitlement)} are one program. */
  private static String programName(String name) {
    int remark = name.indexOf(" (");
    return YEAR_SUFFIX.matcher(remark < 0 ? name : name.substring(0, remark)).replaceFirst("");
  }

  private static EsuYear.Sale sale(EsuProgramYear row) {
    String channel = row.channel().toLowerCase(Locale.ROOT);
    if (row.soldAsMak()) {
      return EsuYear.Sale.KEY;
    }
    if (channel.startsWith("oem")) {
      return EsuYear.Sale.OEM;
    }
    return channel.contains("entitlement") ? EsuYear.Sale.PLATFORM : EsuYear.Sale.ANNOUNCED;
  }

  /** Stands for everything the plan says: another plan has another digest. */
  public String digest() {
    return EventIds.named(years + "/" + requirements).toString();
  }

  /** Every year, in file order. */
  public List<EsuYear> years() {
    return years;
  }

  /** The years of a product, first to last; none where it has no program. */
  public List<EsuYear> of(String product) {
    return product == null ? List.of() : byProduct.getOrDefault(product, List.of());
  }

  /** The years of a program, by its id or name. */
  public List<EsuYear> program(String idOrName) {
    return years.stream()
        .filter(y -> y.program().equals(idOrName) || y.programName().equalsIgnoreCase(idOrName))
        .toList();
  }

  /** The years with this activation id; several products may share one. */
  public List<EsuYear> byActivationId(String activationId) {
    return activationId == null
        ? List.of()
        : years.stream()
            .filter(
                y -> y.activationId().filter(activationId.strip()::equalsIgnoreCase).isPresent())
            .toList();
  }

  /** The year of a product's program by its number. */
  public Optional<EsuYear> find(String product, int year) {
    return of(product).stream().filter(y -> y.year() == year).findFirst();
  }

  /** The year of a product's program in which a day lies. */
  public Optional<EsuYear> on(String product, LocalDate day) {
    return of(product).stream().filter(y -> y.covers(day)).findFirst();
  }

  /** Last day of a product's program; absent where it was not published. */
  public Optional<LocalDate> lastDay(String product) {
    List<EsuYear> all = of(product);
    return all.isEmpty() ? Optional.empty() : all.getLast().end();
  }

  /** Last day of the years of a product that are obtained in one way. */
  Optional<LocalDate> lastDayOf(String product, EsuYear.Sale sale) {
    return of(product).stream()
        .filter(y -> y.sale() == sale)
        .reduce((earlier, later) -> later)
        .flatMap(EsuYear::end);
  }

  /** What a product's devices need, of one kind. */
  List<EsuRequirement> requirements(String product, EsuRequirement.Kind kind) {
    return needs.getOrDefault(product, Map.of()).getOrDefault(kind, List.of());
  }

  /** Platforms that include the updates of a product. */
  public List<String> platforms(String product) {
    return requirements(product, EsuRequirement.Kind.PLATFORM).stream()
        .flatMap(r -> r.accepted().stream())
        .toList();
  }

  /** What a build number says of the device it was read on. */
  public Optional<Build> build(String build, String edition) {
    if (build == null) {
      return Optional.empty();
    }
    String number = number(build);
    boolean server = edition != null && edition.regionMatches(true, 0, "Server", 0, 6);
    return requirements.stream()
        .filter(r -> r.kind() == EsuRequirement.Kind.OS_BUILD && r.accepted().contains(number))
        .filter(r -> edition == null || isServer(r.product()) == server)
        .map(Build::of)
        .reduce((one, other) -> one.equals(other) ? one : Build.UNCLEAR)
        .filter(found -> !found.equals(Build.UNCLEAR));
  }

  /**
   * Whether a build of another product can mean that a device has left its own. Where the builds of
   * its own are not listed, the other's list may share them; no client becomes a server.
   */
  boolean canBecome(String product, String other) {
    return !requirements(product, EsuRequirement.Kind.OS_BUILD).isEmpty()
        && isServer(product) == isServer(other);
  }

  /** {@code 10.0.19045.6456}, {@code 6.1.7601} and {@code 19045.6456} all name their build. */
  private static String number(String build) {
    String[] parts = build.strip().split("\\.");
    return parts.length >= 3 ? parts[2] : parts[0];
  }

  private boolean isServer(String product) {
    return SystemKinds.of(product, this).filter(kind -> kind == PlatformKind.SERVER).isPresent();
  }

  /**
   * What a build number tells.
   *
   * @param product slug of the product
   * @param version feature version; null where the product has none
   * @param servicePack number of the service pack; null where it has none
   */
  public record Build(String product, String version, Integer servicePack) {
    static final Build UNCLEAR = new Build("", null, null);

    private static Build of(EsuRequirement row) {
      String version = after(row.name(), "version ");
      String pack = after(row.name(), "service pack ");
      return new Build(row.product(), version, pack == null ? null : Integer.valueOf(pack));
    }

    private static String after(String name, String word) {
      return name.startsWith(word) ? name.substring(word.length()) : null;
    }
  }

  /** The newest year that has begun on a day, over or not. */
  public Optional<EsuYear> begun(String product, LocalDate day) {
    return of(product).stream()
        .filter(y -> !y.start().isAfter(day))
        .reduce((earlier, later) -> later);
  }
}
