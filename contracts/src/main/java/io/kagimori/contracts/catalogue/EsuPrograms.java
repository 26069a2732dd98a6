package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.catalogue.DataFile.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Years of Extended Security Updates and what they need (esu_programs.csv, esu_requirements.csv).
 */
public final class EsuPrograms {
  private static final String PROGRAMS = "esu_programs.csv";
  private static final String REQUIREMENTS = "esu_requirements.csv";
  private static final List<String> PROGRAM_COLUMNS =
      List.of(
          "program",
          "product",
          "eligible_editions",
          "year",
          "activation_id",
          "channel",
          "coverage_start",
          "coverage_end",
          "eos_date",
          "prerequisites",
          "rules",
          "verification",
          "confidence",
          "source");
  private static final List<String> REQUIREMENT_COLUMNS =
      List.of("product", "kind", "name", "accepted", "for_update", "confidence", "source");

  private final List<EsuProgramYear> years;
  private final List<EsuRequirement> requirements;

  private EsuPrograms(List<EsuProgramYear> years, List<EsuRequirement> requirements) {
    this.years = years;
    this.requirements = requirements;
  }

  static EsuPrograms load(Products products) {
    Function<Row, EsuProgramYear> years = years(products);
    return new EsuPrograms(
        DataFile.read("domain/" + PROGRAMS, PROGRAM_COLUMNS, years),
        DataFile.read("domain/" + REQUIREMENTS, REQUIREMENT_COLUMNS, EsuPrograms::requirement));
  }

  /**
   * The same with a folder's files in place of the bundled ones: a new program is new rows and no
   * new release.
   *
   * @param folder with {@code esu_programs.csv}, {@code esu_requirements.csv} or both
   * @throws CatalogueDataException when it has neither, or with line and column of what is wrong
   */
  public static EsuPrograms replacedBy(Path folder, Catalogue catalogue) {
    Path programs = folder.resolve(PROGRAMS);
    Path requirements = folder.resolve(REQUIREMENTS);
    if (!Files.exists(programs) && !Files.exists(requirements)) {
      throw new CatalogueDataException(
          folder.toString(), "has neither " + PROGRAMS + " nor " + REQUIREMENTS, null);
    }
    EsuPrograms bundled = catalogue.esuPrograms();
    return new EsuPrograms(
        Files.exists(programs)
            ? DataFile.read(programs, PROGRAM_COLUMNS, years(catalogue.products()))
            : bundled.years,
        Files.exists(requirements)
            ? DataFile.read(requirements, REQUIREMENT_COLUMNS, EsuPrograms::requirement)
            : bundled.requirements);
  }

  private static Function<Row, EsuProgramYear> years(Products products) {
    Map<List<String>, String> families = new HashMap<>();
    for (Product product : products.all()) {
      families.put(words(product.name()), product.slug());
    }
    return row -> row(row, families);
  }

  private static EsuRequirement requirement(Row row) {
    return new EsuRequirement(
        row.text("product"),
        row.constant("kind", EsuRequirement.Kind.class),
        row.text("name"),
        row.list("accepted"),
        row.optional("for_update"),
        row.constant("confidence", Confidence.class),
        row.text("source"));
  }

  private static EsuProgramYear row(Row row, Map<List<String>, String> families) {
    String[] years = row.text("year").split("-");
    String name = row.text("product");
    try {
      return new EsuProgramYear(
          row.text("program"),
          name,
          family(name, families),
          row.list("eligible_editions"),
          Integer.parseInt(years[0]),
          Integer.parseInt(years[years.length - 1]),
          row.optional("activation_id"),
          row.text("channel"),
          row.date("coverage_start").orElseThrow(() -> row.wrong("coverage_start", "is empty")),
          row.date("coverage_end"),
          row.date("eos_date").orElseThrow(() -> row.wrong("eos_date", "is empty")),
          row.list("prerequisites"),
          row.list("rules"),
          row.list("verification"),
          row.constant("confidence", Confidence.class),
          row.text("source"));
    } catch (NumberFormatException e) {
      throw row.wrong("year", "is neither a year nor a range of years");
    }
  }

  /**
   * The product family that a name with service pack, version or another order of words means:
   * {@code Windows 7 SP1}, {@code Windows 10 version 22H2}, {@code Windows 10 Enterprise 2016
   * LTSB}.
   */
  private static Optional<String> family(String name, Map<List<String>, String> families) {
    int version = name.indexOf(" version ");
    String plain = version < 0 ? name : name.substring(0, version);
    int remark = plain.indexOf(" (");
    plain = remark < 0 ? plain : plain.substring(0, remark);
    int pack = plain.lastIndexOf(" SP");
    List<String> words = words(pack < 0 ? plain : plain.substring(0, pack));
    return Optional.ofNullable(families.get(words));
  }

  private static List<String> words(String name) {
    String[] words = name.split(" ");
    Arrays.sort(words);
    return List.of(words);
  }

  /** Every row, in file order. */
  public List<EsuProgramYear> all() {
    return years;
  }

  /** What devices need, in file order. */
  public List<EsuRequirement> requirements() {
    return requirements;
  }

  /** The years for a product family. */
  public List<EsuProgramYear> of(String slug) {
    return years.stream().filter(y -> y.product().filter(slug::equals).isPresent()).toList();
  }

  /** The years with this activation id; several products may share one. */
  public List<EsuProgramYear> byActivationId(String activationId) {
    return years.stream()
        .filter(y -> y.activationId().filter(activationId::equalsIgnoreCase).isPresent())
        .toList();
  }

  /** The rows for a year of a product family; more than one where several channels sell it. */
  public List<EsuProgramYear> find(String slug, int year) {
    return of(slug).stream().filter(y -> y.covers(year)).toList();
  }
}
