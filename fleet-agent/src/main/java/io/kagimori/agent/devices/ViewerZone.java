package io.kagimori.agent.devices;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Listing;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Times as the viewer's clock shows them, mixed into commands that print some. */
final class ViewerZone {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Time zone of printed times, such as Asia/Tokyo; the system's when absent.")
  private ZoneId zone;

  /** When a license ends; its kind where it has no date. */
  String expiry(JsonNode expiry) {
    return expiry.hasNonNull("at")
        ? MINUTE.format(
            Instant.parse(expiry.get("at").asText())
                .atZone(zone == null ? ZoneId.systemDefault() : zone))
        : Listing.cell(expiry, "kind");
  }
}
