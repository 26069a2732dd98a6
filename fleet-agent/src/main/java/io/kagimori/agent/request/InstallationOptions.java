package io.kagimori.agent.request;

import picocli.CommandLine.Option;

/** Which installation a seat is for, mixed into every request that leads to an activation. */
public final class InstallationOptions {
  @Option(names = "--installation-id", paramLabel = "DIGITS", description = "54 or 63 digits.")
  private String installationId;

  @Option(names = "--site", description = "Label of the site.")
  private String site;

  public String installationId() {
    return installationId;
  }

  public String site() {
    return site;
  }
}
