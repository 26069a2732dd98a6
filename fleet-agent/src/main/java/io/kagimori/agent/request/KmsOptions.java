package io.kagimori.agent.request;

import io.kagimori.contracts.event.ActivationRequested;
import picocli.CommandLine.Option;

/** The KMS host to activate with, mixed into requests that may do so. */
public final class KmsOptions {
  @Option(names = "--kms-host", paramLabel = "HOST", description = "The KMS host; KMS needs it.")
  private String host;

  @Option(names = "--kms-port", paramLabel = "PORT", description = "Its port; 1688 when absent.")
  private Integer port;

  @Option(names = "--cmid", description = "Client machine id; KMS needs it.")
  private String cmid;

  /** The host and the client's id; null where neither was given. */
  public ActivationRequested.Kms kms() {
    return host == null && cmid == null ? null : new ActivationRequested.Kms(host, port, cmid);
  }
}
