package io.kagimori.agent.edition;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.keys.Writes;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.ImageRegistrationRequested;
import io.kagimori.contracts.event.ImageRegistrationRequestedBuilder;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images that devices are re-imaged with. */
@Command(
    name = "images",
    description = "Lists and registers images for re-imaging.",
    subcommands = {
      ImagesCommand.ListImages.class,
      ImagesCommand.ShowImage.class,
      ImagesCommand.RegisterImage.class
    })
public final class ImagesCommand extends Group {

  private static ServiceClient editions(Connections connections) {
    return new ServiceClient("edition-service", connections.editionService());
  }

  /** Every image. */
  @Command(name = "list", description = "Lists the images.")
  static final class ListImages implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      new Listing(editions(connections).items("/images", Map.of(), limit))
          .print(
              output,
              "imageId",
              "product",
              "edition",
              "language",
              "kind",
              "source",
              "keyId",
              "revision");
      return Exit.DONE;
    }
  }

  /** One image. */
  @Command(name = "show", description = "Shows one image.")
  static final class ShowImage implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "IMAGE", description = "Id of the image.")
    private String imageId;

    @Override
    public Integer call() {
      Listing.printOne(
          output, editions(connections).get("/images/" + ServiceClient.encoded(imageId)));
      return Exit.DONE;
    }
  }

  /** A new image, or news of a known one. */
  @Command(
      name = "register",
      description = "Registers an image, or changes what is known of it; decisions taken stay.",
      footerHeading = "%nExample:%n",
      footer = {
        "  kagimori images register win11-pro-ja --product windows-11 --edition Professional \\",
        "      --language ja-JP --kind VOLUME --source VLSC --key mak-hq"
      })
  static final class RegisterImage implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private WriteOptions write;

    @Parameters(paramLabel = "IMAGE", description = "Id of the image.")
    private String imageId;

    @Option(names = "--product", required = true, paramLabel = "SLUG", description = "windows-11 …")
    private String product;

    @Option(names = "--edition", required = true, description = "EditionID.")
    private String edition;

    @Option(names = "--language", required = true, paramLabel = "TAG", description = "ja-JP …")
    private String language;

    @Option(names = "--kind", required = true, description = "${COMPLETION-CANDIDATES}")
    private ImageKind kind;

    @Option(names = "--os-version", description = "Feature version, such as 24H2.")
    private String version;

    @Option(names = "--source", description = "Portal or medium it came from, such as VLSC.")
    private String source;

    @Option(names = "--key", paramLabel = "KEY-ID", description = "The key paired with it.")
    private String keyId;

    @Option(names = "--maker", description = "OEM images: maker of the recovery medium.")
    private String maker;

    @Option(names = "--model", description = "OEM images: model it was made for.")
    private String model;

    @Option(names = "--unmodified", description = "It is as its maker delivered it.")
    private boolean unmodified;

    @Override
    public Integer call() {
      ImageRegistrationRequested image =
          RequestCheck.usable(
              ImageRegistrationRequestedBuilder.builder()
                  .imageId(imageId)
                  .product(product)
                  .edition(edition)
                  .language(language)
                  .version(version)
                  .kind(kind)
                  .source(source)
                  .keyId(keyId)
                  .maker(maker)
                  .model(model)
                  .modified(unmodified ? false : null)
                  .build(),
              "image");
      return Writes.print(
          output,
          editions(connections).post("/images", image, write.requestId(), write.waitSeconds()),
          write.waitSeconds() > 0);
    }
  }
}
