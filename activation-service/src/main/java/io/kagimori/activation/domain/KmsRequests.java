package io.kagimori.activation.domain;

import io.kagimori.contracts.KmsHostAddress;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import java.util.Locale;
import java.util.Optional;

/** Reads which KMS host a request is about. */
public final class KmsRequests {
  private KmsRequests() {}

  /** The KMS host of a request as its sender wrote it, read; absent when it names none. */
  static Optional<KmsHostAddress.Reading> reading(KeyVerdict asked) {
    ActivationRequested.Kms kms = asked.request().kms();
    if (kms == null || kms.host() == null || kms.host().isBlank()) {
      return asked.keyKind() == KeyKind.CSVLK
          ? Optional.of(KmsHostAddress.parse(asked.deviceId()))
          : Optional.empty();
    }
    return Optional.of(KmsHostAddress.parse(kms.host(), kms.port()));
  }

  /** The KMS host of a request that concerns one, when its address is sound. */
  public static Optional<KmsHostAddress> host(KeyVerdict asked) {
    return asked.keyKind() == KeyKind.SETUP || asked.keyKind() == KeyKind.CSVLK
        ? reading(asked).flatMap(KmsRequests::accepted)
        : Optional.empty();
  }

  /** The client machine ID of a request for KMS activation. */
  public static Optional<String> cmid(KeyVerdict asked) {
    ActivationRequested.Kms kms = asked.request().kms();
    return asked.keyKind() == KeyKind.SETUP && kms != null && kms.cmid() != null
        ? Optional.of(cmid(kms.cmid()))
        : Optional.empty();
  }

  /** One spelling of a client machine ID. */
  public static String cmid(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /** One spelling of a host's name; a text that is no address stays as it is, in lower case. */
  public static String hostName(String text) {
    return accepted(KmsHostAddress.parse(text))
        .map(KmsHostAddress::host)
        .orElseGet(() -> text.strip().toLowerCase(Locale.ROOT));
  }

  private static Optional<KmsHostAddress> accepted(KmsHostAddress.Reading reading) {
    return reading instanceof KmsHostAddress.Accepted accepted
        ? Optional.of(accepted.address())
        : Optional.empty();
  }
}
