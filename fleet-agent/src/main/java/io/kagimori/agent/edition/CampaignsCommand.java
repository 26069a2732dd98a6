package io.kagimori.agent.edition;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.keys.Writes;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.simulation.Progress;
import io.kagimori.contracts.event.EditionCampaignRequested;
import io.kagimori.contracts.event.EditionCampaignRequestedBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Campaigns: upgrades and re-images in waves. */
@Command(
    name = "campaigns",
    description = {
      "Creates campaigns of upgrades and re-images, shows how far they have come, pauses them.",
      "Requests join one with --campaign and --wave."
    },
    subcommands = {
      CampaignsCommand.ListCampaigns.class,
      CampaignsCommand.ShowCampaign.class,
      CampaignsCommand.CreateCampaign.class,
      CampaignsCommand.PauseCampaign.class,
      CampaignsCommand.ResumeCampaign.class,
      CampaignsCommand.CancelCampaign.class
    })
public final class CampaignsCommand extends Group {

  private static ServiceClient editions(Connections connections) {
    return new ServiceClient("edition-service", connections.editionService());
  }

  private static String path(String campaignId) {
    return "/campaigns/" + ServiceClient.encoded(campaignId);
  }

  /** Every campaign. */
  @Command(name = "list", description = "Lists the campaigns.")
  static final class ListCampaigns implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      new Listing(editions(connections).items("/campaigns", Map.of(), limit))
          .print(output, "campaignId", "state", "wave", "reason", "createdAt");
      return Exit.DONE;
    }
  }

  /** One campaign. */
  @Command(
      name = "show",
      description = {
        "Shows a campaign: its funnel by state and wave, failures by reason, median duration.",
        "With --follow it waits until every change has ended; exit code 1 when some did not end"
            + " well."
      },
      footerHeading = "%nExample:%n",
      footer = "  kagimori campaigns show autumn --follow")
  static final class ShowCampaign implements Callable<Integer> {
    private static final long PAUSE_NANOS = 1_000_000_000L;

    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.")
    private String campaignId;

    @Option(names = "--follow", description = "Wait until every change has ended.")
    private boolean follow;

    @Option(
        names = "--for",
        paramLabel = "SECONDS",
        defaultValue = "86400",
        description = "With --follow: wait at most this long (default a day).")
    private long seconds;

    @Override
    public Integer call() {
      ServiceClient editions = editions(connections);
      CampaignFunnel funnel = new CampaignFunnel(editions.get(path(campaignId)));
      if (follow) {
        funnel = followed(editions, funnel);
      }
      if (output.json()) {
        output.document(funnel.campaign());
      } else {
        funnel.print(output);
      }
      if (!follow) {
        return Exit.DONE;
      }
      if (!funnel.isOver()) {
        output.note("The time is up; some changes have not ended.");
        return Exit.OUTSIDE;
      }
      return funnel.unwanted() > 0 ? Exit.NO : Exit.DONE;
    }

    private CampaignFunnel followed(ServiceClient editions, CampaignFunnel first) {
      long deadline = System.nanoTime() + seconds * 1_000_000_000L;
      CampaignFunnel funnel = first;
      try (Progress progress = new Progress(output)) {
        progress.begin(campaignId, funnel.total());
        while (!funnel.isOver() && System.nanoTime() < deadline) {
          progress.of(funnel.ended(), funnel.total());
          LockSupport.parkNanos(PAUSE_NANOS);
          funnel = new CampaignFunnel(editions.get(path(campaignId)));
        }
        progress.of(funnel.ended(), funnel.total());
      }
      return funnel;
    }
  }

  /** A new campaign, or another plan for one that has not ended. */
  @Command(
      name = "create",
      description = {
        "Creates a campaign, or changes the plan of one that has not ended.",
        "It takes requests at once and releases them wave by wave."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  kagimori campaigns create autumn --title 'Datacenter for all' --window 22:00-04:00 \\",
        "      --pause-failure-percent 10 --reboot-in-window"
      })
  static final class CreateCampaign implements Callable<Integer> {
    private static final Pattern WINDOW =
        Pattern.compile("([01]?\\d|2[0-4]):([0-5]\\d)-([01]?\\d|2[0-4]):([0-5]\\d)");

    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private WriteOptions write;

    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.")
    private String campaignId;

    @Option(names = "--title", description = "What it is for.")
    private String title;

    @Option(
        names = "--opens-at",
        paramLabel = "TIME",
        description =
            "First moment at which a wave begins, 2026-12-01T20:00:00Z; at once when absent.")
    private Instant opensAt;

    @Option(
        names = "--closes-at",
        paramLabel = "TIME",
        description = "Last moment; what has not begun by then is given up (90 days when absent).")
    private Instant closesAt;

    @Option(
        names = "--window",
        paramLabel = "HH:MM-HH:MM",
        description = "Time of the day (UTC) at which waves begin; it may span midnight.")
    private String window;

    @Option(
        names = "--pause-failure-percent",
        paramLabel = "N",
        description = "Pause when more than this share has failed (20 when absent).")
    private Integer pauseFailurePercent;

    @Option(
        names = "--pause-failures-min",
        paramLabel = "N",
        description = "Fewer failures never pause it (5 when absent).")
    private Integer pauseFailuresMin;

    @Option(
        names = "--reboot-in-window",
        description = "Restart devices inside the window that put it off.")
    private boolean rebootInWindow;

    @Override
    public Integer call() {
      int[] minutes = minutes();
      EditionCampaignRequested campaign =
          RequestCheck.usable(
              EditionCampaignRequestedBuilder.builder()
                  .campaignId(campaignId)
                  .title(title)
                  .opensAt(opensAt)
                  .closesAt(closesAt)
                  .windowFromMinute(minutes.length == 0 ? null : minutes[0])
                  .windowToMinute(minutes.length == 0 ? null : minutes[1])
                  .pauseFailurePercent(pauseFailurePercent)
                  .pauseFailuresMin(pauseFailuresMin)
                  .rebootInWindow(rebootInWindow ? true : null)
                  .build(),
              "campaign");
      return Writes.print(
          output,
          editions(connections)
              .post("/campaigns", campaign, write.requestId(), write.waitSeconds()),
          write.waitSeconds() > 0);
    }

    /** First minute of the window and first after it; empty without a window. */
    private int[] minutes() {
      if (window == null) {
        return new int[0];
      }
      Matcher times = WINDOW.matcher(window.strip());
      if (!times.matches()) {
        throw CommandFailure.usage(
            Failures.USAGE, "A window is written as 22:00-04:00, not as " + window + ".");
      }
      return new int[] {
        Integer.parseInt(times.group(1)) * 60 + Integer.parseInt(times.group(2)),
        Integer.parseInt(times.group(3)) * 60 + Integer.parseInt(times.group(4))
      };
    }
  }

  /** What an operator does to a campaign. */
  private abstract static class Control implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private WriteOptions write;

    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign.")
    private String campaignId;

    @Option(names = "--comment", description = "Why.")
    private String comment;

    private final String action;

    Control(String action) {
      this.action = action;
    }

    @Override
    public Integer call() {
      return Writes.print(
          output,
          editions(connections)
              .post(
                  path(campaignId) + "/" + action,
                  comment == null ? Map.of() : Map.of("comment", comment),
                  write.requestId(),
                  write.waitSeconds()),
          write.waitSeconds() > 0);
    }
  }

  /** No further wave. */
  @Command(
      name = "pause",
      description = "Releases no further wave; what has begun goes on.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori campaigns pause autumn --comment 'printers fail'")
  static final class PauseCampaign extends Control {
    PauseCampaign() {
      super("pause");
    }
  }

  /** Goes on. */
  @Command(name = "resume", description = "Goes on; failures so far no longer pause it.")
  static final class ResumeCampaign extends Control {
    ResumeCampaign() {
      super("resume");
    }
  }

  /** Gives up what has not begun. */
  @Command(name = "cancel", description = "Ends it: what has not begun is given up.")
  static final class CancelCampaign extends Control {
    CancelCampaign() {
      super("cancel");
    }
  }
}
