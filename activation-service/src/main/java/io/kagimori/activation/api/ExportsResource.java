package io.kagimori.activation.api;

import io.kagimori.activation.domain.Device;
import io.kagimori.activation.store.DeviceEntity;
import io.kagimori.contracts.table.DeviceTableWriter;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Devices and licenses as a table, for spreadsheets and other programs. */
@Path("/exports")
public class ExportsResource {
  private static final int PAGE = 1000;

  /**
   * Devices with their licenses, one row a license, in the order of their ids. A page is read at a
   * time, so the size of the fleet does not matter.
   *
   * @param bom {@code true} begins with a byte order mark, as some spreadsheets want
   */
  @GET
  @Path("/devices")
  @Produces("text/csv; charset=utf-8")
  public Response devices(@BeanParam DeviceQuery query, @QueryParam("bom") boolean bom) {
    DeviceEntity.Filter filter = query.filter();
    StreamingOutput table = target -> write(target, filter, bom);
    return Response.ok(table)
        .header("Content-Disposition", "attachment; filename=\"devices.csv\"")
        .build();
  }

  private static void write(OutputStream target, DeviceEntity.Filter filter, boolean bom)
      throws java.io.IOException {
    Writer text = new OutputStreamWriter(target, StandardCharsets.UTF_8);
    if (bom) {
      text.write('\uFEFF');
    }
    DeviceTableWriter table = new DeviceTableWriter(text);
    String after = "";
    List<Device> page;
    do {
      String from = after;
      page = QuarkusTransaction.requiringNew().call(() -> DeviceEntity.after(from, filter, PAGE));
      page.forEach(device -> DeviceRowsCsv.of(device).forEach(table::row));
      if (!page.isEmpty()) {
        after = page.get(page.size() - 1).deviceId();
      }
    } while (page.size() == PAGE);
    table.flush();
  }
}
