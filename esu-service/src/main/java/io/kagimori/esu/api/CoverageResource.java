package io.kagimori.esu.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.kagimori.esu.domain.Coverage;
import io.kagimori.esu.domain.CoverageState;
import io.kagimori.esu.store.CoverageReport;
import io.kagimori.esu.store.EsuStore;
import io.kagimori.stream.api.Choices;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Whether devices may have security updates, on any day. */
@Path("/coverage")
public class CoverageResource {
  private static final int EVERYTHING = Integer.MAX_VALUE;

  private final CoverageReport report;
  private final EsuStore store;

  CoverageResource(CoverageReport report, EsuStore store) {
    this.report = report;
    this.store = store;
  }

  /** Which devices; what is absent does not filter. */
  public static class Wanted {
    @QueryParam("asOf")
    String asOf;

    @QueryParam("program")
    String program;

    @QueryParam("year")
    Integer year;

    @QueryParam("product")
    String product;

    @QueryParam("site")
    String site;

    @QueryParam("collection")
    String collection;

    @QueryParam("state")
    String state;

    @QueryParam("discrepancy")
    Boolean discrepancy;

    @QueryParam("failing")
    Boolean failing;

    LocalDate day() {
      return Choices.day(asOf);
    }

    CoverageReport.Filter filter() {
      return new CoverageReport.Filter(
          Optional.ofNullable(program),
          Optional.ofNullable(year),
          Optional.ofNullable(product),
          Optional.ofNullable(site),
          Optional.ofNullable(collection),
          Choices.of(CoverageState.class, state, "state"),
          Optional.ofNullable(discrepancy),
          Optional.ofNullable(failing));
    }
  }

  /**
   * The fleet counted.
   *
   * @param asOf the day
   * @param devices how many in all
   * @param groups counts by program, year, site, collection and state
   */
  public record Summary(LocalDate asOf, long devices, List<CoverageReport.Group> groups) {}

  /** Devices in the order of their ids. */
  @GET
  public Page<CoverageReport.Line> list(
      @BeanParam Wanted wanted,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    return Page.of(
        report.after(after, wanted.filter(), wanted.day(), limit + 1),
        limit,
        CoverageReport.Line::deviceId);
  }

  /** The fleet counted by program, year, site, collection and state. */
  @GET
  @Path("/summary")
  public Summary summary(@BeanParam Wanted wanted) {
    List<CoverageReport.Group> groups = report.summary(wanted.filter(), wanted.day());
    return new Summary(
        wanted.day(), groups.stream().mapToLong(CoverageReport.Group::devices).sum(), groups);
  }

  /** The whole list as CSV; no key is in it. */
  @GET
  @Path("/export")
  @Produces("text/csv")
  public Response export(@BeanParam Wanted wanted) {
    LocalDate day = wanted.day();
    CoverageReport.Filter filter = wanted.filter();
    StreamingOutput body =
        out -> {
          CsvWriter csv =
              CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          csv.writeRecord(
              "deviceId",
              "product",
              "program",
              "year",
              "site",
              "collection",
              "state",
              "blocked",
              "discrepancy",
              "failingUpdates",
              "asOf");
          report.each("", filter, day, EVERYTHING, line -> write(csv, line, day));
          csv.flush();
        };
    return Response.ok(body, MediaType.valueOf("text/csv;charset=UTF-8"))
        .header("Content-Disposition", "attachment; filename=\"coverage-" + day + ".csv\"")
        .build();
  }

  private static void write(CsvWriter csv, CoverageReport.Line line, LocalDate day) {
    csv.writeRecord(
        line.deviceId(),
        line.product(),
        line.program(),
        line.year() == null ? null : line.year().toString(),
        line.site(),
        line.collection(),
        line.state().name(),
        String.join(" ", line.blocked()),
        Boolean.toString(line.discrepancy()),
        Integer.toString(line.failingUpdates()),
        day.toString());
  }

  /** One device with its reasons, the word of each source and its failing updates. */
  @GET
  @Path("/{deviceId}")
  public Coverage show(String deviceId, @QueryParam("asOf") String asOf) {
    return report
        .device(deviceId)
        .map(device -> Coverage.of(device, store.plan(), Choices.day(asOf)))
        .orElseThrow(
            () ->
                Problem.of(404, "DEVICE_UNKNOWN", "deviceId", "No device of that id is known.")
                    .exception());
  }
}
