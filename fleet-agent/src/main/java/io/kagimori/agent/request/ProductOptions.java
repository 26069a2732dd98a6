package io.kagimori.agent.request;

import picocli.CommandLine.Option;

/** A device and what runs on it, mixed into requests for exactly one. */
final class ProductOptions {
  @Option(names = "--device", required = true, paramLabel = "ID", description = "The device.")
  private String deviceId;

  @Option(
      names = "--product",
      required = true,
      paramLabel = "SLUG",
      description = "windows-11, windows-server-2022 …")
  private String product;

  @Option(names = "--edition", required = true, description = "EditionID as DISM prints it.")
  private String edition;

  String deviceId() {
    return deviceId;
  }

  String product() {
    return product;
  }

  String edition() {
    return edition;
  }
}
