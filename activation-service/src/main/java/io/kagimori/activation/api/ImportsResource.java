package io.kagimori.activation.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.table.DeviceImport;
import io.kagimori.contracts.table.DeviceTable;
import io.kagimori.contracts.table.RowError;
import io.kagimori.contracts.table.TableException;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables of devices and licenses in; each device becomes a report like any other. */
@Path("/imports")
public class ImportsResource {
  private final RequestDesk desk;

  ImportsResource(RequestDesk desk) {
    this.desk = desk;
  }

  /**
   * What became of a table.
   *
   * @param dryRun whether nothing was published on purpose
   * @param rows rows behind the header
   * @param devices devices that the good rows report
   * @param published reports published
   * @param errors why the bad rows were left out
   * @param ignoredColumns columns that mean nothing here
   */
  public record ImportView(
      boolean dryRun,
      int rows,
      int devices,
      int published,
      List<RowError> errors,
      List<String> ignoredColumns) {}

  /**
   * Imports a table. 202 when reports were published, 200 for a dry run, 422 when no row is good.
   *
   * @param table the text in UTF-8, with or without byte order mark
   * @param mapping columns of the file and of the table, as {@code Computer=deviceId}, repeated
   * @param dryRun {@code true} reads and publishes nothing
   * @param collectedAt when the rows were collected, where they do not say; now when absent
   */
  @POST
  @Path("/devices")
  @Consumes({"text/csv", "text/plain", "application/octet-stream"})
  public Response devices(
      byte[] table,
      @QueryParam("map") List<String> mapping,
      @QueryParam("dryRun") boolean dryRun,
      @QueryParam("collectedAt") String collectedAt) {
    DeviceTable.Reading reading = read(table, mapping, time(collectedAt));
    boolean publish = !dryRun && !reading.reports().isEmpty();
    if (publish) {
      Instant now = Instant.now();
      desk.submit(reading.reports().stream().map(report -> event(report, now)).toList());
    }
    long devices = reading.reports().stream().map(DeviceReported::deviceId).distinct().count();
    ImportView view =
        new ImportView(
            dryRun,
            reading.rows(),
            (int) devices,
            publish ? reading.reports().size() : 0,
            reading.errors(),
            reading.ignoredColumns());
    boolean hopeless = reading.reports().isEmpty() && !reading.errors().isEmpty();
    return Response.status(hopeless ? 422 : publish ? 202 : 200).entity(view).build();
  }

  private static Answer event(DeviceReported report, Instant now) {
    return DeviceImport.event(report, "activation-service", now);
  }

  private static DeviceTable.Reading read(byte[] table, List<String> mapping, Instant at) {
    try {
      return new DeviceTable(mapping(mapping), at).read(table == null ? new byte[0] : table);
    } catch (TableException e) {
      throw Problem.of(400, e.code(), e.field(), e.getMessage()).exception();
    }
  }

  private static Map<String, String> mapping(List<String> pairs) {
    Map<String, String> mapping = new LinkedHashMap<>();
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      int equals = pair.lastIndexOf('=');
      if (equals < 1) {
        throw Problem.of(
                400, "INVALID_FIELD", "map", "A mapping is written column of the file=column.")
            .exception();
      }
      mapping.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return mapping;
  }

  private static Instant time(String text) {
    try {
      Instant at = text == null ? Instant.now() : OffsetDateTime.parse(text).toInstant();
      return at.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw Problem.of(400, "INVALID_FIELD", "collectedAt", "It is no time in RFC 3339.")
          .exception();
    }
  }
}
