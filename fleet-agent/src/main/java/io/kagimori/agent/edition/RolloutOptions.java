package io.kagimori.agent.edition;

import io.kagimori.contracts.cloudevents.EventIds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;

/** Many devices at once, in earnest or beforehand; mixed into upgrades and re-images. */
final class RolloutOptions {
  @Option(names = "--campaign", paramLabel = "ID", description = "The campaign it belongs to.")
  private String campaignId;

  @Option(names = "--wave", paramLabel = "N", description = "Its wave of the campaign, from 1.")
  private Integer wave;

  @Option(
      names = "--from",
      paramLabel = "FILE.csv",
      description = "A table, one device a line; other options fill what it leaves empty.")
  private Path from;

  @Option(names = "--dry-run", description = "Say what would happen and send nothing.")
  private boolean dryRun;

  @Option(
      names = "--report",
      paramLabel = "FILE.csv",
      description = "With --dry-run: write the outcome of each device to this table.")
  private Path report;

  String campaignId() {
    return campaignId;
  }

  Integer wave() {
    return wave;
  }

  /** The table; absent where the options describe one device. */
  Optional<Path> from() {
    return Optional.ofNullable(from);
  }

  boolean dryRun() {
    return dryRun;
  }

  Optional<Path> report() {
    return Optional.ofNullable(report);
  }

  /** The requests under ids of their own; a single one under the id given. */
  <E> Map<UUID, E> named(List<E> requests, UUID first) {
    Map<UUID, E> named = new LinkedHashMap<>();
    requests.forEach(each -> named.put(from == null ? first : EventIds.request(), each));
    return named;
  }
}
