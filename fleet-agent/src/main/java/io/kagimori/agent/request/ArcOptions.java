package io.kagimori.agent.request;

import io.kagimori.contracts.event.EsuEnrolmentRequested.ArcLicense;
import picocli.CommandLine.Option;

/** The license resource of Azure Arc that bills a device, as Azure shows it. */
final class ArcOptions {
  @Option(
      names = "--arc-license",
      required = true,
      paramLabel = "NAME",
      description = "License resource that bills the device; for platform ARC.")
  private String licenseId;

  @Option(names = "--arc-cores", required = true, paramLabel = "N", description = "Its cores.")
  private Integer cores;

  @Option(
      names = "--device-cores",
      required = true,
      paramLabel = "N",
      description = "Cores of the device.")
  private Integer deviceCores;

  @Option(names = "--arc-core-type", description = "PHYSICAL or VIRTUAL.")
  private String coreType;

  @Option(names = "--arc-edition", description = "STANDARD or DATACENTER.")
  private String edition;

  @Option(
      names = "--arc-state",
      defaultValue = "ACTIVATED",
      description = "ACTIVATED (default) or DEACTIVATED.")
  private String state;

  ArcLicense license() {
    return new ArcLicense(licenseId, coreType, edition, state, cores, deviceCores);
  }
}
