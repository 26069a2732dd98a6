package io.kagimori.agent.crash;

import java.util.Locale;
import java.util.UUID;

/**
 * One activation request of a crash test.
 *
 * @param id its {@code ce_id}
 * @param device who asks
 * @param installation 54 digits
 * @param kind what it asks for
 * @param key the key it names; empty when key-service is to choose
 * @param site the label that binds the keys of one workload to its own requests
 */
record Ask(UUID id, String device, String installation, Kind kind, String key, String site) {

  /** What a request asks for, and with it what answers it may get. */
  enum Kind {
    /** A MAK by its key id: granted while seats last. */
    NAMED,
    /** A MAK that key-service picks from the pools of the site. */
    CHOSEN,
    /** A key id that nobody registered. */
    UNKNOWN_KEY,
    /** A product that the catalogue does not have. */
    UNKNOWN_PRODUCT,
    /** KMS activation: granted by the host's count, without a seat. */
    KMS
  }

  /** What holds a seat: several requests for it share one. */
  String seat() {
    return device + "/" + installation;
  }

  Wire.Outgoing record() {
    String what =
        switch (kind) {
          case NAMED, UNKNOWN_KEY -> mak("windows-server-2019", "ServerStandard");
          case CHOSEN -> mak("windows-server-2019", "ServerDatacenter");
          case UNKNOWN_PRODUCT -> mak("windows-of-1899", "ServerStandard");
          case KMS -> kms();
        };
    String body =
        """
        {"deviceId":"%s","site":"%s","installationId":"%s",%s}"""
            .formatted(device, site, installation, what);
    return new Wire.Outgoing(
        "activation.requests", device, id, "io.kagimori.activation.requested.v1", body);
  }

  private String mak(String product, String edition) {
    String named = key.isEmpty() ? "" : ",\"keyId\":\"" + key + "\"";
    return "\"product\":\"%s\",\"edition\":\"%s\",\"channel\":\"MAK\"%s"
        .formatted(product, edition, named);
  }

  private String kms() {
    String host = "kms-" + site.toLowerCase(Locale.ROOT) + ".example.org";
    return """
        "product":"windows-11","edition":"Professional","channel":"KMS",\
        "kms":{"host":"%s","cmid":"%s"}"""
        .formatted(host, id);
  }
}
