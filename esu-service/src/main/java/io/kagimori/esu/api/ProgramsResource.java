package io.kagimori.esu.api;

import io.kagimori.contracts.catalogue.Confidence;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.esu.domain.CampaignPlan;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.EsuYear;
import io.kagimori.esu.domain.ScriptText;
import io.kagimori.esu.store.Campaigns;
import io.kagimori.esu.store.EsuStore;
import io.kagimori.stream.api.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** ESU programs, their years, campaigns and scripts. */
@Path("/programs")
public class ProgramsResource {
  /** What stays text between the quotes and braces of either script language. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._-]{1,128}");

  private final EsuPlan plan;
  private final Campaigns campaigns;

  ProgramsResource(EsuStore store, Campaigns campaigns) {
    this.plan = store.plan();
    this.campaigns = campaigns;
  }

  /**
   * A year of a program.
   *
   * @param program id
   * @param name name of the program
   * @param product slug of the product
   * @param productName the product with service pack or version
   * @param system client or server
   * @param year which year
   * @param activationId SKU id of the add-on license
   * @param sale how it is obtained
   * @param coverageStart first day
   * @param coverageEnd last day; absent where it was not published
   * @param endOfSupport last day of free support
   * @param editions EditionIDs that may have it; empty for all
   * @param prerequisites what must be installed before, as the source says it
   * @param platforms platforms that include it
   * @param confidence how well founded
   * @param source where it was read
   */
  public record YearView(
      String program,
      String name,
      String product,
      String productName,
      PlatformKind system,
      int year,
      String activationId,
      EsuYear.Sale sale,
      LocalDate coverageStart,
      LocalDate coverageEnd,
      LocalDate endOfSupport,
      List<String> editions,
      List<String> prerequisites,
      List<String> platforms,
      Confidence confidence,
      String source) {}

  /** A list that has no further page. */
  public record Years(List<YearView> items) {}

  /**
   * A script and how to run it.
   *
   * @param fileName what to call it
   * @param script its text
   * @param advice how to run it
   */
  public record Script(String fileName, String script, List<String> advice) {}

  /** Every year of every program, or those that are asked for. */
  @GET
  public Years list(
      @QueryParam("product") String product,
      @QueryParam("activationId") String activationId,
      @QueryParam("asOf") String asOf) {
    LocalDate day = asOf == null ? null : Choices.day(asOf);
    List<YearView> items =
        plan.years().stream()
            .filter(y -> product == null || y.product().equals(product))
            .filter(
                y ->
                    activationId == null
                        || y.activationId().filter(activationId::equalsIgnoreCase).isPresent())
            .filter(y -> day == null || y.covers(day))
            .map(this::view)
            .toList();
    if (activationId != null && items.isEmpty()) {
      throw Problem.of(404, "UNKNOWN_PROGRAM", "activationId", "No program has that id.")
          .exception();
    }
    return new Years(items);
  }

  private YearView view(EsuYear year) {
    return new YearView(
        year.program(),
        year.programName(),
        year.product(),
        year.row().productName(),
        year.system(),
        year.year(),
        year.activationId().orElse(null),
        year.sale(),
        year.start(),
        year.end().orElse(null),
        year.row().endOfSupport(),
        year.row().eligibleEditions(),
        year.row().prerequisites(),
        plan.platforms(year.product()),
        year.confidence(),
        year.row().source());
  }

  /** One program. */
  @GET
  @Path("/{program}")
  public Years show(String program) {
    return new Years(years(program).stream().map(this::view).toList());
  }

  /** What it takes to get a year onto every device of a product. */
  @GET
  @Path("/{program}/campaign")
  public CampaignPlan.WithPools campaign(
      String program, @QueryParam("product") String product, @QueryParam("year") Integer year) {
    return campaigns.plan(year(program, product, year), Instant.now());
  }

  /** A script that puts a year onto the device it runs on. */
  @GET
  @Path("/{program}/script")
  public Script script(
      String program,
      @QueryParam("product") String product,
      @QueryParam("year") Integer year,
      @QueryParam("format") String format,
      @QueryParam("keyId") String keyId) {
    if (keyId != null && !NAME.matcher(keyId).matches()) {
      throw Problem.of(400, "INVALID_FIELD", "keyId", "A script cannot carry that name safely.")
          .exception();
    }
    EsuYear meant = year(program, product, year);
    ScriptText.Format kind =
        Choices.of(ScriptText.Format.class, format, "format").orElse(ScriptText.Format.BATCH);
    return ScriptText.of(meant, kind, Optional.ofNullable(keyId))
        .map(
            text ->
                new Script(
                    meant.program() + "-year" + meant.year() + "." + kind.suffix(),
                    text,
                    ScriptText.advice(kind)))
        .orElseThrow(
            () ->
                Problem.of(
                        Response.Status.NOT_FOUND.getStatusCode(),
                        "ACTIVATION_ID_UNKNOWN",
                        "year",
                        "No activation id of that year is known.")
                    .exception());
  }

  private List<EsuYear> years(String program) {
    List<EsuYear> years = plan.program(program);
    if (years.isEmpty()) {
      throw Problem.of(404, "UNKNOWN_PROGRAM", "program", "No program of that name is known.")
          .exception();
    }
    return years;
  }

  /** Without a number the year of today; without a product the program's first. */
  private EsuYear year(String program, String product, Integer number) {
    LocalDate today = Choices.day(null);
    return years(program).stream()
        .filter(y -> product == null || y.product().equals(product))
        .filter(y -> number == null ? y.covers(today) : y.year() == number)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(404, "UNKNOWN_YEAR", "year", "The program has no such year.")
                    .exception());
  }
}
