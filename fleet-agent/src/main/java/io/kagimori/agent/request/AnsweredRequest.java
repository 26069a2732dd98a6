package io.kagimori.agent.request;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.explain.ExplainedCode;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.agent.request.ActivationAnswers.Answered;
import io.kagimori.agent.request.ActivationAnswers.Reply;
import io.kagimori.agent.request.ActivationAnswers.SetAside;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/** Publishes an event, waits for what becomes of it and prints that. */
final class AnsweredRequest {
  private final Output output;
  private final String kafka;

  AnsweredRequest(Output output, String kafka) {
    this.output = output;
    this.kafka = kafka;
  }

  /**
   * Runs it to its exit code.
   *
   * @param event what to publish
   * @param wanted which result answers it
   * @param waitSeconds patience; 0 publishes and returns
   */
  int run(Answer event, Predicate<ActivationResult> wanted, int waitSeconds) {
    try (EventSender sender = new EventSender(kafka)) {
      if (waitSeconds <= 0) {
        sender.publish(event);
        output.note("published to " + event.topic());
        printPublished(event);
        return Exit.DONE;
      }
      try (ActivationAnswers answers = new ActivationAnswers(kafka, event.topic())) {
        sender.publish(event);
        output.note("published to " + event.topic() + " as " + event.id() + ", waiting");
        Reply reply =
            answers
                .await(event.id(), wanted, Duration.ofSeconds(waitSeconds))
                .orElseThrow(() -> RequestCheck.noAnswer(event.id(), waitSeconds));
        return switch (reply) {
          case Answered answered -> print(answered.result());
          case SetAside aside ->
              throw CommandFailure.no(
                  aside.reason(),
                  "The event was set aside as %s (%s).".formatted(aside.reason(), aside.detail()));
        };
      }
    }
  }

  private void printPublished(Answer event) {
    if (output.json()) {
      output.document(Map.of("eventId", event.id(), "topic", event.topic()));
    } else {
      output.line(event.id().toString());
    }
  }

  private int print(ActivationResult result) {
    if (output.json()) {
      output.document(result);
    } else {
      printText(result);
    }
    boolean yes = result.verdict() == Verdict.GRANTED || result.verdict() == Verdict.CONFIRMED;
    return yes ? Exit.DONE : Exit.NO;
  }

  private void printText(ActivationResult result) {
    boolean yes = result.verdict() == Verdict.GRANTED || result.verdict() == Verdict.CONFIRMED;
    String verdict =
        yes ? output.good(result.verdict().name()) : output.bad(result.verdict().name());
    output.line(result.deviceId() + ": " + verdict);
    line("request", result.requestId());
    if (result.reason() != null) {
      line("reason", result.reason() + "  " + explained(result.reason()).title());
    }
    if (result.code() != null) {
      line("code", result.code() + "  " + explained(result.code()).title());
    }
    line("key", result.keyId());
    line("lease until", result.leaseUntil());
    line("expires", result.expiresAt());
    if (result.detail() != null) {
      result.detail().forEach((name, value) -> line(name, shown(value)));
    }
    if (result.warnings() != null) {
      for (Warning warning : result.warnings()) {
        line("warning", warning.reason() + " " + shown(warning.detail()));
      }
    }
    if (result.steps() != null) {
      result.steps().forEach(step -> line("step", step));
    }
    if (result.reason() != null) {
      explained(result.reason()).steps().forEach(step -> line("to do", step));
    }
  }

  /** Lists and objects as JSON, as the event has them. */
  private static Object shown(Object value) {
    return value instanceof Collection<?> || value instanceof Map<?, ?>
        ? Output.text(value)
        : value;
  }

  private void line(String name, Object value) {
    if (value != null) {
      output.line("  " + name + ": " + value);
    }
  }

  private static ExplainedCode explained(String code) {
    return ExplainedCode.of(code, SystemLanguage.get(), ReasonTexts.load());
  }
}
