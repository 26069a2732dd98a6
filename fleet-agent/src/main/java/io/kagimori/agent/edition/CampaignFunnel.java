package io.kagimori.agent.edition;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.cli.TextTable;
import io.kagimori.agent.explain.ExplainedCode;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.contracts.event.CampaignState;
import io.kagimori.contracts.event.EditionState;
import java.util.Set;

/**
 * How far a campaign has come, as edition-service tells it.
 *
 * @param campaign the campaign with its figures
 */
record CampaignFunnel(JsonNode campaign) {
  private static final int BAR = 30;

  /** States in which a campaign takes no change any more. */
  private static final Set<String> TAKES_NONE =
      Set.of(CampaignState.CANCELLED.name(), CampaignState.CLOSED.name());

  /** States from which a change goes no further by itself. */
  private static final Set<EditionState> ENDS =
      Set.of(
          EditionState.COMPLETED,
          EditionState.NEEDS_ACTIVATION,
          EditionState.FAILED,
          EditionState.REFUSED);

  private JsonNode funnel() {
    return campaign.path("figures").path("funnel");
  }

  private long count(EditionState state) {
    return funnel().path(state.name()).asLong();
  }

  /** Changes of the campaign. */
  long total() {
    return funnel().valueStream().mapToLong(JsonNode::asLong).sum();
  }

  /** Changes that have come to an end. */
  long ended() {
    return ENDS.stream().mapToLong(this::count).sum();
  }

  /** Changes that have come to an end that nobody wanted. */
  long unwanted() {
    return ended() - count(EditionState.COMPLETED);
  }

  /** Whether nothing more happens in it: all changes have ended, and if there is none, it has. */
  boolean isOver() {
    return total() == 0 ? TAKES_NONE.contains(state()) : ended() == total();
  }

  private String state() {
    return campaign.path("state").asText();
  }

  /** Prints the campaign, its funnel, its waves and why changes failed. */
  void print(Output output) {
    output.line(
        "%s: %s, wave %s%s"
            .formatted(
                campaign.path("campaignId").asText(),
                state(),
                campaign.path("wave").asText(),
                campaign.hasNonNull("reason") ? ", " + campaign.path("reason").asText() : ""));
    if (campaign.path("plan").hasNonNull("title")) {
      output.line("  " + campaign.path("plan").path("title").asText());
    }
    StateTexts texts = StateTexts.load(SystemLanguage.get());
    TextTable table = new TextTable("state", "changes", "", "");
    for (EditionState state : EditionState.values()) {
      if (count(state) > 0) {
        table.row(state, count(state), bar(count(state)), texts.of(state));
      }
    }
    table.lines().forEach(output::line);
    printWaves(output);
    ReasonTexts reasons = ReasonTexts.load();
    campaign
        .path("figures")
        .path("reasons")
        .properties()
        .forEach(
            reason ->
                output.line(
                    "  %s %s  %s"
                        .formatted(
                            reason.getKey(),
                            reason.getValue().asText(),
                            ExplainedCode.of(reason.getKey(), SystemLanguage.get(), reasons)
                                .title())));
    String median = Listing.cell(campaign.path("figures"), "medianSeconds");
    if (!median.isEmpty()) {
      output.line("  median of those completed: %.0f s".formatted(Double.parseDouble(median)));
    }
  }

  private void printWaves(Output output) {
    for (var wave : campaign.path("figures").path("waves").properties()) {
      output.line(
          "  wave %s: %s"
              .formatted(
                  wave.getKey(),
                  String.join(
                      ", ",
                      wave.getValue().properties().stream()
                          .map(state -> state.getKey() + " " + state.getValue().asText())
                          .toList())));
    }
  }

  private String bar(long changes) {
    return "#".repeat((int) Math.max(1, changes * BAR / total()));
  }
}
