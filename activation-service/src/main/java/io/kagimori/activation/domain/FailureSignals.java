package io.kagimori.activation.domain;

import io.kagimori.activation.domain.FailureSignal.Factor;
import io.kagimori.contracts.KmsHostAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes of a failed activation what incidents need of it. */
final class FailureSignals {
  private FailureSignals() {}

  static FailureSignal of(Activation failed, Device device, String kind, Instant now) {
    Map<Factor, String> factors = new EnumMap<>(Factor.class);
    put(factors, Factor.HOST, failed.kmsHost().map(KmsHostAddress::host).orElse(null));
    put(factors, Factor.KEY, failed.asked().keyId());
    put(factors, Factor.IMAGE, device.installed().imageId());
    put(factors, Factor.SITE, device.installed().site());
    put(factors, Factor.PRODUCT, failed.request().product());
    put(factors, Factor.CODE, failed.ruling().code());
    return new FailureSignal(
        kind,
        failed.deviceId(),
        failed.asked().requestId(),
        failed.ruling().reason(),
        failed.ruling().code(),
        firstCause(failed.ruling()),
        factors,
        now);
  }

  private static void put(Map<Factor, String> factors, Factor factor, String value) {
    if (value != null) {
      factors.put(factor, value);
    }
  }

  private static String firstCause(Ruling ruling) {
    return ruling.detail().get("causes") instanceof List<?> causes
            && causes.get(0) instanceof Map<?, ?> first
        ? (String) first.get("cause")
        : null;
  }
}
