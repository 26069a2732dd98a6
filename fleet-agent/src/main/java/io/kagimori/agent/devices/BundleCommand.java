package io.kagimori.agent.devices;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The evidence on a device for a vendor's ticket. */
@Command(
    name = "bundle",
    description = "Writes the evidence on a device as one archive, without any product key.",
    footerHeading = "%nExample:%n",
    footer = "  kagimori devices bundle pc-17 --out pc-17.zip")
final class BundleCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Parameters(paramLabel = "DEVICE", description = "Id of the device.")
  private String deviceId;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write.")
  private Path file;

  /**
   * What was written.
   *
   * @param deviceId the device
   * @param file where
   * @param bytes how large
   */
  record Written(String deviceId, String file, int bytes) {}

  @Override
  public Integer call() {
    byte[] archive =
        new ServiceClient("activation-service", connections.activationService())
            .bytes("/devices/" + ServiceClient.encoded(deviceId) + "/bundle");
    try {
      Files.write(file, archive);
    } catch (IOException e) {
      throw CommandFailure.outside("FILE_NOT_WRITTEN", file + " cannot be written.", e);
    }
    if (output.json()) {
      output.document(new Written(deviceId, file.toString(), archive.length));
    } else {
      output.line(file + ": " + archive.length + " bytes");
    }
    return Exit.DONE;
  }
}
