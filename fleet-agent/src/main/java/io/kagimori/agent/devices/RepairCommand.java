package io.kagimori.agent.devices;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.rest.ServiceClient.Written;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What came of a step of repair. */
@Command(
    name = "repair",
    description = "Records what came of a step of repair on a device.",
    footerHeading = "%nExample:%n",
    footer = "  kagimori devices repair pc-17 --step FILE_CHECK --failed --code 0x800F081F")
final class RepairCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;
  @Mixin private WriteOptions write;

  @Parameters(paramLabel = "DEVICE", description = "Id of the device.")
  private String deviceId;

  @Option(names = "--step", required = true, description = "${COMPLETION-CANDIDATES}")
  private Step step;

  @Option(names = "--failed", description = "It did not help; without this it did.")
  private boolean failed;

  @Option(names = "--code", description = "The code Windows printed.")
  private String code;

  /** Steps of repair, in the order in which they are tried. */
  enum Step {
    FILE_CHECK,
    IMAGE_REPAIR,
    IN_PLACE_REPAIR
  }

  /** The body as activation-service reads it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Body(Step step, boolean succeeded, String code) {}

  @Override
  public Integer call() {
    Written written =
        new ServiceClient("activation-service", connections.activationService())
            .post(
                "/devices/" + ServiceClient.encoded(deviceId) + "/repairs",
                new Body(step, !failed, code),
                write.requestId(),
                write.waitSeconds());
    if (output.json()) {
      output.document(written.body());
    } else {
      output.line(
          written.done()
              ? deviceId + ": " + step + " recorded"
              : "request " + written.requestId() + " is on its way");
    }
    return Exit.DONE;
  }
}
