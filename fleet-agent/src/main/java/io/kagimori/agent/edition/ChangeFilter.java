package io.kagimori.agent.edition;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which upgrades or re-images a list holds. */
final class ChangeFilter {
  @Option(names = "--device", paramLabel = "ID", description = "Only those of this device.")
  private String deviceId;

  @Option(names = "--state", description = "Only those in this state, such as STALLED.")
  private String state;

  @Option(names = "--campaign", paramLabel = "ID", description = "Only those of this campaign.")
  private String campaignId;

  @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
  private int limit;

  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("deviceId", deviceId);
    query.put("state", state);
    query.put("campaignId", campaignId);
    return query;
  }

  int limit() {
    return limit;
  }
}
