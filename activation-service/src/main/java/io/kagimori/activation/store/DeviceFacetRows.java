package io.kagimori.activation.store;

import io.kagimori.activation.domain.DeviceFacets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What devices are looked for by, a batch at a time. Their rows are locked with the devices'. */
final class DeviceFacetRows {
  private static final String SAVE =
      """
      insert into device_facet (device_id, kms_host, kms_port, kms_origin, deployment, image_id,
                                ship, failing_reason, failing_cause, failing_code, failing_since)
      select d, h, p, o, w, i, s, r, c, e, t::timestamptz
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as u (d, h, p, o, w, i, s, r, c, e, t)
      on conflict (device_id) do update
        set kms_host = excluded.kms_host, kms_port = excluded.kms_port,
            kms_origin = excluded.kms_origin, deployment = excluded.deployment,
            image_id = excluded.image_id, ship = excluded.ship,
            failing_reason = excluded.failing_reason, failing_cause = excluded.failing_cause,
            failing_code = excluded.failing_code, failing_since = excluded.failing_since
      """;
  private static final String[] TYPES = {
    "text", "text", "int4", "text", "text", "text", "bool", "text", "text", "text", "text"
  };

  private DeviceFacetRows() {}

  static void save(Connection connection, Map<String, DeviceFacets> changed) throws SQLException {
    List<Object[]> rows = new ArrayList<>(changed.size());
    changed.forEach(
        (device, facets) ->
            rows.add(
                new Object[] {
                  device,
                  facets.kmsHost(),
                  facets.kmsPort(),
                  facets.kmsOrigin() == null ? null : facets.kmsOrigin().name(),
                  facets.deployment(),
                  facets.imageId(),
                  facets.ship(),
                  facets.failingReason(),
                  facets.failingCause(),
                  facets.failingCode(),
                  facets.failingSince() == null ? null : facets.failingSince().toString()
                }));
    Statements.write(connection, SAVE, TYPES, rows);
  }
}
