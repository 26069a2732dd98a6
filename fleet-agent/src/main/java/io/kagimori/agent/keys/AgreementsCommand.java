package io.kagimori.agent.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.event.AgreementProgram;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Agreements under which keys were bought. */
@Command(
    name = "agreements",
    description = "Lists and registers volume-license agreements.",
    subcommands = {
      AgreementsCommand.ListAgreements.class,
      AgreementsCommand.ShowAgreement.class,
      AgreementsCommand.RegisterAgreement.class
    })
public final class AgreementsCommand extends Group {

  /** Every agreement. */
  @Command(name = "list", description = "Lists the agreements.")
  static final class ListAgreements implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      new Listing(keys.items("/agreements", Map.of(), limit))
          .print(output, "agreementId", "program", "windowsOrders", "validFrom", "validTo");
      return Exit.DONE;
    }
  }

  /** One agreement. */
  @Command(name = "show", description = "Shows one agreement.")
  static final class ShowAgreement implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "AGREEMENT", description = "Id of the agreement.")
    private String agreementId;

    @Override
    public Integer call() {
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      Listing.printOne(output, keys.get("/agreements/" + ServiceClient.encoded(agreementId)));
      return Exit.DONE;
    }
  }

  /** A new agreement. */
  @Command(
      name = "register",
      description = "Registers an agreement.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori agreements register A-1 --program OPEN_VALUE --windows-orders 5")
  static final class RegisterAgreement implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private WriteOptions write;

    @Parameters(paramLabel = "AGREEMENT", description = "Id of the agreement.")
    private String agreementId;

    @Option(names = "--program", required = true, description = "${COMPLETION-CANDIDATES}")
    private AgreementProgram program;

    @Option(names = "--windows-orders", description = "Windows licenses ordered.")
    private Long windowsOrders;

    @Option(names = "--valid-from", paramLabel = "DATE", description = "First day, 2026-04-01.")
    private LocalDate validFrom;

    @Option(names = "--valid-to", paramLabel = "DATE", description = "Last day.")
    private LocalDate validTo;

    @Option(
        names = "--portal-key",
        paramLabel = "LAST5",
        description = "Last five characters of a key in the vendor's list; repeatable.")
    private List<String> portalKeys;

    /** The body as key-service reads it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
        String agreementId,
        AgreementProgram program,
        Long windowsOrders,
        String validFrom,
        String validTo,
        List<String> portalKeys) {}

    @Override
    public Integer call() {
      Body body =
          new Body(
              agreementId,
              program,
              windowsOrders,
              Days.start(validFrom),
              Days.end(validTo),
              portalKeys);
      ServiceClient keys = new ServiceClient("key-service", connections.keyService());
      return Writes.print(
          output,
          keys.post("/agreements", body, write.requestId(), write.waitSeconds()),
          write.waitSeconds() > 0);
    }
  }
}
