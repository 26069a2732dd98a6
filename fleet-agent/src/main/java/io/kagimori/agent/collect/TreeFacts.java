package io.kagimori.agent.collect;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds licenses, events and inventories in a tree. A license is a node that has a property only
 * licensing tools use; where it stands and what it is called does not matter.
 */
final class TreeFacts {
  private static final Set<String> EVENT_IDS =
      Set.of("id", "eventid", "event_id", "instanceid", "eventcode");

  private static final Pattern POWERSHELL_DATE =
      Pattern.compile("\\\\?/Date\\((\\d{1,14})\\)\\\\?/");

  /** Names of which an event has at least one beside its ID, whatever their case. */
  private static final List<String> EVENT_LIKE =
      List.of("Provider", "ProviderName", "provider_name", "SourceName", "Message", "Source");

  private final Readings readings;
  private final Map<Kind, Reading> found = new EnumMap<>(Kind.class);

  private TreeFacts(Readings readings) {
    this.readings = readings;
  }

  static void read(Node root, Readings readings) {
    TreeFacts facts = new TreeFacts(readings);
    facts.visit(root);
    facts.found.values().forEach(readings::addAlways);
  }

  private void visit(Node node) {
    if (takeEvent(node) || InventoryTree.take(node, readings) || takeLicense(node)) {
      return;
    }
    node.children().forEach(this::visit);
  }

  private boolean takeLicense(Node node) {
    boolean sure =
        node.children().stream()
            .anyMatch(child -> !child.text().isEmpty() && PropertyNames.isSure(child.name()));
    if (!sure) {
      return false;
    }
    Map<String, String> properties = new LinkedHashMap<>();
    flatten(node, properties, 0);
    Reading reading =
        found.computeIfAbsent(PropertyNames.kindOf(properties.keySet()), Reading::new);
    LicenseObjects.add(properties, reading);
    properties.keySet().stream()
        .filter(name -> PropertyNames.meaning(name) == null)
        .forEach(name -> reading.unrecognized().add(ProductKeys.scrub(name)));
    return true;
  }

  private static void flatten(Node node, Map<String, String> properties, int depth) {
    for (Node child : node.children()) {
      PropertyNames.Meaning meaning = PropertyNames.meaning(child.name());
      boolean value = child.isLeaf() || (meaning != null && child.children().size() == 1);
      if (value) {
        properties.putIfAbsent(child.name(), child.text());
      } else if (meaning == null && depth < 4) {
        flatten(child, properties, depth + 1);
      }
    }
    node.attributes().forEach(properties::putIfAbsent);
  }

  private boolean takeEvent(Node node) {
    Node system = node.child("System") == null ? node.child("winlog") : node.child("System");
    Node id = eventId(system == null ? node : system);
    if (id == null || Numbers.whole(id.text()) == null) {
      return false;
    }
    Map<String, Object> event = new LinkedHashMap<>();
    int number = EventMessages.withoutQualifiers(Numbers.whole(id.text()));
    event.put("event_id", number);
    Node head = system == null ? node : system;
    putText(event, "source", providerOf(head));
    putText(event, "log_name", first(head, "Channel", "LogName", "Log Name", "EventLog"));
    putText(
        event,
        "computer",
        first(head, "Computer", "MachineName", "computer_name", "ComputerName", "Hostname"));
    putText(event, "level", levelOf(head));
    Node created = head.child("TimeCreated");
    String time = timeOf(head, created);
    putText(
        event, "date", sinceEpoch(time == null ? first(node, "@timestamp", "timestamp") : time));
    String message = first(node, "Message", "RenderedDescription");
    message = message == null ? first(head, "Message") : message;
    Node rendering = node.child("RenderingInfo");
    message = message == null && rendering != null ? first(rendering, "Message") : message;
    Node data = dataOf(node, head);
    if (!EventMessages.isOurs(number, event)
        && (message == null || EventTexts.ofMessage(null, message).isEmpty())) {
      return false;
    }
    Map<String, Object> said = message == null ? Map.of() : EventTexts.ofMessage(number, message);
    said.forEach(event::putIfAbsent);
    if (data != null) {
      EventPayload.read(number, lines(data), event);
    }
    found.computeIfAbsent(Kind.EVENT_LOG, Reading::new).events().add(event);
    return true;
  }

  /** What the event carries besides its message; some programs keep it as JSON in a string. */
  private static Node dataOf(Node node, Node head) {
    for (Node holder : List.of(node, head)) {
      for (String name : List.of("EventData", "event_data", "Payload")) {
        Node data = holder.child(name);
        if (data != null) {
          boolean wrapped = data.isLeaf() && data.text().startsWith("{");
          return wrapped ? JsonReading.of(data.text(), 0).root() : data;
        }
      }
    }
    return null;
  }

  private static Node eventId(Node node) {
    for (Node child : node.children()) {
      if (child.isLeaf() && EVENT_IDS.contains(child.name().toLowerCase(Locale.ROOT))) {
        return EVENT_LIKE.stream().anyMatch(name -> node.child(name) != null) ? child : null;
      }
    }
    return null;
  }

  private static String providerOf(Node head) {
    Node provider = head.child("Provider");
    if (provider != null) {
      String name = provider.attributes().get("Name");
      return name == null ? provider.text() : name;
    }
    return first(head, "ProviderName", "provider_name", "SourceName", "Source");
  }

  /** The level in words; a bare number is the log's own code for one. */
  private static String levelOf(Node head) {
    String named = first(head, "LevelDisplayName", "severityValue");
    String level = first(head, "Level");
    return named != null || level == null || Numbers.whole(level) != null ? named : level;
  }

  private static String timeOf(Node head, Node created) {
    if (created != null && created.attributes().containsKey("SystemTime")) {
      return created.attributes().get("SystemTime");
    }
    return created != null
        ? created.text()
        : first(
            head,
            "time_created",
            "systemTime",
            "TimeGenerated",
            "EventTime",
            "TimeCreated",
            "Time");
  }

  /** Windows PowerShell writes {@code /Date(1667911231000)/} into JSON. */
  private static String sinceEpoch(String time) {
    Matcher written = time == null ? null : POWERSHELL_DATE.matcher(time);
    return written != null && written.matches()
        ? Instant.ofEpochMilli(Long.parseLong(written.group(1))).toString()
        : time;
  }

  private static String lines(Node data) {
    StringBuilder lines = new StringBuilder();
    collect(data, lines, 0);
    return lines.isEmpty() ? data.text() : lines.toString();
  }

  private static void collect(Node node, StringBuilder lines, int depth) {
    for (Node child : node.children()) {
      if (child.isLeaf()) {
        lines.append(lines.isEmpty() ? "" : "\n").append(child.text());
      } else if (depth < 4) {
        collect(child, lines, depth + 1);
      }
    }
  }

  private static String first(Node node, String... names) {
    for (String name : names) {
      Node child = node.child(name);
      if (child != null && !child.text().isEmpty()) {
        return child.text();
      }
    }
    return null;
  }

  private static void putText(Map<String, Object> event, String fact, String value) {
    if (value != null && Values.text(value.strip()) != null && !value.isBlank()) {
      event.put(fact, Values.text(value.strip()));
    }
  }
}
