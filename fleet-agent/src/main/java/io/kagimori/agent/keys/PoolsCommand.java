package io.kagimori.agent.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.TextTable;
import io.kagimori.agent.rest.ServiceClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How full the pools are: seats of each key, counts of each KMS host. */
@Command(
    name = "pools",
    description = "Seats used and remaining of every key, and the count of every KMS host.")
public final class PoolsCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  /**
   * Both kinds of pool.
   *
   * @param keys one pool for each key that has seats
   * @param kmsHosts the hosts as activation-service knows them
   */
  record Pools(List<Pool> keys, List<JsonNode> kmsHosts) {}

  /**
   * The seats of a key.
   *
   * @param used reserved and consumed
   * @param remaining free
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pool(
      String keyId,
      String kind,
      String partialKey,
      String site,
      long purchased,
      long available,
      long reserved,
      long consumed,
      long overdrawn,
      long used,
      long remaining) {
    static Pool of(JsonNode key) {
      long available = key.path("available").asLong();
      long reserved = key.path("reserved").asLong();
      long consumed = key.path("consumed").asLong();
      return new Pool(
          key.path("keyId").asText(),
          key.path("kind").asText(),
          key.path("partialKey").asText(),
          key.path("site").asText(null),
          key.path("purchased").asLong(),
          available,
          reserved,
          consumed,
          key.path("overdrawn").asLong(),
          reserved + consumed,
          available);
    }
  }

  @Override
  public Integer call() {
    List<Pool> pools =
        new ServiceClient("key-service", connections.keyService())
            .items("/keys", Map.of(), Integer.MAX_VALUE).stream().map(Pool::of).toList();
    List<JsonNode> hosts =
        new ServiceClient("activation-service", connections.activationService())
            .items("/kms-hosts", Map.of(), Integer.MAX_VALUE);
    if (output.json()) {
      output.document(new Pools(pools, hosts));
    } else {
      print(pools, hosts);
    }
    return Exit.DONE;
  }

  private void print(List<Pool> pools, List<JsonNode> hosts) {
    TextTable keys =
        new TextTable("key", "kind", "ends in", "bought", "used", "remaining", "overdrawn");
    for (Pool pool : pools) {
      keys.row(
          pool.keyId(),
          pool.kind(),
          pool.partialKey(),
          pool.purchased(),
          pool.used(),
          pool.remaining(),
          pool.overdrawn());
    }
    keys.lines().forEach(output::line);
    TextTable counts = new TextTable("KMS host", "port", "activated", "count");
    for (JsonNode host : hosts) {
      counts.row(
          host.path("host").asText(),
          host.path("port").asText(""),
          host.path("activated").asText("unknown"),
          count(host));
    }
    output.line("");
    counts.lines().forEach(output::line);
  }

  /** The count stops at twice the requirement, so it must not read as a number of clients. */
  private static String count(JsonNode host) {
    String count = host.path("count").asText("");
    return host.path("atCeiling").asBoolean() ? count + ", at ceiling" : count;
  }
}
