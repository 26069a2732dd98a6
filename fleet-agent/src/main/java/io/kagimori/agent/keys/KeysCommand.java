package io.kagimori.agent.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.rest.ServiceClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Product keys and their pools. */
@Command(
    name = "keys",
    description = "Lists and registers product keys and shows their pools.",
    subcommands = {
      KeysCommand.ListKeys.class,
      RegisterKeyCommand.class,
      KeysCommand.ShowKey.class,
      KeysCommand.ShowLedger.class,
      KeysCommand.BlockKey.class,
      KeysCommand.PlanKey.class
    })
public final class KeysCommand extends Group {

  /** Every key. */
  @Command(name = "list", description = "Lists the keys with their pools.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      new Listing(keys.items("/keys", Map.of(), limit))
          .print(
              output,
              "keyId",
              "kind",
              "partialKey",
              "purchased",
              "available",
              "reserved",
              "consumed",
              "overdrawn",
              "site",
              "blocked",
              "expiresAt");
      return Exit.DONE;
    }
  }

  /** One key. */
  @Command(name = "show", description = "Shows one key with its pool and its warnings.")
  static final class ShowKey implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "KEY-ID", description = "Id of the key.")
    private String keyId;

    @Override
    public Integer call() {
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      Listing.printOne(output, keys.get("/keys/" + ServiceClient.encoded(keyId)));
      return Exit.DONE;
    }
  }

  /** The ledger of one key. */
  @Command(name = "ledger", description = "Shows how seats moved between the accounts of a key.")
  static final class ShowLedger implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "KEY-ID", description = "Id of the key.")
    private String keyId;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many entries.")
    private int limit;

    @Override
    public Integer call() {
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      String path = "/keys/" + ServiceClient.encoded(keyId) + "/ledger";
      new Listing(keys.items(path, Map.of(), limit))
          .print(output, "entryId", "at", "from", "to", "seats", "eventId");
      return Exit.DONE;
    }
  }

  /** Blocks a key, or lifts the block. */
  @Command(name = "block", description = "Blocks a key; requests for it are then refused.")
  static final class BlockKey implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private WriteOptions write;

    @Parameters(paramLabel = "KEY-ID", description = "Id of the key.")
    private String keyId;

    @Option(names = "--lift", description = "Lift the block instead.")
    private boolean lift;

    @Option(names = "--comment", description = "Why, in your words.")
    private String comment;

    @Override
    public Integer call() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("blocked", !lift);
      if (comment != null) {
        body.put("comment", comment);
      }
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      String path = "/keys/" + ServiceClient.encoded(keyId) + "/block";
      return Writes.print(
          output,
          keys.post(path, body, write.requestId(), write.waitSeconds()),
          write.waitSeconds() > 0);
    }
  }

  /** Whether a roll-out fits. */
  @Command(
      name = "plan",
      description = "Says whether a roll-out fits into what is left of a key; exit code 1 if not.")
  static final class PlanKey implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "KEY-ID", description = "Id of the key.")
    private String keyId;

    @Option(
        names = "--activations",
        required = true,
        paramLabel = "N",
        description = "Activations that the roll-out needs.")
    private long activations;

    @Override
    public Integer call() {
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      String path = "/keys/" + ServiceClient.encoded(keyId) + "/plan";
      JsonNode plan = keys.get(path, Map.of("activations", Long.toString(activations)));
      Listing.printOne(output, plan);
      return plan.path("sufficient").asBoolean() ? Exit.DONE : Exit.NO;
    }
  }
}
