package io.kagimori.agent.esu;

import io.kagimori.agent.cli.Group;
import picocli.CommandLine.Command;

/** Extended Security Updates: programs, coverage, scripts, imports. */
@Command(
    name = "esu",
    description =
        "Extended Security Updates: programs, coverage, scripts, campaigns, imports, updates.",
    subcommands = {
      EsuProgramsCommand.class,
      EsuCoverageCommand.class,
      EsuScriptCommand.class,
      EsuCampaignCommand.class,
      EsuImportCommand.class,
      EsuUpdateCommand.class
    })
public final class EsuCommand extends Group {}
