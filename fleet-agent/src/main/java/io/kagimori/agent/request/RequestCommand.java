package io.kagimori.agent.request;

import io.kagimori.agent.cli.Group;
import io.kagimori.agent.edition.RequestReimageCommand;
import io.kagimori.agent.edition.RequestUpgradeCommand;
import picocli.CommandLine.Command;

/** Requests and reports in the name of a device. */
@Command(
    name = "request",
    description = "Publishes a request in the name of a device and waits for its answer.",
    subcommands = {
      RequestActivationCommand.class,
      RequestUpgradeCommand.class,
      RequestReimageCommand.class,
      RequestEsuCommand.class,
      ReportAttemptCommand.class
    })
public final class RequestCommand extends Group {}
