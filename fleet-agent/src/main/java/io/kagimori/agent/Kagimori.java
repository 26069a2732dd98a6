package io.kagimori.agent;

import io.kagimori.agent.bench.BenchCommand;
import io.kagimori.agent.cli.DashVariants;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Terminal;
import io.kagimori.agent.cli.TypedWords;
import io.kagimori.agent.collect.publish.CollectCommand;
import io.kagimori.agent.devices.DevicesCommand;
import io.kagimori.agent.drop.AgentCommand;
import io.kagimori.agent.edition.CampaignsCommand;
import io.kagimori.agent.edition.ImagesCommand;
import io.kagimori.agent.edition.ReimageCommand;
import io.kagimori.agent.edition.UpgradesCommand;
import io.kagimori.agent.esu.EsuCommand;
import io.kagimori.agent.explain.ExplainCommand;
import io.kagimori.agent.incidents.IncidentsCommand;
import io.kagimori.agent.keycheck.CheckKeyCommand;
import io.kagimori.agent.keys.AgreementsCommand;
import io.kagimori.agent.keys.KeysCommand;
import io.kagimori.agent.keys.PoolsCommand;
import io.kagimori.agent.keys.SetupKeysCommand;
import io.kagimori.agent.kmshosts.KmsHostsCommand;
import io.kagimori.agent.local.UpCommand;
import io.kagimori.agent.probe.ProbeCommand;
import io.kagimori.agent.request.RequestCommand;
import io.kagimori.agent.simulation.DemoCommand;
import io.kagimori.agent.simulation.SimulateCommand;
import io.kagimori.agent.watch.WatchCommand;
import io.kagimori.agent.workitems.WorkItemsCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of Kagimori. */
@Command(
    name = "kagimori",
    description = "Keeper of keys: volume-license activation for Windows fleets.",
    versionProvider = Kagimori.Version.class,
    subcommands = {
      ExplainCommand.class,
      CheckKeyCommand.class,
      AgreementsCommand.class,
      KeysCommand.class,
      SetupKeysCommand.class,
      PoolsCommand.class,
      DevicesCommand.class,
      KmsHostsCommand.class,
      IncidentsCommand.class,
      WorkItemsCommand.class,
      CollectCommand.class,
      AgentCommand.class,
      ProbeCommand.class,
      RequestCommand.class,
      UpgradesCommand.class,
      ReimageCommand.class,
      CampaignsCommand.class,
      ImagesCommand.class,
      EsuCommand.class,
      WatchCommand.class,
      SimulateCommand.class,
      DemoCommand.class,
      UpCommand.class,
      BenchCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  the answer is no: refused, invalid, an invariant broken",
      "  2  wrong usage",
      "  3  the outside world failed: no broker, no service, no answer in time"
    })
public final class Kagimori implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean unusedHelp; // picocli acts on it

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean unusedVersion; // picocli acts on it

  /** The version that the build wrote into the archive; classes outside of one have none. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Kagimori.class.getPackage().getImplementationVersion();
      return new String[] {"kagimori " + (version == null ? "(not packaged)" : version)};
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "No command was given");
  }

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args as typed
   */
  public static void main(String[] args) {
    // What the Kafka client has to say is said better, and once, by the command that failed.
    System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
    boolean colour = Terminal.console().isPresent() && Ansi.AUTO.enabled();
    PrintWriter out = utf8(FileDescriptor.out);
    PrintWriter err = utf8(FileDescriptor.err);
    int exitCode = run(out, err, colour ? Ansi.ON : Ansi.OFF, TypedWords.restored(args));
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /**
   * Runs a command.
   *
   * @param out takes the answer
   * @param err takes progress and complaints
   * @param ansi whether a terminal shows it
   * @param args as typed
   * @return the exit code, see {@link io.kagimori.agent.cli.Exit}
   */
  public static int run(PrintWriter out, PrintWriter err, Ansi ansi, String... args) {
    Failures failures = new Failures();
    CommandLine commands =
        new CommandLine(new Kagimori())
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
            .setUsageHelpAutoWidth(true)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures);
    Optional<DashVariants.Meant> meant = DashVariants.firstIn(commands, args);
    if (meant.isPresent()) {
      String sentence =
          "'%s' is not written with plain hyphens. Did you mean %s?"
              .formatted(meant.get().typed(), meant.get().option());
      return failures.handleParseException(new ParameterException(commands, sentence), args);
    }
    return commands.execute(args);
  }

  /** Whatever the locale says: Japanese text and JSON are UTF-8. */
  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
