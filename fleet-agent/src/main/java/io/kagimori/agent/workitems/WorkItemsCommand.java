package io.kagimori.agent.workitems;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.cloudevents.EventIds;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Work for people where commands no longer help. */
@Command(
    name = "work-items",
    description = "Records work for people: key re-issue, vendor ticket, edition move and so on.",
    subcommands = {
      WorkItemsCommand.ListItems.class,
      WorkItemsCommand.ShowItem.class,
      WorkItemsCommand.AddItem.class,
      WorkItemsCommand.ChangeItem.class
    })
public final class WorkItemsCommand extends Group {
  private static final String[] FIELDS = {
    "itemId", "kind", "state", "owner", "dueOn", "overdue", "deviceId", "incidentId", "note"
  };

  /** Many items. */
  @Command(
      name = "list",
      description = "Lists work items.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori work-items list --overdue --owner tanaka")
  static final class ListItems implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--state", description = "OPEN, IN_PROGRESS, WAITING, DONE or CANCELED.")
    private String state;

    @Option(names = "--owner", description = "Only those of this person.")
    private String owner;

    @Option(names = "--device", paramLabel = "ID", description = "Only those about this device.")
    private String device;

    @Option(names = "--incident", paramLabel = "ID", description = "Only those about it.")
    private String incident;

    @Option(names = "--overdue", description = "Only those whose day has passed.")
    private boolean overdue;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("state", state);
      query.put("owner", owner);
      query.put("device", device);
      query.put("incident", incident);
      query.put("overdue", overdue ? "true" : null);
      List<JsonNode> items = service(connections).items("/work-items", query, limit);
      new Listing(items).print(output, FIELDS);
      return Exit.DONE;
    }
  }

  /** One item. */
  @Command(name = "show", description = "Shows one work item with all its changes.")
  static final class ShowItem implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "ITEM", description = "Id of the work item.")
    private UUID itemId;

    @Override
    public Integer call() {
      Listing.printOne(output, service(connections).get("/work-items/" + itemId));
      return Exit.DONE;
    }
  }

  /** A new item. */
  @Command(
      name = "add",
      description = "Records work about a device or an incident.",
      footerHeading = "%nExample:%n",
      footer = {
        "  kagimori work-items add --kind VENDOR_TICKET --owner tanaka --due 2026-12-01 \\",
        "      --device pc-17"
      })
  static final class AddItem implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(
        names = "--kind",
        required = true,
        description = "KEY_REISSUE, VENDOR_TICKET, EDITION_MOVE, REPURCHASE or LICENSING_REVIEW.")
    private String kind;

    @Option(names = "--owner", required = true, description = "Who does it.")
    private String owner;

    @Option(
        names = "--due",
        required = true,
        paramLabel = "DATE",
        description = "By which day, 2026-12-01.")
    private LocalDate dueOn;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Subject subject;

    @Option(names = "--note", description = "What to know, such as the number of a ticket.")
    private String note;

    @Option(names = "--request-id", paramLabel = "UUID", description = "Repeat that request.")
    private UUID requestId;

    /** What the work is about. */
    static final class Subject {
      @Option(names = "--device", paramLabel = "ID", description = "The device it is about.")
      private String deviceId;

      @Option(names = "--incident", paramLabel = "ID", description = "The incident it is about.")
      private String incidentId;
    }

    /** The body as activation-service reads it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewItem(
        String kind,
        String owner,
        LocalDate dueOn,
        String deviceId,
        String incidentId,
        String note) {}

    @Override
    public Integer call() {
      NewItem body =
          new NewItem(
              kind.toUpperCase(Locale.ROOT),
              owner,
              dueOn,
              subject.deviceId,
              subject.incidentId,
              note);
      return write(output, connections, "/work-items", body, requestId);
    }
  }

  /** A change of one. */
  @Command(
      name = "change",
      description = "Changes state, owner, day or note of a work item.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori work-items change 0192… --state DONE --note \"case 4711 closed\"")
  static final class ChangeItem implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "ITEM", description = "Id of the work item.")
    private UUID itemId;

    @Option(names = "--state", description = "OPEN, IN_PROGRESS, WAITING, DONE or CANCELED.")
    private String state;

    @Option(names = "--owner", description = "Who does it from now on.")
    private String owner;

    @Option(names = "--due", paramLabel = "DATE", description = "By which day, 2026-12-01.")
    private LocalDate dueOn;

    @Option(names = "--note", description = "What to know.")
    private String note;

    @Option(names = "--request-id", paramLabel = "UUID", description = "Repeat that request.")
    private UUID requestId;

    /** The body as activation-service reads it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemChange(String state, String owner, LocalDate dueOn, String note) {}

    @Override
    public Integer call() {
      ItemChange body =
          new ItemChange(state == null ? null : state.toUpperCase(Locale.ROOT), owner, dueOn, note);
      return write(output, connections, "/work-items/" + itemId + "/changes", body, requestId);
    }
  }

  private static int write(
      Output output, Connections connections, String path, Object body, UUID requestId) {
    UUID id = requestId == null ? EventIds.request() : requestId;
    Listing.printOne(output, service(connections).post(path, body, id, 0).body());
    return Exit.DONE;
  }

  private static ServiceClient service(Connections connections) {
    return new ServiceClient("activation-service", connections.activationService());
  }
}
