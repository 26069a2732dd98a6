package io.kagimori.agent.devices;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.rest.ServiceClient.Written;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A device that is about to be handed out. */
@Command(
    name = "ship",
    description = "Marks a device as about to be handed out; exit code 1 while it is not licensed.")
final class ShipCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;
  @Mixin private WriteOptions write;

  @Parameters(paramLabel = "DEVICE", description = "Id of the device.")
  private String deviceId;

  @Option(names = "--withdraw", description = "Take the mark back.")
  private boolean withdraw;

  @Override
  public Integer call() {
    Written written =
        new ServiceClient("activation-service", connections.activationService())
            .post(
                "/devices/" + ServiceClient.encoded(deviceId) + "/shipping",
                Map.of("ship", !withdraw),
                write.requestId(),
                write.waitSeconds());
    JsonNode shipping = written.body().path("shipping");
    if (output.json()) {
      output.document(written.body());
    } else if (written.done()) {
      String state = Listing.cell(shipping, "state");
      output.line(deviceId + ": " + (state.isEmpty() ? "not marked" : state));
    } else {
      output.line("request " + written.requestId() + " is on its way");
    }
    return shipping.path("state").asText().equals("NOT_READY_TO_SHIP") ? Exit.NO : Exit.DONE;
  }
}
