package io.kagimori.agent.edition;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.explain.ExplainedCode;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.agent.request.NoFullKeys;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Asks edition-service for one device or for many, in earnest or beforehand, and prints it. */
final class EditionAsk {
  private static final int PREFLIGHT_SECONDS = 60;

  private final Output output;

  EditionAsk(Output output) {
    this.output = output;
  }

  /** What many requests led to. */
  record Summary(
      int total,
      Map<String, Integer> outcomes,
      Map<String, Integer> reasons,
      int unanswered,
      List<JsonNode> answers) {}

  /** Publishes the requests and waits for their first answers. */
  int publish(String kafka, EventType type, Map<UUID, ? extends Event> requests, int waitSeconds) {
    requests.values().forEach(NoFullKeys::checked);
    try (EventSender sender = new EventSender(kafka);
        EditionAnswers answers = new EditionAnswers(kafka)) {
      requests.forEach(
          (id, request) -> sender.publish(EventSender.event(type, id, Instant.now(), request)));
      output.note("published " + requests.size() + " to " + type.topic());
      if (waitSeconds <= 0) {
        printIds(requests);
        return Exit.DONE;
      }
      Map<UUID, JsonNode> found = answers.await(requests.keySet(), Duration.ofSeconds(waitSeconds));
      if (requests.size() == 1) {
        UUID id = requests.keySet().iterator().next();
        if (found.isEmpty()) {
          throw CommandFailure.outside(
              "NO_ANSWER",
              "No answer to %s within %d seconds; the request stands and may be repeated with the same id."
                  .formatted(id, waitSeconds),
              null);
        }
        return print(found.get(id));
      }
      return print(requests.size(), found);
    }
  }

  private void printIds(Map<UUID, ? extends Event> requests) {
    if (output.json()) {
      output.document(Map.of("requestIds", requests.keySet()));
    } else {
      requests.keySet().forEach(id -> output.line(id.toString()));
    }
  }

  /** Whether an answer is a yes: planned, or permitted with or without a condition. */
  private static boolean isYes(JsonNode answer) {
    return switch (outcome(answer)) {
      case "PLANNED", "PERMITTED", "CONDITIONAL" -> true;
      default -> false;
    };
  }

  private static String outcome(JsonNode answer) {
    return answer.hasNonNull("decision")
        ? answer.path("decision").asText()
        : answer.path("verdict").asText();
  }

  private static List<String> reasons(JsonNode answer) {
    if (answer.hasNonNull("reason")) {
      return List.of(answer.path("reason").asText());
    }
    return answer.path("reasons").valueStream().map(JsonNode::asText).toList();
  }

  private int print(JsonNode answer) {
    if (output.json()) {
      output.document(answer);
      return isYes(answer) ? Exit.DONE : Exit.NO;
    }
    String outcome = outcome(answer);
    output.line(
        answer.path("deviceId").asText("-")
            + ": "
            + (isYes(answer) ? output.good(outcome) : output.bad(outcome)));
    for (String name :
        List.of("requestId", "state", "code", "setAside", "agreementId", "imageId")) {
      if (answer.hasNonNull(name)) {
        output.line("  " + name + ": " + answer.get(name).asText());
      }
    }
    for (String reason : reasons(answer)) {
      ExplainedCode explained = ExplainedCode.of(reason, SystemLanguage.get(), ReasonTexts.load());
      output.line("  reason: " + reason + "  " + explained.title());
      explained.steps().forEach(step -> output.line("  to do: " + step));
    }
    answer
        .path("warnings")
        .forEach(
            warning ->
                output.line(
                    "  warning: "
                        + warning.path("reason").asText()
                        + " "
                        + warning.path("detail")));
    answer
        .path("rules")
        .forEach(
            rule ->
                output.line(
                    "  rule: %s %s %s"
                        .formatted(
                            rule.path("id").asText(),
                            rule.path("version").asText(),
                            rule.path("effect").asText())));
    answer.path("steps").forEach(step -> output.line("  step: " + step.asText()));
    return isYes(answer) ? Exit.DONE : Exit.NO;
  }

  private int print(int total, Map<UUID, JsonNode> found) {
    Map<String, Integer> outcomes = new TreeMap<>();
    Map<String, Integer> reasons = new TreeMap<>();
    found
        .values()
        .forEach(
            answer -> {
              outcomes.merge(outcome(answer), 1, Integer::sum);
              reasons(answer).forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            });
    int unanswered = total - found.size();
    if (output.json()) {
      output.document(
          new Summary(total, outcomes, reasons, unanswered, List.copyOf(found.values())));
    } else {
      output.line(total + " requests, " + unanswered + " without an answer yet");
      counts(outcomes, reasons);
    }
    if (unanswered > 0) {
      return Exit.OUTSIDE;
    }
    return found.values().stream().allMatch(EditionAsk::isYes) ? Exit.DONE : Exit.NO;
  }

  private void counts(Map<String, Integer> outcomes, Map<String, Integer> reasons) {
    outcomes.forEach((name, count) -> output.line("  " + name + " " + count));
    reasons.forEach(
        (name, count) ->
            output.line(
                "  %s %d  %s"
                    .formatted(
                        name,
                        count,
                        ExplainedCode.of(name, SystemLanguage.get(), ReasonTexts.load()).title())));
  }

  /**
   * Asks beforehand; nothing is sent to any device.
   *
   * @param path resource of the preflight
   * @param body the requests
   */
  int preflight(URI editionService, String path, Map<String, Object> body) {
    JsonNode report =
        new ServiceClient("edition-service", editionService)
            .post(path, body, EventIds.request(), PREFLIGHT_SECONDS)
            .body();
    if (output.json()) {
      output.document(report);
    } else {
      printText(report);
    }
    boolean refused =
        report.path("outcomes").has("REFUSED") || report.path("outcomes").has("NOT_PERMITTED");
    return refused || report.path("shortfall").asLong() > 0 ? Exit.NO : Exit.DONE;
  }

  private void printText(JsonNode report) {
    output.line(
        "%d devices, %d restart"
            .formatted(report.path("total").asInt(), report.path("reboots").asInt()));
    counts(map(report.path("outcomes")), map(report.path("reasons")));
    for (JsonNode pool : report.path("pools")) {
      output.line(
          "  key %s …%s: %d needed, %d available, %d promised, %d missing"
              .formatted(
                  pool.path("keyId").asText(),
                  pool.path("partialKey").asText(),
                  pool.path("needed").asLong(),
                  pool.path("available").asLong(),
                  pool.path("promised").asLong(),
                  pool.path("shortfall").asLong()));
    }
    report
        .path("hints")
        .forEach(
            hint ->
                output.line("  hint: " + hint.path("reason").asText() + " " + hint.path("detail")));
    for (JsonNode device : report.path("devices")) {
      String reasons =
          String.join(", ", device.path("reasons").valueStream().map(JsonNode::asText).toList());
      output.line(
          "%s: %s %s"
              .formatted(device.path("deviceId").asText(), device.path("outcome").asText(), reasons)
              .stripTrailing());
    }
  }

  private static Map<String, Integer> map(JsonNode counts) {
    Map<String, Integer> map = new LinkedHashMap<>();
    counts.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asInt()));
    return map;
  }
}
