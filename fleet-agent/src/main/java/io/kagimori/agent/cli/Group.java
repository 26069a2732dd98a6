package io.kagimori.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only groups others: alone it is wrong usage. */
public abstract class Group implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean unusedHelp; // picocli acts on it

  @Option(names = "--json", hidden = true)
  private boolean unusedJson; // for the document that tells the mistake

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "'%s' wants one of: %s"
            .formatted(spec.qualifiedName(), String.join(", ", spec.subcommands().keySet())));
  }
}
