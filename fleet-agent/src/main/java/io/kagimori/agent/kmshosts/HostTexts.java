package io.kagimori.agent.kmshosts;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.explain.ExplainedCode;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.contracts.catalogue.Language;
import java.util.Map;
import java.util.StringJoiner;

/** A KMS host in words, in English or Japanese. */
final class HostTexts {
  private final Output output;
  private final Language language;
  private final ReasonTexts reasons = ReasonTexts.load();

  HostTexts(Output output, Language language) {
    this.output = output;
    this.language = language;
  }

  /** The count; at its ceiling it stands for more clients than it says. */
  static String count(JsonNode host) {
    String count = Listing.cell(host, "count");
    return host.path("atCeiling").asBoolean() ? count + " (at ceiling)" : count;
  }

  static String codes(JsonNode host) {
    StringJoiner codes = new StringJoiner(" ");
    host.path("findings").forEach(finding -> codes.add(finding.path("code").asText()));
    return codes.toString();
  }

  void print(JsonNode host) {
    output.line(output.strong(host.path("host").asText() + ":" + host.path("port").asText()));
    line("state", "状態", host.path("state").asText());
    String ceiling =
        host.path("atCeiling").asBoolean()
            ? in(" (at ceiling: it stands for any larger number)", " (上限: 実際はこれより多い)")
            : "";
    line("clients counted", "数えたクライアント", host.path("count").asText() + ceiling);
    thresholds(host);
    JsonNode reported = host.path("reported");
    line("DNS publishing", "DNS 発行", onOff(reported.path("dnsPublishing")));
    line("priority", "優先順位", Listing.cell(reported, "priority"));
    line("activation interval (minutes)", "認証間隔 (分)", cell(reported, "activationIntervalMinutes"));
    line("renewal interval (minutes)", "更新間隔 (分)", cell(reported, "renewalIntervalMinutes"));
    line("host key", "ホスト キー", keyUse(host.path("keyUse")));
    JsonNode service = host.path("service");
    line("service", "サービス", cell(service, "name"));
    line("last start of the service", "サービスの最終起動", cell(service, "startedAt"));
    requests(host.path("requests"));
    line("evidence age (minutes)", "情報の経過時間 (分)", cell(host, "evidenceAgeMinutes"));
    line("last seen (minutes ago)", "最後に見えた時刻 (分前)", cell(host, "lastSeenMinutes"));
    host.path("changes").forEach(this::change);
    host.path("findings").forEach(this::finding);
  }

  private void thresholds(JsonNode host) {
    StringJoiner kinds = new StringJoiner(", ");
    host.path("thresholds")
        .forEach(
            threshold ->
                kinds.add(
                    threshold.path("kind").asText()
                        + " "
                        + threshold.path("required").asText()
                        + (threshold.path("reached").asBoolean()
                            ? in(" reached", " 到達")
                            : in(" not reached", " 未達"))));
    line("thresholds", "しきい値", kinds.toString());
  }

  private void requests(JsonNode requests) {
    if (requests.isMissingNode()) {
      return;
    }
    StringJoiner counters = new StringJoiner(", ");
    for (Map.Entry<String, JsonNode> counter : requests.properties()) {
      counters.add(counter.getKey() + " " + counter.getValue().asText());
    }
    line("requests", "要求", counters.toString());
  }

  private void change(JsonNode change) {
    String by = change.hasNonNull("by") ? " (" + change.path("by").asText() + ")" : "";
    line(
        "changed",
        "変更",
        "%s %s: %s -> %s%s"
            .formatted(
                change.path("at").asText(),
                change.path("setting").asText(),
                change.path("from").asText(),
                change.path("to").asText(),
                by));
  }

  private void finding(JsonNode finding) {
    String code = finding.path("code").asText();
    ExplainedCode explained = ExplainedCode.of(code, language, reasons);
    output.line(output.bad(code) + "  " + explained.title());
    if (finding.hasNonNull("since")) {
      line("since", "発生", finding.path("since").asText());
    }
    for (Map.Entry<String, JsonNode> figure : finding.path("detail").properties()) {
      line(figure.getKey(), figure.getKey(), Listing.cell(finding.path("detail"), figure.getKey()));
    }
    explained.steps().forEach(step -> line("to do", "対処", step));
  }

  private String keyUse(JsonNode use) {
    return use.isMissingNode()
        ? ""
        : in("%s on %d of %d hosts", "%s %d/%d 台のホスト")
            .formatted(
                use.path("partialKey").asText(),
                use.path("hosts").asLong(),
                use.path("hostsAllowed").asInt());
  }

  private String onOff(JsonNode value) {
    if (!value.isBoolean()) {
      return "";
    }
    return value.asBoolean() ? in("on", "有効") : in("off", "無効");
  }

  private static String cell(JsonNode node, String field) {
    return Listing.cell(node, field);
  }

  private void line(String english, String japanese, String value) {
    if (!value.isEmpty()) {
      output.line("  " + in(english, japanese) + ": " + value);
    }
  }

  private String in(String english, String japanese) {
    return language == Language.JA ? japanese : english;
  }
}
