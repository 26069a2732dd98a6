package io.kagimori.agent.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a product key. The key goes to key-service alone and is never printed. */
@Command(
    name = "register",
    description = "Registers a product key and the seats bought with it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori keys register mak-hq --kind MAK --covers windows-11=Enterprise,Education \\",
      "      --purchased 200 --product-key-file key.txt",
      "  kagimori keys register mak-all --kind MAK --covers windows-10 --purchased 50 < key.txt"
    })
final class RegisterKeyCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;
  @Mixin private WriteOptions write;
  @Mixin private SecretKeyInput secret;

  @Parameters(paramLabel = "KEY-ID", description = "The name you give the key.")
  private String keyId;

  @Option(names = "--kind", required = true, description = "${COMPLETION-CANDIDATES}")
  private KeyKind kind;

  @Option(
      names = "--covers",
      required = true,
      paramLabel = "PRODUCT[=EDITION,…]",
      description = "A product and the editions covered, all when none is named; repeatable.")
  private List<String> covers;

  @Option(names = "--purchased", required = true, description = "Seats bought.")
  private long purchased;

  @Option(names = "--agreement", paramLabel = "ID", description = "The agreement it belongs to.")
  private String agreementId;

  @Option(names = "--site", description = "Label of the site it is bound to.")
  private String site;

  @Option(names = "--expires", paramLabel = "DATE", description = "Last day of the key.")
  private LocalDate expires;

  @Option(
      names = "--activation-id",
      paramLabel = "GUID",
      description = "The add-on license an ESU key is for; may be repeated. Any when absent.")
  private List<String> activationIds;

  @Option(names = "--low-pool-percent", description = "Warn below this share of seats.")
  private Integer lowPoolPercent;

  @Option(names = "--low-pool-seats", description = "Warn below this many seats.")
  private Long lowPoolSeats;

  /** The body as key-service reads it; holds the key in full and has no readable form. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Body(
      String keyId,
      KeyKind kind,
      String productKey,
      List<KeyProduct> products,
      String agreementId,
      long purchased,
      String site,
      String expiresAt,
      Integer lowPoolPercent,
      Long lowPoolSeats) {
    @Override
    public String toString() {
      return "registration of " + keyId;
    }
  }

  @Override
  public Integer call() {
    Body body =
        new Body(
            keyId,
            kind,
            secret.read().value(),
            covers.stream().map(this::product).toList(),
            agreementId,
            purchased,
            site,
            Days.end(expires),
            lowPoolPercent,
            lowPoolSeats);
    ServiceClient keys = new ServiceClient("key-service", connections.keyService());
    return Writes.print(
        output,
        keys.post("/keys", body, write.requestId(), write.waitSeconds()),
        write.waitSeconds() > 0);
  }

  private KeyProduct product(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new KeyProduct(text, List.of("*"), activationIds)
        : new KeyProduct(
            text.substring(0, equals),
            Arrays.asList(text.substring(equals + 1).split(",")),
            activationIds);
  }
}
