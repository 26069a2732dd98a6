package io.kagimori.agent.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Where the running stack is, mixed into every command that talks to it. */
public final class Connections {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:KAGIMORI_KAFKA:-127.0.0.1:19092}",
      description = "Kafka (KAGIMORI_KAFKA; default 127.0.0.1:19092).")
  private String kafka;

  @Option(
      names = "--key-service",
      paramLabel = "URL",
      defaultValue = "${env:KAGIMORI_KEY_SERVICE:-http://127.0.0.1:8081}",
      description = "key-service (KAGIMORI_KEY_SERVICE; default http://127.0.0.1:8081).")
  private URI keyService;

  @Option(
      names = "--activation-service",
      paramLabel = "URL",
      defaultValue = "${env:KAGIMORI_ACTIVATION_SERVICE:-http://127.0.0.1:8082}",
      description =
          "activation-service (KAGIMORI_ACTIVATION_SERVICE; default http://127.0.0.1:8082).")
  private URI activationService;

  @Option(
      names = "--edition-service",
      paramLabel = "URL",
      defaultValue = "${env:KAGIMORI_EDITION_SERVICE:-http://127.0.0.1:8083}",
      description = "edition-service (KAGIMORI_EDITION_SERVICE; default http://127.0.0.1:8083).")
  private URI editionService;

  @Option(
      names = "--esu-service",
      paramLabel = "URL",
      defaultValue = "${env:KAGIMORI_ESU_SERVICE:-http://127.0.0.1:8084}",
      description = "esu-service (KAGIMORI_ESU_SERVICE; default http://127.0.0.1:8084).")
  private URI esuService;

  /** Bootstrap servers, separated by commas. */
  public String kafka() {
    return kafka;
  }

  public URI keyService() {
    return keyService;
  }

  public URI activationService() {
    return activationService;
  }

  public URI editionService() {
    return editionService;
  }

  public URI esuService() {
    return esuService;
  }
}
