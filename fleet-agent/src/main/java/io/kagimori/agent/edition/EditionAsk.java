package io.kagimori.agent.edition;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.explain.ExplainedCode;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Publishes requests of editions, for one device or for many, and prints what they led to. */
final class EditionAsk {
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
          throw RequestCheck.noAnswer(id, waitSeconds);
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
      counts(output, outcomes, reasons);
    }
    if (unanswered > 0) {
      return Exit.OUTSIDE;
    }
    return found.values().stream().allMatch(EditionAsk::isYes) ? Exit.DONE : Exit.NO;
  }

  /** How many of each outcome, and how many of each reason with its meaning. */
  static void counts(Output output, Map<String, Integer> outcomes, Map<String, Integer> reasons) {
    ReasonTexts texts = ReasonTexts.load();
    outcomes.forEach((name, count) -> output.line("  " + name + " " + count));
    reasons.forEach(
        (name, count) ->
            output.line(
                "  %s %d  %s"
                    .formatted(
                        name, count, ExplainedCode.of(name, SystemLanguage.get(), texts).title())));
  }
}
